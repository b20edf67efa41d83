"""Reminders of a day: told once, told again when the term changes, told to whom it concerns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from sed_tui.errors import NotPermitted
from sed_tui.errors.mail import BadReminderRule
from sed_tui.handlers.reminding import PlannedDay, plan_day
from sed_tui.operations.mail_retention import FORGET, ForgetLetters
from sed_tui.operations.notify import (
    DUE,
    LIST,
    RULES,
    SET_RULE,
    WAITING,
    CountWaiting,
    DueNotified,
    LetterPage,
    ListLetters,
    ListReminderRules,
    NotifyDue,
    SetReminderRule,
)
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.substitution import ADD as SUBSTITUTE
from sed_tui.operations.substitution import AddSubstitution
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.mail import OutgoingMailTable, ReminderTable
from sed_tui.storage.tables.organization import EmployeeTable
from tests.handlers.assignment_acts import Acts
from tests.handlers.correspondence import change, give_addresses, letters

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.registry import Operation, Request
    from tests.handlers.assignments import Office


@pytest.fixture
def mailed(office: Office) -> Office:
    """Return the office with an address for everybody but the assistant."""
    return give_addresses(office)


def due(office: Office, **fields: Any) -> DueNotified:
    return office.as_("admin").call(DUE, NotifyDue(**fields))


def reminded_of(office: Office, key: UUID) -> list[str]:
    engine = open_database(office.settings.database)
    with engine.connect() as db:
        found = db.scalars(
            select(col(ReminderTable.threshold)).where(col(ReminderTable.object_id) == key)
        ).all()
    engine.dispose()
    return list(found)


def pass_days(office: Office, days: int) -> None:
    office.clock.moment += timedelta(days=days)


def test_an_executor_gets_one_letter_with_the_most_pressing_first(mailed: Office) -> None:
    mailed.issue(text="Первое", due="27.11.2026")
    mailed.issue(text="Второе", due="30.11.2026")
    mailed.issue(text="Третье", due="03.12.2026")
    pass_days(mailed, 7)
    done = due(mailed)
    subject, body = letters(mailed)["petrov"]

    assert done.letters == 2
    assert subject == "Assignments, 30.11.2026: overdue 1, today 1, soon 1"
    assert body.index("Первое") < body.index("Второе") < body.index("Третье")
    assert "term 27.11.2026, days overdue: 3" in body
    assert "term 03.12.2026, days left: 3" in body


def test_a_second_run_of_the_day_says_nothing_and_the_next_day_what_is_new(
    mailed: Office,
) -> None:
    mailed.issue(due="03.12.2026")
    first, second = due(mailed), due(mailed)
    pass_days(mailed, 1)
    third = due(mailed)
    pass_days(mailed, 4)
    fourth = due(mailed)

    assert [one.letters for one in (first, second, third, fourth)] == [1, 0, 0, 1]


def test_days_without_a_run_are_made_up_for_by_the_nearest_reminder_alone(mailed: Office) -> None:
    issued = mailed.issue(due="10.12.2026")
    due(mailed)
    pass_days(mailed, 13)
    due(mailed)

    assert reminded_of(mailed, issued.id) == ["before-5"]


def test_a_changed_term_is_reminded_of_anew(mailed: Office) -> None:
    issued = mailed.issue(due="27.11.2026")
    assert due(mailed).letters == 1
    pass_days(mailed, 1)
    assert due(mailed, as_of=date(2026, 11, 23)).letters == 0
    change(mailed, AssignmentTable, issued.id, due=date(2026, 11, 27), shifts=1)

    assert due(mailed).letters == 1


def test_an_overdue_one_is_told_daily_and_its_controller_after_five_days(mailed: Office) -> None:
    mailed.issue(due="24.11.2026", controller="kontr")
    pass_days(mailed, 2)
    first = due(mailed)
    pass_days(mailed, 4)
    second = due(mailed)

    assert (first.letters, second.letters) == (2, 3)
    subject, body = letters(mailed)["kontr"]
    assert subject == "Assignments, 29.11.2026: on your control 1"
    assert "executor Петров Василий Сергеевич" in body


def test_a_controller_hears_how_long_a_report_has_waited_for_him(mailed: Office) -> None:
    issued = mailed.issue(due="30.12.2026", controller="kontr")
    Acts(mailed).take("report", "petrov", issued.id, "Сделано")
    pass_days(mailed, 2)
    due(mailed)
    subject, body = letters(mailed)["kontr"]

    assert set(letters(mailed)) == {"kontr"}
    assert subject == "Assignments, 25.11.2026: to accept 1"
    assert "reported on 23.11.2026, days waiting: 2" in body


def test_old_letters_are_forgotten_and_nothing_is_told_twice(mailed: Office) -> None:
    open_one, closed = mailed.issue(due="24.12.2026"), mailed.issue(due="01.12.2026")
    due(mailed)
    pass_days(mailed, 3)
    due(mailed, as_of=date(2026, 12, 14))
    sent = {"state": "sent", "sent_at": mailed.clock.moment}
    for row in mailed.as_("admin").call(LIST, ListLetters()).rows[1:]:
        change(mailed, OutgoingMailTable, row.id, **sent)
    change(mailed, AssignmentTable, closed.id, closed_at=mailed.clock.moment, state="stopped")
    before = len(mailed.as_("admin").call(LIST, ListLetters()).rows)
    pass_days(mailed, 88)
    admin, request = mailed.as_("admin"), ForgetLetters(kept_days=90)
    dry = admin.call(FORGET, request, CallOptions(dry_run=True))
    done, again = admin.call(FORGET, request), admin.call(FORGET, request)

    assert (before, dry.letters, done.letters, again.letters) == (3, 1, 1, 0)
    assert (dry.reminders, done.reminders) == (1, 1)
    assert reminded_of(mailed, open_one.id) == ["before-10"]
    assert len(admin.call(LIST, ListLetters()).rows) == 2


def test_who_stands_in_hears_of_what_the_absent_have_to_do_and_to_accept(mailed: Office) -> None:
    mailed.issue(text="Чужое дело", due="30.11.2026")
    reported = mailed.issue(executor="kuznec", controller="kontr", due="30.12.2026")
    Acts(mailed).take("report", "kuznec", reported.id, "Сделано")
    for absent in ("petrov", "kontr"):
        mailed.as_("admin").call(
            SUBSTITUTE,
            AddSubstitution(
                absent=absent,
                substitute="sidorov",
                starts_on=date(2026, 11, 23),
                ends_on=date(2026, 11, 30),
            ),
        )
    pass_days(mailed, 7)
    due(mailed)
    subject, body = letters(mailed)["sidorov"]

    assert subject == "Assignments, 30.11.2026: for others 1, to accept 1"
    assert body.index("Чужое дело") < body.index("days waiting: 7")
    assert "executor Петров Василий Сергеевич" in body
    assert {"petrov", "kontr"} < set(letters(mailed))


def test_jobs_that_plan_at_once_neither_wait_for_each_other_nor_send_twice(
    mailed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed.issue(due="27.11.2026")
    other = []

    def plan(work: Work, day: date) -> PlannedDay:
        planned = plan_day(work, day)
        with monkeypatch.context() as patch:
            patch.setattr("sed_tui.handlers.notify.plan_day", plan_day)
            other.append(due(mailed))
        return planned

    monkeypatch.setattr("sed_tui.handlers.notify.plan_day", plan)
    done = due(mailed)

    assert [other[0].letters, done.letters, done.reminders] == [1, 0, 0]
    assert len(letters(mailed)) == 1


def test_jobs_for_different_days_at_once_remind_once_of_a_threshold(
    mailed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One before-10 reminder for a version of a term, whichever day each job was told."""
    mailed.issue(text="Одно", due="03.12.2026")
    mailed.issue(text="Второе", executor="sidorov", due="27.11.2026")
    other = []

    def plan(work: Work, day: date) -> PlannedDay:
        planned = plan_day(work, day)
        with monkeypatch.context() as patch:
            patch.setattr("sed_tui.handlers.notify.plan_day", plan_day)
            other.append(due(mailed, as_of=date(2026, 11, 23)))
        return planned

    monkeypatch.setattr("sed_tui.handlers.notify.plan_day", plan)
    done = due(mailed, as_of=date(2026, 11, 24))

    # of Sidorov's the nearer threshold was reached only on the second day
    assert [(other[0].letters, other[0].reminders), (done.letters, done.reminders)] == [
        (2, 2),
        (1, 1),
    ]


def test_a_head_hears_of_what_he_gave_and_of_his_people(mailed: Office) -> None:
    mailed.issue(due="24.11.2026")
    pass_days(mailed, 3)
    due(mailed)
    subject, body = letters(mailed)["golova"]

    assert subject == "Assignments, 26.11.2026: your people 1"
    assert "Петров Василий Сергеевич: 1" in body


def test_a_person_without_an_address_is_named_and_told_once_he_has_one(mailed: Office) -> None:
    mailed.issue(due="27.11.2026")
    change(mailed, EmployeeTable, mailed.ids["petrov"], email=None)
    silent = due(mailed)
    change(mailed, EmployeeTable, mailed.ids["petrov"], email="new@office.example")

    assert (silent.letters, silent.without_address) == (0, ["Петров Василий Сергеевич"])
    assert due(mailed).letters == 1


def test_what_a_dismissed_person_left_goes_to_the_author(mailed: Office) -> None:
    mailed.issue(due="27.11.2026")
    change(mailed, EmployeeTable, mailed.ids["petrov"], state="dismissed")
    due(mailed)

    assert set(letters(mailed)) == {"golova"}
    assert "to be handed over: 1" in letters(mailed)["golova"][1]


def test_official_use_only_never_stands_in_a_letter(mailed: Office) -> None:
    number = mailed.letter("01-23/9", "official")
    mailed.issue(text="Секретный объект", document=number, due="27.11.2026")
    due(mailed)
    subject, body = letters(mailed)["petrov"]

    assert "Секретный" not in subject + body
    assert "For official use only" in body


def test_everybody_is_written_to_in_his_language(mailed: Office) -> None:
    change(mailed, EmployeeTable, mailed.ids["petrov"], language="ru")
    number = mailed.letter(confidentiality="official")
    mailed.issue(due="24.11.2026", co_executors=("sidorov",))
    mailed.issue(due="24.11.2026", executor="sidorov")
    mailed.issue(due="24.11.2026", document=number)
    mailed.as_("admin").call(SET_RULE, SetReminderRule(code="step-issued"))
    due(mailed)
    found = letters(mailed)

    assert found["petrov"][0].startswith("Поручения на 23.11.2026")
    assert "Для служебного пользования" in found["petrov"][1]
    assert found["sidorov"][0].startswith("Assignments, 23.11.2026")
    mailed.issue(due="25.11.2026")
    assert letters(mailed)["petrov"][0].startswith("Поручение ")


def test_a_dry_run_counts_and_leaves_nothing(mailed: Office) -> None:
    mailed.issue(due="27.11.2026")
    dry = mailed.as_("admin").call(DUE, NotifyDue(), CallOptions(dry_run=True))

    assert dry.letters == 1
    assert letters(mailed) == {}
    assert due(mailed).letters == 1


def test_only_those_who_run_the_mail_may_remind_and_look(mailed: Office) -> None:
    calls: tuple[tuple[Operation[Any, Any], Request], ...] = (
        (DUE, NotifyDue()),
        (LIST, ListLetters()),
        (WAITING, CountWaiting()),
    )
    for operation, request in calls:
        with pytest.raises(NotPermitted):
            mailed.as_("petrov").call(operation, request)


def test_the_outbox_is_listed_page_by_page_without_texts(mailed: Office) -> None:
    for executor in ("petrov", "sidorov", "kuznec"):
        mailed.issue(executor=executor, due="27.11.2026")
    due(mailed)
    seen: list[str] = []
    after = None
    while True:
        page: LetterPage = mailed.as_("admin").call(LIST, ListLetters(limit=2, after=after))
        seen += [row.recipient for row in page.rows]
        after = page.next
        if after is None:
            break

    assert sorted(seen) == [f"{one}@office.example" for one in ("kuznec", "petrov", "sidorov")]
    assert mailed.as_("admin").call(WAITING, CountWaiting()).letters == 3


def test_rules_are_data(mailed: Office) -> None:
    admin = mailed.as_("admin")
    mailed.issue(due="01.12.2026")
    admin.call(SET_RULE, SetReminderRule(code="before-10", days_before=10, applies=False))
    quiet = due(mailed)
    admin.call(SET_RULE, SetReminderRule(code="before-8", days_before=8))
    rows = admin.call(RULES, ListReminderRules()).rows

    assert quiet.letters == 0
    assert due(mailed).letters == 1
    assert [(row.code, row.applies) for row in rows][:3] == [
        ("before-10", False),
        ("before-8", True),
        ("before-5", True),
    ]
    with pytest.raises(BadReminderRule):
        admin.call(SET_RULE, SetReminderRule(code="both", days_before=1, every_days=1))
