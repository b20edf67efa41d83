"""The flow of an assignment: every step, from which state, by whom, by which rule.

The rules A1–A16 are those of rules §1.10. A step that is not in `TRANSITIONS` is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.assignment import CLOSED, STATE_TITLES, AssignmentState, Standing
from sed_tui.errors.assignments import (
    NotYourPart,
    OwnReport,
    ProofNeeded,
    WrongState,
)
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


class Step(StrEnum):
    """What happens to an assignment, whether or not its state changes."""

    ISSUE = "issue"
    REPORT = "report"
    INTERIM = "interim"
    CONTRIBUTE = "contribute"
    ACCEPT = "accept"
    RELEASE = "release"
    RETURN = "return"
    REDIRECT = "redirect"
    REDIRECT_CONTROL = "redirect_control"
    AMEND = "amend"
    STOP = "stop"
    STOP_AUTOMATICALLY = "stop_automatically"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT_ANSWER = "accept_answer"
    RETURN_ANSWER = "return_answer"
    EXTEND = "extend"
    GRANT = "grant"
    DENY = "deny"
    SHIFT = "shift"
    HANDOVER = "handover"


class Children(StrEnum):
    """What becomes of open sub-assignments when the one above ends (A5)."""

    STOP = "stop"
    LEAVE = "leave"


class Party(StrEnum):
    """In what capacity a person takes a step."""

    ISSUER = "issuer"
    """Whom the matrix lets issue."""
    EXECUTOR = "executor"
    CO_EXECUTOR = "co_executor"
    ACCEPTOR = "acceptor"
    """The author or the controller, never about his own report."""
    ASKER = "asker"
    """The author or the controller."""
    GIVER = "giver"
    """The author, or whoever entered it for him (A10)."""
    CONTROLLER = "controller"
    KEEPER = "keeper"
    """Whom the matrix lets hand over the work of somebody who leaves."""
    SYSTEM = "system"
    """Nobody: it follows from a step of another assignment."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the flow: who takes the step, between which states, by which rules."""

    step: Step
    source: AssignmentState | None
    target: AssignmentState
    party: Party
    rule: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of the flow that a person may take, and for whom if not for himself."""

    row: Transition
    on_behalf_of: UUID | None = None


_S = AssignmentState
_WORKED = (_S.IN_WORK, _S.REWORK)
_ANY_OPEN = (_S.IN_WORK, _S.ACCEPTANCE, _S.REWORK)


def _from(
    sources: Iterable[AssignmentState],
    step: Step,
    target: AssignmentState | None,
    party: Party,
    rule: str,
) -> tuple[Transition, ...]:
    """Return a row for every source; without a target the state stays what it was."""
    return tuple(Transition(step, source, target or source, party, rule) for source in sources)


TRANSITIONS = (
    Transition(Step.ISSUE, None, _S.IN_WORK, Party.ISSUER, "A3, A4, A6, A8"),
    # execution
    *_from(_WORKED, Step.REPORT, _S.ACCEPTANCE, Party.EXECUTOR, "A1, A5, A12, A14"),
    # not on control: there is nobody to take the report, which executes at once
    *_from(_WORKED, Step.REPORT, _S.EXECUTED, Party.EXECUTOR, "A1, A5"),
    *_from(_WORKED, Step.INTERIM, None, Party.EXECUTOR, "A11"),
    *_from(_WORKED, Step.CONTRIBUTE, None, Party.CO_EXECUTOR, "A3"),
    # control
    *_from([_S.ACCEPTANCE], Step.ACCEPT, _S.EXECUTED, Party.ACCEPTOR, "A13, A14, A15, A16"),
    *_from([_S.ACCEPTANCE], Step.RELEASE, _S.EXECUTED, Party.ACCEPTOR, "A13, A14, A15"),
    *_from([_S.ACCEPTANCE], Step.RETURN, _S.REWORK, Party.ACCEPTOR, "A2, A15"),
    *_from(_WORKED, Step.ASK, None, Party.ASKER, "A10, A11"),
    *_from(_ANY_OPEN, Step.ANSWER, None, Party.EXECUTOR, "A11"),
    *_from(_ANY_OPEN, Step.ACCEPT_ANSWER, None, Party.ASKER, "A11"),
    *_from(_ANY_OPEN, Step.RETURN_ANSWER, None, Party.ASKER, "A11"),
    # who does it and by when
    *_from(_WORKED, Step.REDIRECT, None, Party.EXECUTOR, "A9"),
    *_from(_WORKED, Step.REDIRECT_CONTROL, None, Party.CONTROLLER, "A9"),
    *_from(_ANY_OPEN, Step.AMEND, None, Party.GIVER, "A7, A10"),
    *_from(_WORKED, Step.EXTEND, None, Party.EXECUTOR, "A7, A10"),
    *_from(_WORKED, Step.GRANT, None, Party.GIVER, "A7, A10"),
    *_from(_ANY_OPEN, Step.DENY, None, Party.GIVER, "A10"),
    # with the term of the assignment above
    *_from(_WORKED, Step.SHIFT, None, Party.SYSTEM, "A4, A7"),
    *_from(_ANY_OPEN, Step.HANDOVER, None, Party.KEEPER, "A9"),
    # the end without execution
    *_from(_ANY_OPEN, Step.STOP, _S.STOPPED, Party.GIVER, "A5, A7"),
    *_from(_ANY_OPEN, Step.STOP_AUTOMATICALLY, _S.STOPPED, Party.SYSTEM, "A5"),
)


def transition(
    step: Step, standing: Standing, actor: UUID, stands_for: frozenset[UUID] = frozenset()
) -> Taken:
    """Return the row of the flow that a step takes, and for whom the actor takes it.

    He acts for himself when he has the part, else for one of those he stands in for.
    Raises `WrongState` where there is no row, `NotYourPart` and `OwnReport` where the
    step is somebody else's, `ProofNeeded` where acceptance alone does not release.
    """
    rows = [row for row in TRANSITIONS if (row.step, row.source) == (step, standing.state)]
    if not rows:
        raise WrongState(step=_(STEP_TITLES[step]), state=_(STATE_TITLES[standing.state]))
    on_behalf_of = _acts_for(rows[0].party, standing, actor, stands_for)
    if step is Step.ACCEPT and standing.is_special:
        raise ProofNeeded(field="proof")
    closes = step is Step.REPORT and not standing.on_control
    row = next(row for row in rows if step is not Step.REPORT or (row.target in CLOSED) is closes)
    return Taken(row, on_behalf_of)


def _acts_for(
    party: Party, standing: Standing, actor: UUID, stands_for: frozenset[UUID]
) -> UUID | None:
    """Return the absent person whose part the actor takes, None when it is his own."""
    if party in _BY_THE_MATRIX:
        return None
    if party is Party.ACCEPTOR and actor in {standing.executor, standing.reported_by}:
        raise OwnReport
    holders = _holders(party, standing)
    if actor in holders:
        return None
    # standing in for the author makes nobody the master of his own term
    is_own_term = party is Party.GIVER and actor == standing.executor
    absent = holders & stands_for
    if is_own_term or not absent:
        raise NotYourPart(part=_(_PART_TITLES[party]))
    return min(absent)


def _holders(party: Party, standing: Standing) -> frozenset[UUID]:
    if party is Party.CO_EXECUTOR:
        return standing.co_executors
    people: dict[Party, set[UUID | None]] = {
        Party.EXECUTOR: {standing.executor},
        Party.CONTROLLER: {standing.controller},
        Party.GIVER: {standing.author, _clerk(standing)},
    }
    found = people.get(party, {standing.author, standing.controller} - {standing.executor})
    return frozenset(person for person in found if person is not None)


def _clerk(standing: Standing) -> UUID | None:
    """Return who entered the assignment for its author, unless he is to execute it himself."""
    return None if standing.entered_by == standing.executor else standing.entered_by


_BY_THE_MATRIX = frozenset({Party.ISSUER, Party.KEEPER, Party.SYSTEM})
_PART_TITLES = {
    Party.EXECUTOR: N_("its executor"),
    Party.CO_EXECUTOR: N_("one of its co-executors"),
    Party.ACCEPTOR: N_("its author or its controller"),
    Party.ASKER: N_("its author or its controller"),
    Party.GIVER: N_("its author, or whoever entered it for him"),
    Party.CONTROLLER: N_("its controller"),
}
EVENT_TITLES = {
    Step.ISSUE: N_("issued"),
    Step.REPORT: N_("reported"),
    Step.INTERIM: N_("gave interim information"),
    Step.CONTRIBUTE: N_("contributed"),
    Step.ACCEPT: N_("accepted"),
    Step.RELEASE: N_("taken off control"),
    Step.RETURN: N_("returned"),
    Step.REDIRECT: N_("redirected"),
    Step.REDIRECT_CONTROL: N_("redirected the control"),
    Step.AMEND: N_("amended"),
    Step.STOP: N_("stopped"),
    Step.STOP_AUTOMATICALLY: N_("stopped automatically"),
    Step.ASK: N_("asked how far it is"),
    Step.ANSWER: N_("answered"),
    Step.ACCEPT_ANSWER: N_("accepted the answer"),
    Step.RETURN_ANSWER: N_("returned the answer"),
    Step.EXTEND: N_("asked for a later term"),
    Step.GRANT: N_("granted a later term"),
    Step.DENY: N_("denied a later term"),
    Step.SHIFT: N_("moved with the term above"),
    Step.HANDOVER: N_("handed over"),
}
STEP_TITLES = {
    Step.ISSUE: N_("issue"),
    Step.REPORT: N_("report"),
    Step.INTERIM: N_("give interim information"),
    Step.CONTRIBUTE: N_("contribute"),
    Step.ACCEPT: N_("accept"),
    Step.RELEASE: N_("release from control"),
    Step.RETURN: N_("return"),
    Step.REDIRECT: N_("redirect"),
    Step.REDIRECT_CONTROL: N_("redirect the control"),
    Step.AMEND: N_("amend"),
    Step.STOP: N_("stop"),
    Step.STOP_AUTOMATICALLY: N_("stop automatically"),
    Step.ASK: N_("ask how far it is"),
    Step.ANSWER: N_("answer"),
    Step.ACCEPT_ANSWER: N_("accept the answer"),
    Step.RETURN_ANSWER: N_("return the answer"),
    Step.EXTEND: N_("ask for a later term"),
    Step.GRANT: N_("grant a later term"),
    Step.DENY: N_("deny a later term"),
    Step.SHIFT: N_("move the term with the one above"),
    Step.HANDOVER: N_("hand over"),
}
