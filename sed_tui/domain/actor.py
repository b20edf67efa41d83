"""The person an operation is done by: what he may do and how far he sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sed_tui.domain.access import MATRIX, SIGHT, Role, Sight
from sed_tui.domain.program_rights import is_program, lent
from sed_tui.domain.reach import allows

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The person an operation is done by.

    `roles` are those held in the chosen organization, `grants` those held in all, and
    `chosen` says of which of them it was chosen how far they see. `clearance` is what the
    chosen organization says of him, `cleared_in` are all that cleared him.
    `stands_for` are the absent people whose assignments he may do today beside his own,
    `reads_for` those for whom he may get acquainted, `approves_for` those for whom he
    may decide about drafts. Who came by a token (`token_id`) may do what its `scopes` name;
    without scopes everything that the roles allow.
    """

    employee_id: UUID
    login: str
    name: str
    organization_id: UUID
    organization: str
    roles: frozenset[Role]
    clearance: bool = False
    cleared_in: frozenset[UUID] = frozenset()
    stands_for: frozenset[UUID] = frozenset()
    reads_for: frozenset[UUID] = frozenset()
    approves_for: frozenset[UUID] = frozenset()
    day: date | None = None
    """The day on which rights that are given for a time are looked at."""
    grants: tuple[tuple[UUID, frozenset[Role]], ...] = ()
    chosen: frozenset[tuple[UUID, Role, Sight]] = frozenset()
    colleagues: frozenset[UUID] = frozenset()
    """Who works in the department, for roles that see as far; `is_broad` where they do much."""
    is_broad: bool = False
    reads_only: bool = False  # suspended, or gone over into another organization
    token_id: UUID | None = None
    scopes: frozenset[str] | None = None

    @property
    def sight(self) -> Sight:
        """Return the widest sight of the roles held."""
        sights = {self.sight_of(role, self.organization_id) for role in self.roles}
        return next((sight for sight in Sight if sight in sights), Sight.NOTHING)

    @property
    def is_program(self) -> bool:
        """Tell whether a system user calls, whatever else it holds and wherever."""
        return is_program(self.roles) or any(is_program(roles) for _place, roles in self.grants)

    @property
    def acts_for(self) -> tuple[UUID, ...]:
        """Return whose part the person may take."""
        return (self.employee_id, *sorted(self.stands_for | self.reads_for))

    @property
    def sees_for(self) -> tuple[UUID, ...]:
        """Return whose documents and assignments the person sees as his own."""
        if self.sight is not Sight.DEPARTMENT:
            return self.acts_for
        return tuple(sorted({*self.acts_for, *self.colleagues}))

    def sight_of(self, role: Role, organization: UUID) -> Sight:
        """Return how far one of the roles sees in an organization."""
        chosen = (s for place, held, s in self.chosen if (place, held) == (organization, role))
        return next(chosen, SIGHT[role])

    def may(self, operation: str) -> bool:
        """Tell whether one of the roles has the operation in the matrix, and the token too.

        A system user has it only by a role that a program may hold: nobody's work is done by
        one, with whatever roles it was left.
        """
        is_named = self.scopes is None or operation in self.scopes
        return is_named and self.may_by_roles(operation)

    def may_by_roles(self, operation: str) -> bool:
        """Tell whether the caller has the operation, whatever his token was made for."""
        return self._has(operation, self.organization_id, self.roles)

    def organizations(self, operation: str) -> list[UUID]:
        """Return every organization in which one of the person's roles has the operation."""
        return [place for place, roles in self.grants if self._has(operation, place, roles)]

    def operations(self) -> list[str]:
        """Return the names of all operations that the caller may do, in the matrix's order."""
        reach = self._reach(self.organization_id, self.roles)
        having = _all_of(reach, is_program=self.is_program)
        return [name for name in having if self.scopes is None or name in self.scopes]

    def _has(self, operation: str, organization: UUID, roles: frozenset[Role]) -> bool:
        return _is_had(operation, self._reach(organization, roles), is_program=self.is_program)

    def _reach(self, organization: UUID, roles: frozenset[Role]) -> frozenset[tuple[Role, Sight]]:
        return frozenset((role, self.sight_of(role, organization)) for role in roles)


def _is_had(operation: str, reach: frozenset[tuple[Role, Sight]], *, is_program: bool) -> bool:
    """Tell whether roles that see so far have an operation."""
    by = lent(operation, (role for role, _sight in reach)) if is_program else None
    return any(allows(operation, role, sight) for role, sight in reach if by is None or role in by)


@lru_cache(maxsize=256)
def _all_of(reach: frozenset[tuple[Role, Sight]], *, is_program: bool) -> tuple[str, ...]:
    """Return what roles have, of three hundred operations: the matrix stays as it is."""
    return tuple(name for name in MATRIX if _is_had(name, reach, is_program=is_program))
