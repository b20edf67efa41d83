"""The guides, in both languages and from the folders of the organization."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.errors.guidance import UnknownGuide
from sed_tui.guidance.folders import files_of, folders, text_of
from sed_tui.guidance.front_matter import divided, title_of
from sed_tui.i18n import LANGUAGES, active_language

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = Path(__file__).parents[1] / "guides"
_HEADING = "## "
# what an instruction of somebody else's could do to a terminal
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a guide under its own heading: one action, one screen."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide; `source` is empty for one of the program, else the file it was read from.

    `language` is the one it is written in, which may be another than was asked for.
    """

    topic: str
    title: str
    text: str
    order: int
    language: str
    screens: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    source: str = ""

    @property
    def sections(self) -> list[Section]:
        """Return the parts of the text, the first one under the title."""
        heading, lines, found = self.title, list[str](), list[Section]()
        for line in self.text.splitlines():
            if line.startswith(_HEADING):
                found.append(Section(heading, "\n".join(lines).strip()))
                heading, lines = line.removeprefix(_HEADING).strip(), []
            elif not line.startswith("# "):
                lines.append(line)
        return [*found, Section(heading, "\n".join(lines).strip())]


def guides(language: str | None = None) -> list[Guide]:
    """Return the guides of the program, then those of the organization's folders.

    A guide that a language lacks comes in another one.
    """
    return [*_shipped(language or active_language()), *_own()]


def guide_named(topic: str, language: str | None = None) -> Guide:
    """Return a guide by its topic or its title. Raises `UnknownGuide`."""
    every = guides(language)
    wanted = topic.strip().casefold()
    for guide in every:
        if wanted in {guide.topic.casefold(), guide.title.casefold()}:
            return guide
    raise UnknownGuide(field="topic", topic=topic, likely=_likely(wanted, every))


def guide_of_screen(names: tuple[str, ...]) -> Guide | None:
    """Return the guide of the first screen that one covers, None where none does."""
    every = _shipped(active_language())
    return next((g for name in names for g in every if name in g.screens), None)


@cache
def _shipped(language: str) -> list[Guide]:
    found: dict[str, Guide] = {}
    for tongue in (language, *LANGUAGES):
        for path in sorted((SHIPPED / tongue).glob("*.md")):
            guide = _read(path.read_text(encoding="utf-8"), path, tongue, "")
            found.setdefault(guide.topic, guide)
    return sorted(found.values(), key=lambda guide: (guide.order, guide.topic))


def _own() -> Iterator[Guide]:
    for folder in folders():
        for path in files_of(folder):
            yield _read(text_of(path), path, active_language(), str(path))


def _read(text: str, path: Path, language: str, source: str) -> Guide:
    matter, body = divided(_CONTROLS.sub(" ", text.replace("\r\n", "\n")))
    topic = matter.topic or path.stem
    return Guide(
        topic=topic,
        title=title_of(body, path.stem),
        text=body.strip() + "\n",
        order=matter.order,
        language=language,
        screens=matter.screens,
        operations=matter.operations,
        source=source,
    )


def _likely(wanted: str, every: list[Guide]) -> str:
    from difflib import get_close_matches  # for a slip of the finger alone

    topics = [guide.topic for guide in every]
    return ", ".join(get_close_matches(wanted, topics, n=3, cutoff=0.5) or topics[:5])
