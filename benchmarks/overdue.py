"""What is overdue of a million and a half assignments: in process, and as a listing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from benchmarks.listing import compare_listing, run
from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import (
    TODAY,
    fill_assignments,
    fill_documents,
    postgres_office,
    sqlite_office,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.report import OVERDUE, Grouping, ReportOverdue

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings

ASSIGNMENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500_000
LATE = ASSIGNMENTS * 70 // 1500
GROUPED = (
    "SELECT executor_id, count(*) FROM assignment WHERE closed_at IS NULL "
    "AND organization_id = (SELECT id FROM organization LIMIT 1) AND due < :day "
    "AND (reported_on IS NULL OR reported_on > due) GROUP BY executor_id"
)
LISTING = (
    "SELECT a.id, d.number, a.text, e.full_name, a.due, a.state FROM assignment a "
    "LEFT JOIN document d ON d.id = a.document_id JOIN employee e ON e.id = a.executor_id "
    f"WHERE a.closed_at IS NULL AND a.due < '{TODAY.isoformat()}' ORDER BY a.due, a.id"
)


def main() -> None:
    """Print both engines."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (sqlite_office, postgres_office):
            settings = make(Path(folder) / make.__name__)
            fill_documents(settings, 20_000)
            fill_assignments(settings, ASSIGNMENTS, LATE)
            _grouped(settings)
            _listing(settings)


def _grouped(settings: Settings) -> None:
    gateway = LocalGateway(settings)
    request = ReportOverdue(as_of=TODAY, by=Grouping.EXECUTOR, rows=False)
    engine: Any = gateway._engine

    def raw() -> None:
        with engine.connect() as db:
            db.execute(text(GROUPED), {"day": TODAY.isoformat()}).all()

    total = gateway.call(OVERDUE, request).totals.overdue
    medians = interleaved({"ours": lambda: gateway.call(OVERDUE, request), "raw": raw})
    report(
        f"overdue, grouped: {total:,} of {ASSIGNMENTS:,}, {engine.dialect.name}",
        medians,
        [Comparison("ours", "raw", 1.15)],
    )
    gateway.close()


def _listing(settings: Settings) -> None:
    words = ["report", "overdue", "--as-of", TODAY.isoformat(), "--format", "csv"]
    peers = {}
    if settings.database.startswith("sqlite"):  # it knows no engines: one run of it will do
        folder = Path(settings.database.removeprefix("sqlite:///")).parent
        peers = _taskwarrior(folder)
    compare_listing("overdue: the whole listing", settings, words, LISTING, peers)


def _taskwarrior(folder: Path) -> dict[str, tuple[Callable[[], object], float]]:
    """Return Taskwarrior's own report over 100,000 tasks, where the program is installed."""
    task = shutil.which("task")
    if task is None:
        return {}
    data = folder / "task"
    data.mkdir()
    environment = {**os.environ, "TASKDATA": str(data), "TASKRC": "/dev/null"}
    tasks = ",".join(
        f'{{"description":"Task {n}","status":"pending","entry":"20260101T000000Z",'
        f'"due":"{"20261101" if n % 20 == 0 else "20271101"}T000000Z"}}'
        for n in range(100_000)
    )
    (data / "tasks.json").write_text(f"[{tasks}]", encoding="utf-8")
    words = [task, "rc.confirmation=off", "rc.hooks=off", "import", str(data / "tasks.json")]
    subprocess.run(words, env=environment, capture_output=True, check=True)
    listed = [task, "rc.verbose=nothing", "overdue"]
    return {"task overdue, 100,000 tasks": (lambda: run(listed, environment), 0.4)}


if __name__ == "__main__":
    main()
