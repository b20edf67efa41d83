"""Reports: what is overdue at the end of a day, and who is late."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.clock import end_of_office_day
from sed_tui.handlers.overdue_rows import OverdueRows
from sed_tui.operations.registry import EVERY_ORGANIZATION
from sed_tui.operations.report import (
    Grouping,
    OverdueReport,
    OverdueRow,
    OverdueTotals,
    ReportOverdue,
)
from sed_tui.storage.names import Person, as_recorded
from sed_tui.storage.overdue import Moment, overdue_counts
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.domain.access import Actor
    from sed_tui.handlers.work import Work

_PERSON = {Grouping.AUTHOR: "author_id"}
_NO_DEPARTMENT = "—"  # the same in every language: it is a key of JSON


def report_overdue(work: Work, request: ReportOverdue) -> OverdueReport:
    """Report on one organization, or on every one the actor may report on."""
    day = request.as_of or work.today
    moment = Moment(day, end_of_office_day(day) if day < work.today else None)
    several = request.organization == EVERY_ORGANIZATION
    rows: list[OverdueRow] = []
    by: Counter[str] = Counter()
    total = 0
    for code, part in _parts(work, several=several):
        prefix = code if several else None
        person = _PERSON.get(request.by, "executor_id")
        if request.rows:
            # counted in the list itself: between two queries somebody may report
            listed, counted = OverdueRows(part, moment, prefix, person).read()
            rows += listed
        else:
            counted = _counted(part, moment, person)
        total += sum(count for _person, count in counted)
        by += _grouped(counted, request.by, prefix)
    groups = {} if request.by is Grouping.NONE else dict(sorted(by.items()))
    # a report holds up to a hundred thousand rows, which are made right here
    return OverdueReport.model_construct(
        as_of=day, rows=rows, totals=OverdueTotals(overdue=total, by=groups)
    )


def _parts(work: Work, *, several: bool) -> list[tuple[str, Work]]:
    """Return the work in each organization of the report, by code."""
    if not several:
        return [(work.actor.organization, work)]
    ids = work.actor.organizations(work.operation)
    rows = work.db.execute(
        select(col(OrganizationTable.id), col(OrganizationTable.code))
        .where(col(OrganizationTable.id).in_(ids), col(OrganizationTable.state) == "active")
        .order_by(col(OrganizationTable.code))
    )
    return [
        (row.code, replace(work, actor=_acting_in(work.actor, row.id, row.code))) for row in rows
    ]


def _acting_in(actor: Actor, organization_id: UUID, code: str) -> Actor:
    return replace(
        actor,
        organization_id=organization_id,
        organization=code,
        roles=dict(actor.grants)[organization_id],
    )


def _counted(work: Work, moment: Moment, person: str) -> list[tuple[Person, int]]:
    rows = work.db.execute(overdue_counts(work.actor, moment, person)).all()
    people = as_recorded(work.db, work.organization_id, rows, moment.cutoff)
    return [(people[row.id], row.overdue) for row in rows]


def _grouped(counted: list[tuple[Person, int]], by: Grouping, code: str | None) -> Counter[str]:
    names = Counter(person.name for person, _count in counted)
    groups: Counter[str] = Counter()
    for person, count in counted:
        if by is Grouping.DEPARTMENT:
            name = person.department or _NO_DEPARTMENT
        elif names[person.name] > 1:  # namesakes are told apart by their logins
            name = f"{person.name} ({person.login})"
        else:
            name = person.name
        groups[f"{code}: {name}" if code else name] += count
    return groups
