"""Search in guides: words in any form, `ё` or `е`, on the wrong layout, with a slip."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sed_tui.domain.layouts import other_layout
from sed_tui.domain.text import folded
from sed_tui.errors.guidance import NothingInGuides
from sed_tui.storage.stems import terms, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sed_tui.guidance.guides import Guide, Section

_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST_BEGINNING = 3
_SHORTEST_ROOT = 5
_WHOLE = 3
_LIKE = 0.72
_IN_TITLE, _IN_HEADING, _IN_TEXT = 20, 12, 1


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A section in which the words were found, and the line that says it best."""

    topic: str
    title: str
    section: str
    line: str
    source: str


@dataclass(frozen=True, slots=True)
class GuideHits:
    """What was found, best first, and by which words: those of the query, or like them."""

    asked: str
    searched: str
    rows: list[GuideHit]

    @property
    def is_guess(self) -> bool:
        """Tell whether other words were searched for than those that were typed."""
        return folded(self.asked) != folded(self.searched)


def found_in(guides: Sequence[Guide], query: str) -> GuideHits:
    """Return the sections that hold all the words. Raises `NothingInGuides`.

    What is found nowhere is tried as typed on the other layout, then with each unknown
    word replaced by the known one that is most like it.
    """
    parts = [_Part(guide, section) for guide in guides for section in guide.sections]
    for attempt in _attempts(query, parts):
        wanted = words(attempt)
        scored = [(score, part) for part in parts if (score := part.score(wanted)) > 0]
        if wanted and scored:
            scored.sort(key=lambda pair: -pair[0])
            return GuideHits(query, attempt, [part.hit(wanted) for _score, part in scored])
    raise NothingInGuides(field="query", query=query)


class _Part:
    """A section with its terms."""

    def __init__(self, guide: Guide, section: Section) -> None:
        self.guide, self.section = guide, section
        self._title = _set(f"{guide.title} {guide.topic}")
        self._heading = _set(section.heading)
        self._text = _set(section.text)

    def score(self, wanted: list[str]) -> int:
        """Return how well the section answers, 0 where a word is missing."""
        total = 0
        for term in wanted:
            weight = sum(
                points * _fits(place, term)
                for place, points in (
                    (self._title, _IN_TITLE),
                    (self._heading, _IN_HEADING),
                    (self._text, _IN_TEXT),
                )
            )
            if not weight:
                return 0
            total += weight
        return total

    def hit(self, wanted: list[str]) -> GuideHit:
        """Return the section with its best line."""
        lines = [line for line in self.section.text.splitlines() if line.strip(" `-|")]
        line = max(lines, key=lambda one: sum(_fits(_set(one), t) for t in wanted), default="")
        return GuideHit(
            self.guide.topic, self.guide.title, self.section.heading, line, self.guide.source
        )

    @property
    def spelled(self) -> Iterator[str]:
        """Return the words as they are written."""
        yield from _WORD.findall(folded(f"{self.guide.title} {self.section.heading}"))
        yield from _WORD.findall(folded(self.section.text))


def _set(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _fits(place: frozenset[str], term: str) -> int:
    """Return how well a place holds a term: itself, or what begins alike."""
    if term in place:
        return _WHOLE
    if len(term) < _SHORTEST_BEGINNING or not term.isalpha():
        return 0
    # a word still being typed, or another one of its root: «продление» for «продлить»
    return int(any(one.startswith(term) or _is_root(one, term) for one in place))


def _is_root(one: str, term: str) -> bool:
    return len(one) >= _SHORTEST_ROOT and one.isalpha() and term.startswith(one)


def _attempts(query: str, parts: list[_Part]) -> Iterator[str]:
    yield query
    yield other_layout(query)
    known = dict.fromkeys(word for part in parts for word in part.spelled)
    for typed in (folded(query), other_layout(query)):
        yield " ".join(_nearest(word, known) for word in typed.split())


def _nearest(word: str, known: dict[str, None]) -> str:
    if word in known:
        return word
    return next(iter(get_close_matches(word, known, n=1, cutoff=_LIKE)), word)
