"""Translation: English message ids in the code, a catalogue per language."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LANGUAGES = ("ru", "en")
_LOCALE = Path(__file__).parent / "locale"
_active: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


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
    _active = gettext.translation("sed_tui", _LOCALE, [_language], fallback=True)
    return _language


def active_language() -> str:
    """Return the language of the messages, `ru` or `en`."""
    return _language


def _(message: str) -> str:
    return _active.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that fits a count."""
    return _active.ngettext(one, many, count)


def _from_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.startswith("en") else "ru"
    return "ru"
