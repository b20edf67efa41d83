"""How values read on screens: dates, numbers, states with a sign beside each colour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sed_tui.domain.flows import Execution, Registration
from sed_tui.errors import SedError
from sed_tui.i18n import N_, _, active_language
from sed_tui.operations.values import EXECUTIONS, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sed_tui.operations.document_list import DocumentRow
    from sed_tui.operations.session import SessionView
    from widgets.rows import Column

_SIGNS = {Execution.REVIEW: "◦", Execution.IN_WORK: "▸", Execution.EXECUTED: "✓"}
_WITHOUT_NUMBER = {
    Registration.UNREGISTERED: N_("not numbered"),
    Registration.RESERVED: N_("№ reserved"),
}
_MANY_ROLES = 2
_DATES = {"Date", "Term"}
_SHORTER_DATE = 2


def day(value: date | None) -> str:
    """Return a date as the office writes it: 23.11.26 in Russian, ISO in English."""
    if value is None:
        return ""
    return value.strftime("%d.%m.%y") if active_language() == "ru" else value.isoformat()


def long_day(value: date | None) -> str:
    """Return a date with its whole year."""
    if value is None:
        return ""
    return value.strftime("%d.%m.%Y") if active_language() == "ru" else value.isoformat()


def moment(value: datetime) -> str:
    """Return an instant in the office's time zone, to the minute."""
    from sed_tui.domain.clock import OFFICE_ZONE

    local = value.astimezone(OFFICE_ZONE)
    return f"{long_day(local.date())} {local:%H:%M}"


def amount(value: int) -> str:
    """Return a whole number with its thousands apart: 1 048 576."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def document_state(row: DocumentRow) -> str:
    """Return the state of a document in a list, sign and word."""
    if row.registration is not Registration.REGISTERED:
        return f"! {_(_WITHOUT_NUMBER[row.registration])}"
    if row.execution is Execution.NONE:
        return "· " + _("on record")
    return f"{_SIGNS.get(row.execution, '·')} {_(EXECUTIONS[row.execution])}"


def person(session: SessionView) -> tuple[str, ...]:
    """Return who is acting, where and in which role, for the title of every screen.

    The first is the whole, each further one shorter; the last, the name, is never left out.
    """
    roles = [_(ROLES[role]) for role in session.roles]
    shown = ", ".join(roles[:_MANY_ROLES]) + (" …" if len(roles) > _MANY_ROLES else "")
    name, where = short_name(session.name), session.organization_name
    if session.stands_in_for:
        absent = ", ".join(map(short_name, session.stands_in_for))
        name = _("{name}, standing in for {absent}").format(name=name, absent=absent)
    return (f"{where} · {name} ({shown})", f"{where} · {name}", f"{name} ({shown})", name)


def short_name(full_name: str) -> str:
    """Return a surname with initials: «Иванова А.П.»."""
    surname, *rest = full_name.split()
    initials = "".join(part if "." in part else f"{part[0]}." for part in rest)
    return f"{surname} {initials}" if initials else surname


def translated(columns: Iterable[Column]) -> list[Column]:
    """Return columns with their titles in the user's language; Russian dates are shorter."""
    spared = _SHORTER_DATE if active_language() == "ru" else 0
    return [
        replace(
            column,
            title=_(column.title),
            width=column.width - (spared if column.title in _DATES else 0),
        )
        for column in columns
    ]


def explanation(error: BaseException) -> str:
    """Return what happened and what to do about it."""
    if isinstance(error, SedError) and error.advice:
        return f"{error}\n{error.advice}"
    return str(error)
