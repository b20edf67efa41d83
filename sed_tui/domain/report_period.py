"""Which assignments a report is about: those of a period, by one of their dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors.terms import WrongOrder
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from datetime import date


class Basis(StrEnum):
    """By which date a period selects."""

    REGISTRATION = "registration"
    TERM = "term"
    EXECUTION = "execution"


BASIS_TITLES = {
    Basis.REGISTRATION: N_("issued from {since} to {until}"),
    Basis.TERM: N_("with a term from {since} to {until}"),
    Basis.EXECUTION: N_("executed from {since} to {until}, by the date of the report"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both counted, and the date they are compared with."""

    since: date
    until: date
    by: Basis


def period_of(day: date, since: date | None, until: date | None, by: Basis) -> Period:
    """Return the period asked for; without limits the year of the report up to its day.

    Raises `WrongOrder`.
    """
    last = until or max(day, since or day)
    first = since or last.replace(month=1, day=1)
    if first > last:
        raise WrongOrder(field="since", start=f"{first:%d.%m.%Y}", end=f"{last:%d.%m.%Y}")
    return Period(first, last, by)
