"""`sedctl keys`: what the terminal really sends, on either keyboard layout."""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from commands.help import Verb
from sed_tui.errors.usage import NeedsTerminal
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = b"\x04"
_SPACE = 0x20
_DELETE = 0x7F

app = typer.Typer(rich_markup_mode=None)


@app.command("keys", cls=Verb, help=_(N_("Show what the terminal sends for a key.")))
def keys() -> None:
    """Print a line for each key until Ctrl+D."""
    if os.name == "nt" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal(command="sedctl keys")
    with _every_key(sys.stdin.fileno()) as presses:
        sys.stdout.write(_("Press keys; Ctrl+D ends.") + "\n")
        sys.stdout.flush()
        for sent in presses:
            sys.stdout.write(f"{described(sent)}\n")
            sys.stdout.flush()


def described(sent: bytes) -> str:
    """Return the bytes of one key press, and what they are called."""
    octets = sent.hex(" ")
    try:
        text = sent.decode()
    except UnicodeDecodeError:
        return f"{octets:<24} ?"
    names = " ".join(map(_name, text))
    shown = text if text.isprintable() else ""
    return f"{octets:<24} {shown:<4} {names}".rstrip()


def _name(symbol: str) -> str:
    code = ord(symbol)
    if symbol == "\x1b":
        return "Esc"
    if code < _SPACE:
        return f"Ctrl+{chr(code + 0x40)}"
    if code == _DELETE:
        return "Backspace"
    if symbol.isascii():
        return symbol
    return unicodedata.name(symbol, f"U+{code:04X}")


@contextmanager
def _every_key(terminal: int) -> Iterator[Iterator[bytes]]:
    import termios
    import tty

    before = termios.tcgetattr(terminal)
    try:
        # without echo and signals, so that Ctrl+C is shown as well; output stays as it is
        tty.setcbreak(terminal)
        mode = termios.tcgetattr(terminal)
        mode[3] &= ~termios.ISIG
        mode[0] &= ~(termios.IXON | termios.ICRNL)
        termios.tcsetattr(terminal, termios.TCSANOW, mode)
        yield iter(lambda: os.read(terminal, 64) or _END, _END)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
