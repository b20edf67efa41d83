"""Words that mean the same: of one root, on the other keyboard layout, with a slip."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sed_tui.domain.layouts import other_layout
from sed_tui.domain.text import folded
from sed_tui.storage.stems import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST_BEGINNING = 3
_SHORTEST_ROOT = 5
_WHOLE = 3
_LIKE = 0.72


def terms_of(text: str) -> frozenset[str]:
    """Return what a text is found by."""
    return frozenset(terms(text))


def fits(place: frozenset[str], term: str) -> int:
    """Return how well a text holds a term: itself, or what begins alike."""
    if term in place:
        return _WHOLE
    if len(term) < _SHORTEST_BEGINNING or not term.isalpha():
        return 0
    # a word still being typed, or another one of its root: «продление» for «продлить»
    return int(any(one.startswith(term) or _is_root(one, term) for one in place))


def attempts(query: str, known: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Return a query as typed, as on the other layout, and with each slip mended.

    `known` gives the texts whose words are tried for those that stand nowhere.
    """
    yield query
    yield other_layout(query)
    words = dict.fromkeys(word for text in known() for word in _WORD.findall(folded(text)))
    for typed in (folded(query), other_layout(query)):
        yield " ".join(_nearest(word, words) for word in typed.split())


def _is_root(one: str, term: str) -> bool:
    return len(one) >= _SHORTEST_ROOT and one.isalpha() and term.startswith(one)


def _nearest(word: str, known: dict[str, None]) -> str:
    if word in known:
        return word
    return next(iter(get_close_matches(word, known, n=1, cutoff=_LIKE)), word)
