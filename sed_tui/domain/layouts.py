"""What was typed with the other keyboard layout switched on."""

from __future__ import annotations

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_OTHER = str.maketrans(_LATIN + _RUSSIAN, _RUSSIAN + _LATIN)


def other_layout(text: str) -> str:
    """Return what the same keys give on the other layout: `vbyplhfd` is «минздрав»."""
    return text.casefold().translate(_OTHER)
