"""What must be true before each step of joining, who sees to it, and how it is told.

The conditions are data over `Facts`, which a handler collects; a refusal lists every one
that does not hold (stories ORG-1 … ORG-6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.joining import JoiningStep, RegisterState, Side
from sed_tui.domain.joining_papers import Paper
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an applicant when a step is taken.

    `machines` have reported from his workplaces, `failing` of them did not pass; `recorded`
    are the protocols of checks that people made by themselves. `undelivered` are letters and
    messages that wait to be sent or have no receipt, `unregistered` those that came in and
    nobody has decided on.
    """

    lacking: frozenset[str] = frozenset()
    register_state: RegisterState | None = None
    signed: frozenset[tuple[Paper, Side]] = frozenset()
    agreed_on: date | None = None
    listed: int = 0
    without_consent: int = 0
    administrators: int = 0
    signature_owners: int = 0
    machines: int = 0
    failing: int = 0
    recorded: frozenset[JoiningStep] = frozenset()
    units: int = 0
    people: int = 0
    journals: int = 0
    open_work: int = 0
    undelivered: int = 0
    unregistered: int = 0
    is_exported: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold before a step; `told` is what is missing, `side` who does it.

    What `may_be_left` is left open with a reason of the operator's.
    """

    code: str
    step: JoiningStep
    side: Side
    told: str
    holds: Callable[[Facts], bool]
    may_be_left: bool = False


_T, _US, _THEM = JoiningStep, Side.OPERATOR, Side.APPLICANT


def _is_signed(paper: Paper, side: Side = _THEM) -> Callable[[Facts], bool]:
    return lambda facts: (paper, side) in facts.signed


def _nothing_left(step: JoiningStep) -> tuple[Condition, ...]:
    return (
        Condition(
            "open_work",
            step,
            _THEM,
            N_("open assignments and drafts are closed or handed over"),
            lambda facts: not facts.open_work,
            may_be_left=True,
        ),
        Condition(
            "undelivered",
            step,
            _US,
            N_("messages on their way are delivered or given up"),
            lambda facts: not facts.undelivered,
            may_be_left=True,
        ),
        Condition(
            "unregistered",
            step,
            _THEM,
            N_("letters that came in are registered or refused"),
            lambda facts: not facts.unregistered,
            may_be_left=True,
        ),
    )


CONDITIONS = (
    Condition(
        "fields",
        _T.SUBMIT,
        _THEM,
        N_("the application is filled in"),
        lambda facts: not facts.lacking,
    ),
    Condition(
        "application",
        _T.SUBMIT,
        _THEM,
        N_("the application is signed"),
        _is_signed(Paper.APPLICATION),
    ),
    Condition(
        "register",
        _T.ADMIT,
        _US,
        N_("the state register of legal entities is looked at"),
        lambda facts: facts.register_state is not None,
    ),
    Condition(
        "liquidated",
        _T.ADMIT,
        _THEM,
        N_("the register does not say that the organization is liquidated"),
        lambda facts: facts.register_state in {None, RegisterState.ACTIVE},
    ),
    Condition(
        "accession",
        _T.ACCEDE,
        _THEM,
        N_("the agreement of accession is signed"),
        _is_signed(Paper.ACCESSION),
    ),
    Condition(
        "personal_data",
        _T.AGREE,
        _THEM,
        N_("the agreement on personal data is signed"),
        _is_signed(Paper.PERSONAL_DATA),
    ),
    Condition(
        "annex",
        _T.AGREE,
        _THEM,
        N_("its annex, the list of data, is signed too"),
        _is_signed(Paper.DATA_ANNEX),
    ),
    Condition(
        "listed",
        _T.OPEN,
        _THEM,
        N_("people who get accounts are listed"),
        lambda facts: facts.listed > 0,
    ),
    Condition(
        "consent",
        _T.OPEN,
        _THEM,
        N_("everybody on the list has given his consent"),
        lambda facts: not facts.without_consent,
    ),
    Condition(
        "administrator",
        _T.OPEN,
        _THEM,
        N_("one of the listed is an administrator"),
        lambda facts: facts.administrators > 0,
    ),
    Condition(
        "owners",
        _T.OPEN,
        _THEM,
        N_("the list names the owners of electronic signatures"),
        lambda facts: facts.signature_owners > 0,
    ),
    Condition(
        "roster",
        _T.OPEN,
        _THEM,
        N_("the list of people and owners of signatures is signed"),
        _is_signed(Paper.ROSTER),
    ),
    Condition(
        "workplaces",
        _T.EQUIP,
        _THEM,
        N_("a workplace has reported that it is in order, or a protocol of the check is recorded"),
        lambda facts: facts.machines > facts.failing or _T.EQUIP in facts.recorded,
    ),
    Condition(
        "failing",
        _T.EQUIP,
        _THEM,
        N_("no workplace that has reported fails the check"),
        lambda facts: not facts.failing or _T.EQUIP in facts.recorded,
    ),
    Condition(
        "structure",
        _T.LOAD,
        _THEM,
        N_("units are loaded"),
        lambda facts: facts.units > 0,
    ),
    Condition(
        "people",
        _T.LOAD,
        _THEM,
        N_("people are loaded"),
        lambda facts: facts.people > 0,
    ),
    Condition(
        "journals",
        _T.LOAD,
        _THEM,
        N_("journals are there"),
        lambda facts: facts.journals > 0,
    ),
    Condition(
        "exchange",
        _T.TRY,
        _US,
        N_("a test message has come back with its receipt and its notice of registration"),
        lambda facts: _T.TRY in facts.recorded,
    ),
    Condition(
        "act_applicant",
        _T.CONNECT,
        _THEM,
        N_("the applicant has signed the act"),
        _is_signed(Paper.ACT),
    ),
    Condition(
        "act_operator",
        _T.CONNECT,
        _US,
        N_("the operator has signed the act"),
        _is_signed(Paper.ACT, _US),
    ),
    Condition(
        "export",
        _T.DISCONNECT,
        _THEM,
        N_("a complete export is made after the disconnection began and the last change"),
        lambda facts: facts.is_exported,
    ),
    *_nothing_left(_T.DISCONNECT),
    *_nothing_left(_T.REORGANIZE),
)


def conditions_of(step: JoiningStep) -> tuple[Condition, ...]:
    """Return what must hold before a step, in the order in which it is done."""
    return tuple(one for one in CONDITIONS if one.step is step)


def missing(step: JoiningStep, facts: Facts, *, leaving: bool = False) -> list[Condition]:
    """Return what does not hold; `leaving` leaves open what may be left."""
    return [
        one
        for one in conditions_of(step)
        if not one.holds(facts) and not (leaving and one.may_be_left)
    ]
