"""Reading original numbers quickly: what a formula writes before and after the ordinal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.numbering import Formula, NumberContext, Token, check_suffix, period_key
from sed_tui.errors.numbering import BadSuffix, CodeMissing
from sed_tui.handlers.numbers import scope_key

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.handlers.numbers import Journal

_ORDINAL = re.compile(r"([0-9]{1,9})(.*)")
# an original number of bare digits is an ordinal, unless it is a year with something
_BARE = re.compile(r"[0-9]{1,6}")
_DAYS = {Token.YEAR, Token.YEAR2, Token.QUARTER, Token.MONTH, Token.DAY}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its period and scope, and its ordinal where it can be read.

    `fits` says that the formula itself would write the number.
    """

    period: str
    scope: str
    ordinal: int | None
    suffix: str
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A formula for one day and one set of codes, cut at the ordinal."""

    before: str
    after: str
    digits: int
    period: str
    scope: str

    def read(self, number: str) -> Place:
        """Return the place of an original number, which need not fit the formula."""
        fitting = self._fitting(number)
        if fitting is not None:
            return Place(self.period, self.scope, *fitting, fits=True)
        ordinal = int(number) if _BARE.fullmatch(number) else 0
        return Place(self.period, self.scope, ordinal or None, "")

    def example(self) -> str:
        """Return a number as the formula writes it."""
        return f"{self.before}{145:0{self.digits}d}{self.after}"

    def _fitting(self, number: str) -> tuple[int, str] | None:
        if not (number.startswith(self.before) and number.endswith(self.after)):
            return None
        middle = number[len(self.before) : len(number) - len(self.after)]
        found = _ORDINAL.fullmatch(middle)
        if found is None or not int(found[1]) or not self._writes(int(found[1]), found[1]):
            return None
        try:
            return int(found[1]), check_suffix(found[2]) if found[2] else ""
        except BadSuffix:
            return None

    def _writes(self, ordinal: int, digits: str) -> bool:
        return f"{ordinal:0{self.digits}d}" == digits


class Templates:
    """The templates of the journals of one import, each made once."""

    def __init__(self, organization: str) -> None:
        self._organization = organization
        self._made: dict[tuple[object, ...], Template | None] = {}

    def context(
        self,
        journal: Journal,
        day: date,
        *,
        kind: str = "",
        case: str = "",
        correspondent: str = "",
    ) -> NumberContext:
        """Return what a card brings into its number."""
        codes = {
            Token.JOURNAL: journal.code,
            Token.GROUP: journal.group_code or "",
            Token.ORGANIZATION: self._organization,
            Token.KIND: kind,
            Token.CASE: case,
            Token.CORRESPONDENT: correspondent,
        }
        return NumberContext(on=day, codes=codes)

    def find(self, journal: Journal, context: NumberContext) -> Template | None:
        """Return the template for a card, None when a code that the formula names is empty."""
        tokens = journal.formula.tokens
        key = (
            journal.id,
            period_key(journal.period, context.on),
            context.on if tokens & _DAYS else None,
            *(context.codes.get(token) for token in _VARYING if token in tokens),
        )
        if key not in self._made:
            self._made[key] = _template(journal, context)
        return self._made[key]

    def unread(self, journal: Journal, context: NumberContext) -> Place:
        """Return the place of a card whose number says no ordinal, or which has none yet."""
        period = period_key(journal.period, context.on)
        return Place(period, scope_key(journal, context), None, "")


_VARYING = (Token.KIND, Token.CASE, Token.CORRESPONDENT)


def _template(journal: Journal, context: NumberContext) -> Template | None:
    parts = journal.formula.parts
    middle = next(n for n, part in enumerate(parts) if part.token is Token.ORDINAL)
    try:
        before, after = (
            Formula(journal.formula.text, side).number(0, context)
            for side in (parts[:middle], parts[middle + 1 :])
        )
    except CodeMissing:
        return None
    return Template(
        before=before,
        after=after,
        digits=parts[middle].digits,
        period=period_key(journal.period, context.on),
        scope=scope_key(journal, context),
    )
