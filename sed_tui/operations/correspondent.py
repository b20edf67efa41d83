"""Operations on the directory of correspondents: organizations and citizens outside."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.correspondents import CorrespondentKind, CorrespondentState
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddCorrespondent(Request):
    """Put a correspondent into the directory; an INN (with its KPP) stands there once."""

    name: str
    kind: CorrespondentKind = CorrespondentKind.ORGANIZATION
    short_name: str | None = None
    inn: str | None = None
    kpp: str | None = None
    ogrn: str | None = None
    address: str | None = None
    email: str | None = None
    external_id: str | None = Field(default=None, max_length=200)


class EditCorrespondent(Request):
    """Change fields of a correspondent; None empties one.

    `changes` takes the fields of adding but `kind` and `external_id`, and `state`
    (`active` or `closed`). With `version`, the correspondent must not have changed
    since it was read.
    """

    correspondent: str
    changes: dict[str, str | None] = Field(min_length=1)
    version: int | None = None


class ShowCorrespondent(Request):
    """Ask for a correspondent by name, INN or id; a merged one leads to its successor."""

    correspondent: str


class CorrespondentRow(Message):
    """A correspondent as lists show it."""

    id: UUID
    kind: CorrespondentKind
    name: str
    short_name: str | None
    inn: str | None
    kpp: str | None
    state: CorrespondentState


class Predecessor(Message):
    """A correspondent that was merged into the shown one."""

    id: UUID
    name: str
    inn: str | None


class Correspondent(CorrespondentRow):
    """Everything known of a correspondent, and how many documents the reader may see."""

    version: int
    ogrn: str | None
    address: str | None
    email: str | None
    external_id: str | None
    documents: int
    last_document_on: date | None
    predecessors: list[Predecessor]


ADD = Operation(
    "correspondent.add",
    N_("Add a correspondent"),
    AddCorrespondent,
    Correspondent,
    Effect.WRITE,
)
EDIT = Operation(
    "correspondent.edit",
    N_("Edit a correspondent"),
    EditCorrespondent,
    Correspondent,
    Effect.WRITE,
)
SHOW = Operation(
    "correspondent.show",
    N_("Show a correspondent"),
    ShowCorrespondent,
    Correspondent,
    Effect.READ,
)
