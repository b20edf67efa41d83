"""The example administration: made by ordinary operations, the same on both databases."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.identifiers import checked_inn, checked_kpp, checked_ogrn
from sed_tui.errors.installation import AlreadyInitialized
from sed_tui.gateway.example import example_files, make_example, read_rows, working_day
from sed_tui.gateway.example_approvals import COUNT as MEMOS
from sed_tui.gateway.example_signing import COUNT as SIGNED_COUNT
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment_list import LIST as ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.document_list import LIST as DOCUMENTS
from sed_tui.operations.document_list import ListDocuments
from sed_tui.operations.draft_list import LIST as DRAFTS
from sed_tui.operations.draft_list import ListDrafts
from sed_tui.operations.signature import VERIFY_ALL, VerifySignatures
from tests.conftest import FixedClock, settings_of
from tests.gateway.conftest import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings


@pytest.fixture
def opened(office: Settings) -> Iterator[LocalGateway]:
    """Open the example on the day it was made."""
    gateway = LocalGateway(office, FixedClock(MONDAY))
    yield gateway
    gateway.close()


def test_it_holds_the_register_and_the_mail_of_the_last_weeks(opened: LocalGateway) -> None:
    rows = opened.call(DOCUMENTS, ListDocuments(limit=1000)).rows
    numbers = {row.number for row in rows}

    assert len(rows) == len(read_rows("letters")) + len(read_rows("mail")) + SIGNED_COUNT + MEMOS
    assert {"01-23/1", "01-23/36", "ОГ-6/26", "5-р"} <= numbers
    assert "01-23/17" not in numbers


def test_the_mail_goes_on_after_the_numbers_of_the_register(opened: LocalGateway) -> None:
    rows = opened.call(DOCUMENTS, ListDocuments(query="flow:incoming since:2026-10", limit=1000))
    numbers = [row.number for row in reversed(rows.rows)]

    assert numbers == [f"01-23/{ordinal}" for ordinal in range(37, 37 + len(numbers))]


def test_somebody_is_late_and_somebody_has_until_today(opened: LocalGateway) -> None:
    rows = opened.call(ASSIGNMENTS, ListAssignments(limit=1000)).rows
    late = [row for row in rows if row.days_left is not None and row.days_left < 0]

    assert len(rows) == len(read_rows("assignments"))
    assert len([row for row in late if row.state == "in_work"]) >= 3
    assert any(row.days_left == 0 for row in rows)


def test_a_letter_is_signed_by_a_test_certificate_and_two_wait(opened: LocalGateway) -> None:
    (signed,) = opened.call(VERIFY_ALL, VerifySignatures()).rows
    drafts = opened.call(DRAFTS, ListDrafts(stage=Stage.DRAFT)).rows

    assert (signed.result, signed.is_test, signed.employee) == (
        *("valid", True),
        "Петров Виктор Сергеевич",
    )
    assert signed.number is not None
    assert len(drafts) == SIGNED_COUNT - 1


def test_memos_are_on_approval_in_a_second_round_and_with_the_head(opened: LocalGateway) -> None:
    stages = [row.stage for row in opened.call(DRAFTS, ListDrafts(limit=1000)).rows]

    assert (stages.count(Stage.ON_APPROVAL), stages.count(Stage.APPROVED)) == (2, 1)


def test_a_database_that_holds_data_is_refused(office: Settings) -> None:
    with pytest.raises(AlreadyInitialized):
        make_example(office)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 20, 30, tzinfo=UTC),
        datetime(2027, 1, 4, 1, 0, tzinfo=UTC),
        datetime(2026, 5, 11, 4, 0, tzinfo=UTC),
    ],
    ids=["at night, when UTC has Sunday still", "in the January holidays", "after Victory Day"],
)
def test_it_can_be_made_on_any_day(moment: datetime, tmp_path: Path) -> None:
    made = make_example(settings_of(tmp_path / "sed.db"), clock=FixedClock(moment))

    assert made.assignments == len(read_rows("assignments"))


def test_the_numbers_of_the_state_registers_have_true_check_digits() -> None:
    for row in read_rows("correspondents"):
        if row["kind"] == "organization":
            inn = checked_inn(row["inn"])

            assert (inn, row["kpp"]) == (row["inn"], checked_kpp(row["kpp"], inn))
            assert row["ogrn"] == checked_ogrn(row["ogrn"], inn)


def test_letters_are_of_correspondents_that_the_directory_knows() -> None:
    known = {row["name"]: row["inn"] for row in read_rows("correspondents")}

    assert all(
        known[row["correspondent"]] == row["inn"]
        for row in read_rows("letters")
        if row["correspondent"]
    )


def test_the_tables_lie_in_the_sources_once() -> None:
    assert example_files() == Path(__file__).parents[2] / "examples"
    assert not os.path.lexists(Path(__file__).parents[2] / "sed_tui" / "examples")


@pytest.mark.parametrize(
    ("today", "shift", "day"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), 0, date(2026, 11, 20)),
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), -5, date(2026, 11, 16)),
    ],
)
def test_days_are_counted_without_weekends(today: date, shift: int, day: date) -> None:
    assert working_day(today, shift) == day
