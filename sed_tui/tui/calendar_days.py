"""Days of the calendar of terms in words: signs for what is late, words for days off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import N_, _
from sed_tui.tui.wording import amount, long_day
from widgets.day_grid import DayCell

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.operations.assignment_days import TermDay, TermDays

_LONGEST_BAR = 19  # what a line of 80 has left
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def month_name(day: date) -> str:
    """Return the month of a day and its year."""
    return f"{_(_MONTHS[day.month - 1])} {day.year}"


def day_cells(found: TermDays) -> dict[date, DayCell]:
    """Return what stands on each day."""
    most = max((row.open for row in found.days), default=0)
    return {row.day: _cell(row, found.today, most) for row in found.days}


def told_day(row: TermDay, today: date) -> str:
    """Tell everything about a day in a line."""
    parts = [f"{_(_WEEKDAYS[row.day.weekday()])}, {long_day(row.day)}"]
    if row.day == today:
        parts.append(_("today"))
    parts += [_worked(row), row.note, _("terms: {count}").format(count=amount(row.open))]
    if row.overdue:
        parts.append(_("! overdue: {count}").format(count=amount(row.overdue)))
    return " · ".join(filter(None, parts))


def _worked(row: TermDay) -> str:
    if row.is_working is None:
        return _("the calendar of {year} is not known").format(year=row.day.year)
    return _("working day") if row.is_working else _("day off")


def _cell(row: TermDay, today: date, most: int) -> DayCell:
    counts = f"{amount(row.open)}" if row.open else ""
    late = f" !{amount(row.overdue)}" if row.overdue else ""
    return DayCell(_beside(row, today), counts + late, _week(row, most), _tone(row, today))


def _beside(row: TermDay, today: date) -> str:
    if row.day == today:
        return _("today")
    if row.is_working is None:
        return "?"
    return "" if row.is_working else _("off")


def _week(row: TermDay, most: int) -> str:
    if not row.open:
        return row.note
    late = _("! overdue: {count}").format(count=amount(row.overdue)) if row.overdue else ""
    length = max(1, row.open * _LONGEST_BAR // most)
    marked = -(-row.overdue * length // row.open)  # a late one is never rounded away
    bar = "!" * marked + "█" * (length - marked)
    return f"{amount(row.open):>7}  {late:<20} {bar}"


def _tone(row: TermDay, today: date) -> str:
    if row.overdue:
        return "alarm"
    if row.day == today:
        return "today"
    return "off" if row.is_working is False else ""
