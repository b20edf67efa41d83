"""What proves a step recorded: protocols, an export; and organizations gone over into others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.clock import OFFICE_ZONE
from sed_tui.domain.joining import STEP_TITLES, JoiningState, JoiningStep, SuccessionForm
from sed_tui.domain.text import clean, optional
from sed_tui.errors import Invalid
from sed_tui.errors.identity import UnknownOrganization
from sed_tui.errors.joining import (
    ChannelThere,
    ExportNotInTrail,
    ExportOfAnother,
    ExportTooEarly,
    NoProtocol,
    NotLeaving,
    SuccessorIsItself,
)
from sed_tui.handlers.joining_card import card_of, row_values
from sed_tui.handlers.joining_exchange import partners_between, prove_exchange
from sed_tui.handlers.joining_found import (
    at_applicant,
    find_application,
    require_operator,
    system_operator,
    who,
)
from sed_tui.handlers.joining_steps import change, take
from sed_tui.handlers.role_grants import grant_roles
from sed_tui.i18n import N_, _
from sed_tui.operations.joining import ApplicationRow, TakeJoiningStep
from sed_tui.operations.joining_list import ApplicationPage
from sed_tui.storage.exported_trail import find_export
from sed_tui.storage.tables.joining import JoiningEvidenceTable, JoiningSuccessorTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import Application
    from sed_tui.operations.joining_evidence import (
        RecordEvidence,
        RecordExport,
        ReorganizeOrganizations,
    )

_PROVEN = (JoiningStep.EQUIP, JoiningStep.TRY)
_BY_HAND = N_("Record the test exchange without messages")
_O = OrganizationTable


def record_evidence(work: Work, request: RecordEvidence) -> Application:
    """Record the protocol of a check. Raises `NoProtocol`, `ExchangeNotProven`, `ChannelThere`."""
    found = find_application(work, request.application)
    if request.step not in _PROVEN:
        raise NoProtocol(field="step", step=_(STEP_TITLES[request.step]))
    row = {"step": request.step.value}
    if request.step is JoiningStep.TRY:
        row |= _exchange(work, found, request)
    row["text"] = clean(request.text, "text", limit=2000, multiline=True)
    work.db.execute(
        insert(JoiningEvidenceTable).values(
            id=uuid4(),
            organization_id=found.organization_id,
            joining_id=found.id,
            recorded_at=work.now,
            recorded_by=who(work)[:200],
            **row,
        )
    )
    with at_applicant(work, found) as there:
        told = {name: str(value) for name, value in row.items() if value is not None}
        there.record("evidence", "joining", found.id, None, told)
    return card_of(work, str(found.id))


def _exchange(work: Work, found: Found, request: RecordEvidence) -> dict[str, Any]:
    """Return what proves the test exchange: messages, or why there are none."""
    why = optional(request.by_hand, "by_hand", limit=1000)
    if why is None:
        return prove_exchange(work, found, request.message).columns
    require_operator(work, found.operator, _(_BY_HAND))
    partners = partners_between(work, found)
    if partners:
        raise ChannelThere(field="by_hand", application=found.code, partner=", ".join(partners))
    return {"by_hand": why}


def record_export(work: Work, request: RecordExport) -> Application:
    """Record a complete export that the applicant's own trail tells of.

    Raises `ExportOfAnother`, `NotLeaving`, `ExportNotInTrail`, `ExportTooEarly`.
    """
    found = find_application(work, request.application)
    if request.organization_id != found.organization_id:
        raise ExportOfAnother(field="organization_id", application=found.code)
    if found.state is not JoiningState.LEAVING:
        raise NotLeaving(application=found.code)
    export = find_export(work.db, found.organization_id, request.digest)
    if export is None:
        raise ExportNotInTrail(field="digest", application=found.code, digest=request.digest[:12])
    if export.at < found.row.since:
        made, began = (
            f"{at.astimezone(OFFICE_ZONE):%d.%m.%Y %H:%M}" for at in (export.at, found.row.since)
        )
        raise ExportTooEarly(field="digest", application=found.code, made=made, began=began)
    values = {"exported_digest": request.digest, "exported_seq": export.trail}
    change(work, found, values, None)
    with at_applicant(work, found) as there:
        there.record("record_export", "joining", found.id, None, values)
    return card_of(work, str(found.id))


def reorganize_organizations(work: Work, request: ReorganizeOrganizations) -> ApplicationPage:
    """Let organizations go over into others, all or none.

    Registrars of the successors read what the predecessors hold, by its old numbers. Raises
    `SuccessorIsItself`, `UnknownOrganization`, `NotReady`, `Invalid`.
    """
    operator = system_operator(work)
    require_operator(work, operator, _(STEP_TITLES[JoiningStep.REORGANIZE]))
    since = request.since or work.today
    if since > work.today:
        raise Invalid(field="since", reason=_("a day that has come is expected"))
    successors = {code: _successor(work, code) for code in request.successors}
    rows = []
    for text in request.applications:
        found = find_application(work, text)
        if found.organization_id in successors.values():
            raise SuccessorIsItself(field="successors", organization=found.code)
        step = TakeJoiningStep(remark=request.remark, leaving=request.leaving)
        take(work, found, JoiningStep.REORGANIZE, step)
        for successor in successors.values():
            _pass_on(work, found.organization_id, successor, request.form, since)
            _let_read(work, found, successor)
        moved = find_application(work, str(found.id))
        rows.append(ApplicationRow(**row_values(work, moved.row._mapping)))
    return ApplicationPage(rows=rows)


def _successor(work: Work, code: str) -> UUID:
    found: UUID | None = work.db.scalar(
        select(col(_O.id)).where(col(_O.code) == code, col(_O.state).in_(["active", "joining"]))
    )
    if found is None:
        raise UnknownOrganization(field="successors", organization=code)
    return found


def _pass_on(
    work: Work, organization: UUID, successor: UUID, form: SuccessionForm, since: Any
) -> None:
    work.db.execute(
        insert(JoiningSuccessorTable).values(
            organization_id=organization,
            successor_id=successor,
            form=form.value,
            since=since,
            recorded_at=work.now,
            recorded_by=who(work)[:200],
        )
    )


def _let_read(work: Work, found: Any, successor: UUID) -> None:
    """Let the registrars of a successor read the predecessor's papers and change none."""
    table = RoleGrantTable
    registrars = work.db.scalars(
        select(col(table.employee_id))
        .join(EmployeeTable, col(EmployeeTable.id) == col(table.employee_id))
        .where(
            col(table.organization_id) == successor,
            col(table.role) == Role.REGISTRAR.value,
            col(EmployeeTable.state) == "active",
        )
    ).all()
    with at_applicant(work, found) as there:
        for person in registrars:
            grant_roles(there, person, [Role.AUDITOR])
            there.record("roles", "employee", person, None, {"roles": [Role.AUDITOR.value]})
