"""A hint for the planner of SQLite, which does not know how many rows a condition leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.sql.compiler import SQLCompiler


def unindexed(column: Any) -> ColumnElement[Any]:
    """Return a column whose index SQLite shall leave alone: another one names fewer rows."""
    return _Unindexed(column, type_=column.type)


class _Unindexed(GenericFunction[Any]):
    inherit_cache = True
    name = "unindexed"


@compiles(_Unindexed)  # type: ignore[no-untyped-call,untyped-decorator,unused-ignore]
def _as_it_is(element: _Unindexed, compiler: SQLCompiler, **settings: Any) -> str:
    return compiler.process(element.clauses, **settings)


@compiles(_Unindexed, "sqlite")  # type: ignore[no-untyped-call,untyped-decorator,unused-ignore]
def _as_a_term(element: _Unindexed, compiler: SQLCompiler, **settings: Any) -> str:
    return "+" + compiler.process(element.clauses, **settings)
