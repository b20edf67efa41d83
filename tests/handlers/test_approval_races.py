"""Decisions on a draft that are taken at one moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sed_tui.domain.approval_flow import TaskState
from sed_tui.errors import SedError
from sed_tui.errors.drafts import VersionOutdated
from sed_tui.operations import approval
from tests.handlers.approvals import ROUTE, approve, queue, results, sheet_of, started
from tests.handlers.drafts import next_version

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tests.handlers.assignments import Office


def test_of_two_decisions_at_once_the_second_is_a_conflict(office: Office) -> None:
    made = started(office, ROUTE.replace(', "kuznec"', ""))
    request = approval.ApproveDraft(document=str(made.id), version=1)

    def decide(_place: int) -> int:
        try:
            office.as_("sidorov").call(approval.APPROVE, request)
        except SedError as refused:
            return refused.exit_code
        return 0

    office.as_("sidorov")
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, range(2))) == [0, 5]
    assert results(sheet_of(office, made))[0] == ("sidorov", TaskState.APPROVED.value)


def test_two_approvers_at_once_both_count(office: Office) -> None:
    made = started(office)
    people = [office.as_(login) for login in ("sidorov", "kuznec")]
    request = approval.ApproveDraft(document=str(made.id), version=1)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda person: person.call(approval.APPROVE, request), people))

    assert len(queue(office, "kontr")) == 1


def test_a_decision_beside_a_new_version_never_counts_for_it(office: Office) -> None:
    made = started(office)
    approve(office, made, "sidorov")
    kuznec, petrov = office.as_("kuznec"), office.as_("petrov")

    def decide() -> None:
        request = approval.ApproveDraft(document=str(made.id), version=1)
        with suppress(VersionOutdated):
            kuznec.call(approval.APPROVE, request)

    with ThreadPoolExecutor(2) as pool:
        tasks: list[Future[Any]] = [
            pool.submit(decide),
            pool.submit(next_version, petrov, made, "Иной текст"),
        ]
        for task in tasks:
            task.result()
    asked = TaskState.ASKED.value
    assert results(sheet_of(office, made), 2)[:2] == [("sidorov", asked), ("kuznec", asked)]
