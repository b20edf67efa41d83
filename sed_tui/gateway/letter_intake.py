"""Taking letters in, one by one: what was taken stays taken wherever this is broken off."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING

from sed_tui.domain.received_letter import MOST_BYTES
from sed_tui.errors.causes import system_cause
from sed_tui.errors.mailbox import NoSuchLetterFolder
from sed_tui.gateway.imap import MailboxReader
from sed_tui.operations.intake import PLACE, TAKE, ReadMailboxPlace, TakeLetter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.gateway import Gateway
    from sed_tui.mailbox_settings import Mailbox
    from sed_tui.operations.intake import LetterTaken
    from sed_tui.operations.registry import CallOptions

_SUFFIX = ".eml"
_HEADERS_AT_MOST = 256 * 1024


def take_from_mailbox(
    gateway: Gateway, mailbox: Mailbox, options: CallOptions, limit: int
) -> Iterator[LetterTaken]:
    """Take the letters above the last one taken. Raises `MailboxUnavailable`."""
    with closing(MailboxReader(mailbox)) as reader:
        validity = reader.open()
        place = gateway.call(PLACE, ReadMailboxPlace(mailbox=mailbox.shown))
        # another validity is another numbering: from the beginning, and known letters are known
        after = place.last_uid if place.validity == validity else 0
        for number, letter in enumerate(reader.letters(after)):
            if number == limit:
                return
            request = TakeLetter(
                token=gateway.stage(BytesIO(letter.content)),
                source=mailbox.shown,
                size=letter.size,
                received_at=letter.received_at,
                mailbox=mailbox.shown,
                validity=validity,
                uid=letter.uid,
            )
            yield gateway.call(TAKE, request, options)


def take_from_folder(
    gateway: Gateway, folder: Path, options: CallOptions, limit: int
) -> Iterator[LetterTaken]:
    """Take the letters of a folder, in the order of their names; the files stay as they are.

    Raises `NoSuchLetterFolder`.
    """
    try:
        names = sorted(path for path in folder.iterdir() if path.suffix.lower() == _SUFFIX)
    except OSError as error:
        raise NoSuchLetterFolder(path=str(folder), reason=system_cause(error)) from error
    taken = 0
    for path in names:
        # a link may lead anywhere, a pipe would be waited for
        if path.is_symlink() or not path.is_file():
            continue
        if taken == limit:
            return
        size = path.stat().st_size
        if not size:
            continue
        with path.open("rb") as source:
            content = source.read(MOST_BYTES if size <= MOST_BYTES else _HEADERS_AT_MOST)
        token = gateway.stage(BytesIO(content))
        request = TakeLetter(token=token, source=path.name, size=size)
        taken += 1
        yield gateway.call(TAKE, request, options)
