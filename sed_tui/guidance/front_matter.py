"""What stands before the text of a guide: its topic, its place, what it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
LAST = 1000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines `topic`, `order`, `screens` and `operations` of a guide."""

    topic: str = ""
    order: int = LAST
    screens: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()


def divided(text: str) -> tuple[FrontMatter, str]:
    """Return what stands before a text, and the text; a plain text has nothing before it."""
    fence = _FENCE.match(text)
    if fence is None:
        return FrontMatter(), text
    lines = (line.partition(":") for line in fence[1].splitlines())
    given = {name.strip(): value.strip() for name, _colon, value in lines}
    order = given.get("order", "")
    matter = FrontMatter(
        topic=given.get("topic", ""),
        order=int(order) if order.isdecimal() else LAST,
        screens=_names(given.get("screens", "")),
        operations=_names(given.get("operations", "")),
    )
    return matter, text[fence.end() :].lstrip("\n")


def title_of(text: str, otherwise: str) -> str:
    """Return the first heading of a text."""
    found = _TITLE.search(text)
    return found[1] if found else otherwise


def _names(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())
