"""Search in guides: words in any form, `ё` or `е`, on the wrong layout, with a slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.text import folded
from sed_tui.errors.guidance import NothingInGuides
from sed_tui.storage.kindred_words import attempts, fits, terms_of
from sed_tui.storage.stems import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.guidance.guides import Guide, Section

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
    for attempt in attempts(query, lambda: (part.whole for part in parts)):
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
        self.whole = f"{guide.title} {section.heading} {section.text}"
        self._title = terms_of(f"{guide.title} {guide.topic}")
        self._heading = terms_of(section.heading)
        self._text = terms_of(section.text)

    def score(self, wanted: list[str]) -> int:
        """Return how well the section answers, 0 where a word is missing."""
        total = 0
        for term in wanted:
            weight = sum(
                points * fits(place, term)
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
        text = self.section.text.splitlines()
        lines = [one for one in text if one.strip(" `-|") and not one.startswith("```")]
        line = max(lines, key=lambda one: sum(fits(terms_of(one), t) for t in wanted), default="")
        return GuideHit(
            self.guide.topic, self.guide.title, self.section.heading, line, self.guide.source
        )
