"""The text of files for search: what needs a parser is read by a process that can be killed."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from sed_tui.domain.files import TextState
from sed_tui.domain.media_type import PROBE, TEXT, ZIP, is_locked_archive
from sed_tui.domain.plain_text import decoded
from sed_tui.storage import text_reader
from sed_tui.storage.files import Description

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 20.0
_PLAIN_BYTES = 4 * text_reader.MAX_CHARACTERS
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def describe(path: Path, media_type: str, seconds: float = SECONDS) -> Description:
    """Return what can be told of a file; no file, however made, makes this fail or hang."""
    if media_type == ZIP:
        with path.open("rb") as source:
            locked = is_locked_archive(source.read(PROBE))
        return Description(media_type, TextState.ENCRYPTED if locked else TextState.NONE)
    if media_type == TEXT:
        return _told(media_type, _plain(path))
    if media_type not in text_reader.READERS:
        return Description(media_type)
    with tempfile.TemporaryFile() as output:
        state = _run(path, media_type, output.fileno(), seconds)
        if state is not TextState.READ:
            return Description(media_type, state)
        output.seek(0)
        read = output.read(text_reader.MAX_CHARACTERS * 4).decode("utf-8", errors="replace")
    return _told(media_type, read)


def _told(media_type: str, read: str) -> Description:
    # control characters mark fields in the index of words, and PostgreSQL stores no NUL
    text = _CONTROLS.sub(" ", read)[: text_reader.MAX_CHARACTERS]
    if not text.strip():  # a scan
        return Description(media_type, TextState.NO_TEXT)
    return Description(media_type, TextState.READ, text)


def _plain(path: Path) -> str:
    """Return what a plain text says; decoding cannot be made to hang, it needs no process."""
    with path.open("rb") as source:
        content = source.read(_PLAIN_BYTES)
    return decoded(content, is_cut=len(content) == _PLAIN_BYTES)


def _run(path: Path, media_type: str, output: int, seconds: float) -> TextState:
    # -I: nothing of the user's environment or of the current folder is imported
    command = [sys.executable, "-I", "-X", "utf8", text_reader.__file__, media_type, str(path)]
    try:
        ended = subprocess.run(  # kills the process when its time is over
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return TextState.FAILED
    return _STATES.get(ended.returncode, TextState.FAILED)


_STATES = {0: TextState.READ, text_reader.ENCRYPTED: TextState.ENCRYPTED}
