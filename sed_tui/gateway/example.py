"""The example administration: an invented office, and its last weeks lived day by day.

Every step is an ordinary operation, done by the person whose step it is; only the clock
is turned back. So the example has no rights, numbers or records that an office cannot have.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sed_tui.domain.clock import OFFICE_ZONE, Clock, SystemClock, office_day
from sed_tui.domain.flows import FROM_OUTSIDE, SIGNED_BEFORE_REGISTRATION, Flow
from sed_tui.gateway.example_approvals import approve_memos
from sed_tui.gateway.example_plans import ASSISTANT, HEAD, draft_resolution, schedule_report
from sed_tui.gateway.example_signing import COUNT as SIGNED_COUNT
from sed_tui.gateway.example_signing import sign_letters, teach_to_sign
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.setup import initialize
from sed_tui.operations import (
    assignment,
    assignment_control,
    assignment_execution,
    employee,
    registration,
    unit,
)
from sed_tui.operations.assignment import IssueAssignment
from sed_tui.operations.assignment_control import AcceptAssignment
from sed_tui.operations.assignment_execution import ReportAssignment
from sed_tui.operations.employee import EditEmployee
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import (
    CORRESPONDENTS,
    DOCUMENTS,
    PEOPLE,
    BeginImport,
    ImportCorrespondents,
    ImportDocuments,
    ImportedRows,
    ImportPeople,
    ImportRows,
)
from sed_tui.operations.organization import InitializeOrganization
from sed_tui.operations.registration import RegisterDocument
from sed_tui.operations.registry import Message
from sed_tui.operations.unit import AddUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from sed_tui.config import Settings
    from sed_tui.operations.registry import Operation

    Step = Callable[[], None]

RowsT = TypeVar("RowsT", bound=ImportRows)
Row = dict[str, str]
ADMINISTRATOR, REGISTRAR, AUTHOR = "admin", "orlova", "gromov"
OFFICE = "Администрация Приозёрного района"
_AGE = 30  # the office is made so many working days ago
_MORNING, _PACE = time(9, 30), timedelta(minutes=7)
_FRIDAY = 4
_PLACE = EditEmployee(
    employee=ADMINISTRATOR,
    changes={"position": "Начальник общего отдела", "unit": "Общий отдел"},
)


class ExampleOffice(Message):
    """What has been made."""

    organization: str
    login: str
    people: int
    correspondents: int
    documents: int
    assignments: int
    keys: str
    """The folder of the keys that sign here and are trusted nowhere else; their PIN is demo."""


def make_example(
    settings: Settings,
    os_user: str | None = None,
    clock: Clock | None = None,
    reason: str | None = None,
) -> ExampleOffice:
    """Make a database that holds the example. Raises `AlreadyInitialized`."""
    present = (clock or SystemClock()).now()
    return _Example(settings, present).make(os_user, reason)


def example_files() -> Path:
    """Return the directory of the tables that the example is made of.

    They lie in `examples/` of the sources and travel in the wheel as `sed_tui/examples`.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "examples"
    return inside if inside.exists() else package.parent / "examples"


def read_rows(name: str) -> list[Row]:
    """Return the rows of one of the tables."""
    with (example_files() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def working_day(today: date, shift: int) -> date:
    """Return the weekday so many weekdays before or after one; holidays are not looked up."""
    day = today - timedelta(days=max(0, today.weekday() - _FRIDAY))
    step = timedelta(days=1 if shift > 0 else -1)
    for _ in range(abs(shift)):
        day += step
        while day.weekday() > _FRIDAY:
            day += step
    return day


class _Past:
    """A clock that is set forward step by step, up to the present."""

    def __init__(self, present: datetime) -> None:
        self._present = present
        self._moment = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        return self._moment

    def go_to(self, day: date) -> None:
        morning = datetime.combine(day, _MORNING, OFFICE_ZONE).astimezone(UTC)
        self._moment = min(self._present, max(morning, self._moment + _PACE))


class _Example:
    """The example while it is being made."""

    def __init__(self, settings: Settings, present: datetime) -> None:
        self._settings = settings
        self._today = office_day(present)
        self._clock = _Past(present)
        self._gateways: dict[str, LocalGateway] = {}
        self._documents: dict[str, str] = {}

    def make(self, os_user: str | None, reason: str | None) -> ExampleOffice:
        self._clock.go_to(working_day(self._today, -_AGE))
        founding = InitializeOrganization(
            name=OFFICE, login=ADMINISTRATOR, full_name="Иванова Анна Петровна", os_user=os_user
        )
        initialize(self._settings, founding, self._clock, reason)
        try:
            for row in read_rows("units"):
                self._as(ADMINISTRATOR).call(unit.ADD, AddUnit.model_validate(_given(row)))
            self._as(ADMINISTRATOR).call(employee.EDIT, _PLACE)
            people = self._load(ADMINISTRATOR, PEOPLE, ImportPeople, Noun.PEOPLE)
            known = self._load(REGISTRAR, CORRESPONDENTS, ImportCorrespondents, Noun.CORRESPONDENTS)
            letters = self._load(REGISTRAR, DOCUMENTS, ImportDocuments, Noun.DOCUMENTS)
            mail, assignments = read_rows("mail"), read_rows("assignments")
            for shift, step in sorted(self._steps(mail, assignments), key=lambda step: step[0]):
                self._clock.go_to(working_day(self._today, shift))
                step()
            self._prepare(mail[0])
        finally:
            for gateway in self._gateways.values():
                gateway.close()
        return ExampleOffice(
            organization=OFFICE,
            login=ADMINISTRATOR,
            people=people + 1,
            correspondents=known,
            documents=letters + len(mail) + SIGNED_COUNT,
            assignments=len(assignments),
            keys=str(self._keys),
        )

    def _load(
        self,
        login: str,
        operation: Operation[RowsT, ImportedRows],
        request: type[RowsT],
        noun: Noun,
    ) -> int:
        name = {Noun.DOCUMENTS: "letters"}.get(noun, noun.value)
        rows = read_rows(name)
        content = repr(rows).encode()
        answer = self._as(login).call(
            operation,
            request(
                columns=tuple(rows[0]),
                numbers=tuple(range(2, len(rows) + 2)),
                rows=tuple(tuple(row.values()) for row in rows),
                begin=BeginImport(
                    noun=noun, source=f"{name}.csv", fingerprint=sha256(content).hexdigest()
                ),
                atomic=True,
            ),
        )
        assert answer.created == len(rows), answer.results
        return answer.created

    def _steps(self, mail: list[Row], assignments: list[Row]) -> Iterator[tuple[int, Step]]:
        for row in mail:
            yield -int(row["days_ago"]), partial(self._register, row)
        for row in assignments:
            issued: list[UUID] = []
            yield -int(row["issued_days_ago"]), partial(self._issue, row, issued)
            if row["reported_days_ago"]:
                yield -int(row["reported_days_ago"]), partial(self._report, row, issued)
            if row["accepted_days_ago"]:
                yield -int(row["accepted_days_ago"]), partial(self._accept, row, issued)

    def _register(self, row: Row) -> None:
        flow, day = Flow(row["flow"]), office_day(self._clock.now())
        incoming, signed = flow in FROM_OUTSIDE, flow in SIGNED_BEFORE_REGISTRATION
        registered = self._as(REGISTRAR).call(
            registration.REGISTER,
            RegisterDocument(
                flow=flow,
                subject=row["subject"],
                correspondent=self._correspondents.get(row["correspondent"]),
                their_number=row["their_number"] or None,
                their_date=self._day(row["their_days_ago"]),
                received_on=day if incoming else None,
                delivery=row["delivery"] or None,
                addressee=row["official"] if incoming else None,
                signatory=row["official"] if signed else None,
                signed_on=day if signed else None,
                sheets=int(row["sheets"]),
                annex_sheets=int(row["annex_sheets"]),
                in_reply_to=self._documents.get(row["in_reply_to"]),
                external_id=row["external_id"],
            ),
        )
        self._documents[row["external_id"]] = str(registered.id)

    def _issue(self, row: Row, issued: list[UUID]) -> None:
        request = IssueAssignment(
            document=self._documents[row["document"]],
            text=row["text"],
            executor=row["executor"],
            co_executors=tuple(row["co_executors"].replace(",", " ").split()),
            controller=row["controller"] or None,
            due=working_day(self._today, int(row["due_in_days"])).isoformat(),
        )
        issued.append(self._as(row["author"]).call(assignment.ISSUE, request).id)

    def _report(self, row: Row, issued: list[UUID]) -> None:
        request = ReportAssignment(assignment=str(issued[0]), text=row["report"])
        self._as(row["executor"]).call(assignment_execution.REPORT, request)

    def _accept(self, row: Row, issued: list[UUID]) -> None:
        request = AcceptAssignment(assignment=str(issued[0]))
        self._as(row["controller"]).call(assignment_control.ACCEPT, request)

    def _prepare(self, letter: Row) -> None:
        """Leave on the desks of today what waits there."""
        self._clock.go_to(working_day(self._today, 0))
        draft_resolution(self._as(ASSISTANT), self._documents[letter["external_id"]])
        schedule_report(self._as(HEAD))
        signer = teach_to_sign(self._as(ADMINISTRATOR), self._clock, self._keys)
        addressee = self._correspondents[letter["correspondent"]]
        people = (self._as(AUTHOR), self._as(HEAD), self._as(REGISTRAR))
        sign_letters(*people, signer, self._clock, addressee)
        approve_memos(self._as, (example_files() / "route-memos.toml").read_text("utf-8"))

    @property
    def _keys(self) -> Path:
        return self._settings.files.with_name("demo-keys")

    def _as(self, login: str) -> LocalGateway:
        if login not in self._gateways:
            settings = replace(self._settings, login=login, organization=None)
            self._gateways[login] = LocalGateway(settings, self._clock)
        return self._gateways[login]

    def _day(self, days_ago: str) -> date | None:
        return working_day(self._today, -int(days_ago)) if days_ago else None

    @cached_property
    def _correspondents(self) -> dict[str, str]:
        return {row["external_id"]: row["name"] for row in read_rows("correspondents")}


def _given(row: Row) -> Row:
    return {field: value for field, value in row.items() if value}
