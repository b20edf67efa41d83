"""The stages after an approval: one follows another, each ends with what was to be done in it."""

from __future__ import annotations

from enum import StrEnum

from sed_tui.domain.flows import Approval, Exchange, Registration
from sed_tui.domain.route import StageKind
from sed_tui.i18n import N_


class StepState(StrEnum):
    """How far a stage after an approval is."""

    WAITING = "to_come"
    OPEN = "to_do"
    DONE = "over"
    STOPPED = "given_up"
    """The document went back before the stage ended."""


UNFINISHED = frozenset({StepState.WAITING, StepState.OPEN})
STEP_STATE_TITLES = {
    StepState.WAITING: N_("is still to come"),
    StepState.OPEN: N_("is to be done"),
    StepState.DONE: N_("is done"),
    StepState.STOPPED: N_("was given up"),
}
CALLS = {
    StageKind.SIGNING: N_("Document {id} waits for your signature"),
    StageKind.REGISTRATION: N_("Document {id} is to be registered"),
    StageKind.DISPATCH: N_("Document {id} is to be dispatched"),
}
"""What the people of a stage are written; other stages tell them in ways of their own."""


def is_card_done(
    kind: StageKind, *, approval: Approval, registration: Registration, exchange: Exchange
) -> bool:
    """Tell whether the card says that a stage is over, which holds for those it tells of."""
    is_registered = registration is Registration.REGISTERED
    match kind:
        case StageKind.SIGNING:
            return approval is Approval.SIGNED or is_registered
        case StageKind.REGISTRATION:
            return is_registered
        case StageKind.DISPATCH:
            return exchange is Exchange.SENT
    return False
