"""Who keeps the system, and how long each state of joining may last."""

from __future__ import annotations

from pydantic import Field

from sed_tui.domain.joining import JoiningState, Side
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class NameOperator(Request):
    """Name the organization that keeps the system; afterwards the operator alone passes it on."""

    organization: str


class ShowJoiningTerms(Request):
    """Ask how long each state may last."""


class SetJoiningTerm(Request):
    """Set how many working days a state may last; what has begun keeps its term."""

    joining: JoiningState
    days: int = Field(ge=1, le=3660)
    source: str = Field(min_length=1, max_length=300)


class OperatorNamed(Message):
    """Which organization keeps the system."""

    organization: str
    name: str


class JoiningTermRow(Message):
    """How long a state may last, and whose turn it is then."""

    joining: JoiningState
    days: int
    waits_for: Side | None
    source: str


class JoiningTerms(Message):
    """The terms of all states under way."""

    rows: list[JoiningTermRow]
    next: None = None


NAME_OPERATOR = Operation(
    "joining.name_operator",
    N_("Name the operator of the system"),
    NameOperator,
    OperatorNamed,
    Effect.WRITE,
)
TERMS = Operation(
    "joining.terms", N_("Show the terms of joining"), ShowJoiningTerms, JoiningTerms, Effect.READ
)
SET_TERM = Operation(
    "joining.set_term", N_("Set a term of joining"), SetJoiningTerm, JoiningTerms, Effect.WRITE
)
