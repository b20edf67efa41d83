"""`sedctl spec`: everything the system can do, as JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.call import find_operation
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui import __version__
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None)


@verb(app, "spec", Sort.READ, N_("Print every operation with its JSON Schema."))
def spec(
    session: Session,
    operation: Annotated[
        str | None, typer.Argument(help=_("One operation, such as document.register."))
    ] = None,
) -> None:
    session.prefer(Format.JSON)
    if operation is not None:
        session.show_record(_described(find_operation(operation)))
        return
    from sed_tui.operations.registry import operations

    described = [_described(found) for _name, found in sorted(operations().items())]
    if session.format.is_json:
        session.show_record({"version": __version__, "operations": described, "errors": _errors()})
    else:
        session.show_records(described, ("name", "title", "effect", "roles"))


def _described(operation: Any) -> dict[str, Any]:
    from sed_tui.domain.access import MATRIX

    return {
        "name": operation.name,
        "title": _(operation.title),
        "effect": operation.effect.value,
        "roles": sorted(MATRIX.get(operation.name, ())),
        "since": operation.since,
        "request": operation.request.model_json_schema(),
        "result": operation.result.model_json_schema(mode="serialization"),
    }


def _errors() -> list[dict[str, Any]]:
    from sed_tui.errors import by_code

    return [
        {
            "code": code,
            "exit_status": failure.exit_code,
            "http_status": failure.http_status,
            "message": _(failure.message),
            "hint": _(failure.hint) or None,
        }
        for code, failure in sorted(by_code().items())
    ]
