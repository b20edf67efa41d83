"""Operations that read the legal reference: list, show, text of an edition, check."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.legal import STALE_DAYS, ActArea, ActLevel, ActProblem, ActStatus
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListActs(Request):
    """Ask for the acts of the reference; words are found in any form.

    `status` is the one that may be shown: of a check older than `older_than` days nothing
    is left. `used` asks for those that the program applies somewhere.
    """

    query: str | None = Field(default=None, max_length=200)
    level: ActLevel | None = None
    area: ActArea | None = None
    status: ActStatus | None = None
    used: bool | None = None
    older_than: int = Field(default=STALE_DAYS, ge=0)


class ShowAct(Request):
    """Ask for an act by its code or its number."""

    act: str


class GetEdition(Request):
    """Ask for the text of an act: the newest edition unless one is named."""

    act: str
    edition: str | None = None


class CheckActs(Request):
    """Ask what needs attention; `problems` narrows it down."""

    older_than: int = Field(default=STALE_DAYS, ge=0)
    problems: tuple[ActProblem, ...] = ()


class ActRow(Message):
    """An act; `shown_status` is what may be said of it today.

    `owner` is the code of the organization whose words these are, null for the program's,
    which are at version 0;
    `terms` are the term profiles that follow the act, `guides` topics of guides.
    """

    code: str
    act: str
    kind: str
    level: ActLevel
    area: ActArea
    issuer: str | None
    number: str | None
    dated: date | None
    title: str | None
    subject: str | None
    status: ActStatus
    shown_status: ActStatus
    edition: str | None
    checked_on: date | None
    url: str | None
    note: str | None
    owner: str | None
    terms: list[str]
    guides: list[str]
    version: int


class ActList(Message):
    """Acts; `searched` is what was looked for instead where nothing held the words."""

    rows: list[ActRow]
    searched: str | None = None
    next: None = None


class EditionRow(Message):
    """The text of an act in one edition; the gateway fetches its bytes by `sha256`.

    `added_by` is null where it was loaded by an organization above.
    """

    id: UUID
    edition: str
    dated: date | None
    name: str
    size: int
    media_type: str
    sha256: str
    added_at: datetime
    added_by: str | None


class FollowingTerm(Message):
    """A term profile that follows an act, with the paragraph it names."""

    code: str
    title: str
    paragraph: str
    checked_on: date | None


class ActCard(ActRow):
    """An act with the terms that follow it and the texts that were loaded.

    `as_of` is the day on which its status is told.
    """

    as_of: date
    following: list[FollowingTerm]
    editions: list[EditionRow]
    same_number: list[str]


class ActFindingRow(Message):
    """Something of the reference that needs attention."""

    problem: ActProblem
    code: str
    act: str
    detail: str


class ActFindings(Message):
    """What needs attention, the worst first."""

    checked: int
    rows: list[ActFindingRow]
    next: None = None


LIST = Operation(
    "law.list", N_("List the acts of the legal reference"), ListActs, ActList, Effect.READ
)
SHOW = Operation(
    "law.show", N_("Show an act of the legal reference"), ShowAct, ActCard, Effect.READ
)
TEXT = Operation("law.text", N_("Get the text of an act"), GetEdition, EditionRow, Effect.READ)
CHECK = Operation("law.check", N_("Check the legal reference"), CheckActs, ActFindings, Effect.READ)
