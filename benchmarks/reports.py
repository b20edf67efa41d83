"""The reminder sheet, execution discipline and past days, over a million and a half assignments."""

from __future__ import annotations

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from benchmarks.listing import compare_listing
from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import (
    TODAY,
    fill_assignments,
    fill_documents,
    postgres_office,
    sqlite_office,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.report import OVERDUE, ReportOverdue
from sed_tui.operations.report_figures import DISCIPLINE, FigureGrouping, ReportDiscipline

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings

ASSIGNMENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500_000
LATE = ASSIGNMENTS * 70 // 1500
YEAR = date(TODAY.year, 1, 1)
LAST = TODAY + timedelta(days=10)
ORGANIZATION = "organization_id = (SELECT id FROM organization LIMIT 1)"
CAME = "due BETWEEN :since AND :day"
COUNTED = (
    "SELECT executor_id, count(*), count(*) FILTER (WHERE state = 'executed'), "
    "count(*) FILTER (WHERE state = 'executed' AND reported_on > due), "
    "count(*) FILTER (WHERE due < :day AND state IN ('in_work', 'acceptance', 'rework') "
    "AND (reported_on IS NULL OR reported_on > due)), "
    "count(*) FILTER (WHERE state = 'stopped'), "
    f"count(*) FILTER (WHERE {CAME} AND state <> 'stopped'), "
    f"count(*) FILTER (WHERE {CAME} AND state = 'executed'), "
    f"count(*) FILTER (WHERE {CAME} AND state = 'executed' AND reported_on > due), "
    "count(*) FILTER (WHERE shifts > 0), sum(shifts) "
    f"FROM assignment WHERE {ORGANIZATION} AND {CAME} GROUP BY executor_id"
)
SHEET = (
    "SELECT a.id, d.number, a.text, b.full_name, e.full_name, u.name, a.due, a.state, a.control, "
    "a.shifts FROM assignment a LEFT JOIN document d ON d.id = a.document_id "
    "JOIN employee b ON b.id = a.author_id JOIN employee e ON e.id = a.executor_id "
    "LEFT JOIN unit u ON u.id = e.unit_id "
    f"WHERE a.closed_at IS NULL AND a.due <= '{LAST.isoformat()}' "
    "AND a.reported_on IS NULL ORDER BY e.full_name, a.due, a.id"
)


def main() -> None:
    """Print both engines, or the one that is named."""
    makers = {"sqlite": sqlite_office, "postgresql": postgres_office}
    chosen = sys.argv[2:] or list(makers)
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        for name in chosen:
            settings = makers[name](Path(folder) / name)
            fill_documents(settings, 20_000)
            fill_assignments(settings, ASSIGNMENTS, LATE)
            _discipline(settings)
            _past_day(settings)
            _sheet(settings)


def _discipline(settings: Settings) -> None:
    gateway = LocalGateway(settings)
    engine: Any = gateway._engine
    request = ReportDiscipline(as_of=TODAY, by=FigureGrouping.EXECUTOR)

    def raw() -> None:
        with engine.connect() as db:
            days = {"since": YEAR.isoformat(), "day": TODAY.isoformat()}
            db.execute(text(COUNTED), days).all()

    figures = gateway.call(DISCIPLINE, request).totals
    counted = figures.in_time + figures.late + figures.running + figures.overdue
    medians = interleaved({"ours": lambda: gateway.call(DISCIPLINE, request), "raw": raw}, 5)
    report(
        f"discipline of a year: {counted:,} of {ASSIGNMENTS:,}, {engine.dialect.name}",
        medians,
        [Comparison("ours", "raw", 1.15)],
    )
    gateway.close()


def _past_day(settings: Settings) -> None:
    """Compare a day that is over with the same figures of a day that is not."""
    gateway = LocalGateway(settings)
    days = (TODAY - timedelta(days=1), TODAY + timedelta(days=1000))
    over, to_come = (ReportOverdue(as_of=day, rows=False) for day in days)
    contenders: dict[str, Callable[[], object]] = {
        "a day that is over": lambda: gateway.call(OVERDUE, over),
        "a day to come": lambda: gateway.call(OVERDUE, to_come),
    }
    medians = interleaved(contenders, 5)
    report(
        f"overdue, grouped, of a day that is over, {gateway._engine.dialect.name}",
        medians,
        [Comparison("a day that is over", "a day to come", 1.5)],
    )
    gateway.close()


def _sheet(settings: Settings) -> None:
    words = ["report", "due", "--as-of", TODAY.isoformat(), "--format", "csv"]
    compare_listing("the reminder sheet: the whole listing", settings, words, SHEET, {})


if __name__ == "__main__":
    main()
