"""When people are reminded of terms: rules as data, and what they say of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.assignment_flow import Step
from sed_tui.errors.mail import BadReminderRule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Audience(StrEnum):
    """Who is reminded."""

    EXECUTOR = "executor"
    CONTROLLER = "controller"
    HEAD = "head"
    ACCEPTOR = "acceptor"
    """Whoever is to accept a report: its waiting is his and not the executor's (A16)."""


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """Remind so many days before the term, or every so many days once it is over.

    For whoever is to accept a report the days are those that it has waited.
    """

    code: str
    audience: Audience
    days_before: int | None = None
    every_days: int | None = None


DEFAULT_REMINDERS = (
    ReminderRule("before-10", Audience.EXECUTOR, days_before=10),
    ReminderRule("before-5", Audience.EXECUTOR, days_before=5),
    ReminderRule("before-3", Audience.EXECUTOR, days_before=3),
    ReminderRule("before-1", Audience.EXECUTOR, days_before=1),
    ReminderRule("on-the-day", Audience.EXECUTOR, days_before=0),
    ReminderRule("overdue", Audience.EXECUTOR, every_days=1),
    ReminderRule("waiting-acceptor", Audience.ACCEPTOR, every_days=1),
    ReminderRule("overdue-controller", Audience.CONTROLLER, every_days=5),
    ReminderRule("overdue-head", Audience.HEAD, every_days=1),
)


_TERM_STEPS = frozenset({Step.AMEND, Step.GRANT, Step.DENY, Step.SHIFT, Step.STOP})
# rules of letters at once: which steps of an assignment they tell of, and whom.
# An office has none until it makes them: without a mail server nobody would ever get one
NOTICES: dict[str, tuple[frozenset[Step], Audience]] = {
    "step-issued": (frozenset({Step.ISSUE, Step.REDIRECT, Step.HANDOVER}), Audience.EXECUTOR),
    "step-returned": (frozenset({Step.RETURN}), Audience.EXECUTOR),
    "step-term": (_TERM_STEPS, Audience.EXECUTOR),
    "step-asked": (frozenset({Step.ASK}), Audience.EXECUTOR),
    "step-reported": (
        frozenset({Step.REPORT, Step.ANSWER, Step.EXTEND}),
        Audience.CONTROLLER,
    ),
}


def check_rule(rule: ReminderRule) -> None:
    """Refuse a rule that says no single moment. Raises `BadReminderRule`.

    Heads get digests every so many days, not reminders of single terms; so do those who are
    to accept reports. A rule that tells
    of a step at once has a code of its own, which says whom.
    """
    if rule.code in NOTICES:
        if rule.days_before is not None or rule.every_days is not None:
            raise BadReminderRule(field="before", notices=", ".join(NOTICES))
        return
    if (rule.days_before is None) == (rule.every_days is None):
        raise BadReminderRule(field="before", notices=", ".join(NOTICES))
    if rule.audience in {Audience.HEAD, Audience.ACCEPTOR} and rule.every_days is None:
        raise BadReminderRule(field="every", notices=", ".join(NOTICES))


def reached(
    rules: Iterable[ReminderRule], audience: Audience, days_left: int
) -> ReminderRule | None:
    """Return the rule that reminds an audience of a term so many calendar days away.

    Where days without a run have passed several thresholds, it is the nearest alone. A
    negative number is days since the term was over.
    """
    mine = [rule for rule in rules if rule.audience is audience]
    if days_left >= 0:
        before = [r for r in mine if r.days_before is not None and r.days_before >= days_left]
        return min(before, key=lambda rule: rule.days_before or 0, default=None)
    after = [r for r in mine if r.every_days is not None and r.every_days <= -days_left]
    return min(after, key=lambda rule: rule.every_days or 0, default=None)


def is_due(rule: ReminderRule, last: date | None, day: date) -> bool:
    """Tell whether to remind on a day, after the last time under the same rule and term."""
    if last is None:
        return True
    return rule.every_days is not None and last + timedelta(days=rule.every_days) <= day


def horizon(rules: Iterable[ReminderRule]) -> int:
    """Return how many days ahead the earliest reminder looks."""
    return max((rule.days_before for rule in rules if rule.days_before is not None), default=0)
