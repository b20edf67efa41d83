"""Operations on applications for accession: filling in, the queue, a card with what is missing.

Every step of the way is one operation, `joining.step`: which steps there are, and who may
take them, is data in `domain.joining`.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.exchange_partner import Channel
from sed_tui.domain.joining import (
    FrontSystem,
    JoiningState,
    JoiningStep,
    RegisterState,
    Side,
    Subsystem,
)
from sed_tui.domain.joining_papers import Paper, SigningWay
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ApplyForJoining(Request):
    """Begin an application: of the organization of the call, or, by the operator, of a new one.

    `organization` is the code of a new one. Fields may be filled in later, each that is
    given is checked at once. `deputy` signs by the `power` of attorney in place of the head.
    """

    organization: str | None = None
    fields: dict[str, str | None] = Field(default_factory=dict)


class EditApplication(Request):
    """Change fields of an application; None empties one."""

    application: str | None = None
    fields: dict[str, str | None] = Field(min_length=1)
    version: int | None = None


class CheckRegister(Request):
    """Record what the state register of legal entities says of the applicant."""

    application: str | None = None
    register_state: RegisterState
    checked_on: date | None = None
    version: int | None = None


class TakeJoiningStep(Request):
    """Take one step; without one the next towards the act of connection.

    `on` is the day of connection. `leaving` leaves open work open with the reason in
    `remark`, when an organization leaves.
    """

    application: str | None = None
    step: JoiningStep | None = None
    remark: str | None = Field(default=None, max_length=2000)
    on: date | None = None
    leaving: bool = False
    version: int | None = None


class ShowApplication(Request):
    """Ask for an application by the code of its organization, its OGRN or its id."""

    application: str | None = None


class ApplicationRow(Message):
    """An application as the queue shows it; `delay_days` are working days past its term."""

    id: UUID
    application: str
    name: str
    ogrn: str | None
    joining: JoiningState
    waits_for: Side | None
    since: datetime
    due: date | None
    delay_days: int
    subsystem: Subsystem | None
    front: FrontSystem | None


class ConditionRow(Message):
    """Something that must hold before the next step, who sees to it, and whether it does."""

    joining_step: JoiningStep
    code: str
    condition: str
    waits_for: Side
    holds: bool


class WaitingStep(Message):
    """A step that has to wait: what is missing and who does it.

    What `may_be_left` is done nevertheless, with a reason.
    """

    joining_step: JoiningStep
    missing: list[str]
    may_be_left: bool


class ProtocolRow(Message):
    """A check that was made; of the test exchange the messages that prove it."""

    joining_step: JoiningStep
    text: str
    channel: Channel | None
    message_uid: str | None
    receipt_uid: str | None
    registration_uid: str | None
    their_number: str | None
    by_hand: str | None
    recorded_at: datetime
    recorded_by: str


class JoiningEventRow(Message):
    """A step that was taken."""

    at: datetime
    joining_step: str
    joining: JoiningState
    who: str
    remark: str | None
    due: date | None


class PaperRow(Message):
    """A paper in its edition, and how a side has signed it; `side` is None while nobody has."""

    paper: Paper
    edition: int
    issued_at: datetime
    name: str
    sha256: str
    side: Side | None
    way: SigningWay | None
    signatory: str | None
    power: str | None
    signed_on: date | None
    serial: str | None


class Application(ApplicationRow):
    """Everything known of an application.

    `possible` are the steps that the caller may take now, `waiting` those that something is
    missing for.
    """

    version: int
    is_operator: bool
    short_name: str | None
    inn: str | None
    kpp: str | None
    oktmo: str | None
    address: str | None
    head_name: str | None
    head_position: str | None
    deputy: str | None
    power: str | None
    power_until: date | None
    contact: str | None
    email: str | None
    phone: str | None
    exchange_address: str | None
    register_state: RegisterState | None
    register_checked_on: date | None
    connected_on: date | None
    remark: str | None
    explanation: list[str]
    possible: list[JoiningStep]
    waiting: list[WaitingStep]
    conditions: list[ConditionRow]
    papers: list[PaperRow]
    protocols: list[ProtocolRow]
    events: list[JoiningEventRow]
    successors: list[str]
    formerly: list[str]


APPLY = Operation(
    "joining.apply",
    N_("Apply for accession to the system"),
    ApplyForJoining,
    Application,
    Effect.WRITE,
)
EDIT = Operation(
    "joining.edit", N_("Fill in an application"), EditApplication, Application, Effect.WRITE
)
CHECK_REGISTER = Operation(
    "joining.check_register",
    N_("Record what the state register says"),
    CheckRegister,
    Application,
    Effect.WRITE,
)
STEP = Operation(
    "joining.step", N_("Take a step of joining"), TakeJoiningStep, Application, Effect.WRITE
)
SHOW = Operation(
    "joining.show", N_("Show an application"), ShowApplication, Application, Effect.READ
)
