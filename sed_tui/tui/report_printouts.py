"""Reports shown as they are printed: registers, gaps, volume, appeals, later terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sed_tui.i18n import N_, _
from sed_tui.operations.journal import GAPS, FindGaps, Gaps, ListJournals
from sed_tui.operations.journal import LIST as JOURNALS
from sed_tui.operations.labels import label
from sed_tui.operations.report_documents import APPEALS, JOURNAL, VOLUME
from sed_tui.operations.report_extensions import EXTENSIONS
from sed_tui.rendering.documents import appeals_printout, register_printout, volume_printout
from sed_tui.rendering.extensions import extensions_printout
from sed_tui.rendering.gaps import gaps_printout
from sed_tui.rendering.printout import Column as PrintedColumn
from sed_tui.tui.report_asked import Report, today
from sed_tui.tui.wording import amount, day
from widgets.rows import Column, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.rendering.printout import Printout
    from sed_tui.tui.report_asked import Asked

# column of the printout → its width here, its share of the room that is left
_COLUMNS: dict[Report, Mapping[str, tuple[int, int]]] = {
    Report.EXTENSIONS: {
        "requested_on": (10, 0),
        "requested_by": (14, 1),
        "text": (14, 3),
        "due_before": (12, 0),
        "wanted_due": (16, 0),
        "decision": (14, 0),
        "document_number": (12, 0),
        "decided_by": (14, 1),
    },
    Report.JOURNAL: {
        "number": (12, 0),
        "registered_on": (10, 0),
        "correspondent": (18, 1),
        "subject": (23, 3),
        "their_number": (12, 0),
        "directed_to": (16, 1),
    },
    Report.GAPS: {
        "journal": (7, 0),
        "period": (6, 0),
        "ordinal": (12, 0),
        "through": (8, 0),
        "number": (12, 0),
        "problem": (16, 1),
        "see": (12, 0),
        "reason": (20, 2),
    },
    Report.VOLUME: {
        "flow": (14, 1),
        "month": (8, 0),
        "originals": (10, 0),
        "copies": (10, 0),
        "total": (7, 0),
        "cumulative": (18, 0),
    },
    Report.APPEALS: {"section": (24, 1), "name": (30, 2), "count": (10, 0)},
}
# where the usual name of a field is too long for its column
_TITLES = {"registered_on": N_("Date"), "requested_on": N_("Date")}
# what gives way at 80 columns
_OPTIONAL = {"document_number", "decided_by", "their_number", "directed_to", "see", "reason"}
PRINTED = frozenset(_COLUMNS)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A row of a printout, as its operation gave it."""

    values: Mapping[str, Any]


def printed_columns(report: Report) -> list[Column]:
    """Return the columns of a report in the user's language."""
    return [
        Column(
            _(_TITLES[name]) if name in _TITLES else label(name),
            width,
            share,
            optional=name in _OPTIONAL,
            copied=name == "number",
        )
        for name, (width, share) in _COLUMNS[report].items()
    ]


def printed(gateway: Gateway, asked: Asked) -> Printout:
    """Return the report as the command line writes it."""
    several = asked.organization == "all"
    match asked.report:
        case Report.EXTENSIONS:
            return extensions_printout(
                gateway.call(EXTENSIONS, asked.extensions()), several=several
            )
        case Report.JOURNAL:
            return register_printout(gateway.call(JOURNAL, asked.register()), several=several)
        case Report.VOLUME:
            return volume_printout(gateway.call(VOLUME, asked.volume()))
        case Report.APPEALS:
            return appeals_printout(gateway.call(APPEALS, asked.appeals()))
    return _gaps(gateway, asked)


def printed_rows(report: Report, printout: Printout) -> list[Row]:
    """Return the rows of a printout in the columns of the screen."""
    columns = {column.name: column for column in printout.columns}
    # a register of what was sent has no number of the sender
    chosen = [columns.get(name) for name in _COLUMNS[report]]
    return [
        Row(str(place), _cells(chosen, values), "", PrintedLine(values))
        for place, values in enumerate(printout.rows)
    ]


def _cells(columns: Sequence[PrintedColumn | None], values: Mapping[str, Any]) -> tuple[str, ...]:
    first, *others = [
        _cell(column.shown(values[column.name])) if column else "" for column in columns
    ]
    whose = values.get("organization")
    return (f"{whose}: {first}" if whose else first, *others)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return amount(value)
    return str(value).replace("\n", " ")


def _gaps(gateway: Gateway, asked: Asked) -> Printout:
    """Return the gaps of one journal, or of all that are in use, as they are recorded now."""
    codes = [asked.journal] if asked.journal else _journals(gateway)
    found = [
        (code, gap)
        for code in codes
        for gap in gateway.call(GAPS, FindGaps(journal=code, year=asked.year)).rows
    ]
    page = gaps_printout(Gaps(rows=[gap for _code, gap in found]), ", ".join(codes), today())
    rows = [{"journal": code, **row} for (code, _gap), row in zip(found, page.rows, strict=True)]
    columns = [PrintedColumn("journal", label("journal"), width=9), *page.columns]
    return replace(page, columns=columns, rows=rows)


def _journals(gateway: Gateway) -> list[str]:
    rows = gateway.call(JOURNALS, ListJournals()).rows
    return [row.code for row in rows if row.state == "active"]
