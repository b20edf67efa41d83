"""Operations on the names that another system gives to our units and people."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.domain.foreign_names import MOST_CHARACTERS, ForeignSort
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request

MOST_NAMES = 5000
_SYSTEM = "directum"


class ForeignName(Message):
    """A key of the other system, and the id here that it means."""

    key: str = Field(max_length=MOST_CHARACTERS)
    target_id: UUID


class ListForeignNames(Request):
    """Ask what another system calls units or people."""

    foreign_sort: ForeignSort
    system: str = Field(default=_SYSTEM, max_length=16)


class KeepForeignNames(Request):
    """Remember what another system calls units or people; what is known of a key is replaced."""

    foreign_sort: ForeignSort
    names: tuple[ForeignName, ...] = Field(max_length=MOST_NAMES)
    system: str = Field(default=_SYSTEM, max_length=16)


class ForeignNameList(Message):
    """Names by key."""

    rows: list[ForeignName]
    next: None = None


class ForeignNamesKept(Message):
    """How many names were new or mean something else now."""

    kept: int


LIST = Operation(
    "foreign.list",
    N_("List names of another system"),
    ListForeignNames,
    ForeignNameList,
    Effect.READ,
)
KEEP = Operation(
    "foreign.keep",
    N_("Keep names of another system"),
    KeepForeignNames,
    ForeignNamesKept,
    Effect.WRITE,
)
