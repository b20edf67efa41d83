"""Tables sent to imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sed_tui.operations import imports
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import BeginImport, ImportedRows, ImportRows
from sed_tui.operations.registry import CallOptions, Operation

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.gateway import Gateway

Row = dict[str, str]
_NOUNS: dict[Noun, tuple[Operation[Any, ImportedRows], type[ImportRows]]] = {
    Noun.DOCUMENTS: (imports.DOCUMENTS, imports.ImportDocuments),
    Noun.CORRESPONDENTS: (imports.CORRESPONDENTS, imports.ImportCorrespondents),
    Noun.PEOPLE: (imports.PEOPLE, imports.ImportPeople),
    Noun.ORGANIZATIONS: (imports.ORGANIZATIONS, imports.ImportOrganizations),
}


def card(number: str | None = None, **fields: str) -> Row:
    """Return a row of a register of incoming letters of 2025."""
    row = {
        "flow": "входящий",
        "registered_on": "03.02.2025",
        "correspondent": "Минздрав",
        "their_number": fields.get("their_number", f"исх-{number}"),
        "their_date": "02.02.2025",
        "subject": "О представлении сведений",
        "historic": "да",
    }
    return {**row, **({"number": number} if number is not None else {}), **fields}


def load(
    gateway: Gateway,
    *rows: Row,
    noun: Noun = Noun.DOCUMENTS,
    atomic: bool = False,
    dry_run: bool = False,
    **more: Any,
) -> ImportedRows:
    """Import rows in one call."""
    operation, request = _NOUNS[noun]
    return gateway.call(
        operation,
        request(**table(rows), begin=begun(noun), atomic=atomic, **more),
        CallOptions(dry_run=dry_run),
    )


def send(gateway: Gateway, run: UUID, *rows: Row, after: int = 0) -> ImportedRows:
    """Send a batch of cards to a run."""
    request = imports.ImportDocuments(**table(rows, first=after + 1), run=run, after=after)
    return gateway.call(imports.DOCUMENTS, request)


def begun(noun: Noun = Noun.DOCUMENTS, fingerprint: str | None = None) -> BeginImport:
    """Return what names a file; another one each time."""
    return BeginImport(noun=noun, source="реестр.csv", fingerprint=fingerprint or uuid4().hex)


def table(rows: tuple[Row, ...], first: int = 1) -> dict[str, Any]:
    """Return rows as a request holds them."""
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return {
        "columns": columns,
        "numbers": tuple(range(first, first + len(rows))),
        "rows": tuple(tuple(row.get(name, "") for name in columns) for row in rows),
    }


def outcomes(answer: ImportedRows) -> list[str]:
    """Return what became of each row."""
    return [result.outcome.value for result in answer.results]


def codes(answer: ImportedRows) -> list[list[str]]:
    """Return the codes of what is said of each row."""
    return [[error.code for error in result.errors] for result in answer.results]
