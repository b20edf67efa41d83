"""The query language of the prompt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found: anywhere, side by side, or the last one only begun."""

    text: str
    is_phrase: bool = False
    is_begun: bool = False
    field: str | None = None
