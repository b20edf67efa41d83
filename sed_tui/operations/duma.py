"""Operations on the Duma's rules and sittings: what must be in by when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.duma import RuleSort
from sed_tui.domain.terms import Unit
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListDumaRules(Request):
    """Ask for the rules; `all_states` asks for the closed ones as well."""

    all_states: bool = False


class SetDumaRule(Request):
    """Add a rule or change one; what is not given stays.

    `kind` is the submissions that a paper belongs to, or the step that words of a notice
    mean. The `title` of a partner is its code.

    With the `version` that was seen nothing changes when somebody else has changed it since.
    """

    code: str
    sort: RuleSort | None = None
    title: str | None = None
    kind: str | None = None
    amount: int | None = Field(default=None, ge=0, le=366)
    counted_in: Unit | None = None
    is_required: bool | None = None
    source: str | None = None
    checked_on: date | None = None
    is_closed: bool | None = None
    version: int | None = None


class DumaRuleRow(Message):
    """A rule: a term, a paper of a kind of submission, words of a notice, a partner."""

    code: str
    sort: RuleSort
    title: str
    kind: str
    amount: int
    counted_in: Unit
    is_required: bool
    source: str
    checked_on: date | None
    is_closed: bool
    version: int


class DumaRuleList(Message):
    """Rules: terms first, then papers by kind."""

    rows: list[DumaRuleRow]
    next: None = None


class AddSitting(Request):
    """Enter a sitting of the Duma."""

    day: date
    title: str = "Заседание Думы"


class MoveSitting(Request):
    """Move a sitting: its terms are counted anew and whoever prepares for it is told."""

    sitting: str
    day: date
    reason: str
    version: int | None = None


class ListSittings(Request):
    """Ask for the sittings that are to come; `past` asks for the others as well."""

    past: bool = False


class SittingTerm(Message):
    """What must be done by which day before a sitting, and how the day was counted."""

    code: str
    title: str
    day: date
    is_over: bool
    explanation: list[str]


class SittingMove(Message):
    """A sitting was moved."""

    old_day: date
    new_day: date
    reason: str
    moved_at: datetime
    moved_by: str


class Sitting(Message):
    """A sitting with its terms and what became of its day; `told` are those written to."""

    id: UUID
    short_id: str
    day: date
    title: str
    version: int
    submissions: int
    terms: list[SittingTerm]
    moves: list[SittingMove]
    told: list[str] = Field(default_factory=list)


class SittingList(Message):
    """Sittings by day."""

    rows: list[Sitting]
    next: None = None


RULES = Operation(
    "duma.rules", N_("List the rules of the Duma"), ListDumaRules, DumaRuleList, Effect.READ
)
SET_RULE = Operation(
    "duma.set_rule", N_("Set a rule of the Duma"), SetDumaRule, DumaRuleRow, Effect.WRITE
)
ADD_SITTING = Operation(
    "duma.add_sitting", N_("Add a sitting of the Duma"), AddSitting, Sitting, Effect.WRITE
)
MOVE_SITTING = Operation(
    "duma.move_sitting", N_("Move a sitting of the Duma"), MoveSitting, Sitting, Effect.WRITE
)
SITTINGS = Operation(
    "duma.sittings", N_("List sittings of the Duma"), ListSittings, SittingList, Effect.READ
)
