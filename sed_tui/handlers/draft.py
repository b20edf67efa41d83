"""Drafts: made, changed, shown, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.draft_flow import DraftStep, possible_steps
from sed_tui.domain.flows import DRAFTED, Confidentiality, Lifecycle, Registration
from sed_tui.domain.links import LinkKind
from sed_tui.domain.registration import FLOW_NAMES, check_flow
from sed_tui.errors.drafts import NotDraftedFlow, OfficialUseDraft
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.card import checked_texts
from sed_tui.handlers.card_parts import addressees_of
from sed_tui.handlers.document_kind import find_kind
from sed_tui.handlers.draft_card import FRESH, Revision, revised, unit_of
from sed_tui.handlers.draft_standing import (
    StoredDraft,
    find_draft,
    load_draft,
    move,
    require_own_draft,
)
from sed_tui.handlers.draft_version import first_version, versions_of
from sed_tui.handlers.link import add_link
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.handlers.registration import resolve_outside, store_addressees
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.handlers.signatories import (
    find_cosignatories,
    signatories_of,
    store_cosignatories,
)
from sed_tui.handlers.signature import signatures_of
from sed_tui.i18n import _
from sed_tui.operations.draft import DiscardDraft, Draft, DraftDocument, ReviseDraft, ShowDraft
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.draft import DraftTable
from sed_tui.storage.tables.unit import UnitTable
from sed_tui.storage.versioned import differing, require_seen

if TYPE_CHECKING:
    from sed_tui.handlers.correspondent import ResolvedCorrespondent
    from sed_tui.handlers.work import Work

_TEXTS = ("subject", "addressee", "delivery", "drafter_phone", "case_index", "topic", "note")


def draft_document(work: Work, request: DraftDocument) -> Draft:
    """Store a card without a number, and its first version; all or nothing.

    Raises `NotDraftedFlow`, `OfficialUseDraft`.
    """
    if request.flow not in DRAFTED:
        raise NotDraftedFlow(field="flow", flow=_(FLOW_NAMES[request.flow]))
    if request.confidentiality is not Confidentiality.NONE:
        raise OfficialUseDraft(field="confidentiality")
    given = (name for name in request.model_fields_set if getattr(request, name))
    check_flow(request.flow, given)
    outside = resolve_outside(work, request.flow, request.addressees, "addressees")
    card = _card(work, request, outside)
    own = {
        "author_id": work.actor.employee_id,
        "signatory_id": card.pop("signatory_id"),
        "unit_id": unit_of(work, request.unit),
        "amount": request.amount,
    }
    beside = find_cosignatories(work, request.cosignatories, own["signatory_id"])
    document = _store(work, card, own, outside)
    _store_people(work, document.id, own, beside, outside)
    warnings = first_version(work, document, request.files, request.comment)
    if request.in_reply_to:
        replied = find_document(work, request.in_reply_to, "in_reply_to")
        add_link(work, document, LinkKind.REPLY_TO, replied)
    reindex_document(work, document)
    return draft_card(work, load_draft(work, document), warnings)


def revise_draft(work: Work, request: ReviseDraft) -> Draft:
    """Change the card of a draft; the history keeps what it was."""
    draft = find_draft(work, request.document)
    require_own_draft(work, draft)
    change = revised(work, draft, request.changes)
    require_seen(
        *(request.card_version, draft.card["version"], draft.card["subject"]),
        lambda: _differences(work, draft, change),
    )
    move(work, draft, DraftStep.REVISE, seen=request.card_version, **change.card)
    if change.beside is not None:
        store_cosignatories(work, draft.id, change.beside)
        add_participants(work, draft.id, "signatory", change.beside)
    if change.own:
        work.db.execute(
            update(DraftTable).where(col(DraftTable.document_id) == draft.id).values(**change.own)
        )
        add_participants(work, draft.id, "signatory", [change.own.get("signatory_id")])
    work.record("revise", "document", draft.id, change.before, change.after)
    reindex_document(work, draft.reference)
    return draft_card(work, load_draft(work, draft.reference))


def show_draft(work: Work, request: ShowDraft) -> Draft:
    """Return a draft, or the draft that a registered document began as."""
    return draft_card(work, find_draft(work, request.document))


def discard_draft(work: Work, request: DiscardDraft) -> Draft:
    """Give a draft up for a reason. Raises `ReasonNeeded` and what the flow refuses."""
    draft = find_draft(work, request.document)
    require_own_draft(work, draft)
    if not work.options.reason:
        raise ReasonNeeded(field="reason", what=_("Discarding a draft"))
    move(work, draft, DraftStep.DISCARD)
    before, after = ({"lifecycle": state.value} for state in (Lifecycle.DRAFT, Lifecycle.CANCELLED))
    work.record("discard", "document", draft.id, before, after)
    return draft_card(work, load_draft(work, draft.reference))


def draft_card(work: Work, draft: StoredDraft, warnings: list[str] | None = None) -> Draft:
    """Return a draft as people see it."""
    card = draft.card
    named = ("flow", "kind", "subject", "number", "signatory", "delivery", "note")
    return Draft(
        id=draft.id,
        short_id=short_id(draft.id),
        **{name: card[name] for name in named},
        stage=draft.standing.stage,
        author=draft.author,
        author_login=draft.author_login,
        cosignatories=[
            one.name for one in signatories_of(work, draft.id) if one.id != draft.signatory_id
        ],
        unit=_unit_name(work, draft.unit_id),
        addressees=addressees_of(work, draft.id),
        amount=draft.amount,
        version=draft.version,
        card_version=card["version"],
        needs_approval=draft.standing.needs_approval,
        steps=possible_steps(draft.standing),
        versions=versions_of(work, draft.id),
        signatures=signatures_of(work, draft.id),
        warnings=warnings or [],
    )


def _card(
    work: Work, request: DraftDocument, outside: list[ResolvedCorrespondent]
) -> dict[str, Any]:
    texts = checked_texts({name: getattr(request, name) for name in _TEXTS})
    signatory = None
    if request.signatory:
        signatory = find_colleague_at_work(work, request.signatory, "signatory")
    return {
        **texts,
        "flow": request.flow.value,
        "kind": find_kind(work, request.flow, request.kind, reason=work.options.reason).name,
        "confidentiality": Confidentiality.NONE.value,
        "correspondent_id": outside[0].id if outside else None,
        "signatory": signatory.name if signatory else None,
        "signatory_id": signatory.id if signatory else None,
        "drafter": work.actor.name,
    }


def _store(
    work: Work, card: dict[str, Any], own: dict[str, Any], outside: list[ResolvedCorrespondent]
) -> DocumentReference:
    document_id = uuid4()
    common = {"organization_id": work.organization_id}
    state = {
        "lifecycle": Lifecycle.DRAFT.value,
        "registration": Registration.UNREGISTERED.value,
        **FRESH,
    }
    key: Any = work.db.execute(
        insert(DocumentTable)
        .values(
            id=document_id, listed_on=work.today, created_at=work.now, **common, **card, **state
        )
        .returning(col(DocumentTable.key))
    ).scalar_one()
    work.db.execute(insert(DraftTable).values(document_id=document_id, version=0, **common, **own))
    told = {name: value for name, value in card.items() if value is not None}
    told |= {"lifecycle": state["lifecycle"], "amount": own["amount"]}
    told["addressees"] = ", ".join(one.name for one in outside)
    told = {name: value for name, value in told.items() if name != "correspondent_id"}
    work.record("draft", "document", document_id, None, told)
    return DocumentReference(document_id, key, None)


def _store_people(
    work: Work,
    document_id: UUID,
    own: dict[str, Any],
    beside: list[UUID],
    outside: list[ResolvedCorrespondent],
) -> None:
    store_cosignatories(work, document_id, beside)
    store_addressees(work, document_id, outside)
    add_participants(work, document_id, "author", [own["author_id"]])
    add_participants(work, document_id, "signatory", [own["signatory_id"], *beside])


def _differences(work: Work, draft: StoredDraft, change: Revision) -> dict[str, list[Any]]:
    """Return what fields of a draft are now and what they were to be; a unit by its name."""
    before, after = dict(change.before), dict(change.after)
    if "unit_id" in change.own:
        before["unit"] = _unit_name(work, draft.unit_id)
        after["unit"] = _unit_name(work, change.own["unit_id"])
    return differing(before, after)


def _unit_name(work: Work, unit_id: UUID | None) -> str | None:
    return work.db.scalar(select(col(UnitTable.name)).where(col(UnitTable.id) == unit_id))
