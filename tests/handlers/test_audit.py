"""Looking at the trail, verifying it, taking it away; each sees what is his to see."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from sed_tui.domain.access import Role
from sed_tui.domain.audit_export import verify_export
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.errors.audit import ClearanceNeeded
from sed_tui.errors.input import BadCursor, ForbiddenCharacters, TextTooLong
from sed_tui.operations import audit, correspondent, employee, organization
from sed_tui.operations.audit import ExportAudit, ListAudit, VerifyAudit
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from tests.handlers.callers import acting

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered
    from sed_tui.operations.registry import Operation, Request
    from tests.conftest import FixedClock


def test_a_change_is_one_entry_with_before_and_after(gateway: LocalGateway) -> None:
    add(gateway, "Сбер", address="Москва")
    gateway.call(
        correspondent.EDIT,
        correspondent.EditCorrespondent(correspondent="Сбер", changes={"address": "Тюмень"}),
        CallOptions(reason="переехал", source="cron"),
    )

    first, second = listed(gateway, object="Сбер")
    assert (first.event, first.reason, first.source, first.actor) == (
        "edit",
        "переехал",
        "cron",
        "admin",
    )
    assert first.changes == {"address": ["Москва", "Тюмень"]}
    assert second.changes is not None
    assert second.changes["name"] == [None, "Сбер"]


def test_an_edit_that_changes_nothing_leaves_no_entry(gateway: LocalGateway) -> None:
    add(gateway, "Сбер", address="Москва")
    before = listed(gateway)

    gateway.call(
        correspondent.EDIT,
        correspondent.EditCorrespondent(correspondent="Сбер", changes={"address": "Москва"}),
    )

    assert listed(gateway) == before


def test_a_dry_run_and_a_refusal_leave_no_entry(gateway: LocalGateway) -> None:
    before = listed(gateway)
    request = correspondent.AddCorrespondent(name="Сбер")
    gateway.call(correspondent.ADD, request, CallOptions(dry_run=True))
    with pytest.raises(NotFound):
        gateway.call(employee.SHOW, employee.ShowEmployee(employee="nobody"))

    assert listed(gateway) == before
    assert verified(gateway) == [("01", len(before), True, None)]


@pytest.mark.parametrize(
    ("reason", "error"), [("a\x1b[31m", ForbiddenCharacters), ("я" * 1001, TextTooLong)]
)
def test_a_reason_is_checked_like_any_text(reason: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        CallOptions(reason=reason)


def test_entries_are_found_by_object_actor_operation_and_day(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_person(gateway, "petrov", Role.REGISTRAR)
    clock.moment += timedelta(days=1)
    with acting(settings, clock, "petrov") as petrov:
        letter = register(petrov)

    assert {row.actor for row in listed(gateway, actor="petrov")} == {"petrov"}
    assert [r.event for r in listed(gateway, object="petrov")] == ["create"]
    [entry] = listed(gateway, object=letter.number)
    assert entry.object_id == str(letter.id)
    assert listed(gateway, object=str(letter.id)) == [entry]
    assert listed(gateway, object=letter.id.hex[:8]) == [entry]
    assert {r.actor for r in listed(gateway, since=date(2026, 11, 24))} == {"petrov"}
    assert {r.actor for r in listed(gateway, until=date(2026, 11, 23))} == {"admin"}
    assert {r.operation for r in listed(gateway, operation="employee.add")} == {"employee.add"}
    with pytest.raises(NotFound):
        listed(gateway, object="нет такого")


def test_pages_hold_every_entry_once(gateway: LocalGateway) -> None:
    for number in range(5):
        add(gateway, f"Трест {number}")
    together = listed(gateway)
    rows, cursor = [], None
    while True:
        page = gateway.call(audit.LIST, ListAudit(limit=2, after=cursor))
        rows += page.rows
        cursor = page.next
        if cursor is None:
            break

    assert rows == together
    assert [row.seq for row in rows] == list(range(len(rows), 0, -1))
    with pytest.raises(BadCursor):
        listed(gateway, after="x")


def test_an_administrator_sees_no_values_of_documents(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    letter = register(gateway)
    add_person(gateway, "keeper", Role.ADMINISTRATOR)

    with acting(settings, clock, "keeper") as keeper:
        rows = listed(keeper, object=str(letter.id))
        others = listed(keeper, operation="employee.add")
    assert rows
    assert {row.changes is None for row in rows} == {True}
    assert {row.changes is None for row in others} == {False}


def test_without_clearance_official_use_stays_hidden(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    plain, marked = register(gateway), register(gateway, confidentiality=Confidentiality.OFFICIAL)
    add_person(gateway, "auditor", Role.AUDITOR)

    with acting(settings, clock, "auditor") as auditor:
        assert listed(auditor, object=str(plain.id))[0].changes is not None
        assert listed(auditor, object=str(marked.id))[0].changes is None
        with pytest.raises(ClearanceNeeded):
            auditor.call(audit.EXPORT, ExportAudit())
    assert listed(gateway, object=str(marked.id))[0].changes is not None


def test_who_does_not_audit_sees_nothing(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_person(gateway, "petrov", Role.REGISTRAR, Role.EXECUTOR)

    with acting(settings, clock, "petrov") as petrov:
        looks: tuple[tuple[Operation[Any, Any], Request], ...] = (
            (audit.LIST, ListAudit()),
            (audit.VERIFY, VerifyAudit()),
            (audit.EXPORT, ExportAudit()),
        )
        for operation, request in looks:
            with pytest.raises(NotPermitted):
                petrov.call(operation, request)


def test_a_whole_trail_is_verified(gateway: LocalGateway) -> None:
    add(gateway, "Сбер")
    register(gateway)

    [(code, events, ok, broken)] = verified(gateway)
    assert (code, ok, broken) == ("01", True, None)
    assert events == len(listed(gateway))


def test_tampering_behind_our_back_is_found(
    gateway: LocalGateway, settings: Settings, engine: str
) -> None:
    add(gateway, "Сбер")
    last = listed(gateway)[0].seq
    tamper(settings, engine, "audit_event", "UPDATE audit_event SET actor = 'x' WHERE seq = 2")

    assert verified(gateway) == [("01", last, False, 2)]


def test_a_cut_tail_is_found(gateway: LocalGateway, settings: Settings, engine: str) -> None:
    add(gateway, "Сбер")
    last = listed(gateway)[0].seq
    tamper(settings, engine, "audit_event", f"DELETE FROM audit_event WHERE seq = {last}")

    assert verified(gateway) == [("01", last - 1, False, last)]


def test_an_entry_forged_past_the_head_is_found(
    gateway: LocalGateway, settings: Settings, engine: str
) -> None:
    last = listed(gateway)[0].seq
    columns = "at, actor, source, host, operation, event, object_type, object_id, changes"
    forged = (
        f"INSERT INTO audit_event (organization_id, seq, prev_hash, hash, {columns}) "
        f"SELECT organization_id, seq + 1, hash, hash, {columns} FROM audit_event "
        f"WHERE seq = {last}"
    )
    tamper(settings, engine, "audit_event", forged)

    assert verified(gateway) == [("01", last + 1, False, last + 1)]


def test_erased_personal_values_leave_the_trail_intact(
    gateway: LocalGateway, settings: Settings, engine: str
) -> None:
    add(gateway, "Иванов Иван")
    tamper(settings, engine, "audit_personal", "DELETE FROM audit_personal")

    assert verified(gateway)[0][2]
    changes = listed(gateway)[0].changes
    assert changes is not None
    assert changes["name"][1].startswith("sha256:")


def test_a_false_personal_value_is_found(
    gateway: LocalGateway, settings: Settings, engine: str
) -> None:
    add(gateway, "Иванов Иван")
    last = listed(gateway)[0].seq
    false = f"UPDATE audit_personal SET value = 'Петров' WHERE seq = {last}"
    tamper(settings, engine, "audit_personal", false)

    assert verified(gateway) == [("01", last, False, last)]


def test_every_organization_has_a_chain_of_its_own(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    request = organization.AddOrganization(code="02", name="Управа")
    gateway.call(organization.ADD, request)
    with acting(settings, clock, "admin", "01") as first:
        [one, two] = verified(first)
    with acting(settings, clock, "admin", "02") as second:
        own = listed(second)

    assert (one[0], one[2], two[0], two[2]) == ("01", True, "02", True)
    assert [row.seq for row in own] == list(range(two[1], 0, -1))


def test_an_export_proves_itself_and_holds_personal_values(gateway: LocalGateway) -> None:
    add(gateway, "Иванов Иван")
    register(gateway)

    lines = exported(gateway, limit=3)

    [verdict] = verify_export(lines)
    assert (verdict.code, verdict.ok) == ("01", True)
    assert verdict.events == len(listed(gateway)) == len(lines) - 1
    assert verdict.head == json.loads(lines[-1])["hash"]
    assert any("Иванов Иван" in line for line in lines)
    assert exported(gateway) == lines


def test_an_export_begun_before_a_change_ends_where_it_began(gateway: LocalGateway) -> None:
    first = gateway.call(audit.EXPORT, ExportAudit(limit=2))
    add(gateway, "Сбер")

    lines = [*first.lines]
    after = first.next
    while after is not None:
        answer = gateway.call(audit.EXPORT, ExportAudit(after=after, until=first.until))
        lines += answer.lines
        after = answer.next

    [verdict] = verify_export(lines)
    assert (verdict.ok, verdict.events) == (True, first.until)


def test_moments_read_back_hash_alike_whatever_their_microseconds(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    for microsecond in (0, 1, 120_000, 999_999):
        clock.moment = clock.moment.replace(microsecond=microsecond)
        add(gateway, f"Трест {microsecond}")

    assert verified(gateway)[0][2]


def add(gateway: LocalGateway, name: str, **fields: Any) -> correspondent.Correspondent:
    return gateway.call(correspondent.ADD, correspondent.AddCorrespondent(name=name, **fields))


def add_person(gateway: LocalGateway, login: str, *roles: Role) -> None:
    gateway.call(
        employee.ADD, employee.AddEmployee(login=login, full_name=login.title(), roles=roles)
    )


def register(
    gateway: LocalGateway, confidentiality: Confidentiality = Confidentiality.NONE
) -> Registered:
    return gateway.call(
        REGISTER,
        RegisterDocument(
            flow=Flow.INCOMING,
            subject="О подготовке к зиме",
            correspondent="Минздрав",
            their_number=f"{confidentiality}-1",
            their_date=date(2026, 11, 20),
            sheets=1,
            addressee="Иванова А.П.",
            delivery="почта",
            confidentiality=confidentiality,
        ),
    )


def listed(gateway: LocalGateway, **asked: Any) -> list[audit.AuditRow]:
    return gateway.call(audit.LIST, ListAudit(**asked)).rows


def verified(gateway: LocalGateway) -> list[tuple[str, int, bool, int | None]]:
    result = gateway.call(audit.VERIFY, VerifyAudit())
    assert result.ok == all(trail.ok for trail in result.organizations)
    return [(t.code, t.events, t.ok, t.first_broken) for t in result.organizations]


def exported(gateway: LocalGateway, limit: int = 5000) -> list[str]:
    lines: list[str] = []
    request = ExportAudit(limit=limit)
    while True:
        answer = gateway.call(audit.EXPORT, request)
        lines += answer.lines
        if answer.next is None:
            return lines
        request = ExportAudit(after=answer.next, until=answer.until, limit=limit)


def tamper(settings: Settings, engine: str, table: str, statement: str) -> None:
    """Do what only somebody who owns the tables can: without the guards."""
    opened = open_database(replace(settings).database)
    with opened.execution_options(writes=True).begin() as db:
        if engine == "postgresql":
            db.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            names = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t")
            for name in db.scalars(names, {"t": table}).all():
                db.execute(text(f"DROP TRIGGER {name}"))
        db.execute(text(statement))
    opened.dispose()
