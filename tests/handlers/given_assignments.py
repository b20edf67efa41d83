"""Assignments as tests look at them, report on and accept them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.document import SHOW as SHOW_DOCUMENT
from sed_tui.operations.document import DocumentCard, ShowDocument

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def card(office: Office, key: object, login: str = "admin") -> AssignmentCard:
    return office.as_(login).call(SHOW, ShowAssignment(assignment=str(key)))


def document(office: Office, number: str, login: str = "admin") -> DocumentCard:
    return office.as_(login).call(SHOW_DOCUMENT, ShowDocument(document=number))
