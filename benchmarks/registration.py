"""Registration: one writer against the same statements raw, then many at once."""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import postgres_office, sqlite_office
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.registration import REGISTER, RegisterDocument

if TYPE_CHECKING:
    from sed_tui.config import Settings

EACH_ROUND = 200
SECONDS = 5.0

WRITER = """
import json, sys, time
from pathlib import Path
from benchmarks.registration import letter
from sed_tui.config import Settings
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.registration import REGISTER

database, files, me, seconds = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
gateway = LocalGateway(Settings(database, files=Path(files), login="admin"))
gateway.call(REGISTER, letter(f"{me}-warm"))
print("ready", flush=True)
sys.stdin.readline()
times, end, n = [], time.perf_counter() + seconds, 0
while time.perf_counter() < end:
    start = time.perf_counter()
    gateway.call(REGISTER, letter(f"{me}-{n}"))
    times.append(time.perf_counter() - start)
    n += 1
print(json.dumps(times))
"""


def letter(number: str) -> RegisterDocument:
    """Return an incoming letter with a sender's number of its own."""
    return RegisterDocument(
        flow="incoming",
        subject=f"О представлении сведений о расходах, {number}",
        correspondent="Министерство здравоохранения",
        their_number=number,
        their_date=date(2026, 11, 20),
        addressee="Петров В.С.",
        delivery="МЭДО",
        sheets=2,
    )


def main() -> None:
    """Print one writer against raw statements, then 1, 8 and 32 writers on both engines."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        _one_writer(Path(folder) / "one")
        for make in (sqlite_office, postgres_office):
            for writers in (1, 8, 32):
                _many(make(Path(folder) / f"{make.__name__}{writers}"), writers)


def _one_writer(folder: Path) -> None:
    settings = sqlite_office(folder)
    gateway = LocalGateway(settings)
    gateway.call(REGISTER, letter("warm"))
    statements = _captured(gateway)
    with sqlite3.connect(folder / "sed.db") as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # a copy, where the keys of the captured registration stay free
    shutil.copy(folder / "sed.db", folder / "raw.db")
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA synchronous = FULL")
    turn = iter(range(10**9))

    def ours() -> None:
        for _ in range(EACH_ROUND):
            gateway.call(REGISTER, letter(f"ours-{next(turn)}"))

    def the_same_raw() -> None:
        for _ in range(EACH_ROUND):
            raw.execute("BEGIN IMMEDIATE")
            for statement, parameters in statements:
                raw.execute(statement, parameters)
            # the same rows again would be refused, so each transaction does all and undoes it
            raw.execute("ROLLBACK")

    medians = interleaved({"ours": ours, "the same statements raw": the_same_raw})
    report(
        f"registration, {EACH_ROUND} by one writer (raw: without the commit's write)",
        medians,
        [Comparison("ours", "the same statements raw", 1 / 0.3)],
    )
    raw.close()
    gateway.close()


def _captured(gateway: LocalGateway) -> list[tuple[str, Any]]:
    """Return the statements of one registration, as the driver gets them."""
    seen: list[tuple[str, Any]] = []

    def keep(_c: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        seen.append((statement, parameters))

    engine = gateway._engine
    event.listen(engine, "before_cursor_execute", keep)
    from sed_tui.operations.registry import CallOptions

    gateway.call(REGISTER, letter("captured"), CallOptions(dry_run=True))
    event.remove(engine, "before_cursor_execute", keep)
    return [(s, p) for s, p in seen if not s.startswith(("BEGIN", "PRAGMA"))]


def _many(settings: Settings, writers: int) -> None:
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                WRITER,
                settings.database,
                str(settings.files),
                str(n),
                f"{SECONDS}",
            ],
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
    engine = settings.database.partition(":")[0].partition("+")[0]
    print(
        f"  {engine}, {writers} writers: {sum(counts) / elapsed:.0f}/s,"
        f" p99 {every[int(len(every) * 0.99)] * 1000:.0f} ms,"
        f" slowest writer {min(counts) / statistics.mean(counts):.2f} of the mean"
    )


if __name__ == "__main__":
    main()
