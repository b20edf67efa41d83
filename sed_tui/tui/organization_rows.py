"""Organizations as rows with the bytes they store, how one reads, and the limit of its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.stored_size import shown_size, size_of_text, written_size
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.organization import LIST, ListOrganizations
from sed_tui.operations.organization_overview import OVERVIEW, ShowOverview
from sed_tui.operations.organization_quota import SET, SetQuota
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.entry_dialog import REASON, Entry, Task
from sed_tui.tui.facts import fact
from sed_tui.tui.wording import translated
from widgets.rows import Column, Row, WholeRows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.organization import Organization, OrganizationRow
    from sed_tui.operations.organization_overview import OrganizationFigures

SCOPES = (N_("where you work"), N_("all below, in figures"))
_COLUMNS = (
    Column(N_("Code"), 8, copied=True),
    Column(N_("Name"), 20, share=1),
    Column(N_("Stored"), 12),
    Column(N_("Allowed"), 14),
)
_NEARLY = 0.9
_TITLES = 26
_AT_ONCE = 1000


def organization_columns() -> Sequence[Column]:
    """Return the columns of organizations."""
    return translated(_COLUMNS)


def organization_rows(gateway: Gateway, query: str) -> WholeRows:
    """Return the organizations that the user works in, whose code, name or INN holds the words."""
    words = query.casefold().split()

    def read() -> list[Row]:
        found = gateway.call(LIST, ListOrganizations(stored=True)).rows
        texts = ((f"{one.code} {one.name} {one.inn or ''}".casefold(), one) for one in found)
        return [_row(one) for text, one in texts if all(word in text for word in words)]

    return WholeRows(read)


def overseen_rows(gateway: Gateway, query: str) -> WholeRows:
    """Return the organization of the operator and those below it."""

    def read() -> list[Row]:
        rows: list[Row] = []
        after: str | None = None
        while True:
            page = gateway.call(OVERVIEW, ShowOverview(query=query, after=after, limit=_AT_ONCE))
            rows += map(_row, page.rows)
            after = page.next
            if after is None:
                return rows

    return WholeRows(read)


def _row(one: OrganizationRow | OrganizationFigures) -> Row:
    used, allowed = one.used_bytes or 0, one.allowed_bytes
    is_full = allowed is not None and used >= allowed * _NEARLY
    cells = (
        one.code,
        printable(one.name).replace("\n", " "),
        ("! " if is_full else "") + shown_size(used),
        told_limit(allowed),
    )
    return Row(str(one.id), cells, "alarm" if is_full else "", one)


def told_limit(allowed: int | None) -> str:
    """Return how much may be stored, in words where there is no limit."""
    return _("without a limit") if allowed is None else shown_size(allowed)


def organization_text(card: Organization | OrganizationFigures) -> Text:
    """Return an organization whole, with what of its limit is used."""
    text = Text(f"{card.code} · {printable(card.name)}\n", "bold")
    left_out = {"id", "code", "name", "used_bytes", "allowed_bytes", "version"}
    for name, value in card.model_dump(mode="json", exclude=left_out).items():
        if value not in (None, ""):
            fact(text, label(name), shown_value(name, value), width=_TITLES)
    fact(text, _("Stored"), shown_size(card.used_bytes), width=_TITLES)
    share = f" ({card.used_bytes / card.allowed_bytes:.0%})" if card.allowed_bytes else ""
    fact(text, _("Allowed"), told_limit(card.allowed_bytes) + share, width=_TITLES)
    return text


def quota_task(one: OrganizationRow | OrganizationFigures) -> Task:
    """Return the form of the limit; an empty one lets an organization store what it likes."""
    limit = "" if one.allowed_bytes is None else written_size(one.allowed_bytes)
    entries = (
        Entry("size", _("Limit, as 10GiB or 500MiB; empty for none"), limit),
        Entry(REASON, _("Reason (may be left out)")),
    )

    def request(values: Mapping[str, str]) -> SetQuota:
        allowed = size_of_text(values["size"], "size") if values["size"] else None
        return SetQuota(organization=one.code, allowed_bytes=allowed)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        reason = ("--reason", values[REASON]) if values[REASON] else ()
        return ("organization", "quota", one.code, values["size"] or "none", *reason)

    note = _("{name}: {used} stored").format(name=one.name, used=shown_size(one.used_bytes or 0))
    return Task(_(SET.title), SET, entries, request, words, note)
