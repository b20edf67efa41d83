"""How people read the states and kinds that rules name: loaded when one of them is shown."""

from __future__ import annotations

from sed_tui.domain.acquaintance import KIND_TITLES, READING_TITLES, ReadingState
from sed_tui.domain.acquaintance import STATE_TITLES as ACQUAINTANCE_STATES
from sed_tui.domain.approval_flow import ANSWER_TITLES, TASK_TITLES
from sed_tui.domain.assignment import STATE_TITLES, Urgency
from sed_tui.domain.assignment_flow import EVENT_TITLES, STEP_TITLES
from sed_tui.domain.assignment_part import STATE_TITLES as PART_STATES
from sed_tui.domain.assignment_part import PartState
from sed_tui.domain.assignment_policy import ChildTerm, LateExtension
from sed_tui.domain.calendar import Direction
from sed_tui.domain.draft_flow import STAGE_TITLES
from sed_tui.domain.draft_flow import STEP_TITLES as WAY_STEPS
from sed_tui.domain.duma import PASSAGE_TITLES, SORT_TITLES
from sed_tui.domain.exchange_flow import (
    DIRECTION_TITLES,
    FILE_PART_TITLES,
    QUARANTINE_TITLES,
    MessageState,
)
from sed_tui.domain.exchange_flow import EVENT_TITLES as EXCHANGE_EVENTS
from sed_tui.domain.exchange_flow import KIND_TITLES as EXCHANGE_KINDS
from sed_tui.domain.exchange_flow import STATE_TITLES as EXCHANGE_STATES
from sed_tui.domain.exchange_partner import CHANNEL_TITLES
from sed_tui.domain.files import FILE_ROLES, TEXT_STATES
from sed_tui.domain.flows import (
    Exchange,
)
from sed_tui.domain.handover import ITEM_TITLES, PART_TITLES
from sed_tui.domain.intake import INTAKE_TITLES, OUTCOME_TITLES, IntakeState
from sed_tui.domain.joining import (
    FORM_TITLES,
    FRONT_TITLES,
    REGISTER_TITLES,
    SIDE_TITLES,
    SUBSYSTEM_TITLES,
)
from sed_tui.domain.joining import STATE_TITLES as JOINING_STATES
from sed_tui.domain.joining import STEP_TITLES as JOINING_STEPS
from sed_tui.domain.joining_papers import PAPER_TITLES
from sed_tui.domain.joining_papers import WAY_TITLES as SIGNING_WAYS
from sed_tui.domain.legal import ActArea, ActLevel, ActProblem, ActStatus
from sed_tui.domain.links import NAMES as LINKS
from sed_tui.domain.mailing import WAY_TITLES
from sed_tui.domain.numbering import Period, Scope
from sed_tui.domain.recurrence import PERIOD_TITLES
from sed_tui.domain.reminders import Audience
from sed_tui.domain.resolution import STATE_TITLES as DRAFT_STATES
from sed_tui.domain.resolution import STEP_TITLES as DRAFT_STEPS
from sed_tui.domain.route import STAGE_KIND_TITLES
from sed_tui.domain.route_following import STEP_STATE_TITLES, StepState
from sed_tui.domain.signing import BASIS_TITLES
from sed_tui.domain.substitution import Scope as Standing
from sed_tui.domain.terms import Unit
from sed_tui.domain.workstation import STATUS_TITLES
from sed_tui.errors.verdicts import VERDICTS
from sed_tui.i18n import N_
from sed_tui.operations.values import ROLES

_REACH = {
    "head:department": N_("head of the department"),
    "head:own": N_("head: one's own"),
    "assistant:department": N_("assistant of the department"),
    "assistant:own": N_("assistant: one's own"),
    "controller:department": N_("controller of the department"),
    "controller:own": N_("controller: one's own"),
    "executor:department": N_("executor: the department"),
    "executor:organization": N_("executor: the organization"),
}
_STATES: dict[str, str] = {
    **EXCHANGE_STATES,
    **INTAKE_TITLES,
    **{state.value: title for state, title in STATE_TITLES.items()},
    **{state.value: title for state, title in ACQUAINTANCE_STATES.items()},
    **{state.value: title for state, title in READING_TITLES.items()},
    **{state.value: title for state, title in PART_STATES.items()},
    **{state.value: title for state, title in DRAFT_STATES.items()},
    **{state.value: title for state, title in PERIOD_TITLES.items()},
    **{state.value: title for state, title in STEP_STATE_TITLES.items()},
    # schemas of a database
    "current": N_("current"),
    "in_use": N_("in use"),
    "superseded": N_("superseded"),
    "outdated": N_("outdated"),
    "newer": N_("newer than the program"),
    "active": N_("active"),
    "joining": N_("is joining"),
    "suspended": N_("is suspended"),
    "disconnected": N_("is disconnected"),
    "reorganized": N_("is reorganized"),
    "elsewhere": N_("known by name"),
    "closed": N_("closed"),
    "merged": N_("merged"),
    "dismissed": N_("dismissed"),
    "pending": N_("waits to be sent"),
    "sent": N_("sent"),
    "failed": N_("not taken"),
    # requests and contributions
    "asked": N_("waits for a decision"),
    "answered": N_("is answered"),
    "accepted": N_("is accepted"),
    "granted": N_("is granted"),
    "denied": N_("is denied"),
    "lapsed": N_("lapsed with the assignment"),
    "done": N_("handed in"),
}
_PROBLEMS: dict[str, str] = {
    "cancelled": N_("cancelled"),
    "renumbered": N_("renumbered"),
    "lapsed": N_("reservation lapsed"),
    "skipped": N_("skipped"),
    "reserved": N_("reserved"),
    "format": N_("another format"),
    "chronology": N_("out of chronology"),
    # the legal reference
    ActProblem.REPEALED_IN_USE: N_("repealed, yet in use"),
    ActProblem.NOT_LISTED: N_("not in the reference"),
    ActProblem.SAME_NUMBER: N_("the same number with another date"),
    ActProblem.BAD_ADDRESS: N_("the address is broken"),
    ActProblem.STALE: N_("checked too long ago"),
    ActProblem.NEVER_CHECKED: N_("never checked"),
    ActProblem.NO_ADDRESS: N_("no address"),
}
_KINDS: dict[str, str] = {
    **EXCHANGE_KINDS,
    **{kind.value: name for kind, name in LINKS.items()},
    "organization": N_("organization"),
    "citizen": N_("citizen"),
    **{kind.value: title for kind, title in KIND_TITLES.items()},
    **{kind.value: title for kind, title in STAGE_KIND_TITLES.items()},
    "resolution": N_("resolution"),
    "protocol": N_("protocol"),
    # what is trusted
    "root": N_("root"),
    "authority": N_("authority"),
    "list": N_("list of revoked ones"),
    # days of the calendar
    "working": N_("a working day"),
    "off": N_("a day off"),
    "default": N_("as everywhere"),
}
_PERIODS: dict[str, str] = {
    Period.YEAR: N_("year"),
    Period.QUARTER: N_("quarter"),
    Period.MONTH: N_("month"),
    Period.DAY: N_("day"),
    Period.CONTINUOUS: N_("continuous"),
}
_SCOPES: dict[str, str] = {
    Scope.NONE: N_("none"),
    Scope.LEADING: N_("leading document"),
    Scope.UNIT: N_("unit"),
    Scope.ORGANIZATION: N_("organization"),
}
_GROUPS: dict[str, str] = {
    "to_execute": N_("to execute"),
    "to_accept": N_("to accept"),
    "issued": N_("issued by me"),
    "substituted": N_("for others, whom I stand in for"),
}
_REPEATS: dict[str, str] = {
    "primary": N_("first"),
    "repeated": N_("repeated"),
    "multiple": N_("many times"),
}
_WORK: dict[str, str] = {
    Standing.ASSIGNMENTS: N_("assignments"),
    Standing.APPROVAL: N_("approval"),
    Standing.ACQUAINTANCE: N_("acquaintance"),
}
_UNITS: dict[str, str] = {
    Unit.CALENDAR_DAYS: N_("calendar days"),
    Unit.WORKING_DAYS: N_("working days"),
    Unit.MONTHS: N_("months"),
    Unit.HALF: N_("half of the term"),
}
_SHIFTS: dict[str, str] = {
    Direction.PREVIOUS: N_("to the previous working day"),
    Direction.NEXT: N_("to the next working day"),
    Direction.REFUSE: N_("refused"),
}
_AUDIENCES: dict[str, str] = {
    Audience.EXECUTOR: N_("executor"),
    Audience.CONTROLLER: N_("controller"),
    Audience.HEAD: N_("head"),
    Audience.ACCEPTOR: N_("whoever accepts"),
}
_SIGNS: dict[str, str] = {
    Urgency.OVERDUE: N_("overdue"),
    Urgency.TODAY: N_("today"),
    Urgency.SOON: N_("soon"),
    Urgency.IN_TIME: N_("in time"),
    Urgency.WITHOUT_TERM: N_("without a term"),
    Urgency.WAITING: N_("waits for acceptance"),
    Urgency.CLOSED: N_("closed"),
}
ACT_STATUSES: dict[str, str] = {
    ActStatus.IN_FORCE: N_("in force"),
    ActStatus.CHANGED: N_("amended"),
    ActStatus.REPEALED: N_("repealed"),
    ActStatus.NOT_CHECKED: N_("not checked"),
}
ACT_LEVELS: dict[str, str] = {
    ActLevel.OPERATOR: N_("of the operator"),
    ActLevel.REGIONAL: N_("regional"),
    ActLevel.FEDERAL: N_("federal"),
    ActLevel.OWN: N_("own"),
}
ACT_AREAS: dict[str, str] = {
    ActArea.SYSTEM: N_("the system itself"),
    ActArea.RECORDS: N_("records management"),
    ActArea.APPEALS: N_("citizens' appeals"),
    ActArea.REQUESTS: N_("deputies and prosecutors"),
    ActArea.SIGNATURE: N_("electronic signature"),
    ActArea.PERSONAL_DATA: N_("personal data"),
    ActArea.INFORMATION: N_("information"),
    ActArea.ARCHIVE: N_("archive"),
    ActArea.INTERCHANGE: N_("interchange"),
    ActArea.RESTRICTED: N_("official use only"),
}
_SIDES: dict[str, str] = {side.value: title for side, title in SIDE_TITLES.items()}
BY_FIELD: dict[str, dict[str, str]] = {
    "exchange": {Exchange.NONE: N_("not sent"), Exchange.SENT: N_("is dispatched")},
    "passage_state": {state.value: title for state, title in PASSAGE_TITLES.items()},
    "sort": {sort.value: title for sort, title in SORT_TITLES.items()},
    "stage": {stage.value: title for stage, title in STAGE_TITLES.items()},
    "result": VERDICTS | {state.value: title for state, title in TASK_TITLES.items()},
    "answer_state": {state.value: title for state, title in ANSWER_TITLES.items()},
    "signature": VERDICTS | {"none": N_("no signature")},
    "verdict": VERDICTS,
    "status": STATUS_TITLES | ACT_STATUSES,
    "change": {"changed": N_("changed"), "added": N_("added"), "removed": N_("removed")},
    "role": ROLES | FILE_ROLES,
    "text_state": TEXT_STATES,
    "reach": _REACH,
    "state": _STATES,
    "sign": _SIGNS,
    "became": {
        **{state.value: title for state, title in PERIOD_TITLES.items()},
        "failed": N_("not issued"),
    },
    "event": {
        **QUARANTINE_TITLES,
        **{state: title for state, title in EXCHANGE_STATES.items()},
        **EXCHANGE_EVENTS,
        **{step.value: title for step, title in EVENT_TITLES.items()},
    },
    "exchange_state": EXCHANGE_STATES,
    "channel": CHANNEL_TITLES,
    # answers of a simulated partner
    "says": {
        **EXCHANGE_STATES,
        "receipt": EXCHANGE_KINDS["receipt"],
        "broken": EXCHANGE_KINDS["unknown"],
    },
    "direction": DIRECTION_TITLES,
    "steps": {step.value: title for step, title in (DRAFT_STEPS | WAY_STEPS | STEP_TITLES).items()},
    "shown_status": ACT_STATUSES,
    "level": ACT_LEVELS,
    "area": ACT_AREAS,
    "child_term": {ChildTerm.WARN: N_("is warned of"), ChildTerm.FORBID: N_("is forbidden")},
    "late_extension": {
        LateExtension.FLAG: N_("is marked"),
        LateExtension.REFUSE: N_("is refused"),
    },
    "item": {item.value: title for item, title in ITEM_TITLES.items()},
    "part": {part.value: title for part, title in PART_TITLES.items()} | FILE_PART_TITLES,
    "audience": _AUDIENCES,
    "problem": _PROBLEMS,
    "kind": _KINDS,
    "way": WAY_TITLES | {way.value: title for way, title in SIGNING_WAYS.items()},
    "joining": {state.value: title for state, title in JOINING_STATES.items()},
    "possible": {step.value: title for step, title in JOINING_STEPS.items()},
    "joining_step": {step.value: title for step, title in JOINING_STEPS.items()}
    | {"apply": N_("Application begun"), "register": N_("Entered from the register")},
    "waits_for": _SIDES,
    "side": _SIDES,
    "subsystem": {one.value: title for one, title in SUBSYSTEM_TITLES.items()},
    "front": {one.value: title for one, title in FRONT_TITLES.items()},
    "register_state": {one.value: title for one, title in REGISTER_TITLES.items()},
    "paper": {paper.value: title for paper, title in PAPER_TITLES.items()},
    "form": {form.value: title for form, title in FORM_TITLES.items()},
    "basis": {basis.value: title for basis, title in BASIS_TITLES.items()},
    "outcome": OUTCOME_TITLES
    | {
        "quarantined": N_("is in quarantine"),
        "signed": N_("is signed"),
        "refused": N_("is refused"),
        "not_tried": N_("not tried"),
    },
    "period": _PERIODS,
    "scope": _SCOPES,
    "appeal_repeat": _REPEATS,
    "counted_in": _UNITS,
    "scopes": _WORK,
    "group": _GROUPS,
    "language": {"ru": N_("Russian"), "en": N_("English")},
    "shift": _SHIFTS,
}
# states whose values other lists of states hold too, with other words
BY_LIST: dict[type, dict[str, str]] = {
    MessageState: EXCHANGE_STATES,
    IntakeState: INTAKE_TITLES,
    PartState: {state.value: title for state, title in PART_STATES.items()},
    ReadingState: {state.value: title for state, title in READING_TITLES.items()},
    StepState: {state.value: title for state, title in STEP_STATE_TITLES.items()},
}
