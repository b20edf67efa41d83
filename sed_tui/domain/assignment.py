"""The flow of an assignment: its states, who may move it, and when it is overdue.

The rules A1–A16 are those of domain §1.10. A transition that is not in `TRANSITIONS`
is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.access import Role
from sed_tui.errors.assignments import (
    AuthorNeeded,
    ForeignAuthor,
    NoRightOverExecutor,
    NotYourPart,
    OwnReport,
    SamePersonTwice,
    WrongState,
)
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID


class AssignmentState(StrEnum):
    """How far an assignment has come."""

    IN_WORK = "in_work"
    ACCEPTANCE = "acceptance"
    REWORK = "rework"
    EXECUTED = "executed"


class Step(StrEnum):
    """What moves an assignment from one state to another."""

    ISSUE = "issue"
    REPORT = "report"
    ACCEPT = "accept"
    RETURN = "return"


class Party(StrEnum):
    """In what capacity a person takes a step."""

    ISSUER = "issuer"
    EXECUTOR = "executor"
    ACCEPTOR = "acceptor"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the flow: who takes the step, between which states, by which rule."""

    step: Step
    source: AssignmentState | None
    target: AssignmentState
    party: Party
    rule: str


_S = AssignmentState
TRANSITIONS = (
    Transition(Step.ISSUE, None, _S.IN_WORK, Party.ISSUER, "A3, A6"),
    Transition(Step.REPORT, _S.IN_WORK, _S.ACCEPTANCE, Party.EXECUTOR, "A1, A14"),
    Transition(Step.REPORT, _S.REWORK, _S.ACCEPTANCE, Party.EXECUTOR, "A1, A14"),
    # not on control: there is nobody to take the report, which executes at once
    Transition(Step.REPORT, _S.IN_WORK, _S.EXECUTED, Party.EXECUTOR, "A1"),
    Transition(Step.REPORT, _S.REWORK, _S.EXECUTED, Party.EXECUTOR, "A1"),
    Transition(Step.ACCEPT, _S.ACCEPTANCE, _S.EXECUTED, Party.ACCEPTOR, "A14, A15"),
    Transition(Step.RETURN, _S.ACCEPTANCE, _S.REWORK, Party.ACCEPTOR, "A2, A15"),
)
OPEN = frozenset({_S.IN_WORK, _S.ACCEPTANCE, _S.REWORK})
TO_EXECUTE = frozenset({_S.IN_WORK, _S.REWORK})
CLOSED = frozenset(_S) - OPEN


class Urgency(StrEnum):
    """What an assignment is waiting for, the sign that stands beside it in lists."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    IN_TIME = "in_time"
    WITHOUT_TERM = "without_term"
    WAITING = "waiting"
    CLOSED = "closed"


SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an assignment stands, as far as the rules ask."""

    state: AssignmentState
    on_control: bool
    author: UUID
    executor: UUID
    controller: UUID | None
    due: date | None
    reported_on: date | None


def transition(step: Step, standing: Standing, actor: UUID) -> Transition:
    """Return the row of the flow that a step takes.

    Raises `WrongState` where there is none, `NotYourPart` and `OwnReport` where the
    step is somebody else's.
    """
    rows = [row for row in TRANSITIONS if (row.step, row.source) == (step, standing.state)]
    if not rows:
        raise WrongState(step=_(STEP_TITLES[step]), state=_(STATE_TITLES[standing.state]))
    _require_party(rows[0].party, standing, actor)
    closes = step is Step.REPORT and not standing.on_control
    return next(row for row in rows if step is not Step.REPORT or (row.target in CLOSED) is closes)


def is_on_control(*, author: UUID, executor: UUID, controller: UUID | None, has_term: bool) -> bool:
    """Tell whether somebody accepts the report: a controller, or the author where there is a term.

    Nobody accepts his own report, so what one gives oneself without a controller is
    executed by the report.
    """
    return controller is not None or (has_term and author != executor)


def check_people(
    executor: UUID, controller: UUID | None, co_executors: Collection[UUID], names: dict[UUID, str]
) -> None:
    """Refuse one person in two parts. Raises `SamePersonTwice`."""
    if controller == executor:
        raise SamePersonTwice(field="controller", name=names[executor])
    if executor in co_executors:
        raise SamePersonTwice(field="co_executors", name=names[executor])
    if controller is not None and controller in co_executors:
        raise SamePersonTwice(field="co_executors", name=names[controller])


def check_author(
    *, is_self: bool, actor_roles: Iterable[Role], author_roles: Iterable[Role], author: str
) -> None:
    """Refuse an author for whom the person may not issue (A6). Raises `ForeignAuthor`."""
    if is_self:
        return
    enters_for_heads = not _ENTER_FOR_HEADS.isdisjoint(actor_roles)
    if not (enters_for_heads and Role.HEAD in author_roles):
        raise ForeignAuthor(field="author", author=author)


def is_own_author(roles: Collection[Role]) -> bool:
    """Tell whether a person issues in his own name when no author is named."""
    return Role.HEAD in roles or Role.ASSISTANT not in roles


def require_own_author(roles: Collection[Role]) -> None:
    """Ask an assistant whose assignment it is. Raises `AuthorNeeded`."""
    if not is_own_author(roles):
        raise AuthorNeeded(field="author")


def check_right_over(
    author_roles: Collection[Role],
    author_unit: UUID | None,
    executors: Iterable[tuple[UUID | None, str]],
) -> None:
    """Refuse executors whom the author does not direct. Raises `NoRightOverExecutor`.

    Heads and controllers direct everybody in the organization, others the people of
    their own unit.
    """
    if not _DIRECT_EVERYBODY.isdisjoint(author_roles):
        return
    for unit, name in executors:
        if unit is None or unit != author_unit:
            raise NoRightOverExecutor(field="executor", name=name)


def is_overdue(standing: Standing, today: date) -> bool:
    """Tell whether the executor is late: the term is over and nothing was accepted.

    A report in time stops the clock until it is returned (A15); waiting for acceptance
    never makes anybody late (A16).
    """
    if standing.due is None or standing.state in CLOSED:
        return False
    return standing.due < (standing.reported_on or today)


def urgency(standing: Standing, today: date) -> Urgency:
    """Return the sign of an assignment on a day."""
    if standing.state in CLOSED:
        return Urgency.CLOSED
    if is_overdue(standing, today):
        return Urgency.OVERDUE
    if standing.state is AssignmentState.ACCEPTANCE:
        return Urgency.WAITING
    if standing.due is None:
        return Urgency.WITHOUT_TERM
    days = (standing.due - today).days
    if days == 0:
        return Urgency.TODAY
    return Urgency.SOON if days <= SOON_DAYS else Urgency.IN_TIME


def _require_party(party: Party, standing: Standing, actor: UUID) -> None:
    if party is Party.EXECUTOR and actor != standing.executor:
        raise NotYourPart(part=_(N_("its executor")))
    if party is Party.ACCEPTOR:
        if actor == standing.executor:
            raise OwnReport
        if actor not in {standing.author, standing.controller}:
            raise NotYourPart(part=_(N_("its author or its controller")))


_ENTER_FOR_HEADS = frozenset({Role.ASSISTANT, Role.CONTROLLER})
_DIRECT_EVERYBODY = frozenset({Role.HEAD, Role.CONTROLLER})

STATE_TITLES = {
    _S.IN_WORK: N_("in work"),
    _S.ACCEPTANCE: N_("waits for acceptance"),
    _S.REWORK: N_("returned for rework"),
    _S.EXECUTED: N_("executed"),
}
STEP_TITLES = {
    Step.ISSUE: N_("issue"),
    Step.REPORT: N_("report"),
    Step.ACCEPT: N_("accept"),
    Step.RETURN: N_("return"),
}
