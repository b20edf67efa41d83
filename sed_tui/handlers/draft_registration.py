"""A draft gets its number from the same counters as everything that is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from sed_tui.domain.draft_flow import DraftStep, Stage, draft_transition
from sed_tui.domain.flows import Approval
from sed_tui.domain.registration import check_dates, check_needed, first_execution
from sed_tui.domain.text import optional
from sed_tui.errors.drafts import NotSigned
from sed_tui.errors.registration import SignatureNeeded
from sed_tui.handlers.approval_following import follow_route, is_to_be_signed
from sed_tui.handlers.card_parts import addressees_of
from sed_tui.handlers.draft_standing import StoredDraft, find_draft, load_draft, move
from sed_tui.handlers.employee import require_people
from sed_tui.handlers.number_codes import number_context
from sed_tui.handlers.numbers import (
    Allotment,
    allot,
    check_open,
    chronology_warnings,
    find_journal,
    number_by_hand,
    taken,
)
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.registration import stamp
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.operations.registration import Registered

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.handlers.numbers import Journal
    from sed_tui.handlers.work import Work
    from sed_tui.operations.draft_registration import RegisterDraft


def register_draft(work: Work, request: RegisterDraft) -> Registered:
    """Give a draft its number in one transaction, with its paper signature if it has one."""
    draft = _signed(work, request, find_draft(work, request.document))
    day = request.registered_on or work.today
    journal = find_journal(work, request.journal, draft.standing.flow)
    check_open(journal, day)
    case_index = optional(request.case_index, "case_index", limit=64) or draft.card["case_index"]
    card = {**draft.card, "case_index": case_index}
    _check(work, draft, card, day)
    allotment = _number(work, request, journal, card, day)
    _give(work, draft, allotment, day, case_index)
    add_participants(work, draft.id, "registrar", [work.actor.employee_id])
    reindex_document(work, draft.reference)
    told = {"number": allotment.number, "registered_on": day, "journal": journal.code}
    work.record("register", "document", draft.id, dict.fromkeys(told), told)
    follow_route(work, draft.id)
    return Registered(
        id=draft.id,
        number=allotment.number,
        registered_on=day,
        flow=draft.standing.flow,
        journal=journal.code,
        subject=card["subject"],
        warnings=chronology_warnings(work, allotment, day),
        stamp=stamp(allotment.number, day),
    )


def _give(
    work: Work, draft: StoredDraft, allotment: Allotment, day: date, case_index: str | None
) -> None:
    columns = {
        **allotment.columns(),
        "registered_on": day,
        "listed_on": day,
        "registered_at": work.now,
        "registrar_id": work.actor.employee_id,
        "case_index": case_index,
        "execution": first_execution(draft.standing.flow, historic=False),
    }
    try:
        with work.db.begin_nested():
            move(work, draft, DraftStep.REGISTER, **columns)
    except IntegrityError:  # the constraint decides, not a look beforehand
        raise taken(work, allotment) from None


def _signed(work: Work, request: RegisterDraft, draft: StoredDraft) -> StoredDraft:
    """Return the draft, signed on paper if that is what is entered with it."""
    if request.signed_on is None and request.signatory is None:
        return draft
    signatory = optional(request.signatory, "signatory", limit=200) or draft.card["signatory"]
    if signatory is None or request.signed_on is None:
        raise SignatureNeeded(field="signatory" if signatory is None else "signed_on")
    check_dates({"signed_on": request.signed_on}, work.today)
    require_people(work, signatory, "signatory")
    move(work, draft, DraftStep.SIGN, signatory=signatory, signed_on=request.signed_on)
    names = ("approval", "signatory", "signed_on")
    after = dict(zip(names, (Approval.SIGNED.value, signatory, request.signed_on), strict=True))
    work.record("sign_on_paper", "document", draft.id, {n: draft.card[n] for n in names}, after)
    return load_draft(work, draft.reference)


def _check(work: Work, draft: StoredDraft, card: dict[str, Any], day: date) -> None:
    """Refuse a draft that is not to be registered yet, or lacks what its flow demands."""
    draft_transition(DraftStep.REGISTER, draft.standing)
    if draft.standing.stage is Stage.APPROVED and is_to_be_signed(work, draft.id):
        raise NotSigned
    check_dates({"signed_on": card["signed_on"], "registered_on": day}, work.today)
    check_needed(draft.standing.flow, {**card, "addressees": addressees_of(work, draft.id)})


def _number(
    work: Work, request: RegisterDraft, journal: Journal, card: dict[str, Any], day: date
) -> Allotment:
    context = number_context(
        work,
        journal,
        day,
        kind=(card["flow"], card["kind"]),
        case_index=card["case_index"],
        correspondent_id=card["correspondent_id"],
        unit=request.unit,
        leading=request.leading,
    )
    number, suffix = number_by_hand(work, request.number, request.suffix)
    return allot(work, journal, context, number=number, suffix=suffix)
