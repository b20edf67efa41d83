"""What another system calls our units and people, whatever they are called here now.

A row is known by its id there; workbooks that have no ids are known by their own words, so
that a second load finds what was renamed here since the first.
"""

from __future__ import annotations

from enum import StrEnum

from sed_tui.domain.text import folded

MOST_CHARACTERS = 400


class ForeignSort(StrEnum):
    """What a foreign name means here."""

    UNIT = "unit"
    PERSON = "person"


def id_key(external_id: str) -> str:
    """Return the key of an id of the other system."""
    return f"id:{external_id.strip()}"[:MOST_CHARACTERS]


def words_key(*words: str) -> str:
    """Return the key of words that stand in a row, in their order."""
    return ("words:" + "|".join(folded(word.strip()) for word in words))[:MOST_CHARACTERS]
