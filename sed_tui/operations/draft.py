"""Operations on drafts: documents that have no number yet."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.domain.draft_flow import DraftStep, Stage
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.i18n import N_
from sed_tui.operations.draft_version import VersionRow
from sed_tui.operations.file import FileContent
from sed_tui.operations.registry import Effect, Message, Operation, Request
from sed_tui.operations.signature import SignatureRow


class DraftDocument(Request):
    """Draft an outgoing letter, an order or an internal document; its first version is made.

    `signatory` is a person of the organization, `cosignatories` sign beside him, each with
    a signature of his own: it is signed when all have. `unit` is the department whose document
    it is, the drafter's own unless named; `amount` is in whole roubles.
    """

    flow: Flow
    subject: str
    files: tuple[FileContent, ...] = Field(default=(), max_length=100)
    kind: str | None = None
    addressees: tuple[str, ...] = ()
    addressee: str | None = None
    signatory: str | None = None
    cosignatories: tuple[str, ...] = Field(default=(), max_length=20)
    unit: str | None = None
    amount: int | None = Field(default=None, ge=0, le=10**15)
    delivery: str | None = None
    drafter_phone: str | None = None
    case_index: str | None = None
    topic: str | None = None
    note: str | None = None
    in_reply_to: str | None = None
    confidentiality: Confidentiality = Confidentiality.NONE
    comment: str | None = None


class ReviseDraft(Request):
    """Change the card of a draft that is not on approval; None empties a field.

    Beside the fields of a card: `addressees` and `cosignatories` with semicolons between
    them, `signatory`, `unit`, `amount`. With `card_version`, the card must not have changed since.
    """

    document: str
    changes: dict[str, str | int | None] = Field(min_length=1)
    card_version: int | None = None


class ShowDraft(Request):
    """Ask how far a draft has come, and for its versions."""

    document: str


class DiscardDraft(Request):
    """Give a draft up, for a reason; it stays as it was and is found no more as a draft."""

    document: str


class Draft(Message):
    """A draft: where it stands, whose it is, its versions, and what can be done next."""

    id: UUID
    short_id: str
    flow: Flow
    kind: str
    subject: str
    number: str | None
    stage: Stage
    author: str
    author_login: str
    signatory: str | None
    cosignatories: list[str] = Field(default_factory=list)
    unit: str | None
    addressees: list[str]
    amount: int | None
    delivery: str | None
    note: str | None
    version: int
    card_version: int
    needs_approval: bool
    steps: list[DraftStep]
    versions: list[VersionRow]
    signatures: list[SignatureRow] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)


ADD = Operation("draft.add", N_("Draft a document"), DraftDocument, Draft, Effect.WRITE)
REVISE = Operation(
    "draft.revise", N_("Change the card of a draft"), ReviseDraft, Draft, Effect.WRITE
)
SHOW = Operation("draft.show", N_("Show a draft"), ShowDraft, Draft, Effect.READ)
DISCARD = Operation("draft.discard", N_("Discard a draft"), DiscardDraft, Draft, Effect.DESTROY)
