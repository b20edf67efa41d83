"""People of an organization: who is meant by a name."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select
from sqlmodel import col

from sed_tui.domain.text import folded, normalized
from sed_tui.errors import NotFound
from sed_tui.errors.people import AmbiguousPerson
from sed_tui.handlers.references import by_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_BETWEEN_WORDS = re.compile(r"[\s.]+")
_BETWEEN_PEOPLE = re.compile(r"[,;\n]+")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class EmployeeReference:
    """A person who works in the organization."""

    id: UUID
    login: str
    name: str
    position: str | None
    unit_id: UUID | None
    clearance: bool


def resolve_employee(work: Work, text: str, field: str) -> EmployeeReference:
    """Return the active person of the organization that a text names.

    It may be a login, an id, «Петров Василий Сергеевич», «Петров В.С.», «В.С. Петров»
    or a surname that only one has. Raises `NotFound` and `AmbiguousPerson`.
    """
    text = normalized(text)
    for condition in (col(EmployeeTable.login) == text, by_id(col(EmployeeTable.id), text)):
        rows = [] if condition is None else _active(work, condition)
        if rows:
            return _only(rows, text, field)
    rows = _named(work, folded(text))
    if not rows:
        raise NotFound(field=field, kind=_(N_("Person")), key=text)
    return _only(rows, text, field)


def mentioned_employees(work: Work, text: str) -> list[EmployeeReference]:
    """Return the people a free text names one after another, who work here; others are skipped."""
    found = []
    for part in _BETWEEN_PEOPLE.split(text):
        with suppress(NotFound, AmbiguousPerson):
            found.append(resolve_employee(work, part, "employee"))
    return found


def _only(rows: Sequence[_Row], text: str, field: str) -> EmployeeReference:
    if len(rows) > 1:
        candidates = "; ".join(f"{row.full_name} ({row.login})" for row in rows[:_SHOWN])
        raise AmbiguousPerson(field=field, value=text, candidates=candidates)
    row = rows[0]
    return EmployeeReference(
        row.id, row.login, row.full_name, row.position, row.unit_id, row.clearance
    )


def _named(work: Work, wanted: str) -> Sequence[_Row]:
    words = [word for word in _BETWEEN_WORDS.split(wanted) if word]
    surname = next((word for word in words if len(word) > 1), None)
    if surname is None:
        return []
    name = col(EmployeeTable.folded_name)
    # a surname and what follows it, as one range of the index: "!" comes after the space
    rows = _active(work, or_(name == surname, and_(name >= f"{surname} ", name < f"{surname}!")))
    same = [row for row in rows if row.folded_name == wanted]
    return same or [row for row in rows if _answers(row.folded_name.split(" "), words)]


def _answers(full: list[str], words: list[str]) -> bool:
    """Tell whether the words of a full name go by a shorter form."""
    long = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    if not initials:
        return full[: len(long)] == long
    if len(long) > 1:
        return False
    return [word[0] for word in full[1 : 1 + len(initials)]] == initials


def _active(work: Work, condition: ColumnElement[bool]) -> Sequence[_Row]:
    return work.db.execute(
        select(
            col(EmployeeTable.id),
            col(EmployeeTable.login),
            col(EmployeeTable.full_name),
            col(EmployeeTable.folded_name),
            col(EmployeeTable.position),
            col(EmployeeTable.unit_id),
            col(EmployeeTable.clearance),
        )
        .where(
            col(EmployeeTable.organization_id) == work.organization_id,
            col(EmployeeTable.state) == "active",
            condition,
        )
        .order_by(col(EmployeeTable.folded_name), col(EmployeeTable.id))
    ).all()
