"""A partner that is none: it answers letters of a folder as a real one does on bad days.

What it makes of the same letters is told by a seed, so that a failure can be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from sed_tui.errors import SedError
from sed_tui.exchange.envelope import write_envelope
from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.message import Acknowledgment, Event, Letter, Message, Notification, Number
from sed_tui.exchange.package import opened
from sed_tui.exchange.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

TAKEN = "Archive"
_BROKEN = b"<xdms:communication"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the partner answers: `refusal` instead of numbers, `copies` of every answer.

    With `is_shuffled` answers come in any order; `broken` packages nobody can read come too.
    """

    refusal: str | None = None
    copies: int = 1
    is_shuffled: bool = False
    broken: int = 0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """A package that was written, and which letter it answers."""

    package: str
    about: str
    says: str


def simulate(
    inbox: Path, outbox: Path, behaviour: Behaviour, now: datetime, limit: int
) -> list[Answer]:
    """Answer at most `limit` letters of a folder into another one; they are put away."""
    chance = Random(behaviour.seed)
    answers: list[tuple[str, str, Message | None]] = [
        answer
        for place, message in _letters(inbox, limit)
        for answer in _answers(place.name, message, behaviour, chance, now)
    ]
    answers = [one for one in answers for _copy in range(behaviour.copies)]
    answers += [("", "broken", None)] * behaviour.broken
    if behaviour.is_shuffled:
        chance.shuffle(answers)
    return [
        _written(outbox, f"{now:%Y%m%d%H%M%S}-{number:04}", *answer, now)
        for number, answer in enumerate(answers, start=1)
    ]


def answers_of(
    message: Message, behaviour: Behaviour, chance: Random, now: datetime
) -> list[tuple[str, Message | None]]:
    """Return the answers to one letter, each with what it says; None is what nobody can read."""
    answers: list[tuple[str, Message | None]] = [
        (says, answer)
        for _name, says, answer in _answers("", message, behaviour, chance, now)
        for _copy in range(behaviour.copies)
    ]
    answers += [("broken", None)] * behaviour.broken
    if behaviour.is_shuffled:
        chance.shuffle(answers)
    return answers


def _letters(inbox: Path, limit: int) -> Iterator[tuple[Path, Message]]:
    """Yield letters and put every package away that was read."""
    (inbox / TAKEN).mkdir(exist_ok=True)
    places = [one for one in sorted(inbox.iterdir()) if one.is_dir() and one.name != TAKEN]
    for place in [one for one in places if not one.name.startswith(".")][:limit]:
        try:
            with opened(place, Profile()) as package:
                message = package.message
        except SedError:
            message = None
        place.replace(inbox / TAKEN / place.name)
        if message is not None and isinstance(message.body, Letter):
            yield place, message


def _answers(
    name: str, message: Message, behaviour: Behaviour, chance: Random, now: datetime
) -> Iterator[tuple[str, str, Message | None]]:
    """Yield the receipt, then the registration or the refusal."""
    letter = message.body
    if not isinstance(letter, Letter) or not message.destinations:
        return
    number = Number(f"{chance.randrange(1, 10_000)}-вх", now.date())
    if behaviour.refusal is None:
        told = Notification(
            letter.uid, Event.REGISTERED, now, foundation=letter.number, number=number
        )
    else:
        told = Notification(
            letter.uid, Event.REFUSED, now, foundation=letter.number, reason=behaviour.refusal
        )
    receipt = Acknowledgment(message.uid, now, accepted=True)
    for says, body in (("receipt", receipt), (told.event.value, told)):
        answer = Message(
            body,
            message.destinations[0],
            str(UUID(int=chance.getrandbits(128), version=4)),
            now,
            (message.source,),
        )
        yield name, says, answer


def _written(
    outbox: Path, name: str, about: str, says: str, message: Message | None, now: datetime
) -> Answer:
    """Write a package under a name of its own; it is there whole or not at all."""
    draft = outbox / f".{name}.tmp"
    draft.mkdir()
    content = _BROKEN if message is None else write_message(message, Profile())
    (draft / "document.xml").write_bytes(content)
    envelope = write_envelope(says, ["SIMULATOR"], ["document.xml"], now)
    (draft / "envelope.ini").write_bytes(envelope)
    draft.replace(outbox / name)
    return Answer(name, about, says)
