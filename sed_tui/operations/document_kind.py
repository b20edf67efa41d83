"""Operations on the kinds of documents."""

from __future__ import annotations

from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListKinds(Request):
    """Ask for the kinds of documents of the organization."""

    flow: Flow | None = None


class DocumentKind(Message):
    """A kind of document; one that is not registered needs a reason to be."""

    flow: Flow
    name: str
    code: str
    is_registered: bool
    state: str
    version: int


class KindList(Message):
    """Kinds by flow and name."""

    rows: list[DocumentKind]
    next: None = None


class SetKind(Request):
    """Add a kind, or change one: close it, or say whether it is registered.

    `version` is the one that was seen.
    """

    flow: Flow
    name: str
    code: str | None = None
    is_registered: bool = True
    is_closed: bool = False
    version: int | None = None


LIST = Operation("kind.list", N_("List kinds of documents"), ListKinds, KindList, Effect.READ)
SET = Operation("kind.set", N_("Set a kind of document"), SetKind, DocumentKind, Effect.WRITE)
