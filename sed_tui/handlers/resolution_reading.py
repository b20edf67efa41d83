"""Points of a resolution as they stand today: their people, their terms, their gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.assignment_terms import check_co_term
from sed_tui.domain.resolution import PointParts, SharedParts, gaps
from sed_tui.domain.terms import require_future
from sed_tui.domain.text import clean
from sed_tui.errors import SedError
from sed_tui.errors.assignment_terms import TermNeeded
from sed_tui.errors.people import PersonDismissed
from sed_tui.errors.resolutions import BadPointNumber
from sed_tui.handlers.assignment_policy import load_policy
from sed_tui.handlers.assignment_steps import TEXT_LIMIT
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.resolution_points import TEXTS_AT_ONCE, Recognizer
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sed_tui.handlers.resolution_points import StoredPoint
    from sed_tui.handlers.work import Work

_PEOPLE = ("executor", "co_executors", "controller", "observers")
_TEXT_LIMITS = {"text": TEXT_LIMIT, "due": 64, "co_due": 64}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a point names."""

    name: str
    login: str
    is_at_work: bool


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """A point with everybody recognized who can be, and what keeps it from taking force."""

    stored: StoredPoint
    parts: PointParts
    observers: tuple[UUID, ...]
    effective: date | None
    gaps: list[SedError]


class Reader:
    """Reads the points of one resolution as of today."""

    def __init__(
        self,
        work: Work,
        shared: SharedParts,
        profile: str | None,
        points: Sequence[StoredPoint],
    ) -> None:
        self._work = work
        self._shared = shared
        self._profile = profile
        self._recognizer = Recognizer(work)
        self._terms: dict[tuple[str, str], date | SedError | None] = {}
        self.people = known_people(work, _named(points, shared.controller))

    def read(self, point: StoredPoint) -> ReadPoint:
        """Return a draft's point with its gaps (A8)."""
        faults: dict[str, SedError] = dict(_unread(point))
        found = {name: self._people(point, name, faults) for name in _PEOPLE}
        effective = self._effective(point, faults)
        parts = PointParts(
            text=point.text,
            due=point.due,
            executor=next(iter(found["executor"]), None),
            co_executors=found["co_executors"],
            controller=next(iter(found["controller"]), None),
            faults=faults,
        )
        names = {key: person.name for key, person in self.people.items()}
        lacks = gaps(parts, self._shared, names)
        return ReadPoint(point, parts, found["observers"], effective, lacks)

    def issued(self, point: StoredPoint, due: date | None) -> ReadPoint:
        """Return a point that took force, with the term that it got."""
        parts = PointParts(
            text=point.text,
            due=point.due,
            executor=point.executor,
            co_executors=point.co_executors,
            controller=point.controller,
        )
        return ReadPoint(point, parts, point.observers, due, [])

    def _people(
        self, point: StoredPoint, name: str, faults: dict[str, SedError]
    ) -> tuple[UUID, ...]:
        """Return those a field names; who has left or is not found is a fault."""
        value = getattr(point, name)
        found: dict[UUID, None] = dict.fromkeys(
            value if isinstance(value, tuple) else [value] if value is not None else []
        )
        for person in found:
            if not self.people[person].is_at_work:
                faults[name] = PersonDismissed(field=name, login=self.people[person].login)
        for text in point.written.get(name, ()):
            answer = self._recognizer.find(text, name)
            if isinstance(answer, UUID):
                found[answer] = None
                self.people |= known_people(self._work, [answer])
            else:
                faults[name] = _about(answer, name)
        return tuple(found)

    def _effective(self, point: StoredPoint, faults: dict[str, SedError]) -> date | None:
        ends: dict[str, date | None] = {}
        for name, text in (("due", point.due or self._shared.due), ("co_due", point.co_due)):
            if text is None or name in faults:
                continue
            end = self._term(text, name)
            if isinstance(end, SedError):
                faults[name] = end
            else:
                ends[name] = end
        try:
            check_co_term(ends.get("co_due"), ends.get("due"))
        except SedError as error:
            faults["co_due"] = error
        return ends.get("due")

    def _term(self, text: str, name: str) -> date | SedError | None:
        if (text, name) not in self._terms:
            try:
                self._terms[text, name] = self._count(text, name)
            except SedError as error:
                self._terms[text, name] = error
        return self._terms[text, name]

    def _count(self, text: str, name: str) -> date | None:
        found = count_term(self._work, text, self._work.today, profile=self._profile, field=name)
        if found is None:
            if name == "due" and not load_policy(self._work).allows_no_term:
                raise TermNeeded(field=name)
            return None
        require_future(found, self._work.today, name)
        return found.effective


def known_people(work: Work, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Return people by their ids, those who have left as well."""
    wanted = list(dict.fromkeys(ids))
    table = EmployeeTable
    found: dict[UUID, Person] = {}
    for first in range(0, len(wanted), TEXTS_AT_ONCE):
        rows = work.db.execute(
            select(*map(col, (table.id, table.full_name, table.login, table.state))).where(
                col(table.id).in_(wanted[first : first + TEXTS_AT_ONCE])
            )
        )
        found |= {r.id: Person(r.full_name, r.login or "", r.state == "active") for r in rows}
    return found


def _named(points: Iterable[StoredPoint], controller: UUID | None) -> Iterable[UUID]:
    people = [controller]
    for point in points:
        people += [point.executor, point.controller, *point.co_executors, *point.observers]
    return (person for person in people if person is not None)


def _unread(point: StoredPoint) -> Iterable[tuple[str, SedError]]:
    """Return what is wrong with texts that could not be stored as they are."""
    for text in point.written.get("number", ()):
        yield "number", BadPointNumber(field="number", value=text)
    for name, limit in _TEXT_LIMITS.items():
        for text in point.written.get(name, ()):
            try:
                clean(text, name, limit=limit, multiline=True)
            except SedError as error:
                yield name, error


def _about(error: SedError, name: str) -> SedError:
    """Return a failure to find somebody as one of the field it stands in."""
    if error.field == name:
        return error
    return type(error)(field=name, **error.details)
