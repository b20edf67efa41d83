"""`sedctl assignment`, `calendar` and `report overdue` through the real entry point."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.handlers.people import add_letter, add_people

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome, Run
    from tests.conftest import FixedClock

ISSUED = {
    "id",
    "document_id",
    "executor",
    "due",
    "nominal_due",
    "explanation",
    "state",
}
OVERDUE_ROW = [
    "id",
    "document_number",
    "text",
    "author",
    "executor",
    "department",
    "due",
    "days_overdue",
    "working_days_overdue",
    "state",
    "control",
    "shifts",
]


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch, clock: FixedClock, settings: Settings) -> None:
    monkeypatch.setattr("sed_tui.gateway.local.SystemClock", lambda: clock)
    monkeypatch.setattr("commands.arguments.SystemClock", lambda: clock)
    add_people(
        settings,
        ("petrov", "Петров Василий Сергеевич", "executor", "А"),
        ("sidorov", "Сидоров Иван Иванович", "executor", "Б"),
    )


def issue(sedctl: Run, *more: str) -> Any:
    done = sedctl(
        *("assignment", "issue", "--text", "Подготовить ответ", "--executor", "petrov"),
        *("--format", "json"),
        *more,
    )
    assert done.status == 0, done.err
    return done.data


def as_person(sedctl: Run, login: str, *args: str) -> Outcome:
    return sedctl("--as", login, *args, "--format", "json")


@pytest.mark.remote_too
def test_an_assignment_goes_its_whole_way(sedctl: Run, settings: Settings) -> None:
    number = add_letter(settings, "01-23/145")
    issued = issue(sedctl, "--document", number, "--due", "28.11.2026")
    key = issued["id"][:8]
    reported = as_person(sedctl, "petrov", "assignment", "report", key, "--text", "Сделано")
    returned = sedctl(
        *("assignment", "return", key, "--text", "Нет приложения", "--due", "5 рд"),
        *("--format", "json"),
    )
    as_person(sedctl, "petrov", "assignment", "report", key, "--text", "С приложением")
    accepted = sedctl("assignment", "accept", key, "--format", "json")
    shown = sedctl("task", "show", key, "--format", "json").data

    assert set(issued) >= ISSUED
    assert (issued["nominal_due"], issued["due"]) == ("2026-11-28", "2026-11-27")
    assert issued["state"] == "in_work"
    assert len(issued["explanation"]) == 3
    assert reported.data["state"] == "acceptance"
    assert returned.data["state"] == "rework"
    assert accepted.data["state"] == "executed"
    assert [step["event"] for step in shown["history"]] == [
        "issue",
        "report",
        "return",
        "report",
        "accept",
    ]
    assert shown["document_number"] == number


def test_the_table_explains_the_term_line_by_line(sedctl: Run) -> None:
    issued = sedctl("assignment", "issue", "--text", "x", "--executor", "petrov", "--due", "10")
    listed = sedctl("assignment", "list")

    assert "+10 calendar days → 03.12.2026 (Thu)\n" in issued.out
    assert "Петров Василий Сергеевич" in listed.out


@pytest.mark.parametrize(
    ("args", "status", "code", "field"),
    [
        (["--text", " "], 3, "empty_text", "text"),
        (["--due", "31.02.2027"], 3, "bad_date", "due"),
        (["--due", "20.11.2026"], 3, "due_in_the_past", "due"),
        (["--due", "скоро"], 3, "bad_term", "due"),
        (["--due", "10.01.2040"], 6, "calendar_year_unknown", None),
        (["--executor", "sidorov"], 3, "one_executor", "executor"),
        (["--controller", "petrov"], 3, "same_person_twice", "controller"),
        (["--controller", "чужой"], 4, "nobody_here", "controller"),
        (["--document", "99-99"], 4, "not_found", "document"),
    ],
)
def test_a_bad_issue_is_told_and_changes_nothing(
    sedctl: Run, args: list[str], status: int, code: str, field: str | None
) -> None:
    base = {"--text": "Подготовить ответ", "--executor": "petrov"}
    words = [word for pair in base.items() if pair[0] not in args for word in pair]
    if "--executor" in args:
        words += ["--executor", "petrov"]
    failed = sedctl("assignment", "issue", *words, *args, "--format", "json")

    assert (failed.status, failed.out) == (status, "")
    assert (failed.error["code"], failed.error["field"]) == (code, field)
    assert sedctl("assignment", "list", "--format", "json").data == {"rows": [], "next": None}


def test_a_dry_run_says_so_and_changes_nothing(sedctl: Run) -> None:
    assert issue(sedctl, "--dry-run")["dry_run"] is True
    assert sedctl("assignment", "list", "--format", "json").data["rows"] == []


def test_the_same_key_issues_once(sedctl: Run) -> None:
    first = issue(sedctl, "--idempotency-key", "k1")
    second = issue(sedctl, "--idempotency-key", "k1")

    assert first == second
    assert len(sedctl("assignment", "list", "--format", "json").data["rows"]) == 1


def test_steps_of_others_are_refused(sedctl: Run) -> None:
    key = issue(sedctl)["id"]
    not_executor = sedctl("assignment", "report", key, "--text", "Готово", "--format", "json")
    too_early = sedctl("assignment", "accept", key, "--format", "json")
    unseen = as_person(sedctl, "sidorov", "assignment", "show", key)
    empty = as_person(sedctl, "petrov", "assignment", "report", key, "--text", "  ")

    assert (not_executor.status, not_executor.error["code"]) == (4, "not_your_part")
    assert (too_early.status, too_early.error["code"]) == (6, "assignment_state")
    assert (unseen.status, unseen.error["code"]) == (4, "not_found")
    assert (empty.status, empty.error["code"]) == (3, "empty_text")


def test_report_overdue_has_the_agreed_shape(
    sedctl: Run, settings: Settings, clock: FixedClock
) -> None:
    number = add_letter(settings, "01-23/145")
    issue(sedctl, "--document", number, "--due", "24.11.2026")
    clock.moment += timedelta(days=7)
    report = sedctl("report", "overdue", "--format", "json")
    [row] = report.data["rows"]

    assert report.status == 0
    assert list(report.data) == ["as_of", "rows", "totals"]
    assert list(row) == OVERDUE_ROW
    assert (row["document_number"], row["days_overdue"]) == (number, 6)
    assert row["working_days_overdue"] == 4
    assert report.data["totals"] == {"overdue": 1, "by": {"Отдел А": 1}}
    yesterday = sedctl("report", "overdue", "--as-of", "24.11.2026", "--format", "json")
    assert yesterday.data["rows"] == []


@pytest.mark.remote_too
def test_fail_if_is_answered_after_printing(sedctl: Run, clock: FixedClock) -> None:
    issue(sedctl, "--due", "1")
    issue(sedctl, "--due", "2")
    clock.moment += timedelta(days=7)
    statuses = {
        condition: sedctl("report", "overdue", "--fail-if", condition, "--format", "json")
        for condition in ("any", "2", "3")
    }
    quiet = sedctl("report", "overdue", "--as-of", "2026-11-01", "--fail-if", "any")

    assert [outcome.status for outcome in statuses.values()] == [8, 8, 0]
    assert all(outcome.data["totals"]["overdue"] == 2 for outcome in statuses.values())
    assert quiet.status == 0
    for wrong in ("0", "some", "-1"):
        failed = sedctl("report", "overdue", f"--fail-if={wrong}", "--format", "json")
        assert (failed.status, failed.out) == (2, "")


@pytest.mark.parametrize("ending", ["xlsx", "html", "csv", "json"])
def test_a_report_is_written_to_a_file_the_same_twice(
    sedctl: Run, clock: FixedClock, tmp_path: Path, ending: str
) -> None:
    issue(sedctl, "--due", "24.11.2026")
    clock.moment += timedelta(days=7)
    paths = [tmp_path / f"{n}.{ending}" for n in range(2)]
    for path in paths:
        done = sedctl("report", "overdue", "--as-of", "30.11.2026", "-o", str(path))
        assert (done.status, done.out) == (0, "")
        clock.moment += timedelta(hours=5)

    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert [path.name for path in tmp_path.glob("*.tmp")] == []


def test_a_report_in_an_unknown_form_is_refused(sedctl: Run, tmp_path: Path) -> None:
    failed = sedctl("report", "overdue", "-o", str(tmp_path / "a.docx"), "--format", "json")

    assert (failed.status, failed.error["code"]) == (2, "unknown_file_form")
    assert list(tmp_path.glob("a.*")) == []


def test_grouping_totals_and_columns(sedctl: Run, clock: FixedClock) -> None:
    issue(sedctl, "--due", "1")
    clock.moment += timedelta(days=7)
    by = {
        grouping: sedctl(
            *("report", "overdue", "--by", grouping, "--totals", "--format", "json")
        ).data
        for grouping in ("department", "executor", "author", "none")
    }
    fields = sedctl("report", "overdue", "--fields", "executor,due", "--format", "csv")

    assert by["executor"]["totals"]["by"] == {"Петров Василий Сергеевич": 1}
    assert by["author"]["totals"]["by"] == {"Иванова Анна Петровна": 1}
    assert by["none"]["totals"] == {"overdue": 1, "by": {}}
    assert by["none"]["rows"] == []
    assert fields.out == "executor,due\nПетров Василий Сергеевич,2026-11-24\n"


def test_all_organizations_or_one(sedctl: Run, clock: FixedClock) -> None:
    issue(sedctl, "--due", "1")
    clock.moment += timedelta(days=7)
    everywhere = sedctl("report", "overdue", "--org", "all", "--format", "json").data
    unknown = sedctl("report", "overdue", "--org", "77", "--format", "json")

    assert everywhere["rows"][0]["organization"] == "01"
    assert unknown.status == 4


def test_calendar_explains_shows_and_counts(sedctl: Run) -> None:
    explained = sedctl(
        *("calendar", "explain", "--from", "22.04.2025", "--term", "оперативно"),
        *("--format", "json"),
    ).data
    year = sedctl("calendar", "show", "2026", "--format", "json").data
    days = sedctl(
        *("calendar", "workdays", "--from", "01.01.2025", "--to", "31.12.2025"),
        *("--format", "json"),
    ).data
    profiles = sedctl("calendar", "profiles", "--format", "json").data

    assert set(explained) == {"nominal", "effective", "shifted_by", "explanation"}
    assert (explained["nominal"], explained["effective"]) == ("2025-05-02", "2025-04-30")
    assert explained["shifted_by"] == -2
    assert year["working_days"] == 247
    assert days["working_days"] == 247
    assert profiles["rows"][0]["code"] == "month"


def test_an_unknown_year_is_refused_by_name(sedctl: Run) -> None:
    for args in (
        ("calendar", "show", "2040"),
        ("calendar", "explain", "--from", "01.12.2039", "--term", "месяц"),
        ("calendar", "workdays", "--from", "01.12.2039", "--to", "31.12.2039"),
    ):
        failed = sedctl(*args, "--format", "json")
        assert (failed.status, failed.error["code"]) == (6, "calendar_year_unknown")
        assert json.loads(failed.err)["message"].count("20") >= 1
    wrong = sedctl("calendar", "workdays", "--from", "02.01.2026", "--to", "01.01.2026")
    assert wrong.status == 3
