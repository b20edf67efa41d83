"""What a report is of: the organizations, the moment, the people it is narrowed to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.clock import end_of_office_day, start_of_office_day
from sed_tui.errors import NotFound
from sed_tui.operations.registry import EVERY_ORGANIZATION
from sed_tui.operations.report import Grouping, ReportRequest
from sed_tui.storage.department import with_department
from sed_tui.storage.standing import Moment, People
from sed_tui.storage.substitutes import standing_in
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from sed_tui.domain.actor import Actor
    from sed_tui.domain.report_period import Period
    from sed_tui.handlers.work import Work
    from sed_tui.operations.report import DayRequest
    from sed_tui.storage.names import Person

_NO_DEPARTMENT = "—"  # the same in every language: it is a key of JSON
_PERSON = {Grouping.AUTHOR: "author_id"}


@dataclass(frozen=True, slots=True)
class Part:
    """One organization of a report; `code` stands in its rows when there are several."""

    work: Work
    moment: Moment
    people: People
    code: str | None

    @property
    def actor(self) -> Actor:
        """Return the actor as he acts in the organization."""
        return self.work.actor

    def span(self, period: Period) -> tuple[datetime, datetime]:
        """Return the instants of a period, no later than the report's moment."""
        end = end_of_office_day(period.until)
        cutoff = self.moment.cutoff
        return start_of_office_day(period.since), end if cutoff is None else min(end, cutoff)


def parts_of(work: Work, request: DayRequest) -> list[Part]:
    """Return the organizations of a report, by code.

    A person or a department need not be known in all of them, but in one.
    Raises `NotFound` and what finding them raises.
    """
    moment = moment_of(work, request.as_of)
    if request.organization != EVERY_ORGANIZATION:
        return [Part(work, moment, _people(work, moment, request), None)]
    found: list[Part] = []
    missing: NotFound | None = None
    for code, part in _everywhere(work):
        try:
            found.append(Part(part, moment, _people(part, moment, request), code))
        except NotFound as failure:
            missing = failure
    if missing is not None and not found:
        raise missing
    return found


def moment_of(work: Work, as_of: date | None) -> Moment:
    """Return the moment that the end of a day is, today by default."""
    day = as_of or work.today
    return Moment(day, end_of_office_day(day) if day < work.today else None)


def person_of(by: Grouping) -> str:
    """Return the column of the person that a grouping counts by."""
    return _PERSON.get(by, "executor_id")


def group_names(
    people: Iterable[tuple[UUID | str, Person]], by: Grouping, code: str | None
) -> dict[UUID | str, str]:
    """Return what the group of each person is called; namesakes are told apart by logins."""
    people = list(people)
    names = Counter(person.name for _key, person in people)

    def name_of(person: Person) -> str:
        if by is Grouping.DEPARTMENT:
            return person.department or _NO_DEPARTMENT
        return f"{person.name} ({person.login})" if names[person.name] > 1 else person.name

    prefix = f"{code}: " if code else ""
    return {key: prefix + name_of(person) for key, person in people}


def _everywhere(work: Work) -> list[tuple[str, Work]]:
    ids = work.actor.organizations(work.operation)
    rows = work.db.execute(
        select(col(OrganizationTable.id), col(OrganizationTable.code))
        .where(col(OrganizationTable.id).in_(ids), col(OrganizationTable.state) == "active")
        .order_by(col(OrganizationTable.code))
    )
    return [(row.code, replace(work, actor=_acting_in(work, row.id, row.code))) for row in rows]


def _acting_in(work: Work, organization_id: UUID, code: str) -> Actor:
    """Return the actor with what he is there: clearance, department and substitutions too."""
    nobody: frozenset[UUID] = frozenset()
    actor = replace(
        work.actor,
        organization_id=organization_id,
        organization=code,
        roles=dict(work.actor.grants)[organization_id],
        clearance=organization_id in work.actor.cleared_in,
        stands_for=nobody,
        reads_for=nobody,
        approves_for=nobody,
        colleagues=nobody,
        is_broad=False,
    )
    return standing_in(work.db, with_department(work.db, actor), work.today)


def _people(work: Work, moment: Moment, request: DayRequest) -> People:
    if not isinstance(request, ReportRequest):
        return People()
    executors = None
    if request.department is not None:
        executors = _department(work, moment, request.department)
    if request.executor is not None:
        one = _person(work, request.executor, "executor")
        executors = one if executors is None else executors & one
    authors = _person(work, request.author, "author") if request.author is not None else None
    return People(executors, authors)


def _person(work: Work, text: str, field: str) -> frozenset[UUID]:
    # 30 ms with the dialect of PostgreSQL, for reports on one person alone
    from sed_tui.handlers.employee import find_colleague

    return frozenset({find_colleague(work, text, field).id})


def _department(work: Work, moment: Moment, text: str) -> frozenset[UUID]:
    """Return the people whom the report places in a department."""
    from sed_tui.handlers.unit import find_unit
    from sed_tui.storage.names import as_recorded, named_people

    unit = find_unit(work, text, "department")
    name = work.db.scalar(select(col(UnitTable.name)).where(col(UnitTable.id) == unit))
    within = col(EmployeeTable.organization_id) == work.organization_id
    rows = work.db.execute(named_people().where(within)).all()
    people = as_recorded(work.db, work.organization_id, rows, moment.cutoff)
    return frozenset(key for key, person in people.items() if person.department == name)
