"""Operations that change the legal reference of an organization and of those below it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from sed_tui.domain.legal import ActArea, ActLevel, ActStatus
from sed_tui.i18n import N_
from sed_tui.operations.law import ActCard, ActList
from sed_tui.operations.registry import Effect, Message, Operation, Request


class SetAct(Request):
    """Add an act or change one; what is left out stays, an empty text empties.

    An act of the program, or of an organization above, is kept in the organization's own
    words from then on. Another date under a number that is listed wants `force`.
    `version` is the one that was seen, whosever words it was.
    """

    code: str
    kind: str | None = None
    level: ActLevel | None = None
    area: ActArea | None = None
    issuer: str | None = None
    number: str | None = None
    dated: date | None = None
    title: str | None = None
    subject: str | None = None
    status: ActStatus | None = None
    edition: str | None = None
    checked_on: date | None = None
    url: str | None = None
    note: str | None = None
    force: bool = False
    version: int | None = None


class ImportActs(Request):
    """Add or change many acts, all or none."""

    rows: tuple[SetAct, ...] = Field(min_length=1, max_length=5_000)


class ForgetAct(Request):
    """Forget the organization's own words on an act; those above hold again."""

    act: str


class LoadEdition(Request):
    """Keep the text of an act in an edition; the bytes were staged before."""

    act: str
    edition: str
    dated: date | None = None
    name: str
    token: str


class ActForgotten(Message):
    """What was forgotten, and whose words hold now: null where nobody has any."""

    code: str
    owner: str | None
    is_listed: bool


SET = Operation("law.set", N_("Add or change an act"), SetAct, ActCard, Effect.WRITE)
IMPORT = Operation("law.import", N_("Load acts from a table"), ImportActs, ActList, Effect.WRITE)
FORGET = Operation(
    "law.forget", N_("Forget one's own words on an act"), ForgetAct, ActForgotten, Effect.DESTROY
)
LOAD = Operation("law.load", N_("Load the text of an act"), LoadEdition, ActCard, Effect.WRITE)
