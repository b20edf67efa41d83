"""A route in words: for which documents it is, and who acts in each stage, by when, if what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.route import ROLE_TITLES, STAGE_KIND_TITLES, ComputedRole, PerformerKind
from sed_tui.i18n import _
from sed_tui.operations.values import shown_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.domain.route import Condition, Performer, Route, RouteStage
    from sed_tui.operations.route import RouteChecked


def route_text(route: Route) -> Text:
    """Return the whole route."""
    text = Text()
    for name, values in _scope(route):
        text.append(f"{name}: ", "dim").append(f"{values}\n")
    for number, stage in enumerate(route.stages, 1):
        _write_stage(text, number, stage, route)
    return text


def faults_text(found: RouteChecked) -> str:
    """Return what is wrong with a text, a line for each fault, nothing when all is right."""
    return "\n".join(f"{row.fault} {row.hint}" for row in found.faults)


def _scope(route: Route) -> Iterator[tuple[str, str]]:
    flows = [shown_value("flow", flow.value) for flow in sorted(route.flows)]
    yield _("Documents"), ", ".join(flows) or _("every flow")
    for name, values in (
        (_("Kinds"), route.kinds),
        (_("Of organizations"), route.organizations),
        (_("Departments"), route.units),
    ):
        if values:
            yield name, ", ".join(sorted(values))
    yield _("Priority"), str(route.priority)


def _write_stage(text: Text, number: int, stage: RouteStage, route: Route) -> None:
    text.append(f"\n{number}. {stage.name}", "bold")
    several = len(stage.performers) > 1
    order = _("all at once") if stage.is_parallel else _("one after another")
    kind = _(STAGE_KIND_TITLES[stage.kind])
    marks = (
        kind if kind != stage.name else "",
        order if several else "",
        stage.term or "",
        _("nobody skips it") if stage.is_mandatory else "",
        _("a misprint voids nothing") if stage.keeps_immaterial else "",
    )
    told = " · ".join(filter(None, marks))
    text.append(f" — {told}\n" if told else "\n")
    for one in stage.performers:
        text.append(f"   {_performer(one, route)}\n")
    if conditions := list(_conditions(stage.condition)):
        text.append("   " + _("if {conditions}").format(conditions="; ".join(conditions)) + "\n")


def _performer(one: Performer, route: Route) -> str:
    match one.kind:
        case PerformerKind.ROLE:
            known = set(ComputedRole)
            return _(ROLE_TITLES[ComputedRole(one.name)]) if one.name in known else one.name
        case PerformerKind.GROUP:
            members = ", ".join(route.groups.get(one.name, ()))
            return _("group {name}: {members}").format(name=one.name, members=members or "—")
        case PerformerKind.UNIT:
            return _("the department {name}").format(name=one.name)
    return one.name


def _conditions(condition: Condition) -> Iterator[str]:
    for name, values in (
        (_("the kind is {values}"), condition.kinds),
        (_("an addressee is {values}"), condition.addressees),
        (_("the delivery is {values}"), condition.delivery),
    ):
        if values:
            yield name.format(values=", ".join(sorted(values)))
    if condition.several_addressees is not None:
        several = condition.several_addressees
        yield _("there are several addressees") if several else _("there is one addressee")
    if condition.amount_from is not None:
        yield _("the sum is {amount} or more").format(amount=condition.amount_from)
    if condition.amount_to is not None:
        yield _("the sum is {amount} or less").format(amount=condition.amount_to)
    for name, pair in (
        (_("{one} is {other}"), condition.same),
        (_("{one} is not {other}"), condition.different),
    ):
        if pair is not None:
            one, other = (_(ROLE_TITLES[role]) for role in pair)
            yield name.format(one=one, other=other)
