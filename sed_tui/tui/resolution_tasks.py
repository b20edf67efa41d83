"""What can be decided about a draft resolution, each step as a dialog; how one is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sed_tui.domain.resolution import DraftStep
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.resolution import SHOW, ResolutionCard, ShowResolution
from sed_tui.operations.resolution_decision import (
    APPROVE,
    RETURN,
    WITHDRAW,
    ApproveResolution,
    ReturnResolution,
    WithdrawResolution,
)
from sed_tui.tui.absences import told_absences
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import Entry, Kind, Task
from sed_tui.tui.meanwhile import facts_of
from sed_tui.tui.wording import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import Operation

_REQUESTS: dict[DraftStep, tuple[Operation[Any, Any], type[Any]]] = {
    DraftStep.APPROVE: (APPROVE, ApproveResolution),
    DraftStep.RETURN: (RETURN, ReturnResolution),
    DraftStep.WITHDRAW: (WITHDRAW, WithdrawResolution),
}
_TITLES = {
    DraftStep.APPROVE: N_("Approve the resolution on {name}"),
    DraftStep.RETURN: N_("Return the resolution on {name}"),
    DraftStep.WITHDRAW: N_("Withdraw the resolution on {name}"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolution, and who of its executors is away."""

    card: ResolutionCard
    absences: Sequence[str]


def read_resolution(gateway: Gateway, resolution: str) -> Reading:
    """Read a resolution and, while it is a draft, who is away. Blocks."""
    card = gateway.call(SHOW, ShowResolution(resolution=resolution))
    absences: dict[str, None] = {}
    if card.decided_at is None:
        for point in card.points:
            people = [name for name in (point.executor, *point.co_executors) if name]
            absences |= dict.fromkeys(told_absences(gateway, people, point.effective))
    return Reading(card, list(absences))


def name_of(card: ResolutionCard) -> str:
    """Return what a resolution is called: the number of its document, or its own id."""
    return card.document_number or card.short_id


def decision(card: ResolutionCard, step: DraftStep) -> Task:
    """Return the dialog of a step on a resolution as it was read; a change since is refused."""
    operation, request = _REQUESTS[step]
    is_return = step is DraftStep.RETURN
    title = _("What is to be changed") if is_return else _("Comment (may be left out)")

    def made(values: Mapping[str, str]) -> Any:
        comment = values["comment"] or ("" if is_return else None)
        return request(resolution=str(card.id), comment=comment, version=card.version)

    def again(gateway: Gateway) -> Task:
        return decision(gateway.call(SHOW, ShowResolution(resolution=str(card.id))), step)

    return Task(
        _(_TITLES[step]).format(name=name_of(card)),
        operation,
        [Entry("comment", title, kind=Kind.LONG if is_return else Kind.LINE)],
        made,
        lambda values: _words(card, step, values["comment"]),
        again=again,
        facts=facts_of_resolution(card),
    )


def facts_of_resolution(card: ResolutionCard) -> dict[str, str]:
    """Return what a resolution says, its points too: what is to be done, by whom, until when."""
    points = "\n".join(
        f"{point.number}. {point.text or '—'} · {point.executor or '—'} · "
        f"{long_day(point.effective)}"
        for point in card.points
    )
    return facts_of(card, {"total", "with_gaps"}) | {label("points"): points}


def commands_of(card: ResolutionCard) -> list[Equivalent]:
    """Return the commands for a resolution: of the possible steps."""
    found = [Equivalent(_("Show the resolution"), ("resolution", "show", card.short_id))]
    for step in _REQUESTS:
        if step.value in card.steps:
            comment = "…" if step is DraftStep.RETURN else ""
            title = _(_TITLES[step]).format(name=name_of(card))
            found.append(Equivalent(title, _words(card, step, comment)))
    return found


def _words(card: ResolutionCard, step: DraftStep, comment: str) -> tuple[str, ...]:
    given = ("--comment", comment) if comment else ()
    yes = ("--yes",) if step is DraftStep.WITHDRAW else ()
    return ("resolution", step.value, card.short_id, *given, *yes)
