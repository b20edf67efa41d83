"""When people are reminded of terms: rules as data, and what they say of a day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who is reminded."""

    EXECUTOR = "executor"
    CONTROLLER = "controller"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """Remind so many days before the term, or every so many days once it is over."""

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
    ReminderRule("overdue-controller", Audience.CONTROLLER, every_days=5),
)
