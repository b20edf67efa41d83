"""Many rows at once: prepared statements on SQLite, COPY on PostgreSQL.

Values are storage text already: ids as 32 hex digits, dates as ISO, numbers, booleans,
None. What all rows share goes once, with its own Python type.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import String, Uuid, func, literal_column, select, text, true

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Row, Table
    from sqlalchemy.types import TypeEngine
    from sqlmodel import SQLModel

    Value = str | int | bool | None


def insert_rows(
    db: Connection,
    table: type[SQLModel],
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    shared: Mapping[str, Any] | None = None,
) -> None:
    """Insert rows; `shared` are columns in which they are all alike.

    PostgreSQL stores the first rows while the next are made, when they come from an iterator.
    """
    if not rows:
        return
    target = cast("Table", getattr(table, "__table__"))  # noqa: B009 - SQLModel hides it from mypy
    if db.dialect.name == "sqlite":
        _insert_many(db, target, columns, rows, shared or {})
    else:
        _copy(db, target, columns, rows, shared or {})


def new_ids(count: int) -> list[str]:
    """Return random ids of version 4 as hex digits, made in one go."""
    digits = os.urandom(16 * count).hex()
    return [
        f"{digits[at : at + 12]}4{digits[at + 13 : at + 16]}"
        f"{_VARIANT[digits[at + 16]]}{digits[at + 17 : at + 32]}"
        for at in range(0, 32 * count, 32)
    ]


def reserve_keys(
    db: Connection, table: type[SQLModel], column: str, count: int
) -> range | list[int]:
    """Return integer keys that nobody else takes, in rising order.

    SQLite has one writer, who goes on from the greatest; PostgreSQL draws them from the
    sequence of the column.
    """
    name = cast("str", table.__tablename__)
    if db.dialect.name == "sqlite":
        last = db.scalar(text(f"SELECT COALESCE(MAX({column}), 0) FROM {name}")) or 0
        return range(last + 1, last + 1 + count)
    drawn = text(
        "SELECT nextval(pg_get_serial_sequence(:name, :column)) FROM generate_series(1, :count)"
    )
    return sorted(db.scalars(drawn, {"name": name, "column": column, "count": count}))


def count_anew(db: Connection, *tables: type[SQLModel]) -> None:
    """Let PostgreSQL look at tables that grew before it ever counted them.

    Until then one index of an organization is as good to it as another, and it reads
    all rows of the office for each that is looked up. Whoever counts a table already is
    not waited for.
    """
    if db.dialect.name == "sqlite":
        return
    for table in tables:
        name = cast("str", table.__tablename__)
        if db.scalar(_UNCOUNTED, {"name": name}):
            db.exec_driver_sql(f'ANALYZE (SKIP_LOCKED) "{name}"')


def given(db: Connection, **lists: tuple[TypeEngine[Any], Sequence[Value]]) -> FromClause:
    """Return parallel lists as a table to join with: one parameter, however many rows.

    A column is given as its SQL type and its values.
    """
    names = list(lists)
    if db.dialect.name == "sqlite":
        rows = zip(*(values for _type, values in lists.values()), strict=True)
        each = func.json_each(json.dumps(list(rows), ensure_ascii=False)).table_valued("value")
        columns = [
            func.json_extract(each.c.value, f"$[{place}]", type_=String).label(name)
            for place, name in enumerate(names)
        ]
        return select(*columns).select_from(each).subquery("given")
    casts = ", ".join(
        f"CAST(:{name} AS {kind.compile(db.dialect)}[])" for name, (kind, _values) in lists.items()
    )
    return (
        text(f"SELECT * FROM unnest({casts}) AS given({', '.join(names)})")
        .bindparams(**{name: _array(values) for name, (_kind, values) in lists.items()})
        .columns(**{name: kind for name, (kind, _values) in lists.items()})
        .subquery("given")
    )


def look_up(
    db: Connection,
    given: FromClause,
    table: Any,
    condition: ColumnElement[bool],
    columns: Iterable[Any],
    *,
    beside: Sequence[str] = (),
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return columns of the rows that fit given ones; `beside` are columns of the given.

    Both engines are made to look each given row up in an index and not to walk through
    the table, though an import fills it faster than PostgreSQL counts it. SQLite does
    not turn round an outer join whose rows are left out by a function, PostgreSQL keeps
    to itself what stands behind an offset.
    """
    kept = [given.c[name] for name in beside]
    if db.dialect.name == "sqlite":
        source = given.outerjoin(table, condition)
        query = select(*kept, *columns).select_from(source).where(func.ifnull(table.id, "") != "")
    else:
        each = select(*columns).where(condition).correlate(given).offset(literal_column("0"))
        found = each.lateral("found")
        query = select(*kept, *found.c).select_from(given.join(found, true()))
    return db.execute(query).all()


# fewer than a thousand rows as far as it knows, half a megabyte in truth
_UNCOUNTED = text(
    "SELECT reltuples < 1000 AND pg_relation_size(oid) > 500000 FROM pg_class "
    "WHERE oid = to_regclass(:name)"
)
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def _array(values: Sequence[Value]) -> str:
    """Return an array as PostgreSQL writes one: the driver takes four times as long."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def _quoted(value: str | int | bool) -> str:
    text = str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _insert_many(
    db: Connection,
    target: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    shared: Mapping[str, Any],
) -> None:
    names = ", ".join(f'"{name}"' for name in (*columns, *shared))
    marks = ", ".join("?" * (len(columns) + len(shared)))
    same = tuple(_stored(db, target, shared).values())
    statement = f'INSERT INTO "{target.name}" ({names}) VALUES ({marks})'
    db.exec_driver_sql(statement, [(*row, *same) for row in rows])


def _copy(
    db: Connection,
    target: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    shared: Mapping[str, Any],
) -> None:
    names = ", ".join(f'"{name}"' for name in (*columns, *shared))
    # ids and moments as text: the driver would write each of them anew for every row
    same = tuple(
        value if value is None or isinstance(value, (bool, int)) else str(value)
        for value in _stored(db, target, shared).values()
    )
    with copying(db, target.name, names) as copy:
        for row in rows:
            copy.write_row((*row, *same))


@contextmanager
def copying(db: Connection, table: str, columns: str) -> Iterator[Any]:
    """Give a COPY into a table of PostgreSQL; the rows are there at the end.

    They come by way of a scratch table: COPY does not pass the wall between organizations.
    """
    scratch = f"{table}_copied"
    db.exec_driver_sql(
        f'CREATE TEMPORARY TABLE "{scratch}" ON COMMIT DROP AS '
        f'SELECT {columns} FROM "{table}" WITH NO DATA'
    )
    connection: Any = db.connection.driver_connection
    with connection.cursor().copy(f'COPY "{scratch}" ({columns}) FROM STDIN') as copy:
        yield copy
    db.exec_driver_sql(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{scratch}"')
    db.exec_driver_sql(f'DROP TABLE "{scratch}"')


def _stored(db: Connection, target: Table, shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the driver takes them."""
    stored = {}
    for name, value in shared.items():
        kind = target.c[name].type.dialect_impl(db.dialect)
        process = kind.bind_processor(db.dialect)
        stored[name] = process(value) if process is not None else value
    return stored


UUIDS = Uuid()
TEXTS = String()
