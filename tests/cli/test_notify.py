"""`sedctl notify`: the nightly job as a program, alone and beside its twin."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import PROGRAM, SENT_HERE, address
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

PEOPLE = 6
TERM = str(date.today() + timedelta(days=9))  # noqa: DTZ011 - any day within the first threshold


@pytest.fixture
def office(sedctl: Run) -> Run:
    """Return an office in which every executor has something to be reminded of."""
    for place in range(PEOPLE):
        login = f"person{place}"
        person = ("--name", f"Исполнитель {place}", "--role", "executor")
        assert sedctl("user", "add", login, *person, "--email", f"{login}@o.example").status == 0
        task = ("--text", "Подготовить ответ", "--executor", login, "--due", TERM)
        assert sedctl("assignment", "issue", *task).status == 0
    return sedctl


@SENT_HERE
def test_everybody_is_reminded_once(office: Run, serving: Any) -> None:
    inbox = serving().inbox
    first = office("notify", "due", "--format", "json")
    second = office("notify", "due", "--org", "all", "--format", "json")

    assert (first.status, second.status) == (0, 0), first.err + second.err
    assert [row["letters"] for row in first.data["rows"]] == [PEOPLE]
    assert [row["letters"] for row in second.data["rows"]] == [0]
    assert sorted(inbox.recipients) == [f"person{place}@o.example" for place in range(PEOPLE)]


@SENT_HERE
def test_a_dead_server_keeps_every_letter_until_it_is_back(office: Run, serving: Any) -> None:
    server = serving()
    server.stop()
    dead = office("notify", "due", "--format", "json")
    waits = office("notify", "send", "--format", "json")
    server.restart()
    sent = office("notify", "send", "--again", "--format", "json")

    assert (dead.status, dead.error["code"]) == (7, "mail_unavailable")
    assert dead.data["rows"][0]["letters"] == PEOPLE
    assert (waits.status, waits.data["waiting"]) == (7, PEOPLE)
    assert sent.data == {"sent": PEOPLE, "refused": 0, "waiting": 0}
    assert len(server.inbox.letters) == PEOPLE


@SENT_HERE
def test_a_dry_run_needs_no_server_and_without_one_nothing_is_written(office: Run) -> None:
    dry = office("notify", "due", "--dry-run", "--format", "json")
    bare = office("notify", "due", "--format", "json")

    assert (dry.status, dry.data["rows"][0]["letters"]) == (0, PEOPLE)
    assert (bare.status, bare.error["code"]) == (6, "mail_not_configured")
    assert office("notify", "list", "--format", "json").data["rows"] == []


def test_rules_are_shown_and_set(office: Run) -> None:
    changed = office("notify", "rule", "set", "before-9", "--before", "9", "--format", "json")
    wrong = office("notify", "rule", "set", "both", "--before", "9", "--every", "1")
    rows = office("notify", "rule", "list", "--format", "json").data["rows"]

    assert changed.data["days_before"] == 9
    assert wrong.status == 3
    assert [row["code"] for row in rows][:2] == ["before-10", "before-9"]


@pytest.mark.slow
@SENT_HERE
def test_two_jobs_at_once_send_no_letter_twice(
    office: Run, settings: Settings, serving: Any
) -> None:
    server = serving()
    place = settings.database.replace("+psycopg", "").removeprefix("sqlite:///")
    command = [PROGRAM, "--database", place, "--as", "admin", "notify", "due", "--format", "json"]
    jobs = [
        subprocess.Popen(
            command,
            env={**os.environ, **server.environment, "SED_SMTP_TIMEOUT": "20"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _job in range(2)
    ]
    answers = [job.communicate(timeout=LONGEST) for job in jobs]

    assert {job.returncode for job in jobs} == {0}, answers
    assert set(Counter(server.inbox.recipients).values()) == {1}
    assert len(server.inbox.letters) == PEOPLE
    assert office("notify", "send", "--format", "json").data["waiting"] == 0


@pytest.mark.parametrize("is_served", [True], ids=["remote"])
@pytest.mark.parametrize("engine", ["sqlite"])
def test_letters_of_a_server_leave_by_its_own_job(
    office: Run, anywhere: Run, serving: Any, settings: Settings
) -> None:
    inbox = serving().inbox
    told = office("notify", "due")
    quiet = office("notify", "due", "--format", "json")
    refused = office("notify", "send", "--format", "json")
    waiting = office("call", "notify.waiting").data["letters"]
    sent = anywhere("--database", address(settings), "--as", "admin", "notify", "send")

    assert (told.status, quiet.status, quiet.err) == (0, 0, "")
    assert "The letters leave from the server" in told.err
    assert (refused.status, refused.error["code"]) == (3, "not_over_server")
    assert (waiting, sent.status, len(inbox.letters)) == (PEOPLE, 0, PEOPLE)
