"""Registration: one writer against the same statements raw, then many at once."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from datetime import date
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from sqlalchemy import event

from benchmarks.measure import Comparison, report
from benchmarks.office import copied_database, postgres_office, sqlite_office
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.registration import REGISTER, RegisterDocument

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.queues import SimpleQueue
    from multiprocessing.synchronize import Barrier

    from sed_tui.config import Settings

    # a registration is what the driver got: statements and their parameters
    Statements = list[tuple[str, Any]]
    Write = Callable[[Settings, int, Barrier, SimpleQueue[list[float]]], None]

ROUNDS = 7
EACH_ROUND = 200
SECONDS = 5.0
MOST = 32
# PostgreSQL plans a prepared statement anew ten times, then keeps a plan for any values
WARMED_UP = 12
WRITERS_NUMBERS = 1_000_000  # no writer gets as far as the numbers of the next one


def letter(number: int) -> RegisterDocument:
    """Return an incoming letter with a sender's number that no other letter is like."""
    return RegisterDocument(
        flow="incoming",
        subject=f"О представлении сведений о расходах, {number}",
        correspondent="Министерство здравоохранения",
        their_number=f"{number}",
        their_date=date(2026, 11, 20),
        addressee="Петров В.С.",
        delivery="МЭДО",
        sheets=2,
    )


def main() -> None:
    """Print one writer against raw statements, then 1, 8 and 32 writers, on both engines."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (sqlite_office, postgres_office):
            _one_writer(make(Path(folder) / f"{make.__name__}-one"))
            for writers in (1, 8, MOST):
                settings = make(Path(folder) / f"{make.__name__}{writers}")
                _many(settings, writers, _write)
                if not settings.is_file:
                    _many(settings, writers, _write_raw)


def _one_writer(settings: Settings) -> None:
    """Register, then repeat the very statements and commits on a copy made before."""
    numbers = iter(range(1, WRITERS_NUMBERS))
    ours, raw = [], []
    for _ in range(ROUNDS):
        copy = copied_database(settings)
        gateway = LocalGateway(settings)
        done = _listened(gateway)
        # what a process does once is done before: looking at the schema, making statements
        gateway.call(REGISTER, letter(next(numbers)))
        letters = [letter(next(numbers)) for _ in range(EACH_ROUND)]
        start = time.perf_counter()
        for one in letters:
            gateway.call(REGISTER, one)
        ours.append(time.perf_counter() - start)
        gateway.close()
        raw.append(_repeated(copy, [one for one in done if one][-EACH_ROUND - 1 :]))
    engine = _engine(settings)
    medians = {"ours": statistics.median(ours), "the same statements raw": statistics.median(raw)}
    report(
        f"registration, {EACH_ROUND} by one writer, {engine}: {EACH_ROUND / medians['ours']:.0f}/s",
        medians,
        [Comparison("ours", "the same statements raw", 1 / 0.3)],
    )


def _listened(gateway: LocalGateway) -> list[Statements]:
    """Return a list that the statements of each transaction to come are put into."""
    done: list[Statements] = []

    def begin(_connection: object) -> None:
        done.append([])

    def keep(_c: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            done[-1].append((statement, values))

    event.listen(gateway._engine, "begin", begin)
    event.listen(gateway._engine, "before_cursor_execute", keep)
    return done


def _repeated(settings: Settings, registrations: list[Statements]) -> float:
    """Return the seconds of all transactions but the first, each with its commit."""
    if settings.database.startswith("sqlite"):
        connection: Any = sqlite3.connect(
            settings.database.removeprefix("sqlite:///"), isolation_level=None
        )
        for name in ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {name}")
        begin = "BEGIN IMMEDIATE"
    else:
        connection = psycopg.connect(settings.database.replace("+psycopg", ""), autocommit=True)
        begin = "BEGIN"
    start = 0.0
    for place, statements in enumerate(registrations):
        if place == 1:
            start = time.perf_counter()
        _transaction(connection, begin, statements)
    elapsed = time.perf_counter() - start
    connection.close()
    return elapsed


def _transaction(connection: Any, begin: str, statements: Statements) -> None:
    cursor = connection.cursor()
    cursor.execute(begin)
    for statement, values in statements:
        if isinstance(values, list):
            cursor.executemany(statement, values)
        else:
            cursor.execute(statement, values)
            if cursor.description:
                cursor.fetchall()
    cursor.execute("COMMIT")


def _many(settings: Settings, writers: int, write: Write) -> None:
    """Let processes register at once, each with a connection that has made its plans."""
    processes = get_context("fork")
    times: SimpleQueue[list[float]] = processes.SimpleQueue()
    together = processes.Barrier(writers + 1)
    started = [
        processes.Process(target=write, args=(settings, n, together, times)) for n in range(writers)
    ]
    for process in started:
        process.start()
    together.wait()
    every = [times.get() for _ in started]
    for process in started:
        process.join()
    how = "" if write is _write else ", the same statements raw"
    _report(f"{_engine(settings)}, {writers} writers{how}", every, SECONDS)


def _report(title: str, times: list[list[float]], seconds: float) -> None:
    """Print what writers at once came to, from how long each registration of each took."""
    counts = [len(mine) for mine in times]
    every = sorted(one for mine in times for one in mine)
    print(
        f"  {title}: {sum(counts) / seconds:.0f}/s,"
        f" p50 {statistics.median(every) * 1000:.0f} ms,"
        f" p99 {every[int(len(every) * 0.99)] * 1000:.0f} ms,"
        f" slowest writer {min(counts) / statistics.mean(counts):.2f} of the mean"
        + ("  (target ≥ 200/s, p99 ≤ 500 ms, slowest ≥ 0.3)" if len(times) == MOST else "")
    )


def _write(settings: Settings, me: int, together: Barrier, times: SimpleQueue[list[float]]) -> None:
    gateway = LocalGateway(settings)
    letters = (letter(n) for n in count((me + 1) * WRITERS_NUMBERS))
    for one in islice(letters, WARMED_UP):
        gateway.call(REGISTER, one)
    together.wait()
    times.put(_timed(lambda: gateway.call(REGISTER, next(letters))))


def _write_raw(
    settings: Settings, me: int, together: Barrier, times: SimpleQueue[list[float]]
) -> None:
    """Repeat the statements of one registration, each with the values that the last one gave."""
    gateway = LocalGateway(settings)
    done = _listened(gateway)
    gateway.call(REGISTER, letter((me + MOST + 1) * WRITERS_NUMBERS))
    gateway.close()
    numbers = count((me + 2 * MOST) * WRITERS_NUMBERS)
    with psycopg.connect(settings.database.replace("+psycopg", "")) as connection:

        def register() -> None:
            own = {"their_number": (number := str(next(numbers))), "their_key": number}
            _registered(connection, done[-1], own)

        for _ in range(WARMED_UP):
            register()
        together.wait()
        times.put(_timed(register))


def _registered(connection: Any, statements: Statements, own: dict[str, Any]) -> None:
    with connection.transaction():
        for statement, values in statements:
            one = values[0] if isinstance(values, list) else values
            cursor = connection.execute(statement, {**one, **{n: own[n] for n in own if n in one}})
            row = cursor.fetchone() if cursor.description else None
            match " ".join(statement.split()[:3]), row:
                case "INSERT INTO journal_counter", (ordinal,):
                    own |= {"ordinal": ordinal, "number": f"01-23/{ordinal}"}
                    own["id"] = own["document_id"] = uuid4()
                case "INSERT INTO document", (key,):
                    own["key"] = key
                case _, (seq, hashed) if "FROM audit_head" in statement:
                    own |= {"seq": seq + 1, "prev_hash": hashed}


def _timed(register: Callable[[], object]) -> list[float]:
    mine = []
    start = now = time.perf_counter()
    while now - start < SECONDS:
        register()
        last, now = now, time.perf_counter()
        mine.append(now - last)
    return mine


def _engine(settings: Settings) -> str:
    return settings.database.partition(":")[0].partition("+")[0]


if __name__ == "__main__":
    main()
