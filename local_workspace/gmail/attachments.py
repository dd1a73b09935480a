"""users.messages.attachments: the files of a mail, by the ids that its payload names."""

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request
from local_workspace.gmail import messages, mime, payload


def get(call: Call) -> Json:
    """users.messages.attachments.get: the content of one file."""
    content = payload.attachment(messages.named(call).raw, call.params["id"])
    if content is None:
        raise bad_request("Invalid attachment token", "invalidArgument")
    return {"size": len(content), "data": mime.encode_base64url(content)}
