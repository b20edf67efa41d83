"""Operations on links between documents."""

from __future__ import annotations

from sed_tui.domain.links import LinkKind
from sed_tui.i18n import N_
from sed_tui.operations.document import CardLink
from sed_tui.operations.registry import Effect, Message, Operation, Request


class LinkDocuments(Request):
    """Say what one document is to another; the inverse follows by itself."""

    document: str
    kind: LinkKind
    target: str


class UnlinkDocuments(Request):
    """Take a link away, named from either side."""

    document: str
    kind: LinkKind
    target: str


class ListLinks(Request):
    """Ask for the links of a document."""

    document: str


class LinkList(Message):
    """Links as the document sees them."""

    rows: list[CardLink]
    next: None = None


LINK = Operation("link.add", N_("Link documents"), LinkDocuments, LinkList, Effect.WRITE)
UNLINK = Operation("link.remove", N_("Unlink documents"), UnlinkDocuments, LinkList, Effect.DESTROY)
LIST = Operation("link.list", N_("List links"), ListLinks, LinkList, Effect.READ)
