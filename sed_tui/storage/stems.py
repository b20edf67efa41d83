"""What search is made of: the stems of words, the parts and the whole of numbers, pairs.

Both databases store and look for exactly these terms, so that a query finds the same
set on both. A term holds only small Latin and Russian letters and digits: neither
FTS5's tokenizer nor a tsvector changes or splits it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from Stemmer import Stemmer

# one tsvector holds less than a megabyte of terms; the rest of a long text is not found
MAX_BYTES = 900_000
# a text this short cannot make so many terms, whatever it holds
_SURELY_FITS = 8_000
# registers repeat their words: a card takes a third of the time when they are known
_REMEMBERED = 20_000
# and whole lines: correspondents, addressees; the texts of files are not remembered
_LINES_REMEMBERED = 4_000
_SHORT_LINE = 500
_LONGEST_WORD = 500
_MAX_LETTERS = 64
# no Russian number or stem holds them where we put them
_IN_NUMBER, _IN_PAIR, _IN_FIELD = "ъ", "ъъ", "ъъъ"
_MARK = "\x1f"  # a control character: no text of a user holds it
_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_NUMBER = re.compile(r"[-/.]")
_FIELD = re.compile(r"[a-z]+")
_ODD = re.compile(r"[^0-9a-zа-я]")
_RUSSIAN = re.compile(r"[а-я]")
_LATIN = re.compile(r"[a-z]")
_HAS_DIGIT = re.compile(r"\d")
_REPLACED = str.maketrans(
    {
        "ё": "е",
        "№": " ",
        "\u00ad": None,
        "\u0301": None,
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\\": "/",
    }
)
_REPLACEABLE = re.compile("[" + re.escape("".join(map(chr, _REPLACED))) + "]")
_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")


def terms(text: str) -> list[str]:
    """Return every term that a text is found by, each once.

    Fields, which no phrase may span, are divided by line breaks.
    """
    found: dict[str, None] = {}
    for line in text.split("\n"):
        of_line = _of_line if len(line) < _SHORT_LINE else _of_line.__wrapped__
        found.update(dict.fromkeys(of_line(line)))
    return list(found) if len(text) < _SURELY_FITS else list(_cut(found))


def flowing(text: str) -> str:
    """Return the text of a file as one line: it is broken where a page ends, and phrases run on."""
    return " ".join(text.split())


def field_line(field: str, text: str) -> str:
    """Return a line of a text that is found both as such and within its field."""
    return f"{field}{_MARK}{text}"


def in_field(field: str, term: str) -> str:
    """Return the term that stands for a term of a field."""
    return f"{field}{_IN_FIELD}{term}"


def words(text: str) -> list[str]:
    """Return the terms that must all be there for the words of a text to be found."""
    return [whole for whole, _parts in _sequence(text)]


def phrase(text: str) -> list[str]:
    """Return the terms that must all be there for the words to stand side by side."""
    sequence = words(text)
    pairs = [_pair(left, right) for left, right in pairwise(sequence)]
    return pairs or sequence


def _cut(found: Iterable[str]) -> Iterator[str]:
    room = MAX_BYTES
    for term in found:
        room -= len(term.encode())
        if room < 0:
            return
        yield term


@lru_cache(maxsize=_LINES_REMEMBERED)
def _of_line(line: str) -> tuple[str, ...]:
    field, mark, text = line.partition(_MARK)
    if not _FIELD.fullmatch(field if mark else ""):
        return tuple(_of_text(line))
    beginning = in_field(field, "")
    return tuple([both for term in _of_text(text) for both in (term, beginning + term)])


def _of_text(text: str) -> list[str]:
    found: list[str] = []
    previous = ""
    for word in _WORD.findall(_plain(text)):
        for whole, parts in _read(word[:_LONGEST_WORD]):
            found.append(whole)
            found += parts
            if previous:
                found.append(_pair(previous, whole))
            previous = whole
    return found


def _sequence(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return each word as one term; a number, whole, comes with the terms of its parts."""
    for word in _WORD.findall(_plain(text)):
        yield from _read(word[:_LONGEST_WORD])


@lru_cache(maxsize=_REMEMBERED)
def _read(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    parts = _NUMBER.split(word)
    if len(parts) == 1:
        return ((_stem(word), ()),)
    if _HAS_DIGIT.search(word):
        whole = _IN_NUMBER.join(parts)
        if _LATIN.search(whole):
            whole = whole.translate(_LOOKALIKES)
        return ((_safe(whole), tuple(_stem(part) for part in parts)),)
    return tuple((_stem(part), ()) for part in parts)


def _plain(text: str) -> str:
    folded = text.casefold()
    if folded.isascii():
        return folded
    if _REPLACEABLE.search(folded):
        folded = folded.translate(_REPLACED)
    if unicodedata.is_normalized("NFKC", folded):
        return folded
    return unicodedata.normalize("NFKC", folded).translate(_REPLACED)


@cache
def _stemmers() -> tuple[Stemmer, Stemmer]:
    from Stemmer import Stemmer

    return Stemmer("russian", 0), Stemmer("english", 0)


def _stem(word: str) -> str:
    if word.isascii() and word.isdecimal():
        return word[:_MAX_LETTERS]
    russian, english = _stemmers()
    if _RUSSIAN.search(word):
        if _LATIN.search(word):  # a Latin letter that slipped into a Russian word
            word = word.translate(_LOOKALIKES)
        stem = russian.stemWord(word)
        # the stemmer takes «Минздрав», «состав» for participles, but not «состава»
        return _safe(stem[:-1] if stem.endswith(("ав", "яв")) else stem)
    if word.isascii() and word.isalpha():
        return _safe(english.stemWord(word))
    return _safe(word)


def _safe(term: str) -> str:
    short = term[:_MAX_LETTERS]
    return _ODD.sub(lambda odd: f"u{ord(odd[0]):x}u", short) if _ODD.search(short) else short


def _pair(left: str, right: str) -> str:
    # the mark in front keeps pairs out of the range of words that begin alike
    return f"{_IN_PAIR}{left}{_IN_PAIR}{right}"
