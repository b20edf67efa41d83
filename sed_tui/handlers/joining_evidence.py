"""What proves a step recorded: protocols, an export; and organizations gone over into others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.joining import STEP_TITLES, JoiningStep, SuccessionForm
from sed_tui.domain.text import clean, optional
from sed_tui.errors import Invalid
from sed_tui.errors.identity import UnknownOrganization
from sed_tui.errors.joining import (
    ExchangeNotProven,
    ExportOfAnother,
    NoProtocol,
    SuccessorIsItself,
)
from sed_tui.handlers.joining_card import card_of, row_values
from sed_tui.handlers.joining_found import (
    at_applicant,
    find_application,
    require_operator,
    system_operator,
    who,
)
from sed_tui.handlers.joining_steps import change, take
from sed_tui.handlers.role_grants import grant_roles
from sed_tui.i18n import _
from sed_tui.operations.joining import ApplicationRow, TakeJoiningStep
from sed_tui.operations.joining_list import ApplicationPage
from sed_tui.storage.tables.joining import JoiningEvidenceTable, JoiningSuccessorTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import Application
    from sed_tui.operations.joining_evidence import (
        RecordEvidence,
        RecordExport,
        ReorganizeOrganizations,
    )

_PROVEN = (JoiningStep.EQUIP, JoiningStep.TRY)
_UIDS = ("message_uid", "receipt_uid", "registration_uid")
_O = OrganizationTable


def record_evidence(work: Work, request: RecordEvidence) -> Application:
    """Record the protocol of a check. Raises `NoProtocol`, `ExchangeNotProven`."""
    found = find_application(work, request.application)
    if request.step not in _PROVEN:
        raise NoProtocol(field="step", step=_(STEP_TITLES[request.step]))
    uids = {name: optional(getattr(request, name), name, limit=100) for name in _UIDS}
    if request.step is JoiningStep.TRY and len(set(filter(None, uids.values()))) < len(_UIDS):
        raise ExchangeNotProven(field="message_uid")
    row = {"step": request.step.value, **uids}
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
        there.record("evidence", "joining", found.id, None, row)
    return card_of(work, str(found.id))


def record_export(work: Work, request: RecordExport) -> Application:
    """Record a complete export. Raises `ExportOfAnother`."""
    found = find_application(work, request.application)
    if request.organization_id != found.organization_id:
        raise ExportOfAnother(field="organization_id", application=found.code)
    values = {"exported_digest": request.digest, "exported_seq": request.seq}
    change(work, found, values, None)
    with at_applicant(work, found) as there:
        there.record("record_export", "joining", found.id, None, values)
    return card_of(work, str(found.id))


def reorganize_organizations(work: Work, request: ReorganizeOrganizations) -> ApplicationPage:
    """Let organizations go over into others, all or none.

    Registrars of the successors read what the predecessors hold, by its old numbers.
    Raises `SuccessorIsItself`, `UnknownOrganization`, `NotReady`.
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
