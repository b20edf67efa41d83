"""An office with some mail and assignments, made through operations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

from sed_tui.domain.access import Role
from sed_tui.domain.flows import Flow
from sed_tui.errors.installation import DatabaseUnavailable
from sed_tui.gateway.deferred import DeferredGateway
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.operations.registration import REGISTER, RegisterDocument
from tests.served import local_settings, opened

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered

TODAY = date(2026, 11, 23)
LETTERS = (
    ("Министерство здравоохранения", "О представлении сведений о расходах на оборудование"),
    ("ООО «Ромашка»", "О согласовании [проекта] договора аренды помещения"),
    ("Областная дума", "Запрос о ходе исполнения бюджета за девять месяцев"),
    ("Министерство финансов", "О сроках сдачи годовой отчётности"),
)


def hire(gateway: Gateway) -> None:
    """Take on a head and an executor beside the administrator."""
    for login, name, roles in (
        ("petrov", "Петров Виктор Сергеевич", (Role.HEAD,)),
        ("sidorov", "Сидоров Кирилл Константинович", (Role.EXECUTOR,)),
    ):
        gateway.call(ADD, AddEmployee(login=login, full_name=name, roles=roles))


def register(gateway: Gateway, count: int) -> list[Registered]:
    """Register so many incoming letters, the last one today."""
    return [
        gateway.call(
            REGISTER,
            RegisterDocument(
                flow=Flow.INCOMING,
                subject=LETTERS[n % len(LETTERS)][1],
                correspondent=LETTERS[n % len(LETTERS)][0],
                their_number=f"{100 + n}/и",
                their_date=TODAY - timedelta(days=10),
                received_on=TODAY,
                registered_on=TODAY,
                sheets=n % 7 + 1,
            ),
        )
        for n in range(count)
    ]


def issue(gateway: Gateway, document: Registered, text: str, due: str, executor: str) -> str:
    """Issue an assignment and return its id."""
    made = gateway.call(
        ISSUE, IssueAssignment(document=str(document.id), text=text, executor=executor, due=due)
    )
    return str(made.id)


def report(gateway: Gateway, assignment: str) -> None:
    """Report execution as the executor of the gateway."""
    gateway.call(REPORT, ReportAssignment(assignment=assignment, text="Исполнено, ответ направлен"))


def acting(gateway: LocalGateway, login: str) -> LocalGateway:
    """Return a gateway to the same office for another person."""
    return opened(replace(local_settings(gateway), login=login), gateway._clock)


class Trying(DeferredGateway):
    """A gateway that a test makes slow, or fail."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(lambda: gateway)
        self.is_open = Event()
        self.is_open.set()
        self.failure: Exception | None = None

    @property
    def place(self) -> str:
        """Return a place that is the same in every run, for snapshots."""
        return "sqlite: example"

    def call(self, *arguments: Any) -> Any:
        """Wait until it is open, then fail or answer."""
        self.is_open.wait()
        if self.failure is not None:
            raise self.failure
        return super().call(*arguments)


UNAVAILABLE = DatabaseUnavailable(database="sed [b]db[/b]", reason="the cable is out")
