"""Journals and numbers of imported cards: original ones kept, counters moved past them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Integer, and_, delete, select
from sqlmodel import col

from sed_tui.domain.flows import Flow
from sed_tui.domain.registration import FLOW_NAMES
from sed_tui.domain.text import folded
from sed_tui.errors import SedError
from sed_tui.errors.imports import RowTwice
from sed_tui.errors.numbering import BadNumber, NumberTaken
from sed_tui.errors.registration import KindClosed, NotRegisteredKind, UnknownKind
from sed_tui.handlers.document_kind import list_kinds
from sed_tui.handlers.importing.numbers import Template, Templates
from sed_tui.handlers.importing.row import ImportedRow, undecided
from sed_tui.handlers.numbers import Journal, advance, check_open, find_journal
from sed_tui.i18n import _
from sed_tui.operations.document_kind import DocumentKind, ListKinds
from sed_tui.storage import bulk
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.numbers import GapTable, ReservationTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.work import Work

Counter = tuple[UUID, str, str]


class Journals:
    """The journals and kinds of an organization, as the cards of an import name them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._templates = Templates(work.actor.organization)
        self._found: dict[tuple[str | None, Flow | None], Journal] = {}
        self._read: dict[tuple[Any, ...], Template | None] = {}
        self._codes = self._load_codes()
        self._kinds: dict[Flow, list[DocumentKind]] = defaultdict(list)
        for kind in list_kinds(work, ListKinds()).rows:
            self._kinds[kind.flow].append(kind)

    def flow_of(self, journal: str | None) -> Flow | None:
        """Return the flow of the journal that a card names. Raises `NotFound`."""
        return Flow(self._journal(journal, None).flow) if journal is not None else None

    def place(self, fields: dict[str, Any], flow: Flow) -> None:
        """Settle the journal and the kind; a historic card may lie in a closed one."""
        journal = self._journal(fields.pop("journal", None), flow)
        historic = bool(fields.get("historic"))
        if not historic:
            check_open(journal, fields["registered_on"])
        fields["journal_id"] = journal.id.hex
        fields["of"] = journal
        name, code = self._kind(flow, fields.get("kind"), historic=historic)
        fields["kind"], fields["kind_code"] = name, code

    def read_number(self, fields: dict[str, Any]) -> None:
        """Find the place of an original number: period, scope, ordinal and suffix."""
        if "number" not in fields:
            return
        journal = fields["of"]
        key = (
            *(journal.id, fields["registered_on"], fields["kind_code"]),
            *(fields.get("case_index"), fields.get("correspondent_code")),
        )
        if key not in self._read:
            self._read[key] = self._templates.find(journal, self._context(fields))
        template = self._read[key]
        if template is not None:
            place = template.read(fields["number"])
        else:
            place = self._templates.unread(journal, self._context(fields))
        fields["period"], fields["scope"] = place.period, place.scope
        fields["ordinal"], fields["suffix"] = place.ordinal, place.suffix
        if not place.fits and not fields.get("historic"):
            fields["expected"] = template.example() if template is not None else ""

    def give_numbers(self, rows: list[ImportedRow]) -> None:
        """Move every counter past the numbers of the rows, then number those without one.

        The counters stay locked to the end of the transaction, so what is free now
        stays free.
        """
        _refuse_unfitting(rows)
        rows = undecided(rows)
        numbered: dict[Counter, list[ImportedRow]] = defaultdict(list)
        for row in rows:
            fields = row.fields
            if fields.get("ordinal") is not None:
                numbered[_counter(fields)].append(row)
        for (_id, period, scope), group in sorted(numbered.items(), key=lambda item: str(item[0])):
            most = max(row.fields["ordinal"] for row in group)
            advance(self._work, group[0].fields["of"], period, scope, at_least=most)
        self._refuse_twins([row for group in numbered.values() for row in group])
        self._refuse_taken([row for group in numbered.values() for row in undecided(group)])
        self._use_held([row for group in numbered.values() for row in undecided(group)])
        self._number([row for row in undecided(rows) if "number" not in row.fields])

    def _load_codes(self) -> dict[str, str]:
        rows = self._work.db.execute(
            select(col(JournalTable.code), col(JournalTable.name)).where(
                col(JournalTable.organization_id) == self._work.organization_id
            )
        ).all()
        names = {folded(row.name): row.code for row in rows}
        return names | {folded(row.code): row.code for row in rows}

    def _journal(self, text: str | None, flow: Flow | None) -> Journal:
        key = (text, flow)
        if key not in self._found:
            code = self._codes.get(folded(text), text) if text is not None else None
            self._found[key] = find_journal(self._work, code, flow)
        return self._found[key]

    def _kind(self, flow: Flow, name: str | None, *, historic: bool) -> tuple[str, str]:
        kinds = self._kinds[flow]
        wanted = folded(name) if name is not None else None
        kind = next((k for k in kinds if wanted is None or folded(k.name) == wanted), None)
        if kind is None:
            if historic and name is not None:  # kinds of another time stay what they were
                return name, ""
            names = ", ".join(k.name for k in kinds if k.state == "active")
            raise UnknownKind(field="kind", kind=name, flow=_(FLOW_NAMES[flow]), kinds=names)
        if not historic and kind.state != "active":
            raise KindClosed(field="kind", kind=kind.name)
        if not historic and not kind.is_registered and not self._work.options.reason:
            raise NotRegisteredKind(field="kind", kind=kind.name)
        return kind.name, kind.code

    def _context(self, fields: dict[str, Any]) -> Any:
        return self._templates.context(
            fields["of"],
            fields["registered_on"],
            kind=fields["kind_code"],
            case=fields.get("case_index", ""),
            correspondent=fields.get("correspondent_code", ""),
        )

    def _refuse_twins(self, rows: list[ImportedRow]) -> None:
        seen: dict[tuple[Any, ...], ImportedRow] = {}
        for row in rows:
            fields = row.fields
            key = (*_counter(fields), fields["ordinal"], fields["suffix"])
            first = seen.setdefault(key, row)
            if first is not row:
                number = fields["number"]
                row.refuse(RowTwice(field="number", value=number, other=first.row))

    def _refuse_taken(self, rows: list[ImportedRow]) -> None:
        if not rows:
            return
        table = DocumentTable
        given = bulk.given(
            self._work.db,
            place=(Integer(), list(range(len(rows)))),
            journal=(bulk.UUIDS, [row.fields["journal_id"] for row in rows]),
            period=(bulk.TEXTS, [row.fields["period"] for row in rows]),
            scope=(bulk.TEXTS, [row.fields["scope"] for row in rows]),
            ordinal=(Integer(), [row.fields["ordinal"] for row in rows]),
            suffix=(bulk.TEXTS, [row.fields["suffix"] for row in rows]),
        )
        same = and_(
            col(table.journal_id) == given.c.journal,
            col(table.period) == given.c.period,
            col(table.scope) == given.c.scope,
            col(table.ordinal) == given.c.ordinal,
            col(table.suffix) == given.c.suffix,
        )
        columns = map(col, (table.number, table.registered_on))
        found = bulk.look_up(self._work.db, given, table, same, columns, beside=["place"])
        for place, number, registered_on in found:
            row = rows[int(place)]
            row.refuse(
                NumberTaken(
                    field="number",
                    number=row.fields["number"],
                    journal=row.fields["of"].code,
                    holder=f"{number}, {registered_on:%d.%m.%Y}",
                )
            )

    def _use_held(self, rows: list[ImportedRow]) -> None:
        """Take the numbers off reservations and gaps, where they were held."""
        if not rows:
            return
        wanted = {
            (*_counter(row.fields), row.fields["ordinal"], row.fields["suffix"]) for row in rows
        }
        journals = {key[0] for key in wanted}
        for table, noun in ((ReservationTable, "reservation"), (GapTable, "gap")):
            held = self._work.db.execute(
                select(
                    *map(col, (table.id, table.number, table.journal_id, table.period)),
                    *map(col, (table.scope, table.ordinal, table.suffix)),
                ).where(col(table.journal_id).in_(journals))
            ).all()
            used = {row.id: row.number for row in held if tuple(row[2:]) in wanted}
            if used:
                self._work.db.execute(delete(table).where(col(table.id).in_(used)))
            for identity, number in used.items():
                self._work.record("use", noun, identity, {"number": number}, None)

    def _number(self, rows: Sequence[ImportedRow]) -> None:
        waiting: dict[Counter, list[ImportedRow]] = defaultdict(list)
        for row in rows:
            fields = row.fields
            try:
                fields["context"] = self._context(fields)
                fields["of"].formula.number(1, fields["context"])
            except SedError as error:
                row.refuse(error)
                continue
            place = self._templates.unread(fields["of"], fields["context"])
            fields["period"], fields["scope"] = place.period, place.scope
            waiting[_counter(fields)].append(row)
        for (_id, period, scope), group in sorted(waiting.items(), key=lambda item: str(item[0])):
            journal: Journal = group[0].fields["of"]
            last = advance(self._work, journal, period, scope, count=len(group))
            for ordinal, row in enumerate(group, last - len(group) + 1):
                row.fields["ordinal"], row.fields["suffix"] = ordinal, ""
                row.fields["number"] = journal.formula.number(ordinal, row.fields["context"])


def _refuse_unfitting(rows: list[ImportedRow]) -> None:
    """Refuse numbers that the formula does not write; historic ones are what they are."""
    for row in rows:
        if "expected" in row.fields:
            reason = _("expected like {example}").format(example=row.fields["expected"])
            number = row.fields["number"]
            row.refuse(BadNumber(field="number", number=number, reason=reason))


def _counter(fields: dict[str, Any]) -> Counter:
    return fields["of"].id, fields["period"], fields["scope"]
