"""Letters that wait to be registered: what became of each, and what came of taking it."""

from __future__ import annotations

from enum import StrEnum

from sed_tui.i18n import N_

DELIVERY = "электронная почта"


class IntakeState(StrEnum):
    """What became of a letter."""

    WAITING = "waiting"
    REGISTERED = "registered"
    ATTACHED = "attached"
    DROPPED = "dropped"
    REFUSED = "refused"


class TakingOutcome(StrEnum):
    """What came of taking a letter: a card, nothing because it is there, or a refusal kept."""

    TAKEN = "taken"
    ALREADY = "already"
    REFUSED = "refused"


INTAKE_TITLES: dict[str, str] = {
    IntakeState.WAITING: N_("waits for registration"),
    IntakeState.REGISTERED: N_("registered"),
    IntakeState.ATTACHED: N_("attached to a card"),
    IntakeState.DROPPED: N_("dropped"),
    IntakeState.REFUSED: N_("not taken"),
}
OUTCOME_TITLES: dict[str, str] = {
    TakingOutcome.TAKEN: N_("taken"),
    TakingOutcome.ALREADY: N_("there already"),
    TakingOutcome.REFUSED: N_("not taken"),
}
