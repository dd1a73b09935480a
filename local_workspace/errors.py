"""Errors as Google words them: one exception, and the body that each family of APIs makes of it.

calendar, drive: {"error": {"errors": [...], "code", "message"}}; gmail adds "status"; sheets has "status" and
no "errors". What the common front of all APIs refuses (scopes) has "details" and looks alike everywhere.
"""

from dataclasses import KW_ONLY, dataclass

from local_workspace.call import Json

_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


@dataclass(eq=False)
class ApiError(Exception):
    """An answer other than success. Raising it undoes everything that the request wrote."""

    status: int
    reason: str
    message: str
    _: KW_ONLY
    domain: str = "global"
    location: str | None = None  # the parameter or header at fault
    entry_message: str | None = None  # inside errors[], where Google words it differently there
    details: tuple[Json, ...] = ()  # of an error of the common front


def bad_request(message: str, reason: str = "badRequest", location: str | None = None) -> ApiError:
    """Return a 400 for a request that Google would not understand."""
    return ApiError(400, reason, message, location=location)


def failed_precondition(message: str = "Precondition check failed.") -> ApiError:
    """Return the 400 that says that things are not in the state which the request needs."""
    return ApiError(400, "failedPrecondition", message)


def unauthenticated() -> ApiError:
    """Return the 401 for a missing, unknown or expired access token."""
    return ApiError(401, "authError", "Invalid Credentials", location="Authorization")


def insufficient_scopes(api: str, method: str) -> ApiError:
    """Return the 403 for a token that lacks the scopes of `method`, worded as the common front does."""
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": f"{api}.googleapis.com", "method": method},
    }
    words = "Request had insufficient authentication scopes."
    return ApiError(
        403, "insufficientPermissions", words, entry_message="Insufficient Permission", details=(info,)
    )


def forbidden(message: str = "The caller does not have permission", reason: str = "forbidden") -> ApiError:
    """Return a 403 for something that exists but is not for this account."""
    return ApiError(403, reason, message)


def not_found(message: str = "Requested entity was not found.", location: str | None = None) -> ApiError:
    """Return a 404; Calendar says "Not Found", Drive "File not found: ID." with location fileId."""
    return ApiError(404, "notFound", message, location=location)


def conflict() -> ApiError:
    """Return the 409 for an id that is taken."""
    return ApiError(409, "duplicate", "The requested identifier already exists.")


def gone() -> ApiError:
    """Return the 410 for deleting what is deleted already."""
    return ApiError(410, "deleted", "Resource has been deleted")


def precondition_failed() -> ApiError:
    """Return the 412 for an If-Match that names an older version."""
    return ApiError(412, "conditionNotMet", "Precondition Failed", location="If-Match")


def not_implemented(method: str) -> ApiError:
    """Return the 501 for a method that Google has and this workspace has not."""
    return ApiError(501, "notImplemented", f"{method} is not implemented by the local workspace.")


def render(api: str, error: ApiError) -> Json:
    """Return the JSON body of `error` as `api` (or "oauth", "discord", "local") writes it."""
    if api == "discord":
        return {"message": error.message, "code": int(error.reason) if error.reason.isdigit() else 0}
    if api == "oauth":
        return {"error": error.reason, "error_description": error.message}
    body: Json = {"code": error.status, "message": error.message}
    if api not in ("local", "sheets"):
        entry = {
            "domain": error.domain,
            "reason": error.reason,
            "message": error.entry_message or error.message,
        }
        kind = "header" if error.location in ("Authorization", "If-Match") else "parameter"
        place = {"locationType": kind, "location": error.location}
        body = {"errors": [entry | (place if error.location else {})]} | body
    if api in ("gmail", "sheets") or error.details:
        precondition = error.reason == "failedPrecondition"
        body["status"] = "FAILED_PRECONDITION" if precondition else _STATUS.get(error.status, "UNKNOWN")
    return {"error": body | ({"details": list(error.details)} if error.details else {})}
