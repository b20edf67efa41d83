"""The register of organizations: an application for each that the system does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain import written
from sed_tui.domain.dates import parse_date
from sed_tui.domain.joining import JoiningState
from sed_tui.domain.joining_application import FIELDS, checked_application
from sed_tui.domain.text import clean, normalized, optional
from sed_tui.errors import SedError
from sed_tui.errors.imports import DiffersFromStored, RowTwice
from sed_tui.errors.joining import ConnectionInFuture, NobodyWorksThereYet, OperatorJoinsNobody
from sed_tui.errors.people import OrganizationExists
from sed_tui.handlers.importing.row import ImportedRow, undecided
from sed_tui.handlers.joining_beginning import (
    Beginning,
    lock_applications,
    make_applicant,
    store_applications,
)
from sed_tui.handlers.joining_found import applications, require_operator, system_operator
from sed_tui.handlers.joining_steps import term_of
from sed_tui.i18n import N_, _
from sed_tui.operations.imports import Outcome
from sed_tui.storage.tables.joining import JoiningTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.work import Work

_J, _O = JoiningTable, OrganizationTable
_IMPORTING = N_("Import the register of organizations")
_AT_WORK = {"active": JoiningState.CONNECTED, "suspended": JoiningState.SUSPENDED}


class OrganizationImporter:
    """Enters organizations in the transaction of one call; known ones are left alone.

    The same one is told by its OGRN. What works here already is entered as connected; every
    other one begins an application, in which nobody acts before the accounts are opened.
    """

    def __init__(self, work: Work, columns: Sequence[str], _run: UUID) -> None:
        self._work = work
        self._columns = tuple(columns)
        self._operator = system_operator(work)
        require_operator(work, self._operator, _(_IMPORTING))

    def take(self, rows: Sequence[ImportedRow]) -> None:
        """Decide and store a chunk of rows."""
        for row in undecided(rows):
            values = dict(zip(self._columns, row.texts, strict=True))
            try:
                row.fields = _checked(values, self._work.today)
            except SedError as error:
                row.refuse(error)
        lock_applications(self._work)
        self._settle_applied(undecided(rows))
        self._settle_repeated(undecided(rows))
        self._enter(undecided(rows))
        for row in rows:
            row.settle_with_first()

    def _settle_applied(self, rows: list[ImportedRow]) -> None:
        """Leave alone what has applied once, however that ended."""
        query = applications().where(col(_J.ogrn).is_not(None)).order_by(col(_J.created_at))
        applied = {one.ogrn: one for one in self._work.db.execute(query)}
        for row in rows:
            known = applied.get(row.fields["ogrn"])
            if known is not None:
                row.settle(Outcome.UNCHANGED, known.id, known.code)
                _note_differences(row, known._mapping)

    def _settle_repeated(self, rows: list[ImportedRow]) -> None:
        seen: dict[str, ImportedRow] = {}
        codes: dict[str, ImportedRow] = {}
        for row in rows:
            first = seen.setdefault(row.fields["ogrn"], row)
            code = row.fields["code"]
            other = codes.setdefault(code, row) if code else row
            if first is not row:
                row.follow(first, Outcome.DUPLICATE)
            elif other is not row:
                row.refuse(RowTwice(field="code", value=code, other=other.row))

    def _enter(self, rows: list[ImportedRow]) -> None:
        if not rows:
            return
        names = (_O.id, _O.code, _O.ogrn, _O.state)
        offices = self._work.db.execute(select(*map(col, names)).order_by(col(_O.code))).all()
        by_ogrn = {one.ogrn: one for one in offices if one.ogrn}
        by_code = {one.code: one for one in offices}
        due = term_of(self._work, self._operator, JoiningState.DRAFT)
        begun = [(row, self._begun(row, by_ogrn, by_code, due)) for row in rows]
        taken = [(row, one) for row, one in begun if one is not None]
        created = store_applications(self._work, [one for _row, one in taken])
        for (row, one), identity in zip(taken, created, strict=True):
            row.settle(Outcome.CREATED, identity, one.code)

    def _begun(
        self,
        row: ImportedRow,
        by_ogrn: Mapping[str, Any],
        by_code: Mapping[str, Any],
        due: date | None,
    ) -> Beginning | None:
        """Return how the application of a row begins, None where there is none."""
        fields = {name: row.fields[name] for name in FIELDS}
        code = row.fields["code"] or row.fields["ogrn"]
        known = by_ogrn.get(row.fields["ogrn"]) or by_code.get(code)
        if known is None:
            _note_connection(row, code)
            return Beginning(make_applicant(self._work, code, fields), code, fields, due=due)
        if known.id == self._operator.id:
            row.settle(Outcome.UNCHANGED, None, known.code)
            row.note(OperatorJoinsNobody())
            return None
        if known.ogrn not in (None, row.fields["ogrn"]) or known.state not in _AT_WORK:
            row.refuse(OrganizationExists(field="code", organization=known.code))
            return None
        state, day = _AT_WORK[known.state], row.fields["connected_on"]
        return Beginning(
            known.id, known.code, fields, state, connected_on=day, rules_accounts=False
        )


def _checked(values: dict[str, str], today: date) -> dict[str, Any]:
    """Return the fields of an application, zeros that a table lost put back."""
    text = {name: normalized(value) for name, value in values.items()}
    code = optional(text.pop("code", None), "code", limit=32)
    connected = text.pop("connected_on", "")
    if text.get("inn"):
        text["inn"] = written.restored_inn(text["inn"])
    if text.get("kpp"):
        text["kpp"] = written.restored_kpp(text["kpp"])
    text["ogrn"] = clean(written.exact(text.get("ogrn", ""), "ogrn"), "ogrn", limit=15)
    fields = checked_application(text)
    fields["name"] = clean(fields["name"] or "", "name", limit=500)
    day = parse_date(connected, "connected_on") if connected else None
    if day is not None and day > today:
        raise ConnectionInFuture(field="connected_on", day=f"{day:%d.%m.%Y}")
    return {**fields, "code": code, "connected_on": day}


def _note_connection(row: ImportedRow, code: str) -> None:
    """Say that a day of connection makes nobody a participant who has no accounts here."""
    day = row.fields["connected_on"]
    if day is not None:
        told = f"{day:%d.%m.%Y}"
        row.note(NobodyWorksThereYet(field="connected_on", day=told, organization=code))


def _note_differences(row: ImportedRow, stored: Any) -> None:
    given = (name for name in FIELDS if row.fields[name] is not None)
    differing = [name for name in given if row.fields[name] != stored[name]]
    if differing:
        row.note(DiffersFromStored(fields=", ".join(differing)))
