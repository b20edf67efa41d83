"""Operations on routes of approval: texts that are imported, checked and tried."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from sed_tui.domain.route import StageKind
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request

MOST_TEXT = 100_000


class RouteState(StrEnum):
    """Whether a version of a route is the one that new approvals take."""

    CURRENT = "in_use"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class ImportRoute(Request):
    """Take the text of a route as its next version; running approvals keep theirs.

    The same text again changes nothing.
    """

    text: str = Field(max_length=MOST_TEXT)


class CheckRoute(Request):
    """Ask what is wrong with the text of a route, line by line."""

    text: str = Field(max_length=MOST_TEXT)


class ListRoutes(Request):
    """Ask for the routes of the organization; with `all_versions` for old ones as well."""

    all_versions: bool = False


class ShowRoute(Request):
    """Ask for a route by its code: the current version, unless another is named."""

    route: str
    version: int | None = Field(default=None, ge=1)


class CloseRoute(Request):
    """Take a route out of use; running approvals go on."""

    route: str


class PreviewRoute(Request):
    """Ask who would approve a draft, and by when: by a named route, or by the one chosen."""

    document: str
    route: str | None = None


class RouteRow(Message):
    """A version of a route in a list."""

    id: UUID
    code: str
    version: int
    title: str
    priority: int
    state: RouteState
    stages: int
    made_by: str
    made_at: datetime


class RouteList(Message):
    """Routes, by code, the newest version first."""

    rows: list[RouteRow]
    next: None = None


class RouteCard(RouteRow):
    """A version of a route with its text."""

    text: str


class RouteFaultRow(Message):
    """A fault of a text: its line, and what to do."""

    line: int
    code: str
    fault: str
    hint: str


class RouteChecked(Message):
    """What is wrong with a text; nothing, when `ok`."""

    ok: bool
    faults: list[RouteFaultRow]


class PlannedPerson(Message):
    """Somebody who is to act, on whose behalf when he is absent, and by when."""

    employee_id: UUID
    name: str
    login: str
    named_as: str
    substitute: str | None
    substitute_id: UUID | None
    due: date | None
    note: str | None


class PersonTold(Message):
    """Somebody who is written when a stage is late."""

    employee_id: UUID
    name: str


class PlannedStage(Message):
    """A stage as it would go; `skipped` says why it would not.

    `late_to` are those whom the route names for delays; without them heads are written.
    """

    name: str
    kind: StageKind
    is_parallel: bool
    is_mandatory: bool
    keeps_immaterial: bool
    skip_late: int | None = None
    term: str | None
    due: date | None
    people: list[PlannedPerson]
    skipped: str | None
    late_to: list[PersonTold] = Field(default_factory=list)


class RoutePlan(Message):
    """Everything that would happen; it can start only without `obstacles`."""

    route_id: UUID
    route: str
    route_version: int
    title: str
    asks_everybody: bool = False
    stages: list[PlannedStage]
    obstacles: list[str]


IMPORT = Operation("route.import", N_("Import a route"), ImportRoute, RouteCard, Effect.WRITE)
CHECK = Operation("route.check", N_("Check a route"), CheckRoute, RouteChecked, Effect.READ)
LIST = Operation("route.list", N_("List routes"), ListRoutes, RouteList, Effect.READ)
SHOW = Operation("route.show", N_("Show a route"), ShowRoute, RouteCard, Effect.READ)
CLOSE = Operation("route.close", N_("Close a route"), CloseRoute, RouteCard, Effect.DESTROY)
PREVIEW = Operation(
    "route.preview", N_("Preview an approval"), PreviewRoute, RoutePlan, Effect.READ
)
