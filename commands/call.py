"""`sedctl call`: any operation of the registry, with its request as JSON."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from commands.arguments import piped
from commands.session import Format, Session
from commands.usage import did_you_mean, see_help
from commands.verbs import Sort, verb
from sed_tui.errors.causes import json_cause
from sed_tui.errors.input import NotJson
from sed_tui.errors.usage import NoSuchOperation
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None)


@verb(app, "call", Sort.ANY, N_("Run any operation with JSON."))
def call(
    session: Session,
    operation: Annotated[
        str, typer.Argument(help=_("A name such as document.list; all of them: sedctl spec."))
    ],
    request: Annotated[
        str, typer.Argument(help=_("The request as JSON, or - for standard input."))
    ] = "{}",
) -> None:
    session.prefer(Format.JSON)
    found = find_operation(operation)
    text = piped("request") if request == "-" else request
    result = perform(session, found, as_object(text, "request"))
    rows = result.get("rows")
    if session.format.is_json or not isinstance(rows, list):
        session.show_record(result)
    else:
        session.show_records(rows, tuple(rows[0]) if rows else (), result.get("next"))


def find_operation(name: str) -> Any:
    """Return an operation of the registry. Raises `NoSuchOperation` with the likely names."""
    from difflib import get_close_matches

    from sed_tui.operations.registry import operations

    known = operations()
    if name not in known:
        likely = did_you_mean(get_close_matches(name, known))
        raise NoSuchOperation(
            field="operation", name=name, advice=likely or see_help("sedctl call")
        )
    return known[name]


def perform(session: Session, operation: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Run an operation with the options of the session and return its result as JSON data."""
    from sed_tui.operations.registry import Effect

    asked = operation.request.model_validate_json(json.dumps(request))
    if operation.effect is Effect.DESTROY:
        session.confirm(_(operation.title))
    dumped: dict[str, Any] = session.call(operation, asked).model_dump(mode="json")
    return dumped


def as_object(text: str | bytes, field: str) -> dict[str, Any]:
    """Return the JSON object that a text is. Raises `NotJson`."""
    try:
        value = json.loads(text)
    except ValueError as error:  # bytes that are no UTF-8 are among them
        raise NotJson(field=field, reason=json_cause(error)) from error
    if not isinstance(value, dict):
        raise NotJson(field=field, reason=_("an object is expected."))
    return value
