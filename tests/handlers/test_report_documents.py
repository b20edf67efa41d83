"""Registers, document flow and appeals: what is registered, as it stood on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.operations.correspondent import ADD, EDIT, AddCorrespondent, EditCorrespondent
from sed_tui.operations.document import EDIT as EDIT_CARD
from sed_tui.operations.document import EditDocument
from sed_tui.operations.document_list import COUNT, CountDocuments
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.report_documents import (
    APPEALS,
    JOURNAL,
    VOLUME,
    ReportAppeals,
    ReportJournal,
    ReportVolume,
)
from sed_tui.operations.reregistration import CANCEL, REREGISTER, CancelRegistration
from sed_tui.operations.reregistration import ReregisterDocument as Reregister

if TYPE_CHECKING:
    from tests.handlers.assignments import Office

WHY = CallOptions(reason="Ошибка регистратора")


def register(office: Office, flow: str, **fields: Any) -> str:
    needed = {"outgoing": {"signatory": "Головин П.И.", "signed_on": date(2026, 11, 20)}}
    request = RegisterDocument(
        **{
            "flow": flow,
            "subject": "О представлении сведений",
            "correspondent": "Минздрав",
            **needed.get(flow, {}),
            **fields,
        }
    )
    return office.as_("admin").call(REGISTER, request).number


def call(office: Office, operation: Any, request: Any) -> Any:
    return office.as_("admin").call(operation, request)


@pytest.fixture
def letters(office: Office) -> list[str]:
    """Return the numbers of incoming letters, an outgoing one and an appeal beside them."""
    call(office, ADD, AddCorrespondent(name="Минздрав"))
    found = [register(office, "incoming", their_number=f"{n}/и", copies=n) for n in (1, 2)]
    office.issue(document=found[0], due="24.11.2026", text="Подготовить ответ")
    register(office, "outgoing", drafter="Петров В.С.", note="Нарочным")
    office.clock.moment += timedelta(days=3)
    return found


def test_a_register_says_from_whom_what_and_to_whom(office: Office, letters: list[str]) -> None:
    [first, second] = call(office, JOURNAL, ReportJournal()).rows
    [sent] = call(office, JOURNAL, ReportJournal(flow=Flow.OUTGOING)).rows

    assert (first["place"], first["number"], second["place"]) == (1, letters[0], 2)
    assert (first["correspondent"], first["their_number"]) == ("Минздрав", "1/и")
    assert first["assignments"] == "Подготовить ответ"
    assert first["directed_to"] == "Петров Василий Сергеевич"
    assert second["assignments"] is None
    assert (sent["correspondent"], sent["drafter"]) == ("Минздрав", "Петров В.С.")
    assert sent["note"] == "Нарочным"
    of_journal = ReportJournal(journal=first["journal"])
    assert len(call(office, JOURNAL, of_journal).rows) == 2
    assert call(office, JOURNAL, ReportJournal(journal="77")).rows == []
    assert call(office, JOURNAL, ReportJournal(until="2026-11-22")).rows == []


def test_volume_counts_copies_and_cumulates(office: Office, letters: list[str]) -> None:
    report = call(office, VOLUME, ReportVolume())
    listed = call(office, COUNT, CountDocuments()).total

    assert [(row.flow, row.originals, row.copies, row.cumulative) for row in report.rows] == [
        ("incoming", 2, 3, 5),
        ("outgoing", 1, 0, 1),
    ]
    assert report.totals == {"incoming": 5, "outgoing": 1, "total": 6}
    assert sum(row.originals for row in report.rows) == listed == len(letters) + 1


def test_a_past_day_keeps_its_register_whatever_is_changed_later(
    office: Office, letters: list[str]
) -> None:
    yesterday = office.clock.moment.date()
    requests: list[tuple[Any, Any]] = [
        (JOURNAL, ReportJournal(as_of=yesterday)),
        (JOURNAL, ReportJournal(as_of=yesterday, flow=Flow.OUTGOING)),
        (VOLUME, ReportVolume(as_of=yesterday)),
        (APPEALS, ReportAppeals(as_of=yesterday)),
    ]
    before = [call(office, *one).model_dump_json() for one in requests]
    office.clock.moment += timedelta(days=1)
    changes = {"subject": "Другое", "copies": "9"}
    call(office, EDIT_CARD, EditDocument(document=letters[0], changes=changes))
    call(office, EDIT, EditCorrespondent(correspondent="Минздрав", changes={"name": "Минздрав ТО"}))
    moved = Reregister(document=letters[1], registered_on=date(2026, 11, 26))
    office.as_("admin").call(REREGISTER, moved, WHY)
    register(office, "incoming", their_number="9/и", correspondent="Минздрав ТО")
    office.as_("admin").call(CANCEL, CancelRegistration(document=letters[0]), WHY)

    assert [call(office, *one).model_dump_json() for one in requests] == before
    [kept, fresh] = call(office, JOURNAL, ReportJournal()).rows
    assert {kept["correspondent"], fresh["correspondent"]} == {"Минздрав ТО"}
    assert letters[0] not in {kept["number"], fresh["number"]}


def test_appeals_are_counted_by_how_they_came_and_are_done(office: Office) -> None:
    appeal = {"correspondent": None, "delivery": "Почта"}
    numbers = [
        register(
            office,
            "appeal",
            **appeal,
            addressee="Главе",
            subject=f"О дороге {n}",
            appeal_kind="письменное",
            topic="Дороги",
            signatures_count=n,
            reply_address="ул. Республики, 1",
        )
        for n in (1, 5)
    ]
    office.issue(document=numbers[0], due="24.11.2026")
    office.clock.moment += timedelta(days=7)
    rows = call(office, APPEALS, ReportAppeals()).rows
    figures = {(row.section.value, row.name): row.count for row in rows}

    assert figures["received", "—"] == 2
    assert figures["delivery", "Почта"] == figures["kind", "письменное"] == 2
    assert figures["topic", "Дороги"] == 2
    assert figures["collective", "—"] == 1
    assert figures["execution", "in_violation"] == figures["execution", "in_work"] == 1
    assert figures["overdue_by_head", "Головин Пётр Ильич"] == 1


def test_the_subject_of_an_official_use_document_is_masked(office: Office) -> None:
    call(office, ADD, AddCorrespondent(name="Минздрав"))
    register(office, "incoming", their_number="1", confidentiality="official", note="Тайна")
    [row] = office.as_("golova").call(JOURNAL, ReportJournal()).rows

    assert row["subject"] == "For official use only"
    assert row["note"] is None
