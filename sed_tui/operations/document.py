"""Operations on one registration card: show, edit, history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from sed_tui.domain.flows import Confidentiality, Control, Execution, Flow, Lifecycle, Registration
from sed_tui.i18n import N_
from sed_tui.operations.dispatch import DispatchRow
from sed_tui.operations.registry import Effect, Message, Operation, Request
from sed_tui.operations.signature import SignatureRow


class ShowDocument(Request):
    """Ask for a card by id, short id or registration number."""

    document: str


class CardLink(Message):
    """A link as seen from the card: `kind` is already the inverse where it points here."""

    kind: str
    id: UUID
    number: str | None
    registered_on: date | None
    subject: str


class CardFile(Message):
    """A version of a file of the card."""

    id: UUID
    role: str
    name: str
    version: int
    size: int
    media_type: str
    sha256: str
    text_state: str


class CardAssignment(Message):
    """An assignment issued on the document."""

    id: UUID
    text: str
    author: str
    executor: str
    due: date | None
    state: str


class DocumentCard(Message):
    """Everything on the card (rules §1.5)."""

    id: UUID
    version: int
    flow: Flow
    kind: str
    subject: str
    confidentiality: Confidentiality
    journal: str | None
    number: str | None
    registered_on: date | None
    registered_at: datetime | None
    registrar: str | None
    correspondent: str | None
    correspondent_id: UUID | None
    addressees: list[str]
    their_number: str | None
    their_date: date | None
    received_on: date | None
    delivery: str | None
    postal_number: str | None
    addressee: str | None
    signatory: str | None
    signed_on: date | None
    drafter: str | None
    drafter_phone: str | None
    sheets: int | None
    copies: int | None
    annex_sheets: int | None
    case_index: str | None
    topic: str | None
    note: str | None
    reply_address: str | None
    appeal_kind: str | None
    appeal_repeat: str | None
    signatures_count: int | None
    lifecycle: Lifecycle
    registration: Registration
    approval: str
    exchange: str
    execution: Execution
    control: Control
    external_id: str | None
    historic: bool
    links: list[CardLink]
    files: list[CardFile]
    assignments: list[CardAssignment]
    signatures: list[SignatureRow] = Field(default_factory=list)
    dispatches: list[DispatchRow] = Field(default_factory=list)


class EditDocument(Request):
    """Change fields of a card; number, date and journal change by re-registration alone.

    `changes` names the fields as the card does; None empties one. With `version`, the
    card must not have changed since it was read.
    """

    document: str
    changes: dict[str, str | int | None] = Field(min_length=1)
    version: int | None = None


class ShowHistory(Request):
    """Ask what happened to a document, the newest first."""

    document: str


class HistoryEntry(Message):
    """One change: field -> [before, after]."""

    at: datetime
    actor: str
    operation: str
    event: str
    changes: dict[str, list[Any]]
    reason: str | None


class History(Message):
    """The changes of one document."""

    rows: list[HistoryEntry]
    next: None = None


SHOW = Operation("document.show", N_("Show a document"), ShowDocument, DocumentCard, Effect.READ)
EDIT = Operation("document.edit", N_("Edit a card"), EditDocument, DocumentCard, Effect.WRITE)
HISTORY = Operation(
    "document.history", N_("Show the history of a document"), ShowHistory, History, Effect.READ
)
