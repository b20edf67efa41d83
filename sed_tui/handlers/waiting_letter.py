"""A letter that came and waits becomes a card, whatever way it came: by mail, by the exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.flows import Flow
from sed_tui.domain.registration import WITHOUT_NUMBER
from sed_tui.errors.files import ContentDamaged
from sed_tui.handlers.registration import register_within
from sed_tui.operations.registration import RegisterDocument, WaitingLetter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.domain.registration import SenderDays
    from sed_tui.handlers.work import Work
    from sed_tui.operations.registration import Registered
    from sed_tui.storage.files import StagedContent


def register_waiting(
    work: Work,
    request: WaitingLetter,
    told: Mapping[str, Any],
    sender: SenderDays | None = None,
) -> Registered:
    """Register a letter as an incoming document. Raises what registration does.

    `told` is what the letter says itself; what the clerk has filled in goes before it.
    `sender` is which day it is where the letter comes from.
    """
    filled = {name: getattr(request, name) for name in WaitingLetter.model_fields}
    known = {
        name: value
        for one in (told, filled)
        for name, value in one.items()
        if value not in (None, "")
    }
    known.setdefault("their_number", WITHOUT_NUMBER)
    return register_within(work, RegisterDocument(flow=Flow.INCOMING, **known), sender)


def warned(registered: Registered, warning: str) -> Registered:
    """Return the answer with one more warning."""
    return registered.model_copy(update={"warnings": [*registered.warnings, warning]})


def staged_again(work: Work, sha256: str) -> StagedContent:
    """Stage kept bytes once more: what a card keeps is kept once for all that name it.

    Raises `ContentLost`, `ContentDamaged`.
    """
    with work.files.open(sha256) as source:
        # they are kept already: nothing new is written where `keep` finds them
        staged = work.files.stage(source, is_secured=False)
    if staged.sha256 != sha256:
        work.files.discard(staged.token)
        raise ContentDamaged(sha256=sha256)
    return staged
