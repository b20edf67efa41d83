"""The query language of the prompt: words to be found, and conditions.

`flow:incoming from:"Минздрав" since:2026-01 overdue -черновик "ремонт школы"`; in
Russian too: `поток:входящие от:Минздрав с:01.2026 просрочено`. Everything given must
hold at once; a minus before a word or a condition means that it must not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.period import parse_period
from sed_tui.domain.query_names import FLAGS, FLOWS, HOLDINGS, NAMES, Field
from sed_tui.domain.text import optional
from sed_tui.errors.query import BadQuery
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

MAX_LENGTH = 1000
MINUS = "\N{MINUS SIGN}"
MAX_PARTS = 50
_NAME = re.compile(r"([^\W\d_]+):")
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“"}
_QUOTED = re.compile(r"""(?:^|(?<=[ :-]))(?:"[^"]*(")?|«[^»]*(»)?|“[^”]*(”)?|„[^“]*(“)?)""")
_BEGUN = frozenset({Field.NUMBER, Field.ADDRESSEE, Field.CASE})
_PERIODS = frozenset({Field.SINCE, Field.UNTIL, Field.ON})


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found: anywhere, side by side, the last one only begun, in one field."""

    text: str
    is_phrase: bool = False
    is_begun: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition on a document; `text` is the value, of a flow and the like its English name."""

    field: Field
    text: str = ""
    period: tuple[date, date] | None = None
    is_negated: bool = False
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a document has to be: all of it at once."""

    words: tuple[Words, ...] = ()
    without: tuple[Words, ...] = ()
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the query between spaces, and where it stands, from 1."""

    written: str
    place: int
    is_negated: bool
    name: str
    value: str
    is_quoted: bool

    def wrong(self, reason: str) -> BadQuery:
        return BadQuery(field="query", word=self.written, place=self.place, reason=reason)


def parse_query(text: str, today: date) -> Query:
    """Return what a query asks for. Raises `BadQuery` that names the place."""
    words: list[Words] = []
    without: list[Words] = []
    criteria: list[Criterion] = []
    for number, part in enumerate(_parts(optional(text, "query", limit=MAX_LENGTH) or ""), 1):
        if number > MAX_PARTS:
            raise part.wrong(_("there are more than {most} conditions").format(most=MAX_PARTS))
        found = _criterion(part, today) if part.name else _flag(part) or _words(part)
        match found:
            case Criterion():
                criteria.append(found)
            case Words():
                (without if part.is_negated else words).append(found)
    return Query(tuple(words), tuple(without), tuple(criteria))


def while_typing(text: str) -> str:
    """Return the query that fits what has been typed so far.

    The last word may go on, an open quotation mark is closed, and a condition whose
    value has not been begun does not count yet.
    """
    before, space, last = text.rpartition(" ")
    for quoted in _QUOTED.finditer(text):
        if not any(quoted.groups()):
            within = quoted[0][1:].strip()
            return text + _QUOTES[quoted[0][0]] if within else _before(text, quoted.start())
    bare = last.removeprefix("-")
    name = _NAME.match(bare)
    if bare in {"", "*"} or (name and name.end() == len(bare)):
        return before + space
    is_word = name is None or NAMES.get(name[1].casefold()) in _BEGUN
    return f"{text}*" if is_word and bare[-1].isalnum() and bare.casefold() not in FLAGS else text


def _before(text: str, place: int) -> str:
    return text[: text.rfind(" ", 0, place) + 1]


def criterion(field: Field, value: str) -> str:
    """Write a condition in the language, for options that stand for one."""
    return f'{field.value}:"{value.replace(chr(34), " ")}"'


def as_typed(argument: str) -> str:
    """Return an argument of a command line as a query; the shell took its quotes away.

    `from:"Минздрав России"` arrives as `from:Минздрав России`, one condition all the same;
    a typographic minus leaves out as the one of the keyboard does.
    """
    if argument.startswith(MINUS):
        argument = f"-{argument[1:]}"
    name = _NAME.match(argument.removeprefix("-"))
    field = NAMES.get(name[1].casefold()) if name else None
    if name is None or field is None or " " not in argument or argument.count(":") > 1:
        return argument
    value = argument.removeprefix("-")[name.end() :]
    if any(quote in value for quote in _QUOTES):
        return argument
    return f"{'-' if argument.startswith('-') else ''}{criterion(field, value)}"


def _parts(text: str) -> Iterator[_Part]:
    place = 0
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        start = place
        is_negated = text[place] == "-" and text[place + 1 : place + 2] not in {"", " ", "-"}
        place += is_negated
        name = ""
        if found := _NAME.match(text, place):
            after = text[found.end() : found.end() + 1]
            if after not in {"", " "}:
                name, place = found[1], found.end()
            elif found[1].casefold() in NAMES:
                raise _wrong(text, start, found.end(), _("its value is missing"))
        value, place, is_quoted = _value(text, place, start)
        yield _Part(text[start:place], start + 1, is_negated, name, value, is_quoted)


def _value(text: str, place: int, start: int) -> tuple[str, int, bool]:
    closing = _QUOTES.get(text[place])
    if closing is None:
        value = text[place:].partition(" ")[0]
        return value, place + len(value), False
    end = text.find(closing, place + 1)
    if end < 0:
        raise _wrong(text, start, len(text), _("the quotation mark is not closed"))
    return text[place + 1 : end], end + 1, True


def _wrong(text: str, start: int, end: int, reason: str) -> BadQuery:
    return BadQuery(field="query", word=text[start:end], place=start + 1, reason=reason)


def _flag(part: _Part) -> Criterion | None:
    field = None if part.is_quoted else FLAGS.get(part.value.casefold())
    return Criterion(field, is_negated=part.is_negated) if field else None


def _words(part: _Part) -> Words:
    if part.is_quoted:
        return Words(part.value, is_phrase=True)
    return Words(part.value.rstrip("*"), is_begun=part.value.endswith("*"))


def _criterion(part: _Part, today: date) -> Criterion:
    field = NAMES.get(part.name.casefold())
    if field is None:
        known = _spelled(NAMES)
        raise part.wrong(
            _("there is no condition “{name}”, only {known}").format(name=part.name, known=known)
        )
    text = part.value.strip()
    if not any(symbol.isalnum() for symbol in text):
        raise part.wrong(_("its value is missing"))
    if field in _PERIODS:
        period = parse_period(text, today)
        if period is None:
            raise part.wrong(_("it takes a day, a month or a year: 03.02.2026, 02.2026, 2026"))
        return Criterion(field, text, period, part.is_negated)
    if field in {Field.FLOW, Field.HAS}:
        text = _named(part, text, FLOWS if field is Field.FLOW else HOLDINGS)
    begun = text.endswith("*") and not part.is_quoted
    return Criterion(
        field, text.rstrip("*") if begun else text, None, part.is_negated, is_begun=begun
    )


def _named(part: _Part, text: str, names: dict[str, str]) -> str:
    found = names.get(text.casefold().replace("ё", "е"))
    if found is None:
        known = _spelled(names)
        raise part.wrong(_("it takes {known}").format(known=known))
    return str(found)


def _spelled(names: Mapping[str, str]) -> str:
    """Return each meaning once, in its first English and its first Russian spelling."""
    spellings: dict[str, list[str]] = {}
    for name, meaning in names.items():
        known = spellings.setdefault(meaning, [])
        if not known or (len(known) == 1 and not name.isascii()):
            known.append(name)
    return ", ".join("/".join(known) for known in spellings.values())
