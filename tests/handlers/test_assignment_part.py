"""An order to many organizations: parts there, their state here, and no view into their cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.assignment_flow import Children
from sed_tui.domain.assignment_part import PartState
from sed_tui.domain.flows import Flow
from sed_tui.errors import NotFound
from sed_tui.errors.assignment_parts import (
    DocumentNeeded,
    NobodyNamed,
    NoHead,
    NoPart,
    NotSubordinate,
    OrderConfidential,
    PartThere,
)
from sed_tui.errors.assignments import ChildrenAlive, NotYourPart, WrongState
from sed_tui.operations import assignment_part
from sed_tui.operations.assignment import ISSUE, SHOW, IssueAssignment, ShowAssignment
from sed_tui.operations.assignment_control import STOP, StopAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_extension import EXTEND, ExtendAssignment
from sed_tui.operations.assignment_list import LIST as LIST_ASSIGNMENTS
from sed_tui.operations.assignment_list import AssignmentRow, ListAssignments
from sed_tui.operations.assignment_part import (
    AcceptPart,
    DenyPart,
    GrantPart,
    ListParts,
    Part,
    ReturnPart,
    SendParts,
    StopPart,
)
from sed_tui.operations.audit import VERIFY, VerifyAudit
from sed_tui.operations.document import SHOW as SHOW_DOCUMENT
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.file import LIST as LIST_FILES
from sed_tui.operations.file import FileContent, ListFiles
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from tests.handlers.callers import acting
from tests.handlers.people import add_letter, add_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

DUE = date(2026, 12, 4)
BECAUSE = CallOptions(reason="Указание изменено")


@dataclass
class Order:
    """An order of organization 01 to those below, and who takes part in it."""

    head: LocalGateway
    settings: Settings
    clock: FixedClock
    number: str
    id: str

    def send(self, *codes: str, **more: object) -> list[Part]:
        request = {"assignment": self.id, "organizations": codes, **more}
        return self.head.call(assignment_part.SEND, SendParts.model_validate(request)).rows

    def theirs(self, login: str = "north") -> list[AssignmentRow]:
        with acting(self.settings, self.clock, login) as gateway:
            return gateway.call(LIST_ASSIGNMENTS, ListAssignments()).rows

    def report(self, login: str = "north") -> None:
        task = str(self.theirs(login)[0].id)
        with acting(self.settings, self.clock, login) as gateway:
            gateway.call(REPORT, ReportAssignment(assignment=task, text="Сведения направлены"))

    def part(self, code: str = "N") -> Part:
        rows = self.head.call(assignment_part.LIST, ListParts(assignment=self.id)).rows
        return next(row for row in rows if row.organization == code)


@pytest.fixture
def order(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Iterator[Order]:
    """Return an order on a document with a file; below 01 are N, its child NN, and S."""
    for code, name, above in (
        ("N", "Север", "01"),
        ("NN", "Крайний север", "N"),
        ("S", "Юг", "01"),
    ):
        with acting(settings, clock, "admin", "01") as admin:
            admin.call(ADD, AddOrganization(code=code, name=name, parent=above))
    for login, name, code in (
        ("north", "Северов Иван Иванович", "N"),
        ("far", "Дальнов Пётр Петрович", "NN"),
        ("south", "Южный Олег Олегович", "S"),
    ):
        add_people(settings, (login, name, "head", None), code=code)
    add_people(settings, ("petrov", "Петров Василий Сергеевич", "head", None))
    with acting(settings, clock, "admin", "01") as admin:
        token = admin.stage(BytesIO("Представить сведения о готовности".encode()))
        done = admin.call(
            REGISTER,
            RegisterDocument(
                flow=Flow.ORDER,
                subject="О подготовке к зиме",
                signatory="Петров В.С.",
                signed_on=date(2026, 11, 23),
                files=(FileContent(name="приказ.txt", token=token),),
            ),
        )
    with acting(settings, clock, "petrov") as head:
        issued = head.call(
            ISSUE,
            IssueAssignment(
                text="Представить сведения",
                executor="admin",
                document=done.number,
                due="04.12.2026",
            ),
        )
        yield Order(head, settings, clock, done.number, str(issued.id))


def test_each_organization_gets_an_incoming_document_with_its_own_assignment(order: Order) -> None:
    rows = order.send("N", "S")
    assert [(row.organization, row.state, row.due) for row in rows] == [
        ("N", PartState.SENT, DUE),
        ("S", PartState.SENT, DUE),
    ]
    task = order.theirs()[0]
    assert (task.author, task.executor, task.due) == (
        "Петров Василий Сергеевич",
        "Северов Иван Иванович",
        DUE,
    )
    with acting(order.settings, order.clock, "north") as north:
        letter = north.call(SHOW_DOCUMENT, ShowDocument(document=str(task.document_id)))
        files = north.call(LIST_FILES, ListFiles(document=str(task.document_id))).rows
    assert (letter.flow, letter.their_number, letter.number) == (
        Flow.INCOMING,
        order.number,
        rows[0].their_number,
    )
    assert [(file.name, file.version) for file in files] == [("приказ.txt", 1)]


def test_the_state_flows_back_and_nobody_sees_the_others_card(order: Order) -> None:
    order.send("N", "S")
    task = order.theirs()[0]
    with pytest.raises(NotFound):
        order.head.call(SHOW, ShowAssignment(assignment=str(task.id)))
    with pytest.raises(NotFound):
        order.head.call(SHOW_DOCUMENT, ShowDocument(document=str(task.document_id)))
    with acting(order.settings, order.clock, "north") as north, pytest.raises(NotFound):
        north.call(assignment_part.LIST, ListParts(assignment=order.id))

    order.report()
    part = order.part()
    assert (part.state, part.report_text) == (PartState.REPORTED, "Сведения направлены")
    done = order.head.call(
        assignment_part.ACCEPT, AcceptPart(assignment=order.id, organization="N")
    )
    assert done.state is PartState.EXECUTED
    assert order.theirs()[0].state is AssignmentState.EXECUTED
    found = order.head.call(assignment_part.LIST, ListParts(assignment=order.id))
    assert (found.executed, found.total) == (1, 2)
    with pytest.raises(WrongState):
        order.head.call(assignment_part.ACCEPT, AcceptPart(assignment=order.id, organization="S"))


def test_a_branch_is_everything_below_and_exceptions_are_left_out(order: Order) -> None:
    assert [row.organization for row in order.send(branch="N")] == ["N", "NN"]
    assert [row.organization for row in order.send("S")] == ["N", "NN", "S"]
    with pytest.raises(PartThere):
        order.send("S")
    with pytest.raises(NobodyNamed):
        order.send(branch="S", except_for=("S",))


def test_a_return_and_a_later_term_cross_the_border(order: Order) -> None:
    order.send("N")
    task = str(order.theirs()[0].id)
    with acting(order.settings, order.clock, "north") as north:
        north.call(
            EXTEND, ExtendAssignment(assignment=task, due="11.12.2026"), CallOptions(reason="Объём")
        )
    asked = order.part()
    assert (asked.wanted_due, asked.wanted_reason) == (date(2026, 12, 11), "Объём")
    granted = order.head.call(
        assignment_part.GRANT, GrantPart(assignment=order.id, organization="N"), BECAUSE
    )
    assert (granted.due, granted.wanted_due) == (date(2026, 12, 11), None)

    order.report()
    returned = order.head.call(
        assignment_part.RETURN,
        ReturnPart(assignment=order.id, organization="N", text="Нет таблицы", due="14.12.2026"),
    )
    assert (returned.state, returned.due) == (PartState.REWORK, date(2026, 12, 14))
    with acting(order.settings, order.clock, "north") as north:
        north.call(
            EXTEND, ExtendAssignment(assignment=task, due="21.12.2026"), CallOptions(reason="Ещё")
        )
    denied = order.head.call(
        assignment_part.DENY, DenyPart(assignment=order.id, organization="N"), BECAUSE
    )
    assert (denied.due, denied.wanted_due) == (date(2026, 12, 14), None)


def test_the_order_is_not_reported_while_parts_are_open_unless_it_is_decided(order: Order) -> None:
    order.send("N", "S")
    with acting(order.settings, order.clock, "admin", "01") as admin:
        report = ReportAssignment(assignment=order.id, text="Свод готов")
        with pytest.raises(ChildrenAlive):
            admin.call(REPORT, report)
        assert order.part().state is PartState.SENT
        moved = admin.call(REPORT, report.model_copy(update={"children": Children.STOP}))
    assert moved.stopped_children == 2
    assert {order.part(code).state for code in "NS"} == {PartState.STOPPED}
    assert order.theirs()[0].state is AssignmentState.STOPPED


def test_stopping_the_order_stops_its_parts_and_all_trails_verify(order: Order) -> None:
    order.send("N", "S")
    order.head.call(assignment_part.STOP, StopPart(assignment=order.id, organization="S"), BECAUSE)
    order.head.call(STOP, StopAssignment(assignment=order.id, children=Children.STOP), BECAUSE)

    assert order.theirs("south")[0].state is AssignmentState.STOPPED
    assert order.part("N").state is PartState.STOPPED
    with acting(order.settings, order.clock, "admin", "01") as admin:
        assert admin.call(VERIFY, VerifyAudit()).ok
    assert overdue(order) == 0


def test_a_second_order_by_the_same_document_is_not_registered_twice(order: Order) -> None:
    order.send("N")
    again = order.head.call(
        ISSUE, IssueAssignment(text="И ещё", executor="admin", document=order.number, due="10")
    )
    rows = order.head.call(
        assignment_part.SEND, SendParts(assignment=str(again.id), organizations=("N",))
    ).rows
    tasks = order.theirs()

    assert rows[0].their_number == order.part().their_number
    assert len({task.document_id for task in tasks}) == 1
    assert len(tasks) == 2


def test_what_cannot_be_sent_changes_nothing(order: Order) -> None:
    with pytest.raises(NotSubordinate):
        order.send("N", "ДРУГАЯ")
    add_people(order.settings, ("guest", "Гость Гость", "executor", None), code="S")
    retire(order.settings, "south")
    with pytest.raises(NoHead):
        order.send("N", "S")
    assert order.theirs() == []
    loose = order.head.call(ISSUE, IssueAssignment(text="Без документа", executor="admin"))
    with pytest.raises(DocumentNeeded):
        order.head.call(
            assignment_part.SEND, SendParts(assignment=str(loose.id), organizations=("N",))
        )
    add_letter(order.settings, "ДСП-1", confidentiality="official")
    with acting(order.settings, order.clock, "admin", "01") as admin:
        secret = admin.call(
            ISSUE, IssueAssignment(text="Ответить", executor="petrov", document="ДСП-1")
        )
        with pytest.raises(OrderConfidential):
            admin.call(
                assignment_part.SEND, SendParts(assignment=str(secret.id), organizations=("N",))
            )


def test_only_who_gave_the_order_decides_on_its_parts(order: Order) -> None:
    add_people(order.settings, ("kim", "Ким Анна", "controller", None))
    order.send("N")
    order.report()
    with acting(order.settings, order.clock, "kim") as kim:
        with pytest.raises(NotYourPart):
            kim.call(assignment_part.ACCEPT, AcceptPart(assignment=order.id, organization="N"))
        with pytest.raises(NotYourPart):
            kim.call(assignment_part.SEND, SendParts(assignment=order.id, organizations=("S",)))
    with pytest.raises(NoPart):
        order.head.call(assignment_part.ACCEPT, AcceptPart(assignment=order.id, organization="S"))


def test_a_part_over_its_term_is_overdue_until_it_is_reported(order: Order) -> None:
    order.send("N")
    order.clock.moment += timedelta(days=14)
    assert order.part().is_overdue
    order.report()
    assert not order.part().is_overdue


def retire(settings: Settings, login: str) -> None:
    execute(settings, "UPDATE employee SET state = 'dismissed' WHERE login = :login", login=login)


def execute(settings: Settings, statement: str, **values: str) -> None:
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        db.execute(text(statement), values)
    engine.dispose()


def overdue(order: Order) -> int:
    return sum(task.sign == "overdue" for task in order.theirs())
