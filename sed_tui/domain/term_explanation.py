"""The explanation of a term: lines kept as codes with values, told in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import FixedDay, Unit
from sed_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sed_tui.domain.terms import Deadline, TermProfile

Line = dict[str, Any]
"""One line as JSON keeps it: its `code`, and the values that `tell` needs, days in ISO 8601."""

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def lines_of(found: Deadline | None) -> list[Line]:
    """Return how a term was counted: where from, how far, why it moved, by which act."""
    if found is None:
        return [{"code": "none"}]
    return [*_counted(found), _shifted(found), _by_act(found.term.profile)]


def tell(lines: Iterable[Line | str]) -> list[str]:
    """Return the lines in the user's language; one kept as text is returned as it was told."""
    return [line if isinstance(line, str) else _TOLD[line["code"]](line) for line in lines]


def _counted(found: Deadline) -> list[Line]:
    nominal = found.nominal.isoformat()
    if isinstance(found.term, FixedDay):
        return [{"code": "named", "day": nominal}]
    start = {
        "code": "from",
        "day": found.start.isoformat(),
        "counted": found.term.profile.counts_start,
    }
    if found.is_half and found.whole is not None:
        return [start, {"code": "half", "whole": found.whole.isoformat(), "day": nominal}]
    unit = Unit.CALENDAR_DAYS if found.term.unit is Unit.HALF else found.term.unit
    plus = {"code": "plus", "amount": found.term.amount, "unit": unit.value, "day": nominal}
    return [start, plus]


def _shifted(found: Deadline) -> Line:
    nominal = found.nominal.isoformat()
    if not found.shifted_by:
        return {"code": "working", "day": nominal}
    return {
        "code": "shifted",
        "day": nominal,
        "to": found.effective.isoformat(),
        "note": found.note,
        "turned": found.turned,
    }


def _by_act(profile: TermProfile) -> Line:
    return {
        "code": "profile",
        "title": profile.title,
        "shift": profile.shift.value,
        "act": profile.act,
        "paragraph": profile.paragraph,
        "checked": profile.checked_on is not None,
    }


def _tell_none(_line: Line) -> str:
    return _("There is no term.")


def _tell_named(line: Line) -> str:
    return _("The day is named: {day}").format(day=_day(line["day"]))


def _tell_from(line: Line) -> str:
    start = (
        _("From {day}, the day itself counted")
        if line["counted"]
        else _("From {day}, the day itself not counted")
    )
    return start.format(day=_day(line["day"]))


def _tell_plus(line: Line) -> str:
    amount = line["amount"]
    match Unit(line["unit"]):
        case Unit.CALENDAR_DAYS:
            text = ngettext("{count} calendar day", "{count} calendar days", amount)
        case Unit.WORKING_DAYS:
            text = ngettext("{count} working day", "{count} working days", amount)
        case _:
            text = ngettext("{count} month", "{count} months", amount)
    return f"+{text.format(count=amount)} → {_day(line['day'])}"


def _tell_sitting(line: Line) -> str:
    return _("The sitting is on {day}").format(day=_day(line["day"]))


def _tell_minus(line: Line) -> str:
    amount = line["amount"]
    if Unit(line["unit"]) is Unit.WORKING_DAYS:
        text = ngettext("{count} working day", "{count} working days", amount)
    else:
        text = ngettext("{count} calendar day", "{count} calendar days", amount)
    return f"−{text.format(count=amount)} → {_day(line['day'])}"


def _tell_rule(line: Line) -> str:
    source: str = line["source"]
    unchecked = "" if line["checked"] else " " + _("(not compared with the act yet)")
    return _("By the rule: {source}").format(source=source + unchecked)


def _tell_half(line: Line) -> str:
    text = _("half of the term that ends on {whole}").format(whole=_day(line["whole"]))
    return f"{text} → {_day(line['day'])}"


def _tell_working(line: Line) -> str:
    return _("{day} is a working day").format(day=_day(line["day"]))


def _tell_shifted(line: Line) -> str:
    reason = f"{_day(line['day'])}: {line['note'] or _('a day off')}"
    if line["turned"]:
        reason += "; " + _("the previous working day lies before the start")
    back = line["to"] < line["day"]
    way = _("previous working day") if back else _("next working day")
    return f"{reason} → {way} {_day(line['to'])}"


def _tell_profile(line: Line) -> str:
    way = {
        Direction.PREVIOUS: _("a day off moves the term back"),
        Direction.NEXT: _("a day off moves the term forward"),
        Direction.REFUSE: _("a day off is refused"),
    }[Direction(line["shift"])]
    source = line["act"]
    if not line["checked"]:
        source += " " + _("(not compared with the act yet)")
    elif line["paragraph"]:
        source = f"{line['paragraph']}, {source}"
    return _("Profile “{title}”: {way}; {source}").format(
        title=line["title"], way=way, source=source
    )


def _day(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day:%d.%m.%Y} ({_(_WEEKDAYS[day.weekday()])})"


_TOLD: dict[str, Callable[[Line], str]] = {
    "none": _tell_none,
    "named": _tell_named,
    "from": _tell_from,
    "plus": _tell_plus,
    "half": _tell_half,
    "working": _tell_working,
    "shifted": _tell_shifted,
    "profile": _tell_profile,
    "sitting": _tell_sitting,
    "minus": _tell_minus,
    "rule": _tell_rule,
}
