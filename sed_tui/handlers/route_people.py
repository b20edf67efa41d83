"""Who the performers of a route are for one document, and who stands in for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.route import ComputedRole, Performer, PerformerKind
from sed_tui.domain.substitution import Scope, scopes_of
from sed_tui.handlers.employee import find_colleague, mentioned_employees
from sed_tui.handlers.signatories import signatories_of
from sed_tui.handlers.unit import find_unit
from sed_tui.storage.due_terms import heads, workers
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable
from sed_tui.storage.tables.substitution import SubstitutionTable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from sed_tui.domain.digests import Heads
    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.work import Work


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """Somebody whom a stage asks."""

    id: UUID
    login: str
    name: str
    is_at_work: bool


@dataclass(frozen=True, slots=True)
class Absence:
    """Until when somebody is away, and who stands in for approvals."""

    until: date
    substitute: PersonAsked | None


class Performers:
    """Finds the performers of a route for a document."""

    def __init__(
        self, work: Work, draft: StoredDraft, groups: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._work = work
        self._draft = draft
        self._groups = groups

    def find(self, performer: Performer) -> list[PersonAsked]:
        """Return who a performer is; nobody is an empty list, who has left is among them."""
        match performer.kind:
            case PerformerKind.ROLE:
                ids = self.roles[ComputedRole(performer.name)]
            case PerformerKind.UNIT:
                ids = self._unit(performer.name)
            case PerformerKind.GROUP:
                ids = [self._person(name) for name in self._groups[performer.name]]
            case PerformerKind.PERSON:
                ids = [self._person(performer.name)]
        known = people_by_id(self._work, ids)
        return [known[one] for one in dict.fromkeys(ids)]

    @cached_property
    def roles(self) -> dict[ComputedRole, list[UUID]]:
        """Return who the computed roles are."""
        draft = self._draft
        return {
            ComputedRole.INITIATOR: [draft.author_id],
            ComputedRole.INITIATOR_HEAD: self._head_of_initiator(),
            ComputedRole.UNIT_HEAD: self._head_of_unit(),
            ComputedRole.SIGNATORY: [one.id for one in signatories_of(self._work, draft.id)],
            ComputedRole.REGISTRAR: self._registrars(),
            ComputedRole.ADDRESSEE: self._addressees(),
        }

    @property
    def role_sets(self) -> dict[ComputedRole, frozenset[UUID]]:
        """Return the computed roles as conditions compare them."""
        return {role: frozenset(ids) for role, ids in self.roles.items()}

    @cached_property
    def _heads(self) -> Heads:
        return heads(self._work.db, self._work.organization_id)

    def _head_of_initiator(self) -> list[UUID]:
        author = workers(self._work.db, [self._draft.author_id])[self._draft.author_id]
        return [head.id for head in self._heads.over(author)[:1]]

    def _head_of_unit(self) -> list[UUID]:
        author = workers(self._work.db, [self._draft.author_id])[self._draft.author_id]
        # the document stands in the place of one who works in its department
        member = replace(author, id=self._draft.id, unit=self._draft.unit_id)
        return [head.id for head in self._heads.over(member)[:1]]

    def _registrars(self) -> list[UUID]:
        grant = RoleGrantTable
        return list(
            self._work.db.scalars(
                select(col(EmployeeTable.id))
                .join(grant, col(grant.employee_id) == col(EmployeeTable.id))
                .where(
                    col(grant.organization_id) == self._work.organization_id,
                    col(grant.role) == Role.REGISTRAR.value,
                    col(EmployeeTable.state) == "active",
                )
                .order_by(col(EmployeeTable.folded_name), col(EmployeeTable.id))
            )
        )

    def _addressees(self) -> list[UUID]:
        addressee = self._draft.card["addressee"]
        return [p.id for p in mentioned_employees(self._work, addressee)] if addressee else []

    def _unit(self, code: str) -> list[UUID]:
        unit = find_unit(self._work, code, "performers")
        return list(
            self._work.db.scalars(
                select(col(EmployeeTable.id))
                .where(col(EmployeeTable.unit_id) == unit, col(EmployeeTable.state) == "active")
                .order_by(col(EmployeeTable.folded_name), col(EmployeeTable.id))
            )
        )

    def _person(self, name: str) -> UUID:
        found: UUID = find_colleague(self._work, name, "performers").id
        return found


def people_by_id(work: Work, ids: Collection[UUID]) -> dict[UUID, PersonAsked]:
    """Return people of the organization by their ids, those who have left as well."""
    table = EmployeeTable
    rows = work.db.execute(
        select(*map(col, (table.id, table.login, table.full_name, table.state))).where(
            col(table.id).in_(list(ids))
        )
    )
    return {r.id: PersonAsked(r.id, r.login, r.full_name, r.state == "active") for r in rows}


def absences(work: Work, ids: Collection[UUID], day: date) -> dict[UUID, Absence]:
    """Return who is away on a day as far as approvals go, and who stands in at work."""
    table = SubstitutionTable
    rows = work.db.execute(
        select(*map(col, (table.absent_id, table.substitute_id, table.ends_on, table.scope))).where(
            col(table.organization_id) == work.organization_id,
            col(table.absent_id).in_(list(ids)),
            col(table.starts_on) <= day,
            col(table.ends_on) >= day,
            col(table.cancelled_at).is_(None),
        )
    ).all()
    covered = [row for row in rows if Scope.APPROVAL in scopes_of(row.scope)]
    known = people_by_id(work, [row.substitute_id for row in covered if row.substitute_id])
    found = {}
    for row in covered:
        substitute = known.get(row.substitute_id)
        at_work = substitute if substitute is not None and substitute.is_at_work else None
        found[row.absent_id] = Absence(row.ends_on, at_work)
    return found
