"""Registration numbers: how a journal turns an ordinal into a number, and back.

A formula is literal text with tokens in braces, `{journal}-{ordinal:4}/{year2}`. The
ordinal stands in it exactly once, every other token at most once, and there are no
spaces (rules §1.6). Digits are a minimum: 999 goes on with 1000.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from sed_tui.errors.numbering import BadFormula, BadNumber, BadSuffix, CodeMissing
from sed_tui.i18n import _

if TYPE_CHECKING:
    from datetime import date


class Token(StrEnum):
    """What a number is made of."""

    ORDINAL = "ordinal"
    YEAR = "year"
    YEAR2 = "year2"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    JOURNAL = "journal"
    GROUP = "group"
    ORGANIZATION = "organization"
    UNIT = "unit"
    KIND = "kind"
    CASE = "case"
    CORRESPONDENT = "correspondent"
    LEADING = "leading"


class Period(StrEnum):
    """How long a counter runs before it starts again."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    CONTINUOUS = "continuous"


class Scope(StrEnum):
    """What separates the counters of one journal (разрез нумерации)."""

    NONE = "none"
    LEADING = "leading"
    UNIT = "unit"
    ORGANIZATION = "organization"


RUSSIAN_TOKENS = {
    "номер": Token.ORDINAL,
    "год": Token.YEAR,
    "год2": Token.YEAR2,
    "квартал": Token.QUARTER,
    "месяц": Token.MONTH,
    "день": Token.DAY,
    "журнал": Token.JOURNAL,
    "группа": Token.GROUP,
    "организация": Token.ORGANIZATION,
    "подразделение": Token.UNIT,
    "вид": Token.KIND,
    "дело": Token.CASE,
    "корреспондент": Token.CORRESPONDENT,
    "ведущий": Token.LEADING,
}
# what a number tells of its day within the year
DAY_TOKENS = frozenset({Token.QUARTER, Token.MONTH, Token.DAY})
CODES = frozenset(Token) - {
    Token.ORDINAL,
    Token.YEAR,
    Token.YEAR2,
    Token.QUARTER,
    Token.MONTH,
    Token.DAY,
}
_SCOPE_TOKEN = {Scope.LEADING: Token.LEADING, Scope.UNIT: Token.UNIT}
# where a person gives the code of a token
_FIELD = {
    Token.UNIT: "unit",
    Token.KIND: "kind",
    Token.CASE: "case_index",
    Token.CORRESPONDENT: "correspondent",
    Token.LEADING: "leading",
}
_WIDTH = {Token.YEAR: 4, Token.YEAR2: 2, Token.QUARTER: 1, Token.MONTH: 2, Token.DAY: 2}
_PART = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}|([^{}]+)|(.)", re.DOTALL)
_SUFFIX = re.compile(r"-?[а-яё]|/[1-9][0-9]?")
_MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Part:
    """A literal, or a token with the least number of its digits."""

    literal: str = ""
    token: Token | None = None
    digits: int = 1


@dataclass(frozen=True, slots=True)
class NumberContext:
    """What a document brings into its number."""

    on: date
    codes: dict[Token, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed number formula."""

    text: str
    parts: tuple[Part, ...]

    @property
    def tokens(self) -> frozenset[Token]:
        """Return the tokens the formula uses."""
        return frozenset(part.token for part in self.parts if part.token is not None)

    def number(self, ordinal: int, context: NumberContext, suffix: str = "") -> str:
        """Return the number of an ordinal.

        Raises `CodeMissing` when the document lacks a code that the formula names.
        """
        return "".join(self._written(part, ordinal, context, suffix) for part in self.parts)

    def read(self, number: str, context: NumberContext) -> tuple[int, str]:
        """Return the ordinal and the suffix of a number typed by hand.

        Raises `BadNumber` when the number is not what the formula would write.
        """
        pattern = "".join(
            r"(?P<ordinal>[0-9]+)(?P<suffix>\S*)"
            if part.token is Token.ORDINAL
            else re.escape(self._written(part, 0, context, ""))
            for part in self.parts
        )
        found = re.fullmatch(pattern, number)
        example = self.number(145, context)
        if found is None:
            raise BadNumber(
                field="number",
                number=number,
                reason=_("expected like {example}").format(example=example),
            )
        ordinal, suffix = int(found["ordinal"]), found["suffix"]
        if suffix:
            check_suffix(suffix)
        if ordinal == 0 or self.number(ordinal, context, suffix) != number:
            expected = self.number(ordinal or 1, context, suffix)
            raise BadNumber(
                field="number",
                number=number,
                reason=_("expected like {example}").format(example=expected),
            )
        return ordinal, suffix

    def _written(self, part: Part, ordinal: int, context: NumberContext, suffix: str) -> str:
        match part.token:
            case None:
                return part.literal
            case Token.ORDINAL:
                return f"{ordinal:0{part.digits}d}{suffix}"
            case token if token in CODES:
                code = context.codes.get(token, "")
                if not code:
                    raise CodeMissing(
                        field=_FIELD.get(token, "journal"), token=token.value, objects=token.value
                    )
                return code
            case token:
                return f"{_date_part(token, context.on):0{_WIDTH[token]}d}"


@lru_cache(maxsize=256)
def parse_formula(text: str) -> Formula:
    """Read a formula. Raises `BadFormula` that says what is wrong with it."""
    parts: list[Part] = []
    for name, digits, literal, stray in _PART.findall(text):
        if stray:
            raise _bad(text, _("a brace without its pair"))
        parts.append(Part(literal=literal) if literal else _token(text, name, digits))
    tokens = [part.token for part in parts if part.token is not None]
    if any(symbol.isspace() for symbol in text):
        raise _bad(text, _("spaces are not allowed"))
    if Token.ORDINAL not in tokens:
        raise _bad(text, _("it has no {ordinal}"))
    repeated = next((token for token in tokens if tokens.count(token) > 1), None)
    if repeated is not None:
        raise _bad(text, _("the token {token} stands in it twice").format(token=repeated.value))
    return Formula(text, tuple(parts))


def check_counter(formula: Formula, period: Period, scope: Scope) -> None:
    """Refuse a counter whose numbers could not be told apart.

    A scope needs its token in the formula (rules §1.6, REG-6). A counter that starts
    again within the year needs the token of its period, or two documents of one year
    would carry one number.
    """
    needed = _SCOPE_TOKEN.get(scope)
    if needed is not None and needed not in formula.tokens:
        raise _bad(
            formula.text, _("its counter is kept by {token}").format(token=f"{{{needed.value}}}")
        )
    within_year = {
        Period.QUARTER: {Token.QUARTER, Token.MONTH},
        Period.MONTH: {Token.MONTH},
        Period.DAY: {Token.DAY},
    }.get(period)
    if within_year and not within_year & formula.tokens:
        token = min(within_year, key=lambda t: t.value != period.value)
        raise _bad(
            formula.text,
            _("its counter starts again every {period}: add {token}").format(
                period=period.value, token=f"{{{token.value}}}"
            ),
        )


def period_key(period: Period, day: date) -> str:
    """Return the name of the counter's period that a registration date falls in."""
    match period:
        case Period.YEAR:
            return f"{day.year}"
        case Period.QUARTER:
            return f"{day.year}-Q{_date_part(Token.QUARTER, day)}"
        case Period.MONTH:
            return f"{day.year}-{day.month:02d}"
        case Period.DAY:
            return day.isoformat()
        case Period.CONTINUOUS:
            return "all"


def check_suffix(suffix: str) -> str:
    """Return the suffix. Raises `BadSuffix` for a Latin letter or anything else."""
    if not _SUFFIX.fullmatch(suffix):
        raise BadSuffix(field="suffix", suffix=suffix)
    return suffix


def _token(text: str, name: str, digits: str) -> Part:
    key = name.strip().lower()
    token = RUSSIAN_TOKENS.get(key) or next((t for t in Token if t.value == key), None)
    if token is None:
        raise _bad(text, _("there is no token {token}").format(token=f"{{{name}}}"))
    if digits == "":
        return Part(token=token)
    if token is not Token.ORDINAL or not digits.isdecimal() or not 1 <= int(digits) <= _MAX_DIGITS:
        raise _bad(text, _("only {ordinal} takes digits, from 1 to 9"))
    return Part(token=token, digits=int(digits))


def _date_part(token: Token, day: date) -> int:
    match token:
        case Token.YEAR:
            return day.year
        case Token.YEAR2:
            return day.year % 100
        case Token.QUARTER:
            return (day.month + 2) // 3
        case Token.MONTH:
            return day.month
        case _:
            return day.day


def _bad(text: str, reason: str) -> BadFormula:
    return BadFormula(field="formula", formula=text, reason=reason)
