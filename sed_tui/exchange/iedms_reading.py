"""Messages of MEDO from 2.0 to 2.7.1, read leniently: by what they hold, not by their version.

The attribute `version` says nothing: notifications of edition 2.2 carry 1.0.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors.exchange import BadMessage, BytesOfNoEncoding, NotWellFormed, PartMissing
from sed_tui.exchange import iedms_names as names
from sed_tui.exchange.hardened_xml import is_of_encoding, parse_xml
from sed_tui.exchange.iedms_events import read_acknowledgment, read_notification
from sed_tui.exchange.iedms_fields import Reader
from sed_tui.exchange.iedms_received import read_letter
from sed_tui.exchange.message import Container, Message, Participant
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.remarks import Oddity, Remark
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from sed_tui.exchange.message import Acknowledgment, Letter, Notification
    from sed_tui.exchange.profile import ProfileOf

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as it was understood, and what was odd about it."""

    message: Message
    remarks: tuple[Remark, ...]


def read_message(data: bytes, profile: Profile | ProfileOf, file: str) -> Reading:
    """Return what a file tells. Raises `BadMessage` and its kinds for what is no message.

    The message is read once, whoever it is from: its sender's profile is asked for on the way.
    """
    known = profile if isinstance(profile, Profile) else Profile()
    reader = Reader(known, file, names.READ_NAMESPACES)
    root = _root(reader, data)
    header = reader.obligatory(root, "header")
    source = reader.child(header, "source")
    if source is not None and not isinstance(profile, Profile):
        # times that name no zone are those of the sender
        reader.profile = profile(reader.attribute(source, "uid").lower())
    reader.note_stray_text(header)
    uid = reader.attribute(header, "uid").lower()
    if not uid:
        reader.note(Oddity.NO_MESSAGE_UID)
    message = Message(
        body=_body(reader, root),
        source=_participant(reader, reader.obligatory(header, "source")),
        uid=uid,
        created=reader.instant(reader.attribute(header, "created"), "created"),
        destinations=tuple(_destinations(reader, root)),
        comment=reader.text(header, "comment"),
    )
    return Reading(message, tuple(reader.remarks))


def _root(reader: Reader, data: bytes) -> _Element:
    try:
        root = parse_xml(data, reader.file)
    except NotWellFormed as error:
        try:
            return _repaired(reader, data)
        except BytesOfNoEncoding:
            if is_of_encoding(error):
                raise
            raise error from error.__cause__  # cut off, say: in its own encoding it is read
    if _type(reader, root) in names.MESSAGE_TYPES:
        return root
    with suppress(NotWellFormed):
        return _repaired(reader, data)
    if root.tag not in {f"{{{space}}}communication" for space in names.READ_NAMESPACES}:
        raise BadMessage(file=reader.file, reason=_("it is no message of MEDO"))
    return root  # its parts may still tell what it is


def _type(reader: Reader, root: _Element) -> str:
    header = reader.child(root, "header")
    return "" if header is None else reader.attribute(header, "type")


def _repaired(reader: Reader, data: bytes) -> _Element:
    """Read the message as UTF-8: some declare windows-1251 and write the other.

    Raises `NotWellFormed` where that is not the matter.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BytesOfNoEncoding(file=reader.file, place=error.start + 1) from error
    root = parse_xml(_DECLARATION.sub("", text, count=1).encode(), reader.file)
    if _type(reader, root) not in names.MESSAGE_TYPES:
        raise NotWellFormed(file=reader.file, reason=_("it is no message of MEDO"))
    reader.note(Oddity.ENCODING_REPAIRED)
    return root


def _body(reader: Reader, root: _Element) -> Letter | Notification | Acknowledgment | Container:
    """Dispatch by the element that is there, whatever the header calls the message."""
    document = reader.child(root, "document")
    if document is not None:
        return read_letter(reader, document, reader.child(root, "files"))
    notification = reader.child(root, "notification")
    if notification is not None:
        return read_notification(reader, notification)
    acknowledgment = reader.child(root, "acknowledgment")
    if acknowledgment is not None:
        return read_acknowledgment(reader, acknowledgment)
    container = reader.child(root, "container")
    if container is None:
        raise PartMissing(file=reader.file, part="document | notification | acknowledgment")
    return Container(
        archive=reader.demanded(container, "body"), signature=reader.text(container, "signature")
    )


def _destinations(reader: Reader, root: _Element) -> Iterator[Participant]:
    index = reader.child(root, "deliveryIndex")
    for outer in reader.children(index, "destination"):
        yield _participant(reader, reader.obligatory(outer, "destination"))


def _participant(reader: Reader, element: _Element) -> Participant:
    organization = reader.text(element, "organization")
    if not organization:
        reader.note(Oddity.NO_SOURCE_NAME)
    return Participant(reader.attribute(element, "uid").lower(), organization)
