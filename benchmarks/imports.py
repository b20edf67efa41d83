"""Bulk import of historic cards from CSV, against raw inserts of the very rows it stored."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.office import SUBJECTS, TODAY, postgres_office, sqlite_office

if TYPE_CHECKING:
    from sed_tui.config import Settings

CARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
SEDCTL = str(Path(sys.executable).with_name("sedctl"))
TABLES = ("correspondent", "document", "document_participant", "audit_event", "audit_personal")
# a child begins with the peak of the process it was split from: this one is small
MEASURED = (
    "import resource, subprocess, sys; status = subprocess.call(sys.argv[1:]);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr);"
    "sys.exit(status)"
)
HEADER = (
    *("external_id", "flow", "number", "registered_on", "received_on", "correspondent"),
    *("their_number", "their_date", "subject", "addressee", "sheets", "delivery", "historic"),
)


def main() -> None:
    """Print both engines."""
    print(f"\n## import of {CARDS:,} cards from CSV")
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.csv"
        _write(register)
        for make, target in ((sqlite_office, 0.35), (postgres_office, 0.3)):
            settings = make(Path(folder) / make.__name__)
            seconds = _ours(settings, register)
            limit = _raw(settings, Path(folder) / f"raw-{make.__name__}", make)
            ratio = limit / seconds
            verdict = "met" if ratio >= target else "MISSED"
            print(
                f"  {settings.database.partition(':')[0]}: ours {seconds:.2f} s, raw {limit:.2f} s"
            )
            print(f"  speed against raw = {ratio:.2f}  (target ≥ {target}: {verdict})")


def _write(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for n in range(1, CARDS + 1):
            day = TODAY - timedelta(days=4000 - n * 4000 // CARDS)
            writer.writerow(
                (
                    *(f"OLD-{n}", "incoming", f"01-23/{n}", day, day, f"Организация {n % 500}"),
                    *(f"{n}/и", day, f"{SUBJECTS[n % 5]} № {n}", "Петров В.С.", 2, "МЭДО", "да"),
                )
            )


def _ours(settings: Settings, register: Path) -> float:
    address = settings.database.replace("+psycopg", "").removeprefix("sqlite:///")
    environment = {**os.environ, "SED_DATABASE": address, "SED_FILES": str(settings.files)}
    command = [SEDCTL, "--as", "admin", "import", "documents", str(register), "--format", "json"]
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, *command],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    elapsed = time.perf_counter() - start
    counted = json.loads(run.stdout)
    assert counted["created"] == CARDS, counted
    peak = int(run.stderr.split()[-1]) // 1024
    print(f"  whole process {elapsed:.2f} s, told {counted['seconds']:.2f} s, peak {peak} MiB")
    return float(counted["seconds"])


def _raw(settings: Settings, folder: Path, make: Any) -> float:
    """Insert the rows that ours stored into an empty office, prepared and in one transaction."""
    empty = make(folder)
    if settings.database.startswith("sqlite"):
        return _raw_sqlite(settings, empty)
    return _raw_postgres(settings, empty)


def _raw_sqlite(full: Settings, empty: Settings) -> float:
    source = sqlite3.connect(full.database.removeprefix("sqlite:///"))
    target = sqlite3.connect(empty.database.removeprefix("sqlite:///"), isolation_level=None)
    target.execute("PRAGMA synchronous = FULL")
    target.execute("PRAGMA foreign_keys = OFF")
    rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
    rows["document_search"] = source.execute("SELECT rowid, stems FROM document_search").fetchall()
    target.executescript("DROP TRIGGER audit_event_refuses_delete; DELETE FROM audit_event;")
    start = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for name, values in rows.items():
        if not values:
            continue
        marks = ", ".join("?" * len(values[0]))
        columns = "(rowid, stems)" if name == "document_search" else ""
        target.executemany(f"INSERT OR IGNORE INTO {name} {columns} VALUES ({marks})", values)
    target.execute("COMMIT")
    return time.perf_counter() - start


def _raw_postgres(full: Settings, empty: Settings) -> float:
    import psycopg

    def connect(settings: Settings) -> psycopg.Connection[Any]:
        return psycopg.connect(settings.database.replace("+psycopg", ""))

    copies: dict[str, bytes] = {}
    with connect(full) as source:
        for name in (*TABLES, "document_search"):
            with source.cursor().copy(f"COPY {name} TO STDOUT") as copy:
                copies[name] = b"".join(bytes(piece) for piece in copy)
    with connect(empty) as target:
        target.execute("SET session_replication_role = replica")
        target.execute("DELETE FROM audit_event")
        start = time.perf_counter()
        for name, content in copies.items():
            with target.cursor().copy(f"COPY {name} FROM STDIN") as copy:
                copy.write(content)
        target.commit()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
