"""Assignments issued: the term, who may, what is wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui import i18n
from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.flows import Execution
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.assignment_terms import TermTooLate
from sed_tui.errors.assignments import (
    AuthorNeeded,
    ForeignAuthor,
    NoRightOverExecutor,
    SamePersonTwice,
)
from sed_tui.errors.input import BadDate, EmptyText, ForbiddenCharacters
from sed_tui.errors.terms import BadTerm, CalendarYearUnknown, DueInThePast
from sed_tui.operations.assignment_list import COUNT, CountAssignments
from sed_tui.operations.registry import CallOptions
from tests.handlers.given_assignments import card, document

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def test_an_assignment_is_issued_with_its_term_explained(office: Office) -> None:
    number = office.letter()
    issued = office.issue(document=number, due="10", co_executors=("Сидоров И.И.",))

    assert (issued.document_number, issued.executor) == (number, "Петров Василий Сергеевич")
    assert (issued.nominal_due, issued.due) == (date(2026, 12, 3), date(2026, 12, 3))
    assert issued.author == "Головин Пётр Ильич"
    assert issued.co_executors == ["Сидоров Иван Иванович"]
    assert issued.explanation[1].startswith("+10 calendar days")
    assert issued.state is AssignmentState.IN_WORK


def test_every_reader_is_told_of_a_term_in_his_own_language(office: Office) -> None:
    issued = office.issue(due="28.11.2026")
    i18n.use("ru")
    told = card(office, issued.id).explanation

    assert told[0] == "Назван день: 28.11.2026 (сб)"
    assert len(told) == len(issued.explanation)
    assert told[0] != issued.explanation[0]


def test_without_a_term_a_month_is_given_and_a_day_off_moves_it_back(office: Office) -> None:
    issued = office.issue()

    assert (issued.nominal_due, issued.due) == (date(2026, 12, 23), date(2026, 12, 23))
    saturday = office.issue(due="28.11.2026")
    assert (saturday.nominal_due, saturday.due) == (date(2026, 11, 28), date(2026, 11, 27))
    assert office.issue(due="без срока").due is None


def test_the_executor_sees_the_document_and_nobody_else_does(office: Office) -> None:
    number = office.letter()
    with pytest.raises(NotFound):
        document(office, number, "petrov")
    office.issue(document=number, co_executors=("sidorov",))

    assert document(office, number, "petrov").number == number
    assert document(office, number, "sidorov").number == number
    with pytest.raises(NotFound):
        document(office, number, "kuznec")


def test_an_assistant_issues_for_a_head_and_must_name_him(office: Office) -> None:
    issued = office.issue(by="pomosh", author="golova")

    assert card(office, issued.id).entered_by == "Помощникова Анна Юрьевна"
    assert card(office, issued.id).author == "Головин Пётр Ильич"
    with pytest.raises(AuthorNeeded):
        office.issue(by="pomosh")
    with pytest.raises(ForeignAuthor):
        office.issue(by="pomosh", author="petrov")
    with pytest.raises(ForeignAuthor):
        office.issue(by="petrov", author="golova", executor="sidorov")


def test_an_executor_assigns_within_his_unit(office: Office) -> None:
    assert office.issue(by="petrov", executor="sidorov").author == "Петров Василий Сергеевич"
    with pytest.raises(NoRightOverExecutor):
        office.issue(by="petrov", executor="kuznec")


BAD_ISSUES: list[tuple[dict[str, Any], type[SedError], int]] = [
    ({"text": "   "}, EmptyText, 3),
    ({"text": "Ответить \x1b[31m"}, ForbiddenCharacters, 3),
    ({"executor": ""}, EmptyText, 3),
    ({"executor": "nobody"}, NotFound, 4),
    ({"executor": "kontr", "controller": "kontr"}, SamePersonTwice, 3),
    ({"co_executors": ("petrov",)}, SamePersonTwice, 3),
    ({"co_executors": ("kontr",), "controller": "kontr"}, SamePersonTwice, 3),
    ({"due": "20.11.2026"}, DueInThePast, 3),
    ({"due": "31.02.2027"}, BadDate, 3),
    ({"due": "когда-нибудь"}, BadTerm, 3),
    ({"due": "15.03.2041"}, CalendarYearUnknown, 6),
    ({"due": "5", "co_due": "10"}, TermTooLate, 3),
    ({"co_due": "01.11.2026"}, DueInThePast, 3),
    ({"document": "нет такого"}, NotFound, 4),
    ({"profile": "nothing"}, NotFound, 4),
]


@pytest.mark.parametrize(("fields", "error", "status"), BAD_ISSUES)
def test_a_bad_issue_changes_nothing(
    office: Office, fields: dict[str, Any], error: type[SedError], status: int
) -> None:
    number = office.letter()
    with pytest.raises(error) as failure:
        office.issue(**{"document": number, **fields})

    assert failure.value.exit_code == status
    assert office.as_("admin").call(COUNT, CountAssignments()).total == 0
    assert document(office, number).execution is not Execution.IN_WORK
    with pytest.raises(NotFound):
        document(office, number, "petrov")


def test_a_dry_run_leaves_nothing(office: Office) -> None:
    from sed_tui.operations.assignment import ISSUE, IssueAssignment

    request = IssueAssignment(text="Проверить", executor="petrov")
    issued = office.as_("golova").call(ISSUE, request, CallOptions(dry_run=True))

    assert issued.due == date(2026, 12, 23)
    assert office.as_("admin").call(COUNT, CountAssignments()).total == 0


def test_five_hundred_co_executors_are_taken(office: Office) -> None:
    from tests.handlers.people import add_people

    logins = [f"p{n}" for n in range(500)]
    add_people(
        office.settings, *((login, f"Человек {login}", "executor", None) for login in logins)
    )
    issued = office.issue(co_executors=tuple(logins))

    assert len(issued.co_executors) == 500
    assert len(card(office, issued.id).co_executors) == 500
