"""Roles as people hold them in an organization, and how far each of them sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.access import SCOPED, SIGHT, Role, Sight, written_role
from sed_tui.domain.program_rights import BESIDE_SYSTEM, is_program, of_people
from sed_tui.errors.people import DepartmentNeeded, ReachFixed, RoleOfPeople
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sed_tui.handlers.work import Work

    Held = dict[Role, Sight]

_G = RoleGrantTable


def held_roles(work: Work, people: Sequence[UUID]) -> dict[UUID, Held]:
    """Return the roles that people hold here in a stable order, with how far each sees."""
    held: dict[UUID, Held] = {}
    rows = work.db.execute(
        select(*map(col, (_G.employee_id, _G.role, _G.scope))).where(
            col(_G.organization_id) == work.organization_id, col(_G.employee_id).in_(people)
        )
    )
    for row in rows:
        role = Role(row.role)
        held.setdefault(row.employee_id, {})[role] = Sight(row.scope) if row.scope else SIGHT[role]
    order = list(Role)
    return {
        person: {role: found[role] for role in sorted(found, key=order.index)}
        for person, found in held.items()
    }


def roles_of(work: Work, person: UUID) -> list[str]:
    """Return the roles a person holds in the organization, as they are written down."""
    return written(held_roles(work, [person]).get(person, {}))


def shown_roles(held: Held) -> dict[str, Any]:
    """Return the fields of a person that tell of roles; reach only where it was chosen."""
    chosen = {role: sight for role, sight in held.items() if sight is not SIGHT[role]}
    return {"roles": list(held), "reach": written(chosen)}


def written(held: Held) -> list[str]:
    """Return roles as texts, with their reach where it is not the usual one."""
    return [written_role(role, sight) for role, sight in held.items()]


def grant_roles(
    work: Work, person: UUID, roles: Iterable[Role], scope: Sight | None = None
) -> None:
    """Give a person roles in the organization; of those held already the reach is changed.

    Without a scope they stay as they are. Raises `ReachFixed`, `DepartmentNeeded`, and
    `RoleOfPeople` where a system user would hold a role by which people act.
    """
    wanted = list(dict.fromkeys(roles))
    if scope is not None:
        _require_reach(work, person, wanted, scope)
    insert = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    rows = [
        {
            "employee_id": person,
            "organization_id": work.organization_id,
            "role": role.value,
            "scope": None if scope is SIGHT[role] else scope,
        }
        for role in wanted
    ]
    if not rows:
        return
    adding = insert(_G)
    work.db.execute(
        adding.on_conflict_do_nothing()
        if scope is None
        else adding.on_conflict_do_update(
            index_elements=["employee_id", "organization_id", "role"],
            set_={"scope": adding.excluded.scope},
        ),
        rows,
    )
    _require_programs_roles(work, person)


def cleared_guests(work: Work, people: Sequence[UUID]) -> set[UUID]:
    """Return those of other organizations who are shown here what is for official use only."""
    rows = work.db.scalars(
        select(col(_G.employee_id)).where(
            col(_G.organization_id) == work.organization_id,
            col(_G.employee_id).in_(people),
            col(_G.clearance),
        )
    )
    return set(rows)


def is_cleared_guest(work: Work, person: UUID) -> bool:
    """Tell whether somebody of another organization is cleared here."""
    return person in cleared_guests(work, [person])


def clear_guest(work: Work, person: UUID, *, cleared: bool) -> None:
    """Say of every role that a guest holds here whether he is cleared with it."""
    work.db.execute(
        update(_G)
        .where(
            col(_G.organization_id) == work.organization_id,
            col(_G.employee_id) == person,
            col(_G.clearance) != cleared,
        )
        .values(clearance=cleared)
    )


def _require_reach(work: Work, person: UUID, roles: Iterable[Role], scope: Sight) -> None:
    for role in roles:
        if role not in SCOPED or scope is Sight.NOTHING:
            choices = ", ".join(SCOPED)
            raise ReachFixed(field="scope", role=role.value, scope=scope.value, roles=choices)
    if scope is Sight.DEPARTMENT:
        place = select(col(EmployeeTable.unit_id)).where(
            col(EmployeeTable.id) == person,
            col(EmployeeTable.organization_id) == work.organization_id,
        )
        if work.db.scalar(place) is None:
            login = select(col(EmployeeTable.login)).where(col(EmployeeTable.id) == person)
            raise DepartmentNeeded(field="scope", login=work.db.scalar(login))


def _require_programs_roles(work: Work, person: UUID) -> None:
    """Refuse to mix a program and a person in one account, whichever was there first.

    What the person holds in other organizations counts too: one token opens them all.
    """
    rows = work.db.scalars(select(col(_G.role)).where(col(_G.employee_id) == person))
    held = {Role(role) for role in rows}
    mixed = of_people(held) if is_program(held) else []
    if mixed:
        login = select(col(EmployeeTable.login)).where(col(EmployeeTable.id) == person)
        raise RoleOfPeople(
            field="roles",
            login=work.db.scalar(login),
            roles=", ".join(mixed),
            beside=", ".join(BESIDE_SYSTEM),
        )
