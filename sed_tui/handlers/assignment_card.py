"""One assignment with its people, its terms, its requests and its history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlmodel import col

from sed_tui.domain.assignment_flow import TRANSITIONS, Party, Step
from sed_tui.domain.term_explanation import tell
from sed_tui.errors.assignments import NotYourPart, OwnReport, ProofNeeded, WrongState
from sed_tui.handlers.assignment_card_parts import (
    contributions,
    extensions,
    history,
    names_of,
    results,
    status_requests,
    terms_of,
)
from sed_tui.handlers.assignment_children import count_children
from sed_tui.handlers.assignment_rows import AUTHOR, CLERK, EXECUTOR, assignment_rows, shown_row
from sed_tui.handlers.assignment_steps import may_take
from sed_tui.handlers.co_executors import helpers_of
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.assignment import AssignmentCard
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import ObserverTable

if TYPE_CHECKING:
    from sqlalchemy import Row

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment import Contribution, ExtensionRow, StatusRow

_A = AssignmentTable
_MORE = (
    *(_A.version, _A.co_due, _A.nominal_due, _A.original_due, _A.term),
    *(_A.explanation, _A.report_text, _A.closed_at, _A.proof, _A.parent_id, _A.reported_by),
)
# what nobody is offered: it begins an assignment, or follows from another one
_OF_THE_SYSTEM = {Party.ISSUER, Party.KEEPER, Party.SYSTEM}
_OFFERED = list(dict.fromkeys(row.step for row in TRANSITIONS if row.party not in _OF_THE_SYSTEM))


def assignment_card(work: Work, current: Current) -> AssignmentCard:
    """Return everything about an assignment that was found already."""
    row = _read(work, current)
    helpers, events = contributions(work, current.id), history(work, current.id)
    asked, questions = extensions(work, current.id), status_requests(work, current.id)
    children, open_children = count_children(work, current.id)
    reporter = names_of(work, {row.reported_by} - {None})
    return AssignmentCard(
        **shown_row(work, row),
        **{name: getattr(row, name) for name in _COPIED},
        entered_by=row.clerk,
        co_executors=[one.name for one in helpers],
        contributions=helpers,
        readiness=_readiness(helpers),
        observers=_observers(work, current),
        explanation=tell(json.loads(row.explanation)),
        reported_by=reporter.get(row.reported_by),
        parent=short_id(row.parent_id) if row.parent_id else None,
        children=children,
        open_children=open_children,
        results=results(work, current.id),
        terms=terms_of(events),
        extensions=asked,
        status_requests=questions,
        steps=_possible_steps(work, current, asked, questions),
        history=events,
    )


def _read(work: Work, current: Current) -> Row[*tuple[Any, ...]]:
    return work.db.execute(
        assignment_rows(
            *map(col, _MORE),
            AUTHOR.c.login.label("author_login"),
            EXECUTOR.c.login.label("executor_login"),
            CLERK.c.full_name.label("clerk"),
        )
        .join(CLERK, CLERK.c.id == col(_A.entered_by))
        .where(col(_A.id) == current.id)
    ).one()


_COPIED = (
    *("version", "author_login", "executor_login", "co_due", "nominal_due", "original_due"),
    *("term", "report_text", "reported_on", "closed_at", "proof"),
)


def _possible_steps(
    work: Work, current: Current, asked: list[ExtensionRow], questions: list[StatusRow]
) -> list[str]:
    """Return the steps that the actor may take now and that have something to decide."""
    extension = any(one.state == "asked" for one in asked)
    states = {one.state for one in questions}
    has_object = {
        Step.EXTEND: current.standing.due is not None and not extension,
        Step.GRANT: extension,
        Step.DENY: extension,
        Step.ASK: "asked" not in states,
        Step.ANSWER: "asked" in states,
        Step.ACCEPT_ANSWER: "answered" in states,
        Step.RETURN_ANSWER: "answered" in states,
    }
    offered = [step for step in _OFFERED if has_object.get(step, True)]
    return [step.value for step in offered if _is_possible(work, current, step)]


def _is_possible(work: Work, current: Current, step: Step) -> bool:
    try:
        may_take(work, current, step)
    except (NotYourPart, OwnReport, ProofNeeded, WrongState):
        return False
    operation = "redirect" if step is Step.REDIRECT_CONTROL else step.value
    return work.actor.may(f"assignment.{operation}")


def _readiness(helpers: list[Contribution]) -> str | None:
    """Return how many have contributed of how many, nothing where nobody was asked to."""
    if not helpers:
        return None
    return f"{sum(one.state == 'done' for one in helpers)}/{len(helpers)}"


def _observers(work: Work, current: Current) -> list[str]:
    return sorted(names_of(work, helpers_of(work, current.id, ObserverTable)).values())
