"""How a message of the exchange reads: its card, and its bytes as they travelled."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from sed_tui.domain.exchange_flow import Direction, MessageState
from sed_tui.domain.plain_text import decoded
from sed_tui.domain.stored_size import shown_size
from sed_tui.errors import SedError
from sed_tui.errors.verdicts import verdict_title
from sed_tui.exchange.archive import Member, Scratch, unpack
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.exchange_rows import signed_state
from sed_tui.tui.facts import fact
from sed_tui.tui.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.operations.exchange_journal import ExchangeEvent, MessageCard

MOST_SHOWN = 64 * 1024
"""So much of a file is shown: a message is a few kilobytes."""
_FACTS = (
    *("direction", "kind", "event", "partner", "partner_name", "channel", "number"),
    *("number_date", "document", "may_answer", "attempts", "next_attempt_at", "sent_at"),
    *("receipt_by", "decided_at", "message_uid", "source", "remarks"),
)
_TEXTS = frozenset({".xml", ".ini", ".ltr", ".txt", ".json"})
_DECLARED = re.compile(rb"""encoding=["']([\w-]+)""")


def message_text(card: MessageCard) -> Text:
    """Return a message whole: what it is, what went wrong, its files, what happened to it."""
    text = Text(f"{printable(card.subject)}\n", "bold")
    trouble = "bold" if card.reason or card.last_error else ""
    fact(text, label("state"), signed_state(card.state), trouble)
    fact(text, label("reason"), card.reason)
    fact(text, label("last_error"), card.last_error)
    for name, value in card.model_dump(mode="json", include=told_of(card, _FACTS)).items():
        shown = shown_value(name, value)
        fact(text, label(name), "; ".join(shown) if isinstance(shown, list) else shown)
    fact(text, label("size"), shown_size(card.size) if card.size else "")
    text.append("\n" + _("Files") + f": {len(card.enclosures)}\n", "bold")
    for file in card.enclosures:
        part = str(shown_value("part", file.part))
        parts = [printable(file.name), part, shown_size(file.size)]
        if file.verdict is not None:
            parts.append("; ".join([verdict_title(file.verdict), *file.reasons]))
        text.append(f"  {' · '.join(parts)}\n")
    text.append("\n" + _("What happened") + "\n", "bold")
    for event in card.history:
        text.append(f"  {_event(event)}\n")
    return text


def told_of(card: MessageCard, names: Iterable[str]) -> set[str]:
    """Return which facts say something: what came was never tried, what is sent is not again."""
    silent = {"attempts"} if card.direction is Direction.IN else set()
    if card.state is not MessageState.PREPARED:
        silent.add("next_attempt_at")
    if card.state is MessageState.QUARANTINED:
        silent.add("event")
    return set(names) - silent


def _event(event: ExchangeEvent) -> str:
    parts = (shown_value("event", event.event), event.detail, event.actor)
    told = " · ".join(printable(str(part)) for part in parts if part)
    return f"{moment(event.at)}  {told}"


def raw_text(content: bytes, *, is_archive: bool) -> str:
    """Return the bytes of a message as text; control characters are escaped, none acts.

    Of an archive its files are listed and those that are text are shown. One that breaks
    the rules for archives is not unpacked: what is wrong with it is told.
    """
    if not is_archive:
        return _shown(content)
    with Scratch() as scratch:
        try:
            members = unpack(Member("package.zip", content), scratch)
        except SedError as error:
            return f"! {error}\n\n{_shown(content)}"
        parts = [
            f"── {printable(member.name)} · {shown_size(member.size)}\n"
            + (_beginning(member) if Path(member.name).suffix.lower() in _TEXTS else "")
            for member in members
        ]
    return "\n".join(parts)


def _beginning(member: Member) -> str:
    with member.open() as source:
        return _shown(source.read(MOST_SHOWN + 1))


def _shown(content: bytes) -> str:
    cut = len(content) > MOST_SHOWN
    text = _decoded(content[:MOST_SHOWN], is_cut=cut).replace("\r\n", "\n").expandtabs(4)
    ending = "\n" + _("… the rest is not shown") if cut else ""
    return printable(text) + ending


def _decoded(content: bytes, *, is_cut: bool) -> str:
    """Return text in the encoding that it declares, else in what it plainly is."""
    declared = _DECLARED.search(content[:200])
    names = [declared.group(1).decode("ascii")] if declared else []
    for name in names:
        try:
            # a cut may go through a letter
            return content[:-4].decode(name) if is_cut else content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return decoded(content, is_cut=is_cut)
