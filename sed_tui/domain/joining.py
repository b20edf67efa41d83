"""Joining the system: the states of an application, what leads from one to the next, the terms.

The order follows the regulation on connecting of the operator (rules §1.1): application,
review, accession, personal data, accounts, workplaces, directories, test exchange, act.
A step that is not in `JOINING_FLOW` is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sed_tui.errors.joining import StepNotNow
from sed_tui.i18n import N_, _


class JoiningState(StrEnum):
    """What an application waits for, or how it ended."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEW = "review"
    RETURNED = "returned"
    ACCESSION = "accession"
    PERSONAL_DATA = "personal_data"
    ACCOUNTS = "accounts"
    WORKPLACES = "workplaces"
    DIRECTORIES = "directories"
    TEST_EXCHANGE = "test_exchange"
    ACT = "act"
    CONNECTED = "connected"
    SUSPENDED = "suspended"
    LEAVING = "leaving"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISCONNECTED = "disconnected"
    REORGANIZED = "reorganized"


class JoiningStep(StrEnum):
    """What is done to an application."""

    SUBMIT = "submit"
    TAKE = "take"
    RETURN = "return"
    REFUSE = "refuse"
    ADMIT = "admit"
    WITHDRAW = "withdraw"
    ACCEDE = "accede"
    AGREE = "agree"
    OPEN = "open"
    EQUIP = "equip"
    LOAD = "load"
    TRY = "try"
    CONNECT = "connect"
    SUSPEND = "suspend"
    RESUME = "resume"
    LEAVE = "leave"
    DISCONNECT = "disconnect"
    REORGANIZE = "reorganize"


class Side(StrEnum):
    """Whose turn it is."""

    APPLICANT = "applicant"
    OPERATOR = "operator"


class Subsystem(StrEnum):
    """The part of the system that the participant belongs to (rules §1.1)."""

    EXECUTIVE = "executive"
    MUNICIPAL = "municipal"
    MEDICAL = "medical"
    EDUCATIONAL = "educational"
    MOBILE = "mobile"


class FrontSystem(StrEnum):
    """The program the participant's people work in."""

    DIRECTUM = "directum_rx"
    BUREAUCRAT = "bureaucrat"
    OURS = "sed_tui"


class RegisterState(StrEnum):
    """What the state register of legal entities says of the applicant."""

    ACTIVE = "active"
    LIQUIDATING = "liquidating"
    LIQUIDATED = "liquidated"


class SuccessionForm(StrEnum):
    """How one organization goes over into others."""

    MERGER = "merger"
    ACCESSION = "accession"
    DIVISION = "division"
    TRANSFORMATION = "transformation"


@dataclass(frozen=True, slots=True)
class JoiningTransition:
    """One row of the flow: who takes the step, and whether it has to be explained."""

    step: JoiningStep
    source: JoiningState
    target: JoiningState
    side: Side
    needs_remark: bool = False


@dataclass(frozen=True, slots=True)
class StepTerm:
    """How long a state may last, in working days, and which document says so."""

    days: int
    source: str


_S, _T = JoiningState, JoiningStep
_US, _THEM = Side.OPERATOR, Side.APPLICANT
JOINING_FLOW = (
    JoiningTransition(_T.SUBMIT, _S.DRAFT, _S.SUBMITTED, _THEM),
    JoiningTransition(_T.SUBMIT, _S.RETURNED, _S.SUBMITTED, _THEM),
    JoiningTransition(_T.TAKE, _S.SUBMITTED, _S.REVIEW, _US),
    JoiningTransition(_T.RETURN, _S.REVIEW, _S.RETURNED, _US, needs_remark=True),
    JoiningTransition(_T.REFUSE, _S.REVIEW, _S.REFUSED, _US, needs_remark=True),
    JoiningTransition(_T.ADMIT, _S.REVIEW, _S.ACCESSION, _US),
    *(
        JoiningTransition(_T.WITHDRAW, state, _S.WITHDRAWN, _THEM)
        for state in (_S.DRAFT, _S.SUBMITTED, _S.REVIEW, _S.RETURNED, _S.ACCESSION)
    ),
    JoiningTransition(_T.ACCEDE, _S.ACCESSION, _S.PERSONAL_DATA, _THEM),
    JoiningTransition(_T.AGREE, _S.PERSONAL_DATA, _S.ACCOUNTS, _THEM),
    JoiningTransition(_T.OPEN, _S.ACCOUNTS, _S.WORKPLACES, _US),
    JoiningTransition(_T.EQUIP, _S.WORKPLACES, _S.DIRECTORIES, _THEM),
    JoiningTransition(_T.LOAD, _S.DIRECTORIES, _S.TEST_EXCHANGE, _THEM),
    JoiningTransition(_T.TRY, _S.TEST_EXCHANGE, _S.ACT, _US),
    JoiningTransition(_T.CONNECT, _S.ACT, _S.CONNECTED, _US),
    JoiningTransition(_T.SUSPEND, _S.CONNECTED, _S.SUSPENDED, _US, needs_remark=True),
    JoiningTransition(_T.RESUME, _S.SUSPENDED, _S.CONNECTED, _US),
    *(
        row
        for state in (_S.CONNECTED, _S.SUSPENDED)
        for row in (
            JoiningTransition(_T.LEAVE, state, _S.LEAVING, _THEM, needs_remark=True),
            JoiningTransition(_T.REORGANIZE, state, _S.REORGANIZED, _US, needs_remark=True),
        )
    ),
    JoiningTransition(_T.DISCONNECT, _S.LEAVING, _S.DISCONNECTED, _US, needs_remark=True),
    JoiningTransition(_T.RESUME, _S.LEAVING, _S.CONNECTED, _US),
)

ENDED = frozenset({_S.REFUSED, _S.WITHDRAWN, _S.DISCONNECTED, _S.REORGANIZED})
WORKING = frozenset({_S.CONNECTED, _S.SUSPENDED})
UNDER_WAY = frozenset(JoiningState) - ENDED - WORKING
"""The states of the queue: somebody still has to do something."""
BEFORE_ACCOUNTS = frozenset(
    {
        *(_S.DRAFT, _S.SUBMITTED, _S.REVIEW, _S.RETURNED, _S.ACCESSION, _S.PERSONAL_DATA),
        *ENDED,
    }
)
"""No account is opened as long as the agreement on personal data is not in force (ORG-4)."""
EDITABLE = frozenset({_S.DRAFT, _S.RETURNED})

SIDE_WAYS = frozenset(
    {_T.WITHDRAW, _T.RETURN, _T.REFUSE, _T.SUSPEND, _T.LEAVE, _T.DISCONNECT, _T.REORGANIZE}
)
"""Steps that do not lead towards the act: they are offered after everything else."""

_REGULATION = "Регламент подключения к СЭД"
DEFAULT_TERMS = {
    _S.DRAFT: StepTerm(30, _REGULATION),
    _S.SUBMITTED: StepTerm(1, _REGULATION),
    _S.REVIEW: StepTerm(5, _REGULATION),
    _S.RETURNED: StepTerm(10, _REGULATION),
    _S.ACCESSION: StepTerm(10, _REGULATION),
    _S.PERSONAL_DATA: StepTerm(10, _REGULATION),
    _S.ACCOUNTS: StepTerm(5, _REGULATION),
    _S.WORKPLACES: StepTerm(10, _REGULATION),
    _S.DIRECTORIES: StepTerm(10, _REGULATION),
    _S.TEST_EXCHANGE: StepTerm(5, _REGULATION),
    _S.ACT: StepTerm(3, _REGULATION),
    _S.LEAVING: StepTerm(30, _REGULATION),
}
"""What an operator begins with; his own terms win."""


def transition(step: JoiningStep, state: JoiningState) -> JoiningTransition:
    """Return the row that a step takes. Raises `StepNotNow` with the steps that are possible."""
    row = next((r for r in JOINING_FLOW if (r.step, r.source) == (step, state)), None)
    if row is None:
        can = ", ".join(_(STEP_TITLES[one.step]) for one in rows_from(state)) or "—"
        raise StepNotNow(step=_(STEP_TITLES[step]), state=_(STATE_TITLES[state]), possible=can)
    return row


def rows_from(state: JoiningState) -> list[JoiningTransition]:
    """Return the rows that lead out of a state, the way forward first."""
    rows = [row for row in JOINING_FLOW if row.source is state]
    return sorted(rows, key=lambda row: row.step in SIDE_WAYS)


def way_forward(state: JoiningState) -> JoiningTransition | None:
    """Return the row towards the act of connection, None where there is no such way."""
    if state not in UNDER_WAY or state is JoiningState.LEAVING:
        return None
    return rows_from(state)[0]


def waits_for(state: JoiningState) -> Side | None:
    """Tell whose turn it is, None when nobody has to do anything."""
    if state is JoiningState.LEAVING:
        return Side.OPERATOR
    row = way_forward(state)
    return row.side if row else None


STATE_TITLES = {
    _S.DRAFT: N_("application being filled in"),
    _S.SUBMITTED: N_("application submitted"),
    _S.REVIEW: N_("application under review"),
    _S.RETURNED: N_("application returned with remarks"),
    _S.ACCESSION: N_("agreement of accession"),
    _S.PERSONAL_DATA: N_("agreement on personal data"),
    _S.ACCOUNTS: N_("accounts and owners of signatures"),
    _S.WORKPLACES: N_("requirements for workplaces"),
    _S.DIRECTORIES: N_("loading of directories"),
    _S.TEST_EXCHANGE: N_("test exchange"),
    _S.ACT: N_("act of connection"),
    _S.CONNECTED: N_("is connected"),
    _S.SUSPENDED: N_("is suspended"),
    _S.LEAVING: N_("is being disconnected"),
    _S.REFUSED: N_("application refused"),
    _S.WITHDRAWN: N_("application withdrawn"),
    _S.DISCONNECTED: N_("is disconnected"),
    _S.REORGANIZED: N_("is reorganized"),
}
STEP_TITLES = {
    _T.SUBMIT: N_("Submit the application"),
    _T.TAKE: N_("Take the application up"),
    _T.RETURN: N_("Return it with remarks"),
    _T.REFUSE: N_("Refuse the application"),
    _T.ADMIT: N_("Admit to accession"),
    _T.WITHDRAW: N_("Withdraw the application"),
    _T.ACCEDE: N_("Put the accession into force"),
    _T.AGREE: N_("Put the agreement on personal data into force"),
    _T.OPEN: N_("Open the accounts"),
    _T.EQUIP: N_("Confirm the workplaces"),
    _T.LOAD: N_("Confirm the directories"),
    _T.TRY: N_("Confirm the test exchange"),
    _T.CONNECT: N_("Connect by the act"),
    _T.SUSPEND: N_("Suspend"),
    _T.RESUME: N_("Resume"),
    _T.LEAVE: N_("Begin the disconnection"),
    _T.DISCONNECT: N_("Disconnect"),
    _T.REORGANIZE: N_("Reorganize"),
}
SIDE_TITLES = {_THEM: N_("the applicant"), _US: N_("the operator")}
SUBSYSTEM_TITLES = {
    Subsystem.EXECUTIVE: N_("executive bodies"),
    Subsystem.MUNICIPAL: N_("municipalities"),
    Subsystem.MEDICAL: N_("medical"),
    Subsystem.EDUCATIONAL: N_("educational"),
    Subsystem.MOBILE: N_("mobile"),
}
FRONT_TITLES = {
    FrontSystem.DIRECTUM: N_("Directum RX"),
    FrontSystem.BUREAUCRAT: N_("Bureaucrat"),
    FrontSystem.OURS: N_("this program"),
}
REGISTER_TITLES = {
    RegisterState.ACTIVE: N_("in force in the register"),
    RegisterState.LIQUIDATING: N_("being liquidated"),
    RegisterState.LIQUIDATED: N_("liquidated"),
}
FORM_TITLES = {
    SuccessionForm.MERGER: N_("merger"),
    SuccessionForm.ACCESSION: N_("accession"),
    SuccessionForm.DIVISION: N_("division"),
    SuccessionForm.TRANSFORMATION: N_("transformation"),
}
