"""Workplaces: the last report of each machine, and versions counted over all of them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.program_version import find_version, version
from sed_tui.domain.text import clean
from sed_tui.domain.workstation import Status, VersionOf
from sed_tui.errors import Invalid
from sed_tui.i18n import _
from sed_tui.operations.registry import EVERY_ORGANIZATION
from sed_tui.operations.workstation import (
    CountVersions,
    ListWorkstations,
    ReportWorkstation,
    VersionCount,
    VersionCounts,
    Workstation,
    WorkstationList,
)
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable
from sed_tui.storage.tables.workstation import WorkstationTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.domain.program_version import Version
    from sed_tui.handlers.work import Work

_W = WorkstationTable
_PLAIN = (_W.id, _W.machine, _W.system, _W.csp, _W.browser, _W.browser_version, _W.program_version)
_NONE = "—"
_MACHINE = ("organization_id", "employee_id", "machine")


def report_workstation(work: Work, request: ReportWorkstation) -> Workstation:
    """Keep the report in place of the machine's last one."""
    values = _columns(work, request)
    upsert = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    kept = {name: value for name, value in values.items() if name not in {"id", *_MACHINE}}
    stored: UUID = work.db.execute(
        upsert(_W)
        .values(values)
        .on_conflict_do_update(index_elements=_MACHINE, set_=kept)
        .returning(col(_W.id))
    ).scalar_one()
    told = {name: values[name] for name in ("machine", "csp", "status", "edition")}
    work.record("report", "workstation", stored, None, told)
    (row,) = _rows(work, {work.organization_id}, col(_W.id) == stored)
    return row


def list_workstations(work: Work, request: ListWorkstations) -> WorkstationList:
    """Return machines, the last reports first. Raises `Invalid` for what is no version."""
    least = _asked_version(request.csp_below)
    conditions: list[ColumnElement[bool]] = []
    if request.status is not None:
        conditions.append(col(_W.status) == request.status.value)
    if request.breaks_after_update:
        conditions.append(col(_W.breaks_after_update).is_(True))
    if request.older_than_days is not None:
        before = work.now - timedelta(days=request.older_than_days)
        conditions.append(col(_W.reported_at) < before)
    rows: Iterable[Workstation] = _rows(work, _organizations(work, request), *conditions)
    if request.failing is not None:
        rows = [row for row in rows if _fails(row, request.failing)]
    if least is not None:
        rows = [row for row in rows if _is_below(row.csp, least)]
    return WorkstationList(rows=list(rows))


def count_versions(work: Work, request: CountVersions) -> VersionCounts:
    """Count machines by a version, the newest version first."""
    machines = _rows(work, _organizations(work, request))
    counts = Counter(value for one in machines for value in _counted(one, request.by))
    rows = [
        VersionCount(version=value, machines=count, share=round(100 * count / len(machines), 1))
        for value, count in sorted(counts.items(), key=lambda item: _order(item[0]), reverse=True)
    ]
    at_risk = sum(one.breaks_after_update for one in machines)
    return VersionCounts(by=request.by, rows=rows, total=len(machines), breaks_after_update=at_risk)


def _columns(work: Work, request: ReportWorkstation) -> dict[str, Any]:
    checks = [check.model_dump(mode="json") for check in request.checks]
    failing = ",".join(one.id for one in request.checks if one.status is Status.FAIL)
    return {
        "id": uuid4(),
        "organization_id": work.organization_id,
        "employee_id": work.actor.employee_id,
        "machine": clean(request.machine, "machine", limit=100),
        "system": request.system,
        "csp": request.csp,
        "browser": request.browser,
        "browser_version": request.browser_version,
        "program_version": request.program_version,
        "edition": request.edition,
        "set_code": request.set,
        "status": request.status.value,
        "breaks_after_update": request.breaks_after_update,
        "failing": failing[:2000],
        "checks": json.dumps(checks, ensure_ascii=False),
        "checked_at": request.checked_at,
        "reported_at": work.now,
    }


def _organizations(work: Work, request: ListWorkstations | CountVersions) -> set[UUID]:
    if request.organization != EVERY_ORGANIZATION:
        return {work.organization_id}
    return set(work.actor.organizations(work.operation))


def _rows(
    work: Work, organizations: set[UUID], *conditions: ColumnElement[bool]
) -> list[Workstation]:
    more = (_W.edition, _W.status, _W.breaks_after_update, _W.checked_at, _W.reported_at)
    rows = work.db.execute(
        select(
            *map(col, (*_PLAIN, *more, _W.failing)),
            col(_W.set_code).label("set"),
            col(OrganizationTable.code).label("organization"),
            col(EmployeeTable.full_name).label("employee"),
            col(EmployeeTable.login),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(_W.employee_id))
        .join(OrganizationTable, col(OrganizationTable.id) == col(_W.organization_id))
        .where(col(_W.organization_id).in_(organizations), *conditions)
        .order_by(col(_W.reported_at).desc(), col(_W.id))
    )
    return [_row(dict(row._mapping)) for row in rows]


def _row(values: dict[str, Any]) -> Workstation:
    failing = values.pop("failing")
    return Workstation(**values, failing=failing.split(",") if failing else [])


def _fails(row: Workstation, check: str) -> bool:
    return any(one == check or one.partition(".")[0] == check for one in row.failing)


def _asked_version(text: str | None) -> Version | None:
    if text is None:
        return None
    try:
        return version(text)
    except ValueError as error:
        reason = _("a version such as 5.0.11455 is expected")
        raise Invalid(field="csp_below", reason=reason) from error


def _is_below(text: str | None, least: Version) -> bool:
    found = find_version(text or "")
    return found is not None and found.reaches(least) is False


def _counted(one: Workstation, by: VersionOf) -> Iterator[str]:
    match by:
        case VersionOf.FAILING:
            yield from one.failing
        case VersionOf.BROWSER:
            yield f"{one.browser} {one.browser_version or ''}".strip() if one.browser else _NONE
        case _:
            yield str(getattr(one, by.value) or _NONE)


def _order(value: str) -> tuple[str, tuple[int, ...], str]:
    found = find_version(value)
    numbers = found.numbers if found else ()
    return value.rpartition(" ")[0] if found else "", numbers, value
