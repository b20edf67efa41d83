"""Drafts that tests begin from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from sed_tui.domain.flows import Flow
from sed_tui.operations.draft import ADD, Draft, DraftDocument
from sed_tui.operations.draft_version import ADD as ADD_VERSION
from sed_tui.operations.draft_version import AddVersion, VersionAdded
from sed_tui.operations.file import FileContent

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


def text_file(gateway: LocalGateway, text: str, name: str = "письмо.txt") -> FileContent:
    """Stage a text as a file."""
    return FileContent(name=name, token=gateway.stage(io.BytesIO(text.encode())))


def drafted(gateway: LocalGateway, text: str = "Направляем ответ.\n", **changes: Any) -> Draft:
    """Draft an outgoing letter of one file, to be signed by the head."""
    fields: dict[str, Any] = {
        "flow": Flow.OUTGOING,
        "subject": "Ответ на запрос",
        "addressees": ["Минздрав"],
        "signatory": "golova",
        "files": (text_file(gateway, text),),
    }
    return gateway.call(ADD, DraftDocument.model_validate({**fields, **changes}))


def next_version(gateway: LocalGateway, draft: Draft, text: str, **changes: Any) -> VersionAdded:
    """Make the next version of a draft by replacing its file."""
    files = (text_file(gateway, text),)
    return gateway.call(ADD_VERSION, AddVersion(document=str(draft.id), files=files, **changes))
