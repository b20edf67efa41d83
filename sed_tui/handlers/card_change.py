"""Fields of a card that change: read, checked together with those that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.card_texts import TEXT_LIMITS
from sed_tui.domain.dates import parse_date
from sed_tui.domain.flows import FROM_OUTSIDE, Flow
from sed_tui.domain.registration import SenderDays, check_dates, check_flow
from sed_tui.errors import Invalid
from sed_tui.handlers.card import DATES, NUMBERS, check_card, checked_texts
from sed_tui.handlers.correspondent import resolve_correspondent
from sed_tui.handlers.document_kind import find_kind
from sed_tui.handlers.employee import require_people
from sed_tui.handlers.security_mark import changed_mark
from sed_tui.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.handlers.work import Work


def changed_card(
    work: Work, before: dict[str, Any], changes: dict[str, Any], *, is_draft: bool = False
) -> dict[str, Any]:
    """Return the columns that the changes give, the whole card checked again.

    A draft still lacks what registration will demand.
    """
    flow = Flow(before["flow"])
    check_flow(flow, (name for name, value in changes.items() if value not in {None, ""}))
    after = {**before, **changes}
    if "confidentiality" in changes:
        after["confidentiality"] = changed_mark(work, before, changes["confidentiality"])
    if "correspondent" in changes:
        after["correspondent_id"] = None
    if changes.get("correspondent"):
        kind = "citizen" if flow is Flow.APPEAL else "organization"
        found = resolve_correspondent(work, str(changes["correspondent"]), kind=kind)
        after["correspondent_id"] = found.id
    if "kind" in changes:
        after["kind"] = find_kind(work, flow, changes["kind"], reason=work.options.reason).name
    for name in DATES:
        after[name] = _as_date(after[name], name)
    for name in NUMBERS:
        after[name] = _as_count(after[name], name)
    after |= checked_texts(after)
    for name in {"signatory", "drafter"} & set(changes) if flow not in FROM_OUTSIDE else ():
        require_people(work, after[name] or "", name)
    if is_draft:
        check_dates({name: after[name] for name in DATES}, work.today)
    else:
        named = dict.fromkeys(("correspondent", "addressees"), after["correspondent_id"])
        day = before["registered_on"]
        sender = _days_of_sender(before, after)
        check_card(flow, {**after, **named}, registered_on=day, today=work.today, sender=sender)
    columns = {*TEXT_LIMITS, *NUMBERS, *DATES, "their_key", "kind", "correspondent_id"}
    columns = (columns | {"confidentiality"}) - {"external_id"}
    return {name: after[name] for name in columns}


def _days_of_sender(before: dict[str, Any], after: dict[str, Any]) -> SenderDays | None:
    """Return days by which a sender's date that stands is true: it was, when it was entered."""
    theirs = after["their_date"]
    if theirs is None or theirs != before["their_date"]:
        return None
    is_received_then = after["received_on"] == before["received_on"]
    return SenderDays(theirs, theirs if is_received_then else after["received_on"] or theirs)


def _as_date(value: Any, field: str) -> date | None:
    return parse_date(value, field) if isinstance(value, str) and value.strip() else value or None


def _as_count(value: Any, field: str) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and not value.strip().isdecimal():
        raise Invalid(field=field, reason=_("“{value}” is not a number").format(value=value))
    return int(value)
