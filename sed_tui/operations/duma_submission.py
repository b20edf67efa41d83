"""Operations on submissions to the Duma: their papers, their sending, their passage."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sed_tui.domain.duma import Passage
from sed_tui.i18n import N_
from sed_tui.operations.duma import SittingTerm
from sed_tui.operations.registry import Effect, Message, Operation, Request


class OpenSubmission(Request):
    """Begin a submission to a sitting; its papers are files of the document."""

    document: str
    sitting: str
    kind: str = "законопроект"
    title: str | None = None


class AttachPaper(Request):
    """Choose a file of the document, in its last version, as a paper of the submission."""

    submission: str
    paper: str
    file: str


class SendSubmission(Request):
    """Say that the submission was sent: complete, each file signed, within the term.

    `late` sends after the term, for a reason. Where the link was down `attempted_at` counts
    as the time of sending, with the `evidence` of the attempt.
    """

    submission: str
    late: bool = False
    reason: str | None = None
    attempted_at: datetime | None = None
    evidence: str | None = None


class RecordPassage(Request):
    """Enter a step of the passage: by a notice that is registered, or by hand with a reason.

    `numbers` are the Duma's, several with semicolons; they are never taken for our own.
    """

    submission: str
    passage_state: Passage
    on: date | None = None
    notice: str | None = None
    reason: str | None = None
    numbers: str | None = None


class ShowSubmission(Request):
    """Ask for a submission by id: its checklist, its terms, its history."""

    submission: str


class ListSubmissions(Request):
    """Ask for the submissions under way; `all_states` asks for those that are over too."""

    all_states: bool = False


class PaperRow(Message):
    """A paper of the checklist; `lacks` says what is wrong with it, nothing when it is right."""

    code: str
    title: str
    is_required: bool
    file: str | None
    edition: int | None
    is_signed: bool
    lacks: str | None


class PassageStep(Message):
    """A step of the passage, and what shows it: a document, or a message of the exchange."""

    passage_state: Passage
    on: date
    reason: str | None
    notice: str | None
    message: str | None
    attempted_at: datetime | None
    evidence: str | None
    entered_at: datetime
    entered_by: str


class SubmissionRow(Message):
    """A submission as lists show it; `due` is the day by which it must be sent.

    One `is_late` that was not sent by then.
    """

    id: UUID
    short_id: str
    document_id: UUID
    document: str | None
    kind: str
    title: str
    sitting_day: date
    due: date | None
    is_late: bool
    passage_state: Passage
    numbers: list[str]


class Submission(SubmissionRow):
    """A submission with its papers, terms and history."""

    version: int
    is_complete: bool
    papers: list[PaperRow]
    terms: list[SittingTerm]
    passage: list[PassageStep]


class SubmissionList(Message):
    """Submissions by the day of their sitting."""

    rows: list[SubmissionRow]
    next: None = None


OPEN = Operation(
    "duma.open", N_("Begin a submission to the Duma"), OpenSubmission, Submission, Effect.WRITE
)
ATTACH = Operation(
    "duma.attach", N_("Choose a paper of a submission"), AttachPaper, Submission, Effect.WRITE
)
SEND = Operation(
    "duma.send", N_("Send a submission to the Duma"), SendSubmission, Submission, Effect.WRITE
)
STEP = Operation(
    "duma.step", N_("Enter the passage of a submission"), RecordPassage, Submission, Effect.WRITE
)
SHOW = Operation(
    "duma.show", N_("Show a submission to the Duma"), ShowSubmission, Submission, Effect.READ
)
LIST = Operation(
    "duma.list", N_("List submissions to the Duma"), ListSubmissions, SubmissionList, Effect.READ
)
