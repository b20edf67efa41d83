"""`sedctl report`: every report in every form, the same bytes for the same day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from sed_tui.domain.clock import SystemClock
from tests.handlers.people import add_letter, add_people

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.cli.conftest import Run
    from tests.conftest import FixedClock

REPORTS: dict[str, tuple[str, ...]] = {
    "overdue": ("overdue",),
    "due": ("due", "--days", "30"),
    "summary": ("summary", "--by", "author"),
    "discipline": ("discipline", "--rows"),
    "extensions": ("extensions",),
    "terms": ("terms", "--by-date", "registration"),
    "approvals": ("approvals",),
    "journal": ("journal", "incoming"),
    "volume": ("volume", "--since", "01.01.2026"),
    "appeals": ("appeals",),
    "diff": ("diff", "--from", "24.11.2026"),
}
DAY = ("--as-of", "30.11.2026")


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _self: clock.now())


@pytest.fixture
def office(sedctl: Run, settings: Settings, clock: FixedClock) -> Run:
    """Return `sedctl` in an office with assignments of all sorts."""
    add_people(
        settings,
        ("golova", "Головин <b>Пётр</b> Ильич", "head", "РУК"),
        ("petrov", "Петров Василий Сергеевич", "executor", "А"),
        ("kuznec", "Кузнецова Мария Олеговна", "executor", "Б"),
    )
    number = add_letter(settings, "01-23/145")
    for executor, due in (("petrov", "24.11.2026"), ("petrov", "15.12.2026"), ("kuznec", "4")):
        issued = sedctl(
            *("assignment", "issue", "--executor", executor, "--text", "=1+1 <script>"),
            *("--document", number, "--due", due),
        )
        assert issued.status == 0
    clock.moment += timedelta(days=7)
    return sedctl


@pytest.mark.parametrize("name", list(REPORTS))
def test_a_report_is_the_same_twice_in_every_form(
    office: Run, tmp_path: Path, clock: FixedClock, name: str
) -> None:
    endings = ("xlsx", "html", "csv", "tsv", "json", "jsonl")
    words = ("report", *REPORTS[name], *(DAY if name != "diff" else ("--to", DAY[1])))
    first = {end: saved(office, tmp_path / f"first.{end}", *words) for end in endings}
    shown = {form: office(*words, "--format", form).out for form in ("table", "csv", "json")}
    clock.moment += timedelta(days=40)
    office("assignment", "issue", "--executor", "petrov", "--text", "Потом", "--due", "3")
    again = {end: saved(office, tmp_path / f"again.{end}", *words) for end in endings}

    assert again == first
    assert shown == {
        form: office(*words, "--format", form).out for form in ("table", "csv", "json")
    }
    assert shown["csv"].encode() == first["csv"]
    assert shown["json"].encode() == first["json"]
    assert json.loads(first["json"])["as_of"] == "2026-11-30"
    page = first["html"].decode()
    assert "<script>" not in page
    assert "<b>" not in page


def saved(sedctl: Run, path: Path, *words: str) -> bytes:
    done = sedctl(*words, "-o", str(path))
    assert done.status == 0, done.err
    return path.read_bytes()


def test_figures_agree_between_reports(office: Run) -> None:
    late = data(office, "overdue")
    sheet = data(office, "due", "--days", "30")
    whole = data(office, "summary")
    three = data(office, "discipline", "--by-date", "registration", "--rows")

    assert late["totals"]["overdue"] == sheet["totals"]["overdue"] == 2
    assert whole["totals"]["in_work_late"] == three["totals"]["overdue"] == 2
    assert whole["totals"]["total"] == len(sheet["rows"]) == 3
    assert three["by_date"] == "registration"
    assert three["formulas"]["f1"].startswith("F1 = ")
    assert [row["due"] for row in three["differing"]] == ["2026-12-15"]
    assert (three["totals"]["f1"], three["totals"]["f2"], three["totals"]["f3"]) == (0, 33, 0)


def data(sedctl: Run, *words: str) -> Any:
    done = sedctl("report", *words, *DAY, "--format", "json")
    assert done.status == 0, done.err
    return done.data


def test_a_page_draws_what_it_says_and_a_workbook_has_its_second_sheet(
    office: Run, tmp_path: Path
) -> None:
    path = tmp_path / "d.html"
    page = saved(office, path, "report", "discipline", *DAY).decode()
    late = saved(office, path, "report", "overdue", *DAY).decode()
    book = tmp_path / "d.xlsx"
    saved(office, book, "report", "discipline", "--rows", *DAY)
    sheets = openpyxl.load_workbook(book)

    assert page.count("<svg") == 1
    assert "F1 = executed in time / (" in page
    assert "2026-11" in page
    assert late.count("<svg") == 2
    assert sheets.sheetnames == ["Execution discipline", "Counted differently"]
    assert sheets.properties.created.date() == date(2026, 11, 30)


def test_gaps_are_printed_too(office: Run, tmp_path: Path) -> None:
    registered = ("document", "register", "incoming", "--subject", "Письмо", "--from", "Минздрав")
    for number in ("1", "2"):
        assert office(*registered, "--their-number", number).status == 0
    listed = office("report", "gaps", "01-23", "--format", "json")
    page = saved(office, tmp_path / "gaps.html", "report", "gaps", "01-23").decode()

    assert listed.status == 0, listed.err
    assert (
        listed.data["rows"] == office("journal", "gaps", "01-23", "--format", "json").data["rows"]
    )
    assert "Control of gaps: journal 01-23" in page


def test_a_period_that_ends_before_it_begins_is_refused(office: Run) -> None:
    failed = office(
        *("report", "summary", "--since", "02.11.2026", "--until", "01.11.2026"),
        *("--format", "json"),
    )

    assert failed.status == 3
    assert failed.error["code"] == "wrong_order"
    assert failed.error["field"] == "since"


def test_rows_that_differ_are_the_rows_of_csv(office: Run) -> None:
    words = ("report", "discipline", "--by-date", "registration", *DAY, "--format", "csv")
    whole = office(*words).out.splitlines()
    rows = office(*words, "--rows", "--fields", "due,f1,f2,f3").out.splitlines()

    assert whole[0].startswith("group,in_time,late,")
    assert rows == ["due,f1,f2,f3", "2026-12-15,,true,"]
