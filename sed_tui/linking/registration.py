"""The scheme `sed:` made known to the user's desktop, and forgotten again; no administrator."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.domain.link_address import SCHEME
from sed_tui.errors.link_address import SchemeNotRegistered
from sed_tui.i18n import _
from sed_tui.program import run

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATIENCE_SECONDS = 10
_KIND = f"x-scheme-handler/{SCHEME}"
DESKTOP_FILE = "sed-tui-link.desktop"
# desktops put the link in the place of %u as one word; no shell ever reads it
_ENTRY = """[Desktop Entry]
Type=Application
Name=sed-tui
Exec={program} open %u
Terminal=true
NoDisplay=true
MimeType={kind};
"""
_CLASSES = rf"HKCU\Software\Classes\{SCHEME}"


def register(program: str, system: str = sys.platform) -> str:
    """Let the desktop open links with this program; return where that is written.

    Raises `SchemeNotRegistered`.
    """
    if system == "win32":
        for words in _registry(program):
            _run(words)
        return _CLASSES
    if system == "darwin":
        raise SchemeNotRegistered(reason=_("macOS wants an application; the guide makes one"))
    place = _applications() / DESKTOP_FILE
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_ENTRY.format(program=_quoted(program), kind=_KIND), encoding="utf-8")
    except OSError as error:
        raise SchemeNotRegistered(reason=error.strerror or str(place)) from error
    _run(("xdg-mime", "default", DESKTOP_FILE, _KIND))
    return str(place)


def forget(system: str = sys.platform) -> str:
    """Take back what `register` did; return where it was written. Raises `SchemeNotRegistered`."""
    if system == "win32":
        _run(("reg", "delete", _CLASSES, "/f"))
        return _CLASSES
    place = _applications() / DESKTOP_FILE
    chosen = _configuration() / "mimeapps.list"
    try:
        place.unlink(missing_ok=True)
        if chosen.exists():
            text = chosen.read_text(encoding="utf-8")
            kept = re.sub(rf"(?m)^{re.escape(_KIND)}={re.escape(DESKTOP_FILE)};?\n?", "", text)
            if kept != text:
                chosen.write_text(kept, encoding="utf-8")
    except OSError as error:
        raise SchemeNotRegistered(reason=error.strerror or str(place)) from error
    return str(place)


def _registry(program: str) -> Sequence[Sequence[str]]:
    command = rf"{_CLASSES}\shell\open\command"
    return (
        ("reg", "add", _CLASSES, "/ve", "/d", "URL:sed-tui", "/f"),
        ("reg", "add", _CLASSES, "/v", "URL Protocol", "/d", "", "/f"),
        ("reg", "add", command, "/ve", "/d", f'"{program}" open "%1"', "/f"),
    )


def _run(command: Sequence[str]) -> None:
    tool = shutil.which(command[0])
    if tool is None:
        raise SchemeNotRegistered(reason=_("there is no {tool}").format(tool=command[0]))
    try:
        status = run((tool, *command[1:]), _PATIENCE_SECONDS).status
    except OSError as error:
        raise SchemeNotRegistered(reason=_("{tool} fails").format(tool=command[0])) from error
    if status:
        raise SchemeNotRegistered(reason=_("{tool} fails").format(tool=command[0]))


def _quoted(program: str) -> str:
    """Return a path as `Exec` takes it: in quotes, with what is special there escaped."""
    escaped = re.sub(r'(["`$\\])', r"\\\1", program).replace("\\", "\\\\").replace("%", "%%")
    return program if re.fullmatch(r"[\w./+-]+", program) else f'"{escaped}"'


def _applications() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "applications"


def _configuration() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
