"""The routes of Google's APIs, read from the discovery documents that google-api-python-client ships."""

import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from local_workspace.call import Json

_VERSIONS = {"calendar": "v3", "drive": "v3", "gmail": "v1", "sheets": "v4"}
_PREFIXES = {
    "/calendar/v3/": "calendar",
    "/drive/v3/": "drive",
    "/upload/drive/v3/": "drive",
    "/gmail/v1/": "gmail",
    "/upload/gmail/v1/": "gmail",
    "/v4/spreadsheets": "sheets",
}


@dataclass(frozen=True, slots=True)
class Method:
    """One method of an API; `parameters` are its own and the API's common ones, as the document has them."""

    api: str
    id: str
    parameters: dict[str, Json]
    request: str | None
    response: str | None
    scopes: frozenset[str]
    schemas: dict[str, Json] = field(repr=False)
    upload: bool = False


@dataclass(frozen=True, slots=True)
class _Route:
    """A path template as a pattern, with the literal characters it fixes: more of them wins."""

    pattern: re.Pattern[str]
    literals: int
    method: Method


def api_of(path: str) -> str | None:
    """Return the API that `path` belongs to, None when it belongs to none."""
    return next((api for prefix, api in _PREFIXES.items() if path.startswith(prefix)), None)


def find(http_method: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Return the method behind `path` (percent-encoded, without query) and its decoded path parameters."""
    api = api_of(path)
    if api is None:
        return None
    for route in _routes(api).get((http_method, path.count("/")), ()):
        if match := route.pattern.fullmatch(path):
            return route.method, {name: unquote(text) for name, text in match.groupdict().items()}
    return None


def method(method_id: str) -> Method:
    """Return the method with that id, such as "calendar.events.insert"; KeyError when there is none."""
    for routes in _routes(method_id.split(".", 1)[0]).values():
        for route in routes:
            if route.method.id == method_id:
                return route.method
    raise KeyError(method_id)


def has(method_id: str) -> bool:
    """Say whether an API served here has a method with that id."""
    api = method_id.split(".", 1)[0]
    return api in _VERSIONS and any(
        route.method.id == method_id for routes in _routes(api).values() for route in routes
    )


@cache
def parameter_names(api: str) -> frozenset[str]:
    """Return the name of every parameter that a method of `api` takes."""
    return frozenset(
        name for routes in _routes(api).values() for route in routes for name in route.method.parameters
    )


def scopes() -> frozenset[str]:
    """Return every scope of every API served here."""
    return frozenset(scope for api in _VERSIONS for scope in _document(api)["auth"]["oauth2"]["scopes"])


@cache
def _document(api: str) -> Json:
    """Return the discovery document of `api`, found without importing Google's client (which is slow)."""
    package = importlib.util.find_spec("googleapiclient")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("google-api-python-client is not installed; its discovery documents are needed.")
    folder = Path(package.submodule_search_locations[0]) / "discovery_cache" / "documents"
    document: Json = json.loads((folder / f"{api}.{_VERSIONS[api]}.json").read_bytes())
    return document


@cache
def _routes(api: str) -> dict[tuple[str, int], list[_Route]]:
    """Return the routes of `api` by HTTP method and number of slashes, the most literal first."""
    table: dict[tuple[str, int], list[_Route]] = {}
    for http_method, template, found in _templates(api):
        route = _Route(_pattern(template), len(re.sub(r"{\w+}", "", template)), found)
        table.setdefault((http_method, template.count("/")), []).append(route)
    for routes in table.values():
        routes.sort(key=lambda route: -route.literals)
    return table


def _templates(api: str) -> Iterator[tuple[str, str, Method]]:
    """Yield (HTTP method, path template, method), once more for a method that takes uploads."""
    document = _document(api)
    for raw in _raw_methods(document["resources"]):
        yield (
            raw["httpMethod"],
            f"/{document['servicePath']}{raw['path']}",
            _method(api, document, raw, False),
        )
        if "mediaUpload" in raw:
            template = raw["mediaUpload"]["protocols"]["simple"]["path"]
            yield raw["httpMethod"], template, _method(api, document, raw, True)


def _raw_methods(resources: dict[str, Any]) -> Iterator[Json]:
    """Yield the methods of nested resources as the document has them."""
    for resource in resources.values():
        yield from resource.get("methods", {}).values()
        yield from _raw_methods(resource.get("resources", {}))


def _method(api: str, document: Json, raw: Json, upload: bool) -> Method:
    """Return the document's method as ours."""
    common: dict[str, Json] = document["parameters"]
    # Every client may say these; Calendar's document alone leaves them out.
    extra = {name: {"type": "string", "location": "query"} for name in ("access_token", "uploadType")}
    return Method(
        api=api,
        id=raw["id"],
        parameters=extra | common | raw.get("parameters", {}),
        request=raw.get("request", {}).get("$ref"),
        response=raw.get("response", {}).get("$ref"),
        scopes=frozenset(raw.get("scopes", ())),
        schemas=document["schemas"],
        upload=upload,
    )


def _pattern(template: str) -> re.Pattern[str]:
    """Return a path template as a pattern with one named group per parameter."""
    parts = re.split(r"{(\w+)}", template)
    return re.compile(
        "".join(f"(?P<{part}>[^/]+)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
    )
