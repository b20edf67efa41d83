"""The card of a draft as it changes: fields of the card, and what a draft has beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlmodel import col

from sed_tui.domain.flows import Approval, Control, Exchange, Execution
from sed_tui.errors import Invalid
from sed_tui.errors.input import UnknownField
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.card_change import changed_card
from sed_tui.handlers.card_parts import addressees_of
from sed_tui.handlers.registration import resolve_outside, store_addressees
from sed_tui.handlers.route_people import people_by_id
from sed_tui.handlers.signatories import find_cosignatories, signatories_of
from sed_tui.handlers.unit import find_unit
from sed_tui.i18n import _
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.participant import AddresseeTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.work import Work

FRESH: dict[str, Any] = {
    "approval": Approval.NONE.value,
    "exchange": Exchange.NONE.value,
    "execution": Execution.NONE.value,
    "control": Control.NONE.value,
    "historic": False,
    "version": 1,
}
_OF_CARD = frozenset(
    {"subject", "kind", "addressee", "delivery", "drafter", "drafter_phone", "sheets", "copies"}
    | {"annex_sheets", "case_index", "topic", "note"}
)
_OWN = frozenset({"addressees", "signatory", "cosignatories", "unit", "amount"})
_MOST_ROUBLES = 10**15


@dataclass(frozen=True, slots=True)
class Revision:
    """Columns of the card and of the draft that change, and what the history tells.

    `beside` are the signatories beside the first, None when they stay.
    """

    card: dict[str, Any]
    own: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    beside: list[UUID] | None = None


def revised(work: Work, draft: StoredDraft, changes: Mapping[str, Any]) -> Revision:
    """Return what changes of a draft's card. Raises `UnknownField` and what fields refuse."""
    for name in changes:
        if name not in _OF_CARD | _OWN:
            raise UnknownField(field=name, fields=", ".join(sorted(_OF_CARD | _OWN)))
    plain = {name: value for name, value in changes.items() if name in _OF_CARD}
    columns = changed_card(work, draft.card, plain, is_draft=True)
    card = {name: value for name, value in columns.items() if value != draft.card[name]}
    own: dict[str, Any] = {}
    before: dict[str, Any] = {name: draft.card[name] for name in card}
    after = dict(card)
    if "signatory" in changes:
        own["signatory_id"], after["signatory"] = _signatory(work, changes["signatory"])
        card["signatory"], before["signatory"] = after["signatory"], draft.card["signatory"]
    if "unit" in changes:
        own["unit_id"] = unit_of(work, changes["unit"])
        before["unit"], after["unit"] = str(draft.unit_id), str(own["unit_id"])
    if "amount" in changes:
        own["amount"] = _amount(changes["amount"])
        before["amount"], after["amount"] = draft.amount, own["amount"]
    if "addressees" in changes:
        before["addressees"] = ", ".join(addressees_of(work, draft.id))
        card["correspondent_id"] = _readdress(work, draft, str(changes["addressees"] or ""))
        after["addressees"] = ", ".join(addressees_of(work, draft.id))
    beside = _beside(work, draft, own, changes)
    if beside is not None:
        known = {one.id: one.name for one in signatories_of(work, draft.id)[1:]}
        before["cosignatories"] = ", ".join(known.values())
        after["cosignatories"] = ", ".join(p.name for p in people_by_id(work, beside).values())
    return Revision(card, own, before, after, beside)


def unit_of(work: Work, named: Any) -> UUID | None:
    """Return the department a document belongs to, the actor's own unless named."""
    if named:
        return find_unit(work, str(named))
    return work.db.scalar(
        select(col(EmployeeTable.unit_id)).where(col(EmployeeTable.id) == work.actor.employee_id)
    )


def _beside(
    work: Work, draft: StoredDraft, own: Mapping[str, Any], changes: Mapping[str, Any]
) -> list[UUID] | None:
    """Return who signs beside the signatory from now on, None when that does not change."""
    first = own.get("signatory_id", draft.signatory_id)
    if "cosignatories" in changes:
        written = str(changes["cosignatories"] or "").split(";")
        return find_cosignatories(work, [one.strip() for one in written if one.strip()], first)
    if "signatory" not in changes or first is None:
        return [] if "signatory" in changes else None
    return [one.id for one in signatories_of(work, draft.id)[1:] if one.id != first]


def _signatory(work: Work, named: Any) -> tuple[UUID | None, str | None]:
    if not named:
        return None, None
    person = find_colleague_at_work(work, str(named), "signatory")
    return person.id, person.name


def _amount(written: Any) -> int | None:
    if written in {None, ""}:
        return None
    digits = str(written).replace(" ", "").replace("\xa0", "")
    if not digits.isdecimal() or int(digits) > _MOST_ROUBLES:
        reason = _("“{value}” is no sum in whole roubles").format(value=written)
        raise Invalid(field="amount", reason=reason)
    return int(digits)


def _readdress(work: Work, draft: StoredDraft, written: str) -> UUID | None:
    """Put other addressees in place of those that are there and return the first."""
    names = [name.strip() for name in written.split(";") if name.strip()]
    outside = resolve_outside(work, draft.standing.flow, names, "addressees")
    work.db.execute(delete(AddresseeTable).where(col(AddresseeTable.document_id) == draft.id))
    store_addressees(work, draft.id, outside)
    return outside[0].id if outside else None
