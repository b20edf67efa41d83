"""What hangs on imported cards: participants, outside addressees, answers to letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlmodel import col

from sed_tui.domain.dates import parse_date
from sed_tui.domain.flows import FROM_OUTSIDE, Flow
from sed_tui.domain.links import LinkKind
from sed_tui.domain.written import number_and_date
from sed_tui.errors import Invalid
from sed_tui.errors.imports import ReplyNotFound
from sed_tui.handlers.employee import mentioned_employees
from sed_tui.handlers.importing.row import ImportedRow, Remembered
from sed_tui.storage import bulk
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.link import LinkTable
from sed_tui.storage.tables.participant import AddresseeTable, ParticipantTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

_OWN_PEOPLE = ("addressee", "signatory", "drafter")


def store_people(work: Work, rows: Sequence[ImportedRow]) -> None:
    """Store who takes part in the cards, and whom outgoing letters went to.

    Historic cards bring nobody anything to do and nothing to see.
    """
    shared = {"organization_id": work.organization_id}
    addressees = [
        (row.id, one.id, place)
        for row in rows
        if row.fields["flow"] is Flow.OUTGOING
        for place, one in enumerate(row.fields.get("outside", ()), 1)
    ]
    columns = ("document_id", "correspondent_id", "position")
    bulk.insert_rows(work.db, AddresseeTable, columns, addressees, shared)
    mentioned = Remembered(
        lambda text: [person.id.hex for person in mentioned_employees(work, text)]
    )
    participants = dict.fromkeys(
        (row.id, *participant)
        for row in rows
        if not row.fields["historic"]
        for participant in _participants(work, row, mentioned)
    )
    columns = ("document_id", "employee_id", "capacity")
    bulk.insert_rows(work.db, ParticipantTable, columns, list(participants), shared)


def link_replies(work: Work, rows: Sequence[ImportedRow]) -> None:
    """Link answers to the letters they answer, earlier rows included.

    One that is not there is told and does not stop the card: registers of past years
    answer letters that nobody keeps any more.
    """
    answers = [row for row in rows if "in_reply_to" in row.fields]
    if not answers:
        return
    wanted = {row.row: _named(row.fields["in_reply_to"]) for row in answers}
    numbers = list({number for number, _day in wanted.values()})
    found = _by_number(work, numbers)
    links = []
    for row in answers:
        number, day = wanted[row.row]
        targets = [
            one for one in found.get(number, ()) if day is None or str(one.registered_on) == day
        ]
        targets = [one for one in targets if one.id.hex != row.id]
        if len(targets) == 1:
            links.append((row.id, targets[0].id.hex))
            work.record(
                "link", "document", UUID(row.id), None, {"link.reply_to": targets[0].number}
            )
        else:
            row.note(ReplyNotFound(field="in_reply_to", value=row.fields["in_reply_to"]))
    pairs = list(dict.fromkeys(links))
    stored = [
        (identity, *pair) for identity, pair in zip(bulk.new_ids(len(pairs)), pairs, strict=True)
    ]
    bulk.insert_rows(
        work.db,
        LinkTable,
        ("id", "source_id", "target_id"),
        stored,
        {
            "organization_id": work.organization_id,
            "kind": LinkKind.REPLY_TO.value,
            "created_at": work.now,
            "created_by": work.actor.employee_id,
        },
    )


def _participants(work: Work, row: ImportedRow, mentioned: Remembered) -> list[tuple[str, str]]:
    fields = row.fields
    own = ("addressee",) if fields["flow"] in FROM_OUTSIDE else _OWN_PEOPLE
    found = [(work.actor.employee_id.hex, "registrar")]
    for capacity in own:
        if capacity in fields:
            found += [(person, capacity) for person in mentioned(fields[capacity])]
    return found


def _named(text: str) -> tuple[str, str | None]:
    number, day = number_and_date(text)
    try:
        return number, parse_date(day, "in_reply_to").isoformat() if day is not None else None
    except Invalid:  # a day that never was: the number is looked for alone
        return number, None


def _by_number(work: Work, numbers: list[str]) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    table = DocumentTable
    given = bulk.given(work.db, text=(bulk.TEXTS, numbers))
    rows = bulk.look_up(
        work.db,
        given,
        table,
        (col(table.organization_id) == work.organization_id) & (col(table.number) == given.c.text),
        map(col, (table.id, table.number, table.registered_on)),
    )
    found: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        found.setdefault(cast("str", row.number), []).append(row)
    return found
