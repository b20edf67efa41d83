"""The OpenAPI description: every operation with its schemas, an example, and all failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from sed_tui import __version__
from sed_tui.domain.access import MATRIX
from sed_tui.errors import by_code
from sed_tui.gateway.protocol import (
    DRY_RUN_HEADER,
    KEY_HEADER,
    ORGANIZATION_HEADER,
    PREFIX,
    PROBLEM,
    REASON_HEADER,
)
from sed_tui.operations.registry import Effect, Operation, operations
from sed_tui.server.examples import example_of

if TYPE_CHECKING:
    from fastapi import FastAPI

_REF = "#/components/schemas/{model}"
_TEXT = {"type": "string"}
_PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457, with the members that sedctl prints as an error.",
    "required": ["type", "title", "status", "detail", "code", "message", "exit_status"],
    "properties": {
        **{name: _TEXT for name in ("type", "title", "detail", "instance", "message")},
        "status": {"type": "integer"},
        "exit_status": {"type": "integer"},
        "code": {"type": "string"},
        "field": {"type": ["string", "null"]},
        "hint": {"type": ["string", "null"]},
        "row": {"type": ["integer", "null"]},
        "details": {"type": "object"},
    },
}
# plain text where it is refused before it is read: an address of over 64 KiB, or no HTTP at all
_NOT_READ: dict[str, Any] = {
    "description": "A wrong request, or none that could be read.",
    "content": {
        PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/plain": {"schema": _TEXT},
    },
}
_STATUSES = ("401", "404", "409", "413", "422", "429", "503", "504")


def description(app: FastAPI) -> dict[str, Any]:
    """Return the whole description, built once a process."""
    spec = get_openapi(title="sed-tui", version=__version__, routes=app.routes)
    spec["info"]["description"] = "Official correspondence: one address per operation."
    schemas, references = _schemas()
    components = spec.setdefault("components", {})
    components["schemas"] = {**components.get("schemas", {}), **schemas, "Problem": _PROBLEM_SCHEMA}
    components["schemas"]["Problem"]["properties"]["code"]["enum"] = sorted(by_code())
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    components["responses"] = {"Problem": _problem_response()}
    components["parameters"] = _headers()
    for entry in (one for path in spec["paths"].values() for one in path.values()):
        entry["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
    for name, operation in sorted(operations().items()):
        spec["paths"][f"{PREFIX}/{name}"] = _path(operation, schemas, references)
    spec["paths"].update(_files())
    spec["x-failures"] = _failures()
    return spec


def _schemas() -> tuple[dict[str, Any], dict[Any, dict[str, Any]]]:
    known = operations().values()
    models: list[Any] = [(one.request, "validation") for one in known]
    models += [(one.result, "serialization") for one in known]
    references, found = models_json_schema(list(dict.fromkeys(models)), ref_template=_REF)
    return found.get("$defs", {}), dict(references)


def _path(
    operation: Operation[Any, Any], schemas: dict[str, Any], references: dict[Any, Any]
) -> dict[str, Any]:
    asked = references[operation.request, "validation"]
    answered = references[operation.result, "serialization"]
    content = {"schema": asked, "example": example_of(asked, schemas)}
    shared = {
        "summary": operation.title,
        "description": (operation.request.__doc__ or "").strip(),
        "tags": [operation.name.partition(".")[0]],
        "security": [{"token": []}],
        "x-effect": operation.effect.value,
        "x-roles": sorted(MATRIX.get(operation.name, ())),
        "responses": _responses(operation, answered),
    }
    reads = operation.effect is Effect.READ
    post = {
        **shared,
        "operationId": operation.name,
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in _used(reads=reads)],
        "requestBody": {"required": True, "content": {"application/json": content}},
    }
    if not reads:
        return {"post": post}
    get = {**shared, "operationId": f"{operation.name}.get", "parameters": _query(asked, schemas)}
    return {"post": post, "get": get}


def _responses(operation: Operation[Any, Any], answered: dict[str, Any]) -> dict[str, Any]:
    problem = {"$ref": "#/components/responses/Problem"}
    return {
        "200": {
            "description": (operation.result.__doc__ or "").strip(),
            "content": {"application/json": {"schema": answered}},
        },
        "400": _NOT_READ,
        **dict.fromkeys(_STATUSES, problem),
        "default": problem,
    }


def _query(reference: dict[str, Any], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    model = schemas[reference["$ref"].rpartition("/")[2]]
    needed = model.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": schema}
        for name, schema in model.get("properties", {}).items()
    ] + [{"$ref": f"#/components/parameters/{ORGANIZATION_HEADER}"}]


def _used(*, reads: bool) -> tuple[str, ...]:
    changing = () if reads else (KEY_HEADER, DRY_RUN_HEADER, REASON_HEADER)
    return (ORGANIZATION_HEADER, *changing)


def _headers() -> dict[str, Any]:
    told = {
        ORGANIZATION_HEADER: "The code of the organization to work in.",
        KEY_HEADER: "The same key gives the same answer and changes nothing again.",
        DRY_RUN_HEADER: "1: do everything, answer, and change nothing.",
        REASON_HEADER: "Why, for the audit trail; percent-encoded UTF-8.",
    }
    return {
        name: {"name": name, "in": "header", "description": text, "schema": _TEXT}
        for name, text in told.items()
    }


def _problem_response() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": "A failure.", "content": {PROBLEM: {"schema": schema}}}


def _files() -> dict[str, Any]:
    bytes_ = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    problems = {"400": _NOT_READ, "default": {"$ref": "#/components/responses/Problem"}}
    token = {"type": "object", "required": ["token"], "properties": {"token": _TEXT}}
    made = {"description": "Received.", "content": {"application/json": {"schema": token}}}
    sent = {"description": "The bytes.", "content": bytes_}
    digest = {"name": "sha256", "in": "path", "required": True, "schema": _TEXT}
    span = {"name": "Range", "in": "header", "schema": _TEXT}
    shared: dict[str, Any] = {"tags": ["file"], "security": [{"token": []}]}
    return {
        f"{PREFIX}/files": {
            "post": {
                **shared,
                "operationId": "files.send",
                "summary": "Send the bytes of a file",
                "requestBody": {"required": True, "content": bytes_},
                "responses": {"201": made, **problems},
            }
        },
        f"{PREFIX}/files/{{sha256}}": {
            "get": {
                **shared,
                "operationId": "files.fetch",
                "summary": "Fetch the bytes of a file",
                "parameters": [digest, span],
                "responses": {"200": sent, "206": sent, **problems},
            }
        },
    }


def _failures() -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "status": failure.http_status,
            "exit_status": failure.exit_code,
            "message": failure.message,
            "hint": failure.hint or None,
        }
        for code, failure in sorted(by_code().items())
    ]
