"""What differs between two texts, line by line, with the lines around."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class LineSign(StrEnum):
    """What became of a line."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"
    """Here lines that are the same were left out."""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line with its number in the old text and in the new one, from 1."""

    sign: LineSign
    old: int | None
    new: int | None
    text: str


def text_difference(old: str, new: str, *, around: int = 3) -> list[ComparedLine]:
    """Return the changed lines with `around` lines before and after; nothing where all is the same.

    What lies between two changes far from each other is one line `SKIPPED`.
    """
    olds, news = old.splitlines(), new.splitlines()
    lines: list[ComparedLine] = []
    end = 0
    for group in SequenceMatcher(None, olds, news).get_grouped_opcodes(around):
        if all(tag == "equal" for tag, *_place in group):
            continue
        if group[0][1] > end:
            lines.append(ComparedLine(LineSign.SKIPPED, None, None, ""))
        for tag, first_old, last_old, first_new, last_new in group:
            if tag == "equal":
                lines += [
                    ComparedLine(LineSign.SAME, first_old + n + 1, first_new + n + 1, text)
                    for n, text in enumerate(olds[first_old:last_old])
                ]
                continue
            lines += [
                ComparedLine(LineSign.REMOVED, n + 1, None, olds[n])
                for n in range(first_old, last_old)
            ]
            lines += [
                ComparedLine(LineSign.ADDED, None, n + 1, news[n])
                for n in range(first_new, last_new)
            ]
        end = group[-1][2]
    if lines and end < len(olds):
        lines.append(ComparedLine(LineSign.SKIPPED, None, None, ""))
    return lines
