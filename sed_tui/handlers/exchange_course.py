"""Steps of an assignment of which the sender of its letter is told, where he has subscribed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.exchange_course import COURSE, course_text
from sed_tui.handlers.exchange_origin import is_followed
from sed_tui.storage.names import find_people

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work

_MAIN = "main"


def tell_course(work: Work, current: Current, step: Step, after: Mapping[str, Any]) -> None:
    """Tell a subscribed sender that a report was given, or what changed in the execution.

    Assignments below another one, and parts of departments, are the office's own affair.
    """
    document = current.document_id
    if document is None or current.parent_id is not None or current.kind != _MAIN:
        return
    before = current.kept()
    has_other = after["executor_id"] != before["executor_id"]
    is_due_new = after["due"] != before["due"]
    is_told = step is Step.REPORT or step in COURSE or has_other or is_due_new
    if not is_told or not is_followed(work, document):
        return
    # lxml, for letters of partners alone
    from sed_tui.handlers.exchange_telling import tell_course_changed, tell_report_prepared

    if step is Step.REPORT:
        tell_report_prepared(work, document, _name(work, current.standing.author))
        return
    executor = _name(work, after["executor_id"]) if has_other else None
    text = course_text(step, executor, after["due"], is_due_new=is_due_new)
    tell_course_changed(work, document, text)


def _name(work: Work, employee_id: UUID) -> str:
    [row] = find_people(work.db, [employee_id])
    name: str = row.full_name
    return name
