"""Operations on the units of an organization: departments and offices."""

from __future__ import annotations

from uuid import UUID

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddUnit(Request):
    """Put a unit into the tree; `parent` is the code or the name of the one above."""

    code: str
    name: str
    parent: str | None = None


class ListUnits(Request):
    """Ask for the units of the organization."""


class Unit(Message):
    """A unit; `parent` is the code of the one above, `people` counts those who work there."""

    id: UUID
    code: str
    name: str
    parent: str | None
    people: int


class UnitList(Message):
    """Units by code."""

    rows: list[Unit]
    next: None = None


ADD = Operation("unit.add", N_("Add a unit"), AddUnit, Unit, Effect.WRITE)
LIST = Operation("unit.list", N_("List units"), ListUnits, UnitList, Effect.READ)
