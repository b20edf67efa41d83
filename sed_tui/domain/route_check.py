"""What is wrong with a route as a whole: nothing happens, out of order, never reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.flows import Flow
from sed_tui.domain.route import (
    APPROVING,
    ComputedRole,
    PerformerKind,
    RouteStage,
    StageKind,
    exclude_each_other,
)
from sed_tui.errors.routes import (
    ConditionOfOtherFlow,
    NeverSkipped,
    PerformerRepeated,
    RouteFault,
    RouteWithoutStages,
    SecondSigning,
    SkipWithoutTerm,
    StageOutOfOrder,
    StageUnreachable,
    StageWithoutPerformers,
    UnknownPerformer,
)
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sed_tui.domain.route import Performer, Route
    from sed_tui.domain.route_text import Places, ReadRoute

# what must not stand after a stage of the kind, on one branch
_MUST_PRECEDE = {
    StageKind.SIGNING: APPROVING,
    StageKind.REGISTRATION: APPROVING | {StageKind.SIGNING},
    StageKind.DISPATCH: APPROVING | {StageKind.SIGNING, StageKind.REGISTRATION},
}
_OF_LETTERS = {
    "addressee": "addressees",
    "delivery": "delivery",
    "several_addressees": "several_addressees",
}
ROLES = ", ".join(f"role:{role}" for role in ComputedRole)


def faults_of(read: ReadRoute) -> list[RouteFault]:
    """Return every fault of a text in the order of its lines; people are not looked up."""
    found = list(read.faults)
    if read.route is not None:
        found += _faults(read.route, read.places)
    return sorted(found, key=lambda fault: int(fault.details.get("line", 0)))


def _faults(route: Route, places: Places) -> Iterator[RouteFault]:
    if not route.stages:
        yield RouteWithoutStages(line=1)
    for place, stage in enumerate(route.stages):
        yield from _of_performers(route, stage, place, places)
        yield from _of_condition(route, stage, place, places)
        yield from _of_order(route, stage, place)
        yield from _of_skipping(stage, places.of("skip_late", place))


def _of_performers(
    route: Route, stage: RouteStage, place: int, places: Places
) -> Iterator[RouteFault]:
    if not stage.performers:
        yield StageWithoutPerformers(line=stage.line, stage=stage.name)
    yield from _of_named(route, stage, stage.performers, places.of("performers", place))
    late = places.of("late_to", place)
    yield from _of_named(route, stage, stage.late_to, late)
    if stage.late_to and stage.term is None:
        yield SkipWithoutTerm(line=late, stage=stage.name)


def _of_named(
    route: Route, stage: RouteStage, named: Iterable[Performer], line: int
) -> Iterator[RouteFault]:
    seen = set()
    for one in named:
        if one in seen:
            yield PerformerRepeated(line=line, performer=one, stage=stage.name)
        seen.add(one)
        reason = None
        if one.kind is PerformerKind.ROLE and one.name not in set(ComputedRole):
            reason = _("there is no such role")
        if one.kind is PerformerKind.GROUP and not route.groups.get(one.name):
            reason = _("the route has no such group, or it is empty")
        if not one.name:
            reason = _("the name is empty")
        if reason is not None:
            yield UnknownPerformer(line=line, performer=one, reason=reason, roles=ROLES)


def _of_condition(
    route: Route, stage: RouteStage, place: int, places: Places
) -> Iterator[RouteFault]:
    condition = stage.condition
    if Flow.OUTGOING not in route.possible_flows:
        for key, attribute in _OF_LETTERS.items():
            if getattr(condition, attribute) not in {None, frozenset()}:
                yield ConditionOfOtherFlow(line=places.of(key, place), key=key)
    if condition.kinds and route.kinds and not condition.kinds & route.kinds:
        reason = _("the route is for other kinds")
        line = places.of("when", place)
        yield StageUnreachable(line=line, stage=stage.name, reason=reason)
    low, high = condition.amount_from, condition.amount_to
    if low is not None and high is not None and low > high:
        reason = _("the least sum is above the greatest")
        line = places.of("amount_from", place)
        yield StageUnreachable(line=line, stage=stage.name, reason=reason)
    same, different = condition.same, condition.different
    if same and different and set(same) == set(different):
        reason = _("two roles would coincide and differ")
        line = places.of("same", place)
        yield StageUnreachable(line=line, stage=stage.name, reason=reason)


def _of_skipping(stage: RouteStage, line: int) -> Iterator[RouteFault]:
    """Refuse to skip whom the document cannot do without (rules §1.12)."""
    if stage.skip_late is None:
        return
    if stage.kind is not StageKind.APPROVAL or stage.is_mandatory:
        yield NeverSkipped(line=line, stage=stage.name)
    elif stage.term is None or stage.skip_late < 0:
        yield SkipWithoutTerm(line=line, stage=stage.name)


def _of_order(route: Route, stage: RouteStage, place: int) -> Iterator[RouteFault]:
    """Compare a stage with those after it that can take place for the same document."""
    for other in route.stages[place + 1 :]:
        if exclude_each_other(stage.condition, other.condition):
            continue
        if other.kind in _MUST_PRECEDE.get(stage.kind, frozenset()):
            yield StageOutOfOrder(line=stage.line, stage=stage.name, other=other.name)
        if stage.kind is other.kind is StageKind.SIGNING:
            yield SecondSigning(line=other.line, stage=other.name, other=stage.name)
