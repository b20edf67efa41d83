"""Who of the people named for a task will be away, and who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.substitution import Scope
from sed_tui.errors import SedError
from sed_tui.i18n import _
from sed_tui.operations.substitution import LIST, ListSubstitutions
from sed_tui.tui.wording import long_day, short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sed_tui.gateway import Gateway
    from sed_tui.operations.substitution import Substitution

_MOST_PEOPLE = 20  # a call for each of them


def told_absences(gateway: Gateway, people: Iterable[str], until: date | None) -> list[str]:
    """Tell who is away between today and a day; people by logins or names. Blocks."""
    several = list(dict.fromkeys(people))[:_MOST_PEOPLE]
    return [_told(row) for person in several for row in _absences(gateway, person, until)]


def _absences(gateway: Gateway, person: str, until: date | None) -> Iterator[Substitution]:
    try:
        found = gateway.call(LIST, ListSubstitutions(person=person)).rows
    except SedError:  # who is meant is checked when the form is sent
        return
    for row in reversed(found):
        is_absent = row.absent_login == person or _is_name_of(person, row.absent)
        if is_absent and (until is None or row.starts_on <= until):
            yield row


def _is_name_of(text: str, name: str) -> bool:
    # a login of another is no beginning of a full name
    return name.casefold().startswith(text.casefold())


def _told(row: Substitution) -> str:
    days = {"start": long_day(row.starts_on), "end": long_day(row.ends_on)}
    name = short_name(row.absent)
    if row.substitute is None or (row.scopes and Scope.ASSIGNMENTS not in row.scopes):
        text = _("! {name} is absent from {start} to {end}; nobody stands in.")
        return text.format(name=name, **days)
    text = _("! {name} is absent from {start} to {end}; {substitute} stands in.")
    return text.format(name=name, substitute=short_name(row.substitute), **days)
