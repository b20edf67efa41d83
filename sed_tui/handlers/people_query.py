"""Queries of the people of an organization by what a text may name, built once."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, not_, or_, select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Label


class By(Enum):
    """What of a person a text may be."""

    LOGIN = auto()
    ID = auto()
    SURNAME = auto()


@cache
def people_by(by: By, *, active: bool) -> Prepared:
    """Return the query of people: every registration asks for its officials."""
    table: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
    name, is_active = table.c.folded_name, table.c.state == "active"
    condition: ColumnElement[bool]
    match by:
        case By.LOGIN:
            condition = table.c.login == bindparam("login")
        case By.ID:
            condition = table.c.id.between(bindparam("low"), bindparam("high"))
        case By.SURNAME:
            following = and_(name >= bindparam("first"), name < bindparam("end"))
            condition = or_(name == bindparam("surname"), following)
    return Prepared(
        select(table, is_program())
        .where(
            table.c.organization_id == bindparam("organization"),
            condition,
            is_active if active else not_(is_active),
        )
        .order_by(name, table.c.id)
    )


def is_program() -> Label[bool]:
    """Return the column that tells whether a person is a program: one of its roles says so."""
    return (
        exists()
        .where(
            col(RoleGrantTable.employee_id) == col(EmployeeTable.id),
            col(RoleGrantTable.role) == Role.SYSTEM.value,
        )
        .label("is_program")
    )
