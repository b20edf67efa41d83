"""Routes of approval: stages, performers and conditions, as plain data (rules §1.12)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.flows import DRAFTED, Flow
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


class StageKind(StrEnum):
    """What is done in a stage, in the order in which kinds follow each other."""

    APPROVAL = "approval"
    LEGAL_REVIEW = "legal_review"
    SIGNING = "signing"
    REGISTRATION = "registration"
    DISPATCH = "dispatch"
    ACQUAINTANCE = "acquaintance"
    RETURN_CONTROL = "return_control"


class ComputedRole(StrEnum):
    """A performer whom the document tells."""

    INITIATOR = "initiator"
    INITIATOR_HEAD = "initiator_head"
    UNIT_HEAD = "unit_head"
    SIGNATORY = "signatory"
    REGISTRAR = "registrar"
    ADDRESSEE = "addressee"


class PerformerKind(StrEnum):
    """How a performer is named."""

    PERSON = "person"
    GROUP = "group"
    UNIT = "unit"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Performer:
    """Somebody a stage names: a login, `group:NAME`, `unit:CODE` or `role:NAME`."""

    kind: PerformerKind
    name: str

    def __str__(self) -> str:
        return self.name if self.kind is PerformerKind.PERSON else f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Condition:
    """For which documents a stage takes place; what is empty does not narrow.

    Sums are in whole roubles, both ends included.
    """

    kinds: frozenset[str] = frozenset()
    addressees: frozenset[str] = frozenset()
    delivery: frozenset[str] = frozenset()
    several_addressees: bool | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    same: tuple[ComputedRole, ComputedRole] | None = None
    different: tuple[ComputedRole, ComputedRole] | None = None


@dataclass(frozen=True, slots=True)
class RouteStage:
    """A stage; `line` is where it begins in the text."""

    name: str
    kind: StageKind
    performers: tuple[Performer, ...]
    is_parallel: bool = True
    term: str | None = None
    is_mandatory: bool = False
    keeps_immaterial: bool = False
    skip_late: int | None = None
    """After how many working days of delay an approver is no longer waited for."""
    late_to: tuple[Performer, ...] = ()
    """Who is written when the stage is late; the heads of the late ones when nobody is named."""
    condition: Condition = field(default_factory=Condition)
    line: int = 0

    @property
    def is_approving(self) -> bool:
        """Tell whether people decide in it about the text."""
        return self.kind in APPROVING


@dataclass(frozen=True, slots=True)
class Route:
    """A route: for which documents it is, and its stages in their order."""

    code: str
    title: str
    priority: int = 0
    asks_everybody: bool = False
    """Whether after rework even those are asked again whose agreement stands."""
    flows: frozenset[Flow] = frozenset()
    kinds: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stages: tuple[RouteStage, ...] = ()

    @property
    def possible_flows(self) -> frozenset[Flow]:
        """Return the flows of its documents."""
        return self.flows or DRAFTED


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document when its route is chosen and its conditions are asked.

    Texts are folded; `units` are the codes of its department and of those above.
    """

    flow: Flow
    kind: str
    organization: str
    units: tuple[str, ...] = ()
    addressees: frozenset[str] = frozenset()
    delivery: str = ""
    amount: int | None = None
    people: Mapping[ComputedRole, frozenset[UUID]] = field(default_factory=dict)


APPROVING = frozenset({StageKind.APPROVAL, StageKind.LEGAL_REVIEW})
# whom a stage that names nobody is for
DEFAULT_PERFORMERS = {
    StageKind.SIGNING: ComputedRole.SIGNATORY,
    StageKind.REGISTRATION: ComputedRole.REGISTRAR,
    StageKind.DISPATCH: ComputedRole.REGISTRAR,
    StageKind.RETURN_CONTROL: ComputedRole.REGISTRAR,
}
STAGE_KIND_TITLES = {
    StageKind.APPROVAL: N_("approval"),
    StageKind.LEGAL_REVIEW: N_("legal review"),
    StageKind.SIGNING: N_("signing"),
    StageKind.REGISTRATION: N_("registration"),
    StageKind.DISPATCH: N_("dispatch"),
    StageKind.ACQUAINTANCE: N_("acquaintance"),
    StageKind.RETURN_CONTROL: N_("control of return"),
}
ROLE_TITLES = {
    ComputedRole.INITIATOR: N_("the initiator"),
    ComputedRole.INITIATOR_HEAD: N_("the initiator's head"),
    ComputedRole.UNIT_HEAD: N_("the head of the document's department"),
    ComputedRole.SIGNATORY: N_("the signatory"),
    ComputedRole.REGISTRAR: N_("the registrar"),
    ComputedRole.ADDRESSEE: N_("the addressee"),
}


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether a stage takes place for a document."""
    several = len(facts.addressees) > 1
    amount = facts.amount
    return all(
        (
            not condition.kinds or facts.kind in condition.kinds,
            not condition.addressees or bool(condition.addressees & facts.addressees),
            not condition.delivery or facts.delivery in condition.delivery,
            condition.several_addressees in {None, several},
            condition.amount_from is None
            or (amount is not None and amount >= condition.amount_from),
            condition.amount_to is None or (amount is not None and amount <= condition.amount_to),
            condition.same is None or _coincide(condition.same, facts),
            condition.different is None or not _coincide(condition.different, facts),
        )
    )


def exclude_each_other(one: Condition, other: Condition) -> bool:
    """Tell whether no document can fulfil both conditions, as far as texts and sums tell."""
    for name in ("kinds", "delivery"):
        first, second = getattr(one, name), getattr(other, name)
        if first and second and not first & second:
            return True
    flags = {one.several_addressees, other.several_addressees}
    if flags == {True, False}:
        return True
    for first, second in ((one, other), (other, one)):
        if first.same and second.different and set(first.same) == set(second.different):
            return True
        low, high = second.amount_from, first.amount_to
        if low is not None and high is not None and high < low:
            return True
    return False


def is_for(route: Route, facts: Facts) -> bool:
    """Tell whether a route is for documents like this one."""
    return all(
        (
            facts.flow in route.possible_flows,
            not route.kinds or facts.kind in route.kinds,
            not route.organizations or facts.organization in route.organizations,
            not route.units or not route.units.isdisjoint(facts.units),
        )
    )


def chosen_route(routes: list[Route], facts: Facts) -> Route | None:
    """Return the route for a document: of the highest priority, then the most narrow."""
    fitting = [route for route in routes if is_for(route, facts)]

    def rank(route: Route) -> tuple[int, int, str]:
        narrow = sum(map(bool, (route.flows, route.kinds, route.organizations, route.units)))
        return -route.priority, -narrow, route.code

    return min(fitting, key=rank, default=None)


def _coincide(roles: tuple[ComputedRole, ComputedRole], facts: Facts) -> bool:
    nobody: frozenset[UUID] = frozenset()
    first, second = (facts.people.get(role, nobody) for role in roles)
    return bool(first & second)
