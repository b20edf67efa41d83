"""Papers of joining: filled in from editions of templates, printed, signed, accepted anew."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from sed_tui.domain.joining import Side
from sed_tui.domain.joining_papers import Paper, SigningWay
from sed_tui.i18n import N_
from sed_tui.operations.joining import Application
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ShowPaper(Request):
    """Ask for a paper in the edition that is in force, filled in for an applicant."""

    application: str | None = None
    paper: Paper


class IssuePaper(Request):
    """Keep a paper as it was printed: only this very file is signed.

    `edition` is the one that the file was made from, `token` its staged bytes.
    """

    application: str | None = None
    paper: Paper
    edition: int = Field(ge=1)
    name: str = Field(max_length=255)
    token: str = Field(max_length=200)


class SignPaper(Request):
    """Keep a side's signature of the printed paper.

    By GOST the token is that of the detached signature, whose certificate has to be the
    organization's; on paper it is that of the scan, and the day and the person are told.
    """

    application: str | None = None
    paper: Paper
    side: Side = Side.APPLICANT
    way: SigningWay
    name: str = Field(max_length=255)
    token: str = Field(max_length=200)
    signatory: str | None = Field(default=None, max_length=200)
    signed_on: date | None = None


class ListTemplates(Request):
    """Ask for the texts of papers, every edition."""


class PublishTemplate(Request):
    """Publish the next edition of a paper; those who have signed an older one accept it anew.

    They are reminded until they do; by default `accept_by` is 20 working days after.
    """

    paper: Paper
    title: str = Field(min_length=1, max_length=500)
    body: str = Field(min_length=1, max_length=100_000)
    in_force_on: date | None = None
    accept_by: date | None = None


class ListAcceptance(Request):
    """Ask who has signed which edition of a paper: the operator of all, others of themselves."""

    paper: Paper | None = None
    pending: bool = False


class PaperText(Message):
    """A paper filled in; its paragraphs are separated by empty lines."""

    paper: Paper
    edition: int
    title: str
    body: str
    application: str
    name: str
    printed_on: date


class TemplateRow(Message):
    """An edition of a template; edition 1 is shipped with the program."""

    paper: Paper
    edition: int
    title: str
    in_force_on: date | None
    accept_by: date | None
    published_at: datetime | None
    published_by: str | None
    body: str


class TemplateList(Message):
    """Editions by paper, the newest last."""

    rows: list[TemplateRow]
    next: None = None


class AcceptanceRow(Message):
    """Which edition an organization has signed, and which is in force."""

    application: str
    name: str
    paper: Paper
    edition: int | None
    signed_on: date | None
    in_force: int
    accept_by: date | None
    delay_days: int
    is_accepted: bool


class AcceptanceList(Message):
    """The organizations at work by code, and how many have still to accept."""

    rows: list[AcceptanceRow]
    pending: int
    next: None = None


PAPER = Operation(
    "joining.paper", N_("Fill in a paper of joining"), ShowPaper, PaperText, Effect.READ
)
ISSUE = Operation(
    "joining.issue", N_("Print a paper of joining"), IssuePaper, Application, Effect.WRITE
)
SIGN = Operation(
    "joining.sign", N_("Keep the signature of a paper"), SignPaper, Application, Effect.WRITE
)
TEMPLATES = Operation(
    "joining.templates",
    N_("List the templates of papers"),
    ListTemplates,
    TemplateList,
    Effect.READ,
)
PUBLISH = Operation(
    "joining.publish",
    N_("Publish an edition of a paper"),
    PublishTemplate,
    TemplateList,
    Effect.WRITE,
)
ACCEPTANCE = Operation(
    "joining.acceptance",
    N_("List who has signed which edition"),
    ListAcceptance,
    AcceptanceList,
    Effect.READ,
)
