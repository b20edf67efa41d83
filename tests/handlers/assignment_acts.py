"""What people do with assignments, said shortly: each function is one call of an operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from sed_tui.errors import SedError
from sed_tui.operations import (
    assignment_change,
    assignment_control,
    assignment_execution,
    assignment_extension,
    handover,
    status_request,
)
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.assignment_tree import TREE, AssignmentTree, ShowTree
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database

if TYPE_CHECKING:
    from sed_tui.operations.assignment_moved import AssignmentMoved
    from tests.handlers.assignments import Office

FRIDAY, NEXT, LATER = date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 8)
STEPS: dict[str, Any] = {
    "report": assignment_execution.REPORT,
    "inform": assignment_execution.INFORM,
    "contribute": assignment_execution.CONTRIBUTE,
    "accept": assignment_control.ACCEPT,
    "release": assignment_control.RELEASE,
    "give_back": assignment_control.RETURN,
    "stop": assignment_control.STOP,
    "redirect": assignment_change.REDIRECT,
    "amend": assignment_change.AMEND,
    "extend": assignment_extension.EXTEND,
    "grant": assignment_extension.GRANT,
    "deny": assignment_extension.DENY,
    "ask": status_request.ASK,
    "answer": status_request.ANSWER,
    "accept_answer": status_request.ACCEPT_ANSWER,
    "return_answer": status_request.RETURN_ANSWER,
}
WORDS = {
    "report": {"text": "Ответ направлен"},
    "inform": {"text": "Запрошены сведения"},
    "contribute": {"text": "Справка готова"},
    "release": {"proof": "Акт от 20.11.2026 № 7"},
    "give_back": {"text": "Нет приложения", "due": "10"},
    "ask": {"text": "Как продвигается?"},
    "answer": {"text": "Половина готова"},
    "return_answer": {"text": "А по району?"},
}


@dataclass
class Acts:
    """The office at work; every step says who takes it and on which assignment."""

    office: Office

    def take(
        self, step: str, who: str, key: object, reason: str | None = None, **fields: Any
    ) -> AssignmentMoved:
        """Take a step, with a few words where it needs some."""
        operation = STEPS[step]
        request = operation.request(**{"assignment": str(key), **WORDS.get(step, {}), **fields})
        moved: AssignmentMoved = self.office.as_(who).call(
            operation, request, CallOptions(reason=reason)
        )
        return moved

    def card(self, key: object, who: str = "admin") -> AssignmentCard:
        """Return the card as a person sees it."""
        return self.office.as_(who).call(SHOW, ShowAssignment(assignment=str(key)))

    def tree(self, key: object, who: str = "admin") -> AssignmentTree:
        """Return the tree as a person sees it."""
        return self.office.as_(who).call(TREE, ShowTree(assignment=str(key)))

    def items(self, who: str, person: str, *parts: str) -> list[handover.OpenItem]:
        """Return what a person has open."""
        request = handover.ListOpenItems.model_validate({"employee": person, "parts": parts})
        return self.office.as_(who).call(handover.ITEMS, request).rows

    def hand_over(self, who: str, person: str, *to: str, **fields: Any) -> list[handover.OpenItem]:
        """Give what a person has open to others."""
        request = handover.HandOver(employee=person, to=to, **fields)
        options = CallOptions(reason="Увольняется")
        return self.office.as_(who).call(handover.HANDOVER, request, options).rows

    def execute(self, statement: str, **values: Any) -> None:
        """Do something to the database beside the operations."""
        engine = open_database(self.office.settings.database)
        with engine.execution_options(writes=True).begin() as db:
            db.execute(text(statement), values)
        engine.dispose()

    def everything(self) -> list[tuple[Any, ...]]:
        """Return all that steps write, to see that a refusal has written nothing."""
        engine = open_database(self.office.settings.database)
        found: list[tuple[Any, ...]] = []
        with engine.connect() as db:
            for table in _WRITTEN:
                rows = db.execute(text(f"SELECT * FROM {table}")).all()
                found += sorted((table, *map(str, row)) for row in rows)
        engine.dispose()
        return found


_WRITTEN = (
    *("assignment", "assignment_event", "assignment_co_executor", "assignment_observer"),
    *("assignment_result", "extension_request", "status_request", "document", "audit_event"),
    *("document_participant", "assignment_policy"),
)


def issue(acts: Acts, by: str = "golova", **fields: Any) -> str:
    return str(acts.office.issue(by, **{"due": "01.12.2026", **fields}).id)


def family(acts: Acts) -> tuple[str, list[str]]:
    """Issue an assignment to Petrov with a child of Sidorov's that has one of its own."""
    key = issue(acts)
    fields: dict[str, Any] = {"due": "27.11.2026"}
    child = acts.office.issue("petrov", executor="sidorov", parent=key, **fields)
    grandchild = acts.office.issue("sidorov", executor="petrov", parent=str(child.id), **fields)
    return key, [str(child.id), str(grandchild.id)]


def refuse(
    acts: Acts,
    code: str,
    status: int,
    step: str,
    who: str,
    key: object,
    reason: str | None = None,
    **fields: Any,
) -> None:
    """See a step refused with its status, and nothing changed."""
    before = acts.everything()
    with pytest.raises(SedError) as refused:
        acts.take(step, who, key, reason, **fields)

    assert (refused.value.code, refused.value.exit_code) == (code, status)
    assert acts.everything() == before
