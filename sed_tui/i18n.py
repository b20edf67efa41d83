"""Translation: English message ids in the code, a catalogue per language."""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("ru", "en")
_LOCALE = Path(__file__).parent / "locale"
_active: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
# of one request of a server, or of one letter: not all who read speak the process's language
_own: ContextVar[tuple[str, gettext.NullTranslations] | None] = ContextVar("own", default=None)


def N_(message: str) -> str:  # noqa: N802 - the gettext convention
    """Mark a message for extraction where it cannot be translated yet."""
    return message


def use(language: str | None = None) -> str:
    """Switch every later translation to one language and return it.

    The option wins over `SED_LANG`, and that over the locale; Russian when nothing
    says English (the C and POSIX locales included).
    """
    global _active, _language  # noqa: PLW0603 - one language per process
    _language = language or os.environ.get("SED_LANG") or _from_locale()
    _active = _translations(_language)
    return _language


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Speak a language in this thread and task alone; None goes on as before."""
    before = _own.set((language, _translations(language)) if language else _own.get())
    try:
        yield
    finally:
        _own.reset(before)


def active_language() -> str:
    """Return the language of the messages, `ru` or `en`."""
    own = _own.get()
    return _language if own is None else own[0]


def _(message: str) -> str:
    own = _own.get()
    return (_active if own is None else own[1]).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that fits a count."""
    own = _own.get()
    return (_active if own is None else own[1]).ngettext(one, many, count)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("sed_tui", _LOCALE, [language], Catalogue, fallback=True)


def _from_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.startswith("en") else "ru"
    return "ru"
