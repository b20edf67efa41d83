"""Operations that find documents: pages of a list, and how many there are."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sed_tui.domain.flows import Execution, Flow, Registration
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListDocuments(ListRequest):
    """Ask for documents, the newest first, that fit a query.

    `query` is the language of the prompt: words to be found, and conditions such as
    `flow:incoming from:"Минздрав" since:2026-01 overdue`.
    """

    query: str = ""


class DocumentRow(Message):
    """A document as lists show it; `subject` is masked where the reader lacks clearance."""

    id: UUID
    number: str | None
    registered_on: date | None
    flow: Flow
    kind: str
    correspondent: str | None
    their_number: str | None
    their_date: date | None
    subject: str
    registration: Registration
    execution: Execution
    addressee: str | None = None
    journal: str | None = None
    confidentiality: str = "none"


class DocumentPage(Page):
    """Some rows, and the cursor of the next page when there is one."""

    rows: list[DocumentRow]


class CountDocuments(Request):
    """Ask how many documents fit a query; counting stops at `limit` where one is given."""

    query: str = ""
    limit: int | None = None


class Count(Message):
    """A number of rows; `more` says that counting stopped there."""

    total: int
    more: bool = False


LIST = Operation("document.list", N_("List documents"), ListDocuments, DocumentPage, Effect.READ)
COUNT = Operation("document.count", N_("Count documents"), CountDocuments, Count, Effect.READ)
