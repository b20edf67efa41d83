"""Registration: one writer against the same statements raw, then many at once."""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import event

from benchmarks.measure import Comparison, report
from benchmarks.office import copied_database, postgres_office, sqlite_office
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.registration import REGISTER, RegisterDocument

if TYPE_CHECKING:
    from sed_tui.config import Settings

    # a registration is what the driver got: statements and their parameters
    Statements = list[tuple[str, Any]]

ROUNDS = 7
EACH_ROUND = 200
SECONDS = 5.0
MOST = 32
WRITERS_NUMBERS = 1_000_000  # no writer gets as far as the numbers of the next one

WRITER = """
import json, sys, time
from pathlib import Path
from benchmarks.registration import WRITERS_NUMBERS, letter
from sed_tui.config import Settings
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.registration import REGISTER

database, files, me, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
gateway = LocalGateway(Settings(database, files=Path(files), login="admin"))
n = (me + 1) * WRITERS_NUMBERS
gateway.call(REGISTER, letter(n))
print("ready", flush=True)
sys.stdin.readline()
times, end = [], time.perf_counter() + seconds
while time.perf_counter() < end:
    start = time.perf_counter()
    n += 1
    gateway.call(REGISTER, letter(n))
    times.append(time.perf_counter() - start)
print(json.dumps(times))
"""


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
                _many(make(Path(folder) / f"{make.__name__}{writers}"), writers)


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


def _many(settings: Settings, writers: int) -> None:
    words = [sys.executable, "-c", WRITER, settings.database, str(settings.files)]
    processes = [
        subprocess.Popen(
            [*words, str(n), f"{SECONDS}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        for n in range(writers)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    start = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    times = [json.loads(process.communicate()[0]) for process in processes]
    elapsed = time.perf_counter() - start
    counts = [len(mine) for mine in times]
    every = sorted(seconds for mine in times for seconds in mine)
    print(
        f"  {_engine(settings)}, {writers} writers: {sum(counts) / elapsed:.0f}/s,"
        f" p99 {every[int(len(every) * 0.99)] * 1000:.0f} ms,"
        f" slowest writer {min(counts) / statistics.mean(counts):.2f} of the mean"
        + ("  (target ≥ 200/s, p99 ≤ 500 ms, slowest ≥ 0.3)" if writers == MOST else "")
    )


def _engine(settings: Settings) -> str:
    return settings.database.partition(":")[0].partition("+")[0]


if __name__ == "__main__":
    main()
