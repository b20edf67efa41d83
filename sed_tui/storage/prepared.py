"""Statements that every operation runs: made ready once, then given to the driver as they are.

Core takes 65 µs to run a statement that it has compiled already, to which SQLite adds 6: it
makes a context and a result that serve for anything. Here Core still writes the text, its
types turn values both ways, its listeners hear of each run, and what the driver raises is
raised as Core would. For the dozen statements of the ways that are walked all day; all
others are Core's (docs/adr/0021).
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Dialect

    _Process = Callable[[Any], Any] | None


class Prepared:
    """A statement of Core whose text does not depend on its values.

    Every `bindparam` without a value must be given one at each run; those with a value keep
    it. `columns` are those that an INSERT or UPDATE sets beside what it says itself. The text
    of a statement that is given lists of values does depend on them: Core runs it as ever.
    Raises `ValueError` at the first run where columns are left that Python fills in.
    """

    def __init__(self, statement: Any, columns: Iterable[str] = ()) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._ready: dict[str, _Ready] = {}

    def all(self, db: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Return the rows, whose columns are attributes."""
        ready = self._for(db)
        if ready.has_lists:
            return list(db.execute(self._statement, values))
        return ready.rows(_run(db, ready.text, ready.given(values)))

    def one_or_none(self, db: Connection, values: Mapping[str, Any]) -> Any:
        """Return the only row, None where there is none."""
        rows = self.all(db, values)
        if len(rows) > 1:
            raise ValueError(f"one row was expected, not {len(rows)}")
        return rows[0] if rows else None

    def run(self, db: Connection, values: Mapping[str, Any]) -> None:
        """Run a statement that answers nothing."""
        ready = self._for(db)
        _run(db, ready.text, ready.given(values))

    def run_each(self, db: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement that answers nothing for each of some rows."""
        ready = self._for(db)
        _run(db, ready.text, [ready.given(row) for row in rows], is_many=True)

    def _for(self, db: Connection) -> _Ready:
        ready = self._ready.get(db.dialect.name)
        if ready is None:
            ready = _Ready(self._statement, self._columns, db.dialect)
            self._ready[db.dialect.name] = ready
        return ready


class _Ready:
    """The text of a statement for one engine, and how values go in and come out."""

    def __init__(self, statement: Any, columns: list[str] | None, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
        if compiled.insert_prefetch or compiled.update_prefetch or compiled.escaped_bind_names:
            raise ValueError(f"not to be made ready: {compiled.string}")
        asked = {name for name, bind in compiled.binds.items() if bind.required}
        self.has_lists = any(compiled.binds[name].expanding for name in asked)
        # lists that the statement itself has are written out here
        whole = compiled.construct_expanded_state(dict.fromkeys(asked))
        self.text: str = whole.statement
        self._order: Sequence[str] = whole.positiontup or ()
        processes = {n: _process(bind, dialect) for n, bind in compiled.binds.items()}
        processes |= whole.processors
        self._asked = [(name, processes.get(name)) for name in asked]
        self._fixed = {
            name: value if (process := processes.get(name)) is None else process(value)
            for name, value in whole.parameters.items()
            if name not in asked
        }
        kept = getattr(statement, "exported_columns", ())
        self._row = _row_of([column.key for column in kept])
        read = [_result(column.type, dialect) for column in kept]
        self._processes = [(n, process) for n, process in enumerate(read) if process is not None]

    def given(self, values: Mapping[str, Any]) -> Any:
        """Return the values as the driver takes them."""
        made = {
            name: values[name] if process is None else process(values[name])
            for name, process in self._asked
        }
        made.update(self._fixed)
        return tuple([made[name] for name in self._order]) if self._order else made

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """Return rows of the driver as those of the statement."""
        if not self._processes:
            return list(map(self._row._make, found))
        return [self._row._make(self._turned(list(row))) for row in found]

    def _turned(self, row: list[Any]) -> list[Any]:
        for place, process in self._processes:
            row[place] = process(row[place])
        return row


def send(db: Connection, message: str) -> None:
    """Send the message that begins a transaction. Raises `DBAPIError`."""
    _told(db, message, None)


def _row_of(columns: list[str]) -> Any:
    return namedtuple("Row", columns)


def _process(bind: Any, dialect: Dialect) -> _Process:
    """Return what a value goes through on its way in."""
    process: _Process = bind.type.dialect_impl(dialect).bind_processor(dialect)
    return process


def _result(kind: Any, dialect: Dialect) -> _Process:
    """Return what a value of a column goes through on its way out."""
    process: _Process = kind.dialect_impl(dialect).result_processor(dialect, None)
    return process


def _run(db: Connection, text: str, values: Any, *, is_many: bool = False) -> Sequence[Any]:
    """Run a statement in the transaction of a connection, which is begun where there is none."""
    if not db.in_transaction():
        db.begin()
    return _told(db, text, values, is_many=is_many)


def _told(db: Connection, text: str, values: Any, *, is_many: bool = False) -> Sequence[Any]:
    """Tell the driver a statement and return what it answers."""
    driver: Any = db.connection.driver_connection
    cursor = driver.cursor()
    for hear in db.dispatch.before_cursor_execute:
        hear(db, cursor, text, values, None, is_many)
    try:
        if is_many:
            cursor.executemany(text, values)
            found = ()
        else:
            cursor.execute(text, values) if values is not None else cursor.execute(text)
            found = cursor.fetchall() if cursor.description else ()
        cursor.close()
    except db.dialect.loaded_dbapi.Error as error:
        raise _as_of_core(db, text, error) from error
    return found


def _as_of_core(db: Connection, text: str, error: Any) -> Exception:
    """Return what Core raises for a failure of the driver; parameters stay out of it.

    Of a connection that is gone Core is made to learn by itself: it gives up the others of
    its pool too, which are as old.
    """
    driver: Any = db.dialect.loaded_dbapi
    if db.dialect.is_disconnect(error, db.connection.driver_connection, None):
        db.exec_driver_sql("SELECT 1")
    told: Exception = DBAPIError.instance(
        text, None, error, driver.Error, hide_parameters=True, dialect=db.dialect
    )
    return told
