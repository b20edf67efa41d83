"""Which format a channel speaks: how a message becomes a file, and a package a message.

Another format (GOST R 53898, that of ДЕЛО, OData) is one entry more; the rest of the
exchange, its states and its journal, knows no format. docs/how-to/add-a-channel.md says how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.json_package import MESSAGE, opened_json, write_json
from sed_tui.exchange.package import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sed_tui.exchange.message import Message
    from sed_tui.exchange.package import Package
    from sed_tui.exchange.profile import Profile, ProfileOf


@dataclass(frozen=True, slots=True)
class Format:
    """How messages of a channel are written and read.

    `emit` returns the bytes of the message, which travels in a file called `file_name`
    beside the files of a letter; it raises `CannotBeSent` and `PartNotFilled`. `parse` opens
    a folder or an archive of a package, and asks for the profile of the sender where that is
    known by the message alone; it raises `BadMessage` and its kinds.
    """

    file_name: str
    media_type: str
    emit: Callable[[Message, Profile], bytes]
    parse: Callable[[Path, Profile | ProfileOf], AbstractContextManager[Package]]


IEDMS = Format("document.xml", "application/xml", write_message, opened)
JSON = Format(MESSAGE, "application/json", write_json, opened_json)
FORMATS: dict[str, Format] = {"medo": IEDMS, "http": JSON}
"""The format of every channel on which messages travel as files."""


def format_of(channel: str) -> Format:
    """Return the format of a channel; what came by none that is known is read as MEDO."""
    return FORMATS.get(channel, IEDMS)
