"""The explanation of a term, line by line, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Duration, FixedDay, Unit
from sed_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.terms import Deadline, TermProfile

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def explain(found: Deadline) -> list[str]:
    """Return how a term was counted: where from, how far, why it moved, by which act."""
    return [*_counted(found), *_shifted(found), _by_act(found.term.profile)]


def explain_none() -> list[str]:
    """Return the explanation of «без срока»."""
    return [_("There is no term.")]


def _counted(found: Deadline) -> list[str]:
    nominal = _day(found.nominal)
    if isinstance(found.term, FixedDay):
        return [_("The day is named: {day}").format(day=nominal)]
    start = (
        _("From {day}, the day itself counted")
        if found.term.profile.counts_start
        else _("From {day}, the day itself not counted")
    )
    return [
        start.format(day=_day(found.start)),
        f"+{_amount(found.term)} → {nominal}",
    ]


def _amount(term: Duration) -> str:
    match term.unit:
        case Unit.CALENDAR_DAYS:
            text = ngettext("{count} calendar day", "{count} calendar days", term.amount)
        case Unit.WORKING_DAYS:
            text = ngettext("{count} working day", "{count} working days", term.amount)
        case Unit.MONTHS:
            text = ngettext("{count} month", "{count} months", term.amount)
    return text.format(count=term.amount)


def _shifted(found: Deadline) -> list[str]:
    if not found.shifted_by:
        return [_("{day} is a working day").format(day=_day(found.nominal))]
    note = found.note or _("a day off")
    reason = f"{_day(found.nominal)}: {note}"
    if found.turned:
        reason += "; " + _("the previous working day lies before the start")
    back = found.effective < found.nominal
    way = _("previous working day") if back else _("next working day")
    return [f"{reason} → {way} {_day(found.effective)}"]


def _by_act(profile: TermProfile) -> str:
    way = {
        Direction.PREVIOUS: _("a day off moves the term back"),
        Direction.NEXT: _("a day off moves the term forward"),
        Direction.REFUSE: _("a day off is refused"),
    }[profile.shift]
    source = profile.act
    if profile.checked_on is None:
        source += " " + _("(not compared with the act yet)")
    elif profile.paragraph:
        source = f"{profile.paragraph}, {source}"
    return _("Profile “{title}”: {way}; {source}").format(
        title=profile.title, way=way, source=source
    )


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y} ({_(_WEEKDAYS[day.weekday()])})"
