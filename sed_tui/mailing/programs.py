"""Mail programs of the desktop, behind one interface: each opens a letter with its files.

Never by `mailto:`: RFC 6068 knows no attachments, and programs drop them without a word.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sed_tui.errors.mailing import NoMailProgram
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# a program that still runs by then has its window open
_PATIENCE_SECONDS = 4
_PROBE_SECONDS = 5
_running: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class PackedLetter:
    """A letter with its files on the disk, and the same letter as one file."""

    to: Sequence[str]
    subject: str
    body: str
    files: Sequence[Path]
    eml: Path


class MailProgram(Protocol):
    """A way to open a letter on the user's screen."""

    @property
    def name(self) -> str:
        """Name the program for people."""
        ...

    def open(self, letter: PackedLetter) -> str | None:
        """Open the letter; return why it could not be opened, None where it is."""
        ...


@dataclass(frozen=True, slots=True)
class Thunderbird:
    """Mozilla Thunderbird by its `-compose`."""

    path: str
    name: str = "Thunderbird"

    def open(self, letter: PackedLetter) -> str | None:
        """Open a window of a new letter."""
        fields = {
            "to": ",".join(letter.to),
            "subject": letter.subject,
            "body": letter.body,
            "attachment": ",".join(path.as_uri() for path in letter.files),
        }
        # values stand in apostrophes and have no way to hold one
        words = [f"{name}='{value.replace(chr(39), '’')}'" for name, value in fields.items()]
        return _started([self.path, "-compose", ",".join(words)])


@dataclass(frozen=True, slots=True)
class XdgEmail:
    """The preferred mail program of a Linux desktop, by `xdg-email`."""

    path: str
    name: str = "xdg-email"

    def open(self, letter: PackedLetter) -> str | None:
        """Open a window of a new letter."""
        attached = [word for path in letter.files for word in ("--attach", str(path))]
        words = ["--utf8", "--subject", letter.subject, "--body", letter.body, *attached]
        return _started([self.path, *words, *letter.to])


@dataclass(frozen=True, slots=True)
class LetterOpener:
    """Whatever the desktop opens files of letters with."""

    command: tuple[str, ...]
    name: str = ".eml"

    def open(self, letter: PackedLetter) -> str | None:
        """Open the letter as a file."""
        return _started([*self.command, str(letter.eml)])


def hand_over(letter: PackedLetter, programs: Sequence[MailProgram] | None = None) -> str:
    """Open the letter in the first program that takes it, and name that one.

    Raises `NoMailProgram` with what every one of them said.
    """
    reasons = []
    for program in available() if programs is None else programs:
        reason = program.open(letter)
        if reason is None:
            return program.name
        reasons.append(f"{program.name}: {reason}")
    raise NoMailProgram(reason="; ".join(reasons) or _("there is none"))


def available(system: str = sys.platform) -> list[MailProgram]:
    """Return the programs to try, the user's own choice first. Raises `NoMailProgram`."""
    if system == "win32":
        from sed_tui.mailing.mapi import Outlook  # structures of Windows

        return [Outlook(), *_thunderbird(), *_windows_opener()]
    if system == "darwin":
        return [LetterOpener(("open",))]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise NoMailProgram(reason=_("there is no graphical session here (SSH, cron)"))
    return _of_linux()


def _of_linux() -> list[MailProgram]:
    chosen = _asked(["xdg-mime", "query", "default", "x-scheme-handler/mailto"])
    of_letters = _asked(["xdg-mime", "query", "default", "message/rfc822"])
    found: list[MailProgram] = []
    email, opener = shutil.which("xdg-email"), shutil.which("xdg-open")
    if "thunderbird" in chosen.lower() or email is None or not chosen:
        found += _thunderbird()
    if email is not None and chosen:
        found.append(XdgEmail(email))
    if opener is not None and of_letters:
        found.append(LetterOpener((opener,)))
    return found


def _thunderbird() -> list[MailProgram]:
    path = shutil.which("thunderbird")
    return [Thunderbird(path)] if path else []


def _windows_opener() -> list[MailProgram]:
    path = shutil.which("explorer")
    return [LetterOpener((path,))] if path else []


def _asked(command: list[str]) -> str:
    """Return what a tool says on one line; nothing where it is missing, fails or hangs."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip()


def _started(command: list[str]) -> str | None:
    """Start a program without a shell; return why it failed, None where it did not."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return error.strerror or type(error).__name__
    try:
        status = process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        _running.append(process)  # its window is open; it outlives us
        return None
    return None if status == 0 else _("it ended with status {status}").format(status=status)
