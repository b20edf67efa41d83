"""Versions of programs as people and tools write them, compared as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERS = re.compile(r"(?<![\d.])\d{1,9}(?:\.\d{1,9})+(?![\d.]*\d)", re.ASCII)
_RELEASE = re.compile(
    r"release\s+ver(?:sion)?[:\s]+v?(\d{1,9}(?:\.\d{1,9})+)", re.IGNORECASE | re.ASCII
)
_MARKED = re.compile(r"\b(\d{1,9}\.\d{1,9})\s*[-_ ]?\s*(R\d{1,3})\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Version:
    """A version: its numbers, and how it was written where that says more."""

    numbers: tuple[int, ...]
    written: str = ""

    def __str__(self) -> str:
        return self.written or ".".join(map(str, self.numbers))

    def reaches(self, least: Version) -> bool | None:
        """Tell whether this is at least another version; None when too little of it is known.

        5.0 alone tells nothing of 5.0.11455, though it is certainly above 4.0.9963.
        """
        for own, needed in zip(self.numbers, least.numbers, strict=False):
            if own != needed:
                return own > needed
        rest = least.numbers[len(self.numbers) :]
        return None if any(rest) else True


def version(text: str) -> Version:
    """Read a version that is written as numbers with dots; raise `ValueError` otherwise."""
    return Version(tuple(int(part) for part in text.strip().split(".")))


def find_version(text: str, marks: Mapping[str, str] | None = None) -> Version | None:
    """Return the version a program reports, None where it reports none.

    Of two numbers, as CryptoPro writes them (“v5.0.10010 … Release Ver:5.0.13000”), the
    release is the version. A mark (“5.0 R3”) stands for the build that `marks` names.
    """
    if release := _RELEASE.search(text):
        return version(release[1])
    marked = _MARKED.search(text)
    found = _NUMBERS.findall(text)
    if marked is not None and all(len(one.split(".")) <= 2 for one in found):  # noqa: PLR2004
        written = f"{marked[1]} {marked[2].upper()}"
        build = (marks or {}).get(marked[2].upper())
        return Version(version(build or marked[1]).numbers, written)
    return version(max(found, key=lambda one: one.count("."))) if found else None
