"""Substitution of an absent person: for which work, and which arrangements are refused.

Standing in is not passed on: whoever stands in for an absent substitute does not stand
in for those he stands in for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.access import MATRIX, Role
from sed_tui.errors.people import (
    CircularSubstitution,
    OwnSubstitute,
    PeriodOver,
    SubstituteTaken,
)
from sed_tui.errors.terms import WrongOrder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID


class Scope(StrEnum):
    """For which work somebody stands in."""

    ASSIGNMENTS = "assignments"
    APPROVAL = "approval"
    ACQUAINTANCE = "acquaintance"


ALL = "all"
# what one has to be permitted for the standing in to be of use
_ACTS = {
    Scope.ASSIGNMENTS: "assignment.report",
    Scope.APPROVAL: "approval.approve",
    Scope.ACQUAINTANCE: "acquaintance.confirm",
}
_ARRANGERS = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.ASSISTANT, Role.REGISTRAR})


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Who stands in for whom, from one day to another, both included, and for what."""

    absent: UUID
    substitute: UUID | None
    starts_on: date
    ends_on: date
    scopes: frozenset[Scope]

    def overlaps(self, other: Arrangement) -> bool:
        """Tell whether both hold on some day for some work."""
        days = self.starts_on <= other.ends_on and other.starts_on <= self.ends_on
        return days and not self.scopes.isdisjoint(other.scopes)


def scopes_of(written: str) -> frozenset[Scope]:
    """Return what a stored scope covers: `all`, or names with commas."""
    return frozenset(Scope) if written == ALL else frozenset(map(Scope, written.split(",")))


def written_scopes(scopes: Collection[Scope]) -> str:
    """Return a scope as it is stored; nothing named is everything."""
    return ALL if set(scopes) in (set(), set(Scope)) else ",".join(sorted(scopes))


def may_arrange(roles: Collection[Role], *, is_own: bool) -> bool:
    """Tell whether a person may set a substitution: one's own, or as an officer."""
    return is_own or not _ARRANGERS.isdisjoint(roles)


def check_arrangement(new: Arrangement, others: Iterable[Arrangement], today: date) -> None:
    """Refuse what cannot be arranged, beside the arrangements that are there already.

    Raises `OwnSubstitute`, `WrongOrder`, `PeriodOver`, `SubstituteTaken` where the absent
    person has a substitute on one of the days, `CircularSubstitution` where two people
    would stand in for each other.
    """
    if new.substitute == new.absent:
        raise OwnSubstitute(field="substitute")
    if new.ends_on < new.starts_on:
        raise WrongOrder(field="ends_on", start=_shown(new.starts_on), end=_shown(new.ends_on))
    if new.ends_on < today:
        raise PeriodOver(field="ends_on", end=_shown(new.ends_on))
    for other in others:
        if not new.overlaps(other):
            continue
        start, end = _shown(other.starts_on), _shown(other.ends_on)
        if other.absent == new.absent:
            raise SubstituteTaken(field="absent", start=start, end=end)
        if (other.absent, other.substitute) == (new.substitute, new.absent):
            raise CircularSubstitution(field="substitute", start=start, end=end)


def _shown(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def idle_scopes(scopes: Iterable[Scope], roles: Iterable[Role]) -> list[Scope]:
    """Return the work that nobody with these roles may do, for whomever he stands in."""
    held = frozenset(roles)
    return [scope for scope in sorted(scopes) if held.isdisjoint(MATRIX[_ACTS[scope]])]
