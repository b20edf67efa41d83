"""Who is named in an assignment, and what co-executors and observers find in their lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.assignments import NobodyHere
from sed_tui.errors.input import EmptyText
from sed_tui.errors.people import AmbiguousPerson
from sed_tui.operations.assignment_list import LIST, ListAssignments, Scope
from sed_tui.storage.tables.organization import EmployeeTable
from tests.handlers.correspondence import change

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def test_an_executor_is_named_by_his_post_and_a_stranger_is_told_of_parts(office: Office) -> None:
    for login in ("petrov", "sidorov"):
        change(office, EmployeeTable, office.ids[login], position="Ведущий специалист")
    change(office, EmployeeTable, office.ids["kuznec"], position="Начальник отдела")

    assert office.issue(executor="начальник  ОТДЕЛА").executor_login == "kuznec"
    with pytest.raises(AmbiguousPerson):
        office.issue(executor="ведущий специалист")
    with pytest.raises(NobodyHere) as unknown:
        office.issue(executor="Начальник другого отдела")
    assert "assignment part send" in unknown.value.advice
    with pytest.raises(EmptyText):
        office.issue(executor="  ")


def test_co_executors_and_observers_list_what_is_theirs(office: Office) -> None:
    number = office.letter(confidentiality="official")
    office.issue(co_executors=("sidorov",), observers=("kuznec",), document=number)
    office.issue()

    def texts(login: str, scope: Scope) -> list[str]:
        rows = office.as_(login).call(LIST, ListAssignments(scope=scope)).rows
        return [row.text for row in rows]

    assert texts("sidorov", Scope.TO_CONTRIBUTE) == ["Подготовить ответ"]
    assert texts("kuznec", Scope.OBSERVED) == ["For official use only"]
    assert texts("petrov", Scope.TO_CONTRIBUTE) == texts("sidorov", Scope.OBSERVED) == []
