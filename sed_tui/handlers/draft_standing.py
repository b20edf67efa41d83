"""Where a draft stands, and the one statement that moves it on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.draft_flow import DraftStanding, DraftStep, Stage, draft_transition, stage_of
from sed_tui.domain.flows import Approval, Exchange, Flow, Lifecycle, Registration
from sed_tui.errors.drafts import NotADraft, NotYourDraft, StillADraft
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.draft import DraftTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.handlers.work import Work

_OFFICE = frozenset({Role.REGISTRAR, Role.ASSISTANT})
# the axes of the card where a stage begins
_AXES: dict[Stage, dict[str, str]] = {
    Stage.DRAFT: {"approval": Approval.NONE.value},
    Stage.REWORK: {"approval": Approval.REWORK.value},
    Stage.ON_APPROVAL: {"approval": Approval.RUNNING.value},
    Stage.APPROVED: {"approval": Approval.APPROVED.value},
    Stage.SIGNED: {"approval": Approval.SIGNED.value},
    Stage.REGISTERED: {
        "registration": Registration.REGISTERED.value,
        "lifecycle": Lifecycle.ACTIVE.value,
    },
    Stage.DISPATCHED: {"exchange": Exchange.SENT.value},
    Stage.DISCARDED: {"lifecycle": Lifecycle.CANCELLED.value},
}


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it is stored: its card, whose it is, its last version."""

    reference: DocumentReference
    card: dict[str, Any] = field(repr=False)
    author_id: UUID
    author: str
    author_login: str
    signatory_id: UUID | None
    unit_id: UUID | None
    amount: int | None
    version: int
    standing: DraftStanding

    @property
    def id(self) -> UUID:
        """Return the id of the document."""
        return self.reference.id


def find_draft(work: Work, text: str) -> StoredDraft:
    """Return the draft that a text names. Raises `NotFound`, `NotADraft`."""
    return load_draft(work, find_document(work, text))


def load_draft(work: Work, reference: DocumentReference) -> StoredDraft:
    """Return the draft that a document is or began as. Raises `NotADraft`."""
    row = work.db.execute(_stored(reference.id)).mappings().one_or_none()
    if row is None:
        raise NotADraft(field="document")
    card = {name: row[name] for name in DocumentTable.model_fields}
    standing = DraftStanding(Flow(card["flow"]), stage_of_card(card))
    named = ("author_id", "author", "author_login", "signatory_id", "unit_id", "amount")
    found = StoredDraft(
        reference=reference,
        card=card,
        **{name: row[name] for name in named},
        version=row["last_version"],
        standing=standing,
    )
    if standing.stage is not Stage.DRAFT:
        return found
    from sed_tui.handlers.route_choice import needs_approval  # it asks drafts for their facts

    needed = needs_approval(work, found)
    return replace(found, standing=replace(standing, needs_approval=needed))


def _stored(document_id: UUID) -> Select[*tuple[Any, ...]]:
    draft = DraftTable
    return (
        select(
            DocumentTable.__table__,  # type: ignore[attr-defined]
            *map(col, (draft.author_id, draft.signatory_id, draft.unit_id, draft.amount)),
            col(draft.version).label("last_version"),
            col(EmployeeTable.full_name).label("author"),
            col(EmployeeTable.login).label("author_login"),
        )
        .join(draft, col(draft.document_id) == col(DocumentTable.id))
        .join(EmployeeTable, col(EmployeeTable.id) == col(draft.author_id))
        .where(col(DocumentTable.id) == document_id)
    )


def stage_of_card(card: Any) -> Stage:
    """Return the stage of a card, a row with its axes."""
    return stage_of(
        lifecycle=Lifecycle(card["lifecycle"]),
        approval=Approval(card["approval"]),
        registration=Registration(card["registration"]),
        exchange=Exchange(card["exchange"]),
    )


def require_own_draft(work: Work, draft: StoredDraft) -> None:
    """Refuse who is neither its author, nor stands in for him, nor the office.

    Who stands in does all of the operation on behalf of the author. Raises `NotYourDraft`.
    """
    if draft.author_id == work.actor.employee_id or not _OFFICE.isdisjoint(work.actor.roles):
        return
    if draft.author_id not in work.actor.stands_for:
        raise NotYourDraft(author=draft.author)
    work.behalf = work.db.scalar(
        select(col(EmployeeTable.login)).where(col(EmployeeTable.id) == draft.author_id)
    )


def move(
    work: Work,
    draft: StoredDraft,
    step: DraftStep,
    *,
    seen: int | None = None,
    stays: bool = False,
    **columns: Any,
) -> Stage:
    """Take a step with a draft in one statement and return the stage it leads to.

    One that `stays` is taken in part: others have to take it too. Raises what the flow
    refuses, and `ChangedMeanwhile` when the card is not the one seen.
    """
    row = draft_transition(step, draft.standing)
    target = row.source if stays else row.target
    axes = _AXES[target] if target is not row.source else {}
    values, read = {**columns, **axes}, draft.card["version"]
    change_row(work.db, DocumentTable, draft.id, values, read, seen, what=draft.card["subject"])
    return target


def lifecycle_of(work: Work, document_id: UUID) -> str:
    """Return whether a document is a draft, in force, or cancelled."""
    query = select(col(DocumentTable.lifecycle)).where(col(DocumentTable.id) == document_id)
    return str(work.db.scalar(query))


def require_no_draft(lifecycle: str, what: str) -> None:
    """Refuse what is done with registered documents alone. Raises `StillADraft`."""
    if lifecycle == Lifecycle.DRAFT:
        raise StillADraft(field="document", what=what)
