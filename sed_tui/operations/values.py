"""What the values of fields are called for people; in JSON and CSV they stay English."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sed_tui.domain.access import Role
from sed_tui.domain.clock import OFFICE_ZONE
from sed_tui.domain.flows import (
    Approval,
    Confidentiality,
    Control,
    Execution,
    Flow,
    Lifecycle,
    Registration,
)
from sed_tui.i18n import N_, _, active_language

FLOWS: dict[str, str] = {
    Flow.INCOMING: N_("Incoming"),
    Flow.OUTGOING: N_("Outgoing"),
    Flow.INTERNAL: N_("Internal"),
    Flow.ORDER: N_("Order"),
    Flow.APPEAL: N_("Appeal"),
}
REGISTRATIONS: dict[str, str] = {
    Registration.UNREGISTERED: N_("not registered"),
    Registration.RESERVED: N_("number reserved"),
    Registration.REGISTERED: N_("registered"),
}
EXECUTIONS: dict[str, str] = {
    Execution.NONE: N_("no assignments"),
    Execution.REVIEW: N_("under review"),
    Execution.IN_WORK: N_("in work"),
    Execution.EXECUTED: N_("is executed"),
    Execution.NOT_REQUIRED: N_("for information"),
    Execution.STOPPED: N_("stopped"),
}
CONTROLS: dict[str, str] = {
    Control.NONE: N_("not on control"),
    Control.CONTROL: N_("on control"),
    Control.SPECIAL: N_("on special control"),
    Control.RELEASED: N_("released from control"),
}
ROLES: dict[str, str] = {
    Role.REGISTRAR: N_("registrar"),
    Role.HEAD: N_("head"),
    Role.ASSISTANT: N_("assistant"),
    Role.EXECUTOR: N_("executor"),
    Role.CONTROLLER: N_("controller"),
    Role.ADMINISTRATOR: N_("administrator"),
    Role.AUDITOR: N_("auditor"),
    Role.EXPORTER: N_("right to export"),
    Role.OPERATOR: N_("operator"),
    Role.SYSTEM: N_("system"),
}
_LIFECYCLES: dict[str, str] = {
    Lifecycle.DRAFT: N_("draft"),
    Lifecycle.ACTIVE: N_("in force"),
    Lifecycle.EXECUTED: N_("executed"),
    Lifecycle.OBSOLETE: N_("obsolete"),
    Lifecycle.CANCELLED: N_("cancelled"),
}
APPROVALS: dict[str, str] = {
    Approval.NONE: N_("not on approval"),
    Approval.RUNNING: N_("on approval"),
    Approval.REWORK: N_("on rework"),
    Approval.APPROVED: N_("is approved"),
    Approval.SIGNED: N_("is signed"),
}
_CONFIDENTIALITIES: dict[str, str] = {
    Confidentiality.NONE: N_("none"),
    Confidentiality.OFFICIAL: N_("For official use only"),
}
_OF_DOCUMENTS: dict[str, dict[str, str]] = {
    "flow": FLOWS,
    "registration": REGISTRATIONS,
    "execution": EXECUTIONS,
    "control": CONTROLS,
    "approval": APPROVALS,
    "roles": ROLES,
    "lifecycle": _LIFECYCLES,
    "confidentiality": _CONFIDENTIALITIES,
}
_DAYS = re.compile(
    r"(?:\w+_)?(?:on|date|dated|due|day|until|before|by|of|since|start|end)|effective|period"
)
# a value of a list of the program's own; a text of a person begins otherwise
_CODE = re.compile(r"[a-z][a-z0-9_:-]*")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def shown_value(field: str, value: Any) -> Any:
    """Return a value of a field as people read it: a state in words, a Russian date, yes or no.

    A member of a list that has words of its own is told by them, whatever the field is called.
    An instant is told in the office's time zone, to the minute. What is free text, or not
    known, comes back as it is.
    """
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return [shown_value(field, item) for item in value]
    if not isinstance(value, str):
        return value
    if _CODE.fullmatch(value) and (name := _title(field, value)):
        return _(name)
    if active_language() == "ru" and _DAYS.fullmatch(field) and (day := _ISO_DAY.fullmatch(value)):
        return ".".join(reversed(day.groups()))
    return _office_time(value) if _INSTANT.fullmatch(value) else value


def _title(field: str, value: str) -> str | None:
    if field == "state" and type(value) is not str:
        from sed_tui.operations.rule_values import BY_LIST

        if (own := BY_LIST.get(type(value))) is not None:
            return own[value]
    return _names(field).get(value)


def _names(field: str) -> dict[str, str]:
    if field in _OF_DOCUMENTS:
        return _OF_DOCUMENTS[field]
    # thirty modules of rules, a tenth of the start of a list that shows none of their words
    from sed_tui.operations.rule_values import BY_FIELD

    return BY_FIELD.get(field, {})


def _office_time(instant: str) -> str:
    local = datetime.fromisoformat(instant).astimezone(OFFICE_ZONE)
    form = "%d.%m.%Y %H:%M" if active_language() == "ru" else "%Y-%m-%d %H:%M"
    return local.strftime(form)
