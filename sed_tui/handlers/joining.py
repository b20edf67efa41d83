"""Applications for accession: begun, filled in, checked, moved along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.joining import EDITABLE, STATE_TITLES, STEP_TITLES, rows_from, way_forward
from sed_tui.domain.joining_application import FIELDS, checked_application
from sed_tui.domain.text import clean
from sed_tui.errors.joining import CheckedAfterToday, FieldNotEditable, StepNotNow
from sed_tui.handlers.joining_beginning import begin
from sed_tui.handlers.joining_card import card_of
from sed_tui.handlers.joining_found import at_applicant, find_application, require_operator
from sed_tui.handlers.joining_steps import change, take
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import (
        Application,
        ApplyForJoining,
        CheckRegister,
        EditApplication,
        ShowApplication,
        TakeJoiningStep,
    )

_CHECKING = N_("Look at the state register")


def apply_for_joining(work: Work, request: ApplyForJoining) -> Application:
    """Begin an application; the operator's makes the organization too, in which nobody acts yet.

    Raises `NoOperator`, `OperatorOnly`, `ApplicationOpen`, `AlreadyJoined`.
    """
    return card_of(work, str(begin(work, request)))


def edit_application(work: Work, request: EditApplication) -> Application:
    """Change fields of an application that is with the applicant. Raises `FieldNotEditable`."""
    found = find_application(work, request.application)
    if found.state not in EDITABLE:
        raise FieldNotEditable(name=found.row.name, state=_(STATE_TITLES[found.state]))
    old = {name: _text(found.row._mapping[name]) for name in FIELDS}
    values = checked_application(old | dict(request.fields))
    values["name"] = clean(values["name"] or "", "name", limit=500)
    before = {name: found.row._mapping[name] for name in FIELDS}
    change(work, found, values, request.version)
    if values != before:
        with at_applicant(work, found) as there:
            there.record("edit", "joining", found.id, _told(before), _told(values))
    return card_of(work, str(found.id))


def check_register(work: Work, request: CheckRegister) -> Application:
    """Record what the operator found in the state register. Raises `CheckedAfterToday`."""
    found = find_application(work, request.application)
    require_operator(work, found.operator, _(_CHECKING))
    day = request.checked_on or work.today
    if day > work.today:
        raise CheckedAfterToday(field="checked_on", day=f"{day:%d.%m.%Y}")
    values = {"register_state": request.register_state.value, "register_checked_on": day}
    change(work, found, values, request.version)
    with at_applicant(work, found) as there:
        there.record("check_register", "joining", found.id, None, _told(values))
    return card_of(work, str(found.id))


def take_joining_step(work: Work, request: TakeJoiningStep) -> Application:
    """Take a step. Raises `StepNotNow`, `OperatorOnly`, `RemarkWanted`, `NotReady`."""
    found = find_application(work, request.application)
    step = request.step
    if step is None:
        forward = way_forward(found.state)
        if forward is None:
            state = _(STATE_TITLES[found.state])
            possible = ", ".join(_(STEP_TITLES[row.step]) for row in rows_from(found.state)) or "—"
            raise StepNotNow(step=_(N_("The next step")), state=state, possible=possible)
        step = forward.step
    take(work, found, step, request)
    return card_of(work, str(found.id))


def show_application(work: Work, request: ShowApplication) -> Application:
    """Return an application whole. Raises `UnknownApplication`."""
    return card_of(work, request.application)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in values.items()}
