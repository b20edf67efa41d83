"""An application looked up: who asks, who keeps the system, whose application it is."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlmodel import col

from sed_tui.domain.joining import JoiningState
from sed_tui.domain.text import normalized
from sed_tui.errors.joining import NoOperator, OperatorOnly, UnknownApplication
from sed_tui.handlers.other_organization import working_in
from sed_tui.handlers.short_ids import by_id
from sed_tui.storage.joining import SystemOperator, load_operator, seen_applications
from sed_tui.storage.tables.joining import JoiningTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

_J = JoiningTable


@dataclass(frozen=True)
class Found:
    """An application, its organization's code, and the operator."""

    row: Row[*tuple[Any, ...]]
    operator: SystemOperator

    @property
    def id(self) -> UUID:
        """Return the id of the application."""
        found: UUID = self.row.id
        return found

    @property
    def organization_id(self) -> UUID:
        """Return the applicant."""
        found: UUID = self.row.organization_id
        return found

    @property
    def code(self) -> str:
        """Return the code of the applicant."""
        return str(self.row.code)

    @property
    def state(self) -> JoiningState:
        """Return what the application waits for."""
        return JoiningState(self.row.state)


def system_operator(work: Work) -> SystemOperator:
    """Return who keeps the system. Raises `NoOperator`."""
    operator = load_operator(work.db)
    if operator is None:
        raise NoOperator
    return operator


def is_operator(work: Work, operator: SystemOperator) -> bool:
    """Tell whether the call is the operator's."""
    return work.organization_id == operator.id


def require_operator(work: Work, operator: SystemOperator, what: str) -> None:
    """Refuse what the operator alone does. Raises `OperatorOnly`."""
    if not is_operator(work, operator):
        raise OperatorOnly(what=what, operator=f"{operator.name} ({operator.code})")


def find_application(work: Work, text: str | None) -> Found:
    """Return the last application that a text names, one's own without a text.

    Raises `NoOperator`, `UnknownApplication`.
    """
    operator = system_operator(work)
    row = work.db.execute(
        applications()
        .where(_named(work, text), seen_applications(work.organization_id, operator))
        .order_by(col(_J.created_at).desc(), col(_J.id))
        .limit(1)
    ).first()
    if row is None:
        raise UnknownApplication(field="application", application=text or work.actor.organization)
    return Found(row, operator)


def applications() -> Any:
    """Return the query of applications with the codes of their organizations."""
    table: Any = JoiningTable.__table__  # type: ignore[attr-defined]
    return select(table, col(OrganizationTable.code)).join(
        OrganizationTable, col(OrganizationTable.id) == table.c.organization_id
    )


@contextmanager
def at_applicant(work: Work, found: Found) -> Iterator[Work]:
    """Give the work in the applicant's organization, in whose trail it is told."""
    if found.organization_id == work.organization_id:
        with nullcontext(work) as same:
            yield same
        return
    with working_in(work, found.organization_id, found.code) as other:
        yield other


def who(work: Work) -> str:
    """Return how the person of the call is named in what both sides read."""
    return f"{work.actor.name} ({work.actor.login}, {work.actor.organization})"


def _named(work: Work, text: str | None) -> Any:
    if text is None:
        return col(_J.organization_id) == work.organization_id
    key = normalized(text)
    same = [col(OrganizationTable.code) == key, col(_J.ogrn) == key]
    short = by_id(col(_J.id), key)
    return or_(*same) if short is None else or_(*same, short)
