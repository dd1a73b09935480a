"""The routes of Google's APIs, read from the discovery documents that google-api-python-client ships."""

import gc
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from local_workspace.call import Json

_VERSIONS = {"calendar": "v3", "drive": "v3", "gmail": "v1", "sheets": "v4"}
_PATHS = re.compile(r"(?:/upload)?/(calendar|drive|gmail)/v[13]/|/v4/spreadsheets")
# Every client may say these; Calendar's document alone leaves them out.
_COMMON: Json = {name: {"type": "string", "location": "query"} for name in ("access_token", "uploadType")}


@dataclass(frozen=True, slots=True)
class Method:
    """One method of an API; `parameters` are its own and the API's common ones, as the document has them."""

    api: str
    id: str
    parameters: dict[str, Json]
    request: str | None
    response: str | None
    scopes: frozenset[str]
    upload: bool
    schemas: dict[str, Json] = field(repr=False)


def api_of(path: str) -> str | None:
    """Return the API that `path` belongs to, None when it belongs to none."""
    found = _PATHS.match(path)
    return found and (found[1] or "sheets")


def find(http_method: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Return the method behind `path` (percent-encoded, without query) and its decoded path parameters."""
    api = api_of(path)
    if api is None:
        return None
    for _, pattern, method in _routes(api).get((http_method, path.count("/")), ()):
        if match := pattern.fullmatch(path):
            return method, {name: unquote(text) for name, text in match.groupdict().items()}
    return None


@cache
def methods() -> dict[str, Method]:
    """Return every method of every API served here by its id, such as "calendar.events.insert"."""
    routes = [route for api in _VERSIONS for found in _routes(api).values() for route in found]
    return {method.id: method for _, _, method in routes}


@cache
def parameter_names(api: str) -> set[str]:
    """Return the name of every parameter that a method of `api` takes."""
    return {name for method in methods().values() if method.api == api for name in method.parameters}


def scopes() -> frozenset[str]:
    """Return every scope of every API served here."""
    return frozenset(scope for api in _VERSIONS for scope in _document(api)["auth"]["oauth2"]["scopes"])


@cache
def _document(api: str) -> Json:
    """Return the discovery document of `api`; of Google's client, no more than its folder is imported."""
    documents = files("googleapiclient") / "discovery_cache" / "documents"
    document: Json = json.loads((documents / f"{api}.{_VERSIONS[api]}.json").read_bytes())
    gc.freeze()  # Or each search for garbage would go through the documents.
    return document


@cache
def _routes(api: str) -> dict[tuple[str, int], list[tuple[int, re.Pattern[str], Method]]]:
    """Return literal letters, pattern and method by HTTP method and number of slashes, most literal first."""
    document = _document(api)
    table: dict[tuple[str, int], list[tuple[int, re.Pattern[str], Method]]] = {}
    for raw in _raw_methods(document):
        templates = [f"/{document['servicePath']}{raw['path']}"]
        if "mediaUpload" in raw:
            templates.append(raw["mediaUpload"]["protocols"]["simple"]["path"])
        for template in templates:
            literals = len(re.sub(r"{\w+}", "", template))
            pattern = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template)))
            method = Method(
                api=api,
                id=raw["id"],
                parameters=_COMMON | document["parameters"] | raw.get("parameters", {}),
                request=raw.get("request", {}).get("$ref"),
                response=raw.get("response", {}).get("$ref"),
                scopes=frozenset(raw.get("scopes", ())),
                upload=template is not templates[0],
                schemas=document["schemas"],
            )
            routes = table.setdefault((raw["httpMethod"], template.count("/")), [])
            routes.append((literals, pattern, method))
    for routes in table.values():
        routes.sort(key=lambda route: -route[0])
    return table


def _raw_methods(resource: Json) -> Iterator[Json]:
    """Yield the methods of a resource, and of those inside it, as the document has them."""
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _raw_methods(inner)
