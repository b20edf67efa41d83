"""What fields propose: correspondents, people, and values of a short list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.correspondents import CorrespondentKind
from sed_tui.domain.layouts import other_layout
from sed_tui.domain.text import folded
from sed_tui.i18n import _
from widgets.completion import Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.correspondent import CorrespondentRow
    from sed_tui.operations.employee import EmployeeRow
    from widgets.completion import Source


_LOOKED_THROUGH = 50  # people, so that a surname is found among those it is within the name of


def correspondents(gateway: Gateway, kind: CorrespondentKind | None = None) -> Source:
    """Propose correspondents by words of their names or by INN, whatever the layout."""
    # 15 ms of models, when the first form opens
    from sed_tui.operations.correspondent_list import LIST, ListCorrespondents

    def find(text: str, limit: int) -> Sequence[Suggestion]:
        """Find suggestions for a text."""
        page = gateway.call(LIST, ListCorrespondents(query=text, kind=kind, limit=limit))
        return [_correspondent(row) for row in page.rows]

    return find


def employees(gateway: Gateway) -> Source:
    """Propose people by name, whose surname begins with the text first; the value is the login."""
    from sed_tui.operations.employee import LIST, ListEmployees

    def find(text: str, limit: int) -> Sequence[Suggestion]:
        """Find suggestions for a text."""
        for query in (text, other_layout(text)):
            rows = gateway.call(LIST, ListEmployees(query=query, limit=_LOOKED_THROUGH)).rows
            if rows:
                # Enter takes the first: of «пе» Петров, and not Анна Петровна
                rows.sort(key=lambda row: not folded(row.full_name).startswith(folded(query)))
                return [_employee(row) for row in rows[:limit]]
        return []

    return find


def names(source: Source) -> Source:
    """Propose the same, but take the text alone: the field keeps what people read."""

    def find(text: str, limit: int) -> Sequence[Suggestion]:
        """Find suggestions for a text."""
        return [Suggestion(each.text, each.detail) for each in source(text, limit)]

    return find


def known(values: Sequence[str]) -> Source:
    """Propose values of a short list, those that begin with the text first."""

    def find(text: str, limit: int) -> Sequence[Suggestion]:
        """Find suggestions for a text."""
        for query in (folded(text), folded(other_layout(text))):
            matching = [value for value in values if query in folded(value)]
            if matching:
                matching.sort(key=lambda value: not folded(value).startswith(query))
                return [Suggestion(value) for value in matching[:limit]]
        return []

    return find


def _correspondent(row: CorrespondentRow) -> Suggestion:
    details = [row.short_name or "", _("INN {inn}").format(inn=row.inn) if row.inn else ""]
    if row.kind is CorrespondentKind.CITIZEN:
        details.append(_("a citizen"))
    return Suggestion(row.name, ", ".join(filter(None, details)), str(row.id))


def _employee(row: EmployeeRow) -> Suggestion:
    details = (row.position or "", row.unit or "")
    return Suggestion(row.full_name, ", ".join(filter(None, details)) or row.login, row.login)
