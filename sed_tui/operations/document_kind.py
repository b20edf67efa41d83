"""Operations on the kinds of documents."""

from __future__ import annotations

from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListKinds(Request):
    """Ask for the kinds of documents of the organization."""

    flow: Flow | None = None


class DocumentKind(Message):
    """A kind of document; one that is not registered needs a reason to be.

    `profile` is the profile of terms of assignments on it that name no term.
    """

    flow: Flow
    name: str
    code: str
    is_registered: bool
    profile: str | None
    state: str
    version: int


class KindList(Message):
    """Kinds by flow and name."""

    rows: list[DocumentKind]
    next: None = None


class SetKind(Request):
    """Add a kind, or change one: close it, or say whether it is registered.

    `profile` is a profile of terms; an empty one takes it away, without it it stays.
    `version` is the one that was seen.
    """

    flow: Flow
    name: str
    code: str | None = None
    is_registered: bool = True
    profile: str | None = None
    is_closed: bool = False
    version: int | None = None


LIST = Operation("kind.list", N_("List kinds of documents"), ListKinds, KindList, Effect.READ)
SET = Operation("kind.set", N_("Set a kind of document"), SetKind, DocumentKind, Effect.WRITE)
