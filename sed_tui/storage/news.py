"""What is new in each version of the program, as it ships with it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sed_tui.i18n import active_language

SHIPPED = Path(__file__).parents[1] / "data" / "news.toml"


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A change in the words of people; `must` marks what an administrator has to know of."""

    texts: tuple[tuple[str, str], ...]
    must: bool = False

    @property
    def text(self) -> str:
        """Return the words in the language of the program."""
        spoken = dict(self.texts)
        return spoken.get(active_language()) or spoken["en"]


@dataclass(frozen=True, slots=True)
class VersionNews:
    """What a version brought."""

    number: str
    items: tuple[NewsItem, ...]


@cache
def all_news() -> tuple[VersionNews, ...]:
    """Return the versions, the newest first."""
    versions = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["version"]
    return tuple(
        VersionNews(
            one["number"],
            tuple(
                NewsItem((("ru", item["ru"]), ("en", item["en"])), item.get("must", False))
                for item in one["items"]
            ),
        )
        for one in versions
    )


def news_since(seen: str | None) -> tuple[VersionNews, ...]:
    """Return what came after the version that somebody has seen; the newest for a stranger."""
    numbers = [one.number for one in all_news()]
    return all_news()[: numbers.index(seen)] if seen in numbers else all_news()[:1]
