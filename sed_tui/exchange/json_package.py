"""A package that travels between servers: `message.json` and its files in one zip."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sed_tui.errors.exchange import (
    BadMessage,
    CannotBeSent,
    FormatNotKept,
    MessageTooLarge,
    PartMissing,
    PartNotFilled,
    PartNotFitting,
    TextOfPartTooLong,
)
from sed_tui.exchange.archive import Member, Scratch, unpack
from sed_tui.exchange.attachments import folded, match
from sed_tui.exchange.limits import MESSAGE_BYTES
from sed_tui.exchange.message import Letter
from sed_tui.exchange.message_json import message_as_json, message_of_json
from sed_tui.exchange.message_schema import FORMAT, check_message
from sed_tui.exchange.package import Package, files_of
from sed_tui.exchange.remarks import Oddity, Remark
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.exchange.message import Message
    from sed_tui.exchange.profile import Profile, ProfileOf

MESSAGE = "message.json"


def write_json(message: Message, _profile: Profile) -> bytes:
    """Return the JSON of a message.

    Raises `PartNotFilled` for what the schema wants filled, `CannotBeSent` for too long a text
    and `FormatNotKept` for what else it does not take.
    """
    told = {"format": FORMAT, **json.loads(message_as_json(message))}
    try:
        check_message(told, MESSAGE)
    except PartMissing as error:
        raise PartNotFilled(part=error.details["part"]) from error
    except TextOfPartTooLong as error:
        about = {name: error.details[name] for name in ("part", "limit", "found")}
        raise CannotBeSent(**about) from error
    except PartNotFitting as error:
        reason = error.details.get("reason", str(error))
        raise FormatNotKept(part=error.details["part"], reason=reason) from error
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_json(data: bytes, file: str = MESSAGE) -> Message:
    """Return the message of its JSON. Raises `MessageTooLarge`, `BadMessage` and its kinds."""
    if len(data) > MESSAGE_BYTES:
        raise MessageTooLarge(file=file, limit=MESSAGE_BYTES)
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadMessage(file=file, reason=_("it is no JSON in UTF-8")) from error
    check_message(told, file)
    del told["format"]
    return message_of_json(json.dumps(told))


@contextmanager
def opened_json(place: Path, _profile: Profile | ProfileOf) -> Iterator[Package]:
    """Read a zip or a folder of one package, or its JSON alone. Raises `BadMessage` and kinds."""
    with Scratch() as scratch:
        if place.is_dir():
            members = files_of(place)
        elif place.suffix.lower() == ".json":
            members = [Member(MESSAGE, place)]
        else:
            members = unpack(Member(place.name, place), scratch)
        yield _read(members, place.name)


def _read(members: list[Member], name: str) -> Package:
    source = next((one for one in members if folded(one.name) == MESSAGE), None)
    if source is None:
        raise PartMissing(file=name, part=MESSAGE)
    with source.open() as file:
        message = read_json(file.read(MESSAGE_BYTES + 1))
    rest = [one for one in members if one is not source]
    if not isinstance(message.body, Letter):
        return Package(message, (), source)
    files, odd = match(message.body.files, rest)
    named = {member for _file, member in files}
    signatures = {folded(name) for file in message.body.files for name in file.signatures}
    others = tuple(one for one in rest if one not in named)
    unnamed = [
        Remark(Oddity.FILE_UNNAMED, one.name)
        for one in others
        if folded(one.name) not in signatures
    ]
    return Package(message, (*odd, *unnamed), source, tuple(files), others)
