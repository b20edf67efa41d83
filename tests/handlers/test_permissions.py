"""Who may do what is the matrix and nothing else; borders hold whatever is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import MATRIX, PEOPLE, SCOPED, Role, Sight
from sed_tui.domain.actor import Actor
from sed_tui.domain.flows import Flow
from sed_tui.domain.links import LinkKind
from sed_tui.domain.reach import WHOLE, allows
from sed_tui.errors import NotPermitted, SedError
from sed_tui.operations import (
    assignment,
    audit,
    correspondent,
    document_list,
    employee,
    employee_access,
    file,
    journal,
    link,
    organization,
    unit,
)
from sed_tui.operations import session as session_operations
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.operations.registry import CallOptions, Effect, operations
from tests.handlers.any_request import any_request
from tests.handlers.callers import acting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registry import Message, Operation, Request
    from tests.conftest import FixedClock

_SECRET, _NAME = "Совершенно тайно", "Чужое имя"
_DOCUMENT, _PERSON = ("document", "second"), ("employee",)
_ANYTHING = ("document", "employee", "assignment", "correspondent", "journal")
# a field that names something, and what of organization 01 it may be asked for
_REFERENCES = {
    "document": _DOCUMENT,
    "source": _DOCUMENT,
    "target": _DOCUMENT,
    "in_reply_to": _DOCUMENT,
    "leading": _DOCUMENT,
    "addressees": ("correspondent", "employee"),
    "correspondent": ("correspondent",),
    "employee": _PERSON,
    "executor": _PERSON,
    "author": _PERSON,
    "controller": _PERSON,
    "co_executors": _PERSON,
    "assignment": ("assignment",),
    "parent": ("assignment", "journal"),
    "journal": ("journal",),
    "object": _ANYTHING,
    "run": _ANYTHING,
    "organization": _ANYTHING,
    "unit": _ANYTHING,
}


@dataclass(frozen=True)
class Foreign:
    """What belongs to organization 01 and nobody else should learn of."""

    keys: dict[str, UUID]
    number: str

    def texts(self, field: str) -> list[str]:
        """Return the ways in which a field may name these things."""
        keys = {kind: self.keys[kind] for kind in _REFERENCES[field]}
        names = {"document": self.number, "employee": "foreign"}
        return [
            *map(str, keys.values()),
            *(key.hex[:8] for key in keys.values()),
            *(names[kind] for kind in keys if kind in names),
        ]


@pytest.fixture
def foreign(gateway: LocalGateway) -> Foreign:
    """Fill organization 01 with one thing of every sort."""
    letter, second = _register(gateway, 1), _register(gateway, 2)
    executor = gateway.call(
        employee.ADD,
        employee.AddEmployee(login="foreign", full_name=_NAME, roles=(Role.EXECUTOR,)),
    )
    issued = gateway.call(
        assignment.ISSUE,
        assignment.IssueAssignment(
            document=str(letter.id), text=_SECRET, executor="foreign", due="2026-12-01"
        ),
    )
    gateway.call(
        link.LINK,
        link.LinkDocuments(
            document=str(letter.id), kind=LinkKind.CORRESPONDENCE, target=str(second.id)
        ),
    )
    token = gateway.stage(BytesIO(_SECRET.encode()))
    gateway.call(
        file.ADD,
        file.AddFile(
            document=str(letter.id), files=(file.FileContent(name=f"{_SECRET}.txt", token=token),)
        ),
    )
    gateway.call(unit.ADD, unit.AddUnit(code="Ч", name=_NAME))
    sender = gateway.call(correspondent.SHOW, correspondent.ShowCorrespondent(correspondent=_NAME))
    book = gateway.call(
        journal.ADD,
        journal.AddJournal(code="Ч", name=_NAME, flow=Flow.INCOMING, formula="{ordinal}"),
    )
    return Foreign(
        {
            "document": letter.id,
            "second": second.id,
            "employee": executor.id,
            "assignment": issued.id,
            "correspondent": sender.id,
            "journal": book.id,
        },
        letter.number,
    )


@pytest.mark.parametrize("role", list(Role))
def test_every_operation_is_allowed_to_the_roles_of_the_matrix_alone(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, role: Role
) -> None:
    _add_person(gateway, "actor", role)
    differs = {}
    with acting(settings, clock, "actor") as actor:
        for name, operation in operations().items():
            allowed = _outcome(actor, operation, any_request(operation)) is not NotPermitted
            if allowed != (role in MATRIX[name]):
                differs[name] = allowed

    assert differs == {}


def test_an_operation_without_a_row_is_allowed_to_nobody() -> None:
    everything = Actor(
        employee_id=None,  # type: ignore[arg-type]
        login="a",
        name="A",
        organization_id=None,  # type: ignore[arg-type]
        organization="01",
        roles=frozenset(Role),
    )

    assert not everything.may("no.such")
    assert operations().keys() == MATRIX.keys()


def test_nothing_of_one_organization_is_reached_from_another(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, foreign: Foreign
) -> None:
    gateway.call(
        organization.ADD, organization.AddOrganization(code="02", name="Управа", parent="01")
    )
    with acting(settings, clock, "admin", "02") as founder:
        _add_person(founder, "stranger", *PEOPLE)
    with acting(settings, clock, "admin", "01") as first:
        before = first.call(audit.VERIFY, audit.VerifyAudit()).organizations[0]

    with acting(settings, clock, "stranger") as stranger:
        found = list(_leaks(stranger, foreign, (_SECRET, _NAME)))

    with acting(settings, clock, "admin", "01") as first:
        after = first.call(audit.VERIFY, audit.VerifyAudit()).organizations[0]
    assert found == []
    assert before == after


@pytest.mark.parametrize("role", SCOPED)
def test_a_role_for_a_department_has_nothing_of_the_whole_office(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, role: Role
) -> None:
    _add_head(gateway, "actor", role)
    with acting(settings, clock, "actor") as actor:
        session = actor.call(session_operations.SHOW, session_operations.ShowSession())
        differs = {
            name
            for name in WHOLE
            if _outcome(actor, operations()[name], any_request(operations()[name]))
            is not NotPermitted
        }

    mine = {name for name in MATRIX if allows(name, role, Sight.DEPARTMENT)}
    assert set(session.operations) == mine
    assert differs == set()


@pytest.mark.parametrize(
    "roles",
    [
        (Role.EXECUTOR,),
        (Role.ADMINISTRATOR, Role.OPERATOR, Role.EXPORTER),
        # of another department
        (Role.HEAD, Role.ASSISTANT, Role.CONTROLLER),
    ],
    ids=lambda roles: roles[0].value,
)
def test_who_takes_no_part_in_a_document_learns_nothing_of_it(
    gateway: LocalGateway,
    settings: Settings,
    clock: FixedClock,
    foreign: Foreign,
    roles: tuple[Role, ...],
) -> None:
    if Role.HEAD in roles:
        _add_head(gateway, "outsider", *roles)
    else:
        _add_person(gateway, "outsider", *roles)

    with acting(settings, clock, "outsider") as outsider:
        found = list(_leaks(outsider, foreign, (_SECRET,)))

    assert found == []
    # the same questions do bring it out for those who may see it
    assert any(_leaks(gateway, foreign, (_SECRET,)))


def test_an_executor_sees_what_he_takes_part_in_and_no_more(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, foreign: Foreign
) -> None:
    with acting(settings, clock, "foreign") as executor:
        rows = executor.call(document_list.LIST, document_list.ListDocuments()).rows
        counted = executor.call(document_list.COUNT, document_list.CountDocuments())
        sender = executor.call(
            correspondent.SHOW, correspondent.ShowCorrespondent(correspondent=_NAME)
        )

    assert [row.id for row in rows] == [foreign.keys["document"]]
    assert (counted.total, sender.documents) == (1, 1)
    assert (
        gateway.call(
            correspondent.SHOW, correspondent.ShowCorrespondent(correspondent=_NAME)
        ).documents
        == 2
    )


def _leaks(actor: LocalGateway, foreign: Foreign, secrets: tuple[str, ...]) -> Iterator[str]:
    """Ask everything about everything and tell where a secret came out.

    What the matrix refuses is refused before its request is looked at, but for the
    organization it names: it is asked once, and of every organization.
    """
    permitted = set(
        actor.call(session_operations.SHOW, session_operations.ShowSession()).operations
    )
    for name, field, request in _questions(foreign):
        if name not in permitted and field not in {"", "organization"}:
            continue
        try:
            answer = actor.call(operations()[name], request, CallOptions(dry_run=True))
            text = json.dumps(answer.model_dump(mode="json"), ensure_ascii=False)
            was_let_in = name not in permitted and not field
        except SedError as failure:
            text = f"{failure} {failure.advice}"
            was_let_in = not (name in permitted or field or isinstance(failure, NotPermitted))
        if was_let_in or any(secret in text for secret in secrets):
            yield f"{name}: {request!r}"


def _questions(foreign: Foreign) -> Iterator[tuple[str, str, Request]]:
    """Return requests by the operation, and by the field that names what is foreign."""
    for name, operation in operations().items():
        fields = operation.request.model_fields
        yield name, "", any_request(operation)
        for field in fields.keys() & _REFERENCES:
            many = "tuple" in str(fields[field].annotation)
            if "UUID" in str(fields[field].annotation):
                continue
            for text in foreign.texts(field):
                yield name, field, any_request(operation, **{field: (text,) if many else text})


def _outcome(
    actor: LocalGateway, operation: Operation[Request, Message], request: Request
) -> type[SedError] | None:
    # reads are harmless; what would change something is rolled back
    dry = operation.effect is not Effect.READ
    try:
        actor.call(operation, request, CallOptions(dry_run=dry))
    except SedError as failure:
        return type(failure)
    return None


def _add_person(gateway: LocalGateway, login: str, *roles: Role) -> None:
    gateway.call(
        employee.ADD, employee.AddEmployee(login=login, full_name=login.title(), roles=roles)
    )


def _add_head(gateway: LocalGateway, login: str, *roles: Role) -> None:
    """Take on somebody whose roles reach a department in which nobody else works."""
    gateway.call(unit.ADD, unit.AddUnit(code="О", name="Отдел"))
    _add_person(gateway, login)
    changes = {"unit": "О"}
    gateway.call(employee.EDIT, employee.EditEmployee(employee=login, changes=changes))
    gateway.call(
        employee_access.ROLES,
        employee_access.ChangeRoles(employee=login, grant=roles, scope=Sight.DEPARTMENT),
    )


def _register(gateway: LocalGateway, number: int) -> Any:
    return gateway.call(
        REGISTER,
        RegisterDocument(
            flow=Flow.INCOMING,
            subject=_SECRET,
            correspondent=_NAME,
            their_number=f"77-{number}",
            their_date=date(2026, 11, 20),
            sheets=1,
            addressee="Приёмная",
            delivery="почта",
        ),
    )
