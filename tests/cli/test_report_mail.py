"""`report … --mail`: the workbook goes by mail, once a day, and nothing of others with it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.cli.conftest import SENT_HERE
from tests.handlers.people import add_letter, add_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

TO = "dept@office.example"
PEOPLE = (("golova", "Головин Пётр Ильич", "head", None), ("petrov", "Петров", "executor", None))
LATER = str(date.today() + timedelta(days=60))  # noqa: DTZ011 - any day long after the term
MAIL = ("report", "overdue", "--as-of", LATER, "--mail", TO)


@pytest.fixture
def late(sedctl: Run, settings: Settings) -> Run:
    """Return the office with one assignment that will be late."""
    add_people(settings, *PEOPLE)
    issue(sedctl)
    return sedctl


def issue(sedctl: Run, *more: str) -> None:
    due = ("--due", str(date.today() + timedelta(days=9)))  # noqa: DTZ011
    text = ("--text", "Подготовить ответ", "--executor", "petrov")
    done = sedctl("assignment", "issue", *text, *due, *more)
    assert done.status == 0, done.err


def cells(letter: EmailMessage) -> list[Any]:
    [attached] = letter.iter_attachments()
    book = openpyxl.load_workbook(BytesIO(attached.get_content()))
    return [cell.value for row in book.worksheets[0] for cell in row if cell.value is not None]


def body(letter: EmailMessage) -> str:
    text = letter.get_body(("plain",))
    assert text is not None
    return str(text.get_content())


@SENT_HERE
def test_the_report_is_mailed_as_a_workbook_and_a_table_once_a_day(late: Run, serving: Any) -> None:
    inbox = serving().inbox
    first, second = late(*MAIL), late(*MAIL)
    [(recipient, letter)] = inbox.letters

    assert (first.status, second.status) == (0, 0), first.err + second.err
    assert recipient == TO
    assert letter["Subject"].startswith("Overdue assignments, ")
    assert "Подготовить ответ" in body(letter)
    assert "Подготовить ответ" in cells(letter)
    assert [part.get_filename() for part in letter.iter_attachments()] == [f"overdue-{LATER}.xlsx"]
    assert f"{TO} has got this report today already." in second.err


@SENT_HERE
def test_an_empty_report_is_mailed_only_when_that_is_wanted(sedctl: Run, serving: Any) -> None:
    inbox = serving().inbox
    quiet = sedctl("report", "overdue", "--mail", TO)

    assert quiet.status == 0
    assert inbox.letters == []
    assert sedctl("report", "overdue", "--mail", TO, "--mail-empty").status == 0
    assert inbox.recipients == [TO]


@SENT_HERE
def test_a_dead_server_loses_nothing_and_weighs_more_than_the_condition(
    late: Run, serving: Any
) -> None:
    server = serving()
    server.stop()
    dead = late(*MAIL, "--fail-if", "any", "--format", "json")
    server.restart()
    alive = late(*MAIL, "--fail-if", "any")

    assert (dead.status, dead.error["code"]) == (7, "mail_unavailable")
    assert dead.data["totals"]["overdue"] == 1
    assert alive.status == 8
    assert server.inbox.recipients == [TO]


@SENT_HERE
def test_a_refused_address_is_partly_done(late: Run, serving: Any) -> None:
    inbox = serving().inbox
    inbox.faults.refused["gone@office.example"] = "550 no such user"
    done = late(*MAIL, "--mail", "gone@office.example", "--format", "json")

    assert (done.status, done.error["code"]) == (9, "letters_refused")
    assert inbox.recipients == [TO]
    listed = late("notify", "list", "--state", "failed", "--format", "json")
    assert [row["error"] for row in listed.data["rows"]] == ["550 no such user"]
    inbox.faults.refused.clear()
    again = late("notify", "send", "--again", "--format", "json")
    assert again.data == {"sent": 1, "refused": 0, "waiting": 0}


def test_a_dry_run_leaves_no_letter_and_needs_no_server(late: Run) -> None:
    file = {"file_name": "o.xlsx", "media_type": "text/plain", "content": "T0s="}
    request = {"report": "overdue", "as_of": LATER, "rows": 1, "subject": "S", "body": "B"}
    asked = json.dumps({**request, **file, "to": [TO]})
    dry = late("call", "report.mail", asked, "--dry-run")

    assert (dry.status, len(dry.data["letters"]), dry.data["dry_run"]) == (0, 1, True)
    assert late("call", "notify.list").data["rows"] == []
    assert late("call", "notify.waiting").data["letters"] == 0


@SENT_HERE
def test_without_a_server_nothing_is_reported_and_no_letter_written(late: Run) -> None:
    done = late(*MAIL, "--format", "json")

    assert (done.status, done.error["code"], done.out) == (6, "mail_not_configured", "")
    assert late("call", "notify.list").data["rows"] == []


@SENT_HERE
def test_official_use_only_is_masked_in_mail_even_for_those_with_clearance(
    late: Run, serving: Any, settings: Settings
) -> None:
    inbox = serving().inbox
    number = add_letter(settings, "01-23/7", confidentiality="official")
    issue(late, "--document", number, "--text", "Секретный объект")
    shown = late("report", "overdue", "--as-of", LATER, "--fields", "text", "--format", "csv")
    late(*MAIL)
    [(_recipient, letter)] = inbox.letters

    assert "Секретный объект" in shown.out
    assert "Секретный объект" not in str(letter) + body(letter)
    assert "Секретный объект" not in cells(letter)
    assert "For official use only" in cells(letter)


@SENT_HERE
def test_heads_are_told_of_their_own_organization_alone(late: Run, serving: Any) -> None:
    inbox = serving().inbox
    assert late("organization", "add", "02", "--name", "Совет").status == 0
    late("--org", "02", "user", "role", "admin", "--grant", "controller")
    for code, login in (("01", "glava1"), ("02", "glava2")):
        person = ("--name", f"Глава {code}", "--role", "head", "--email", f"{login}@o.example")
        assert late("--org", code, "user", "add", login, *person).status == 0
    other = ("--name", "Иванов", "--role", "executor")
    assert late("--org", "02", "user", "add", "ivanov2", *other).status == 0
    due = ("--due", str(date.today() + timedelta(days=9)))  # noqa: DTZ011
    what = ("--text", "Дело второй", "--executor", "ivanov2", "--author", "glava2")
    done = late("--org", "02", "assignment", "issue", *what, *due)
    assert done.status == 0, done.err
    mailed = late("report", "overdue", "--org", "all", "--as-of", LATER, "--mail", "heads")

    assert mailed.status == 0, mailed.err
    found = {recipient: cells(letter) for recipient, letter in inbox.letters}
    assert set(found) == {"glava1@o.example", "glava2@o.example"}
    assert "Подготовить ответ" in found["glava1@o.example"]
    assert "Дело второй" not in found["glava1@o.example"]
    assert "Подготовить ответ" not in found["glava2@o.example"]
    assert "01: Головин Пётр Ильич has no address." in mailed.err


def test_where_no_head_has_an_address_nobody_is_told_so_quietly(late: Run, serving: Any) -> None:
    serving()
    done = late(*MAIL[:-1], "heads", "--format", "json")

    assert (done.status, done.error["code"]) == (6, "nobody_to_mail")


def test_a_wrong_address_is_refused(late: Run, serving: Any) -> None:
    serving()
    done = late("report", "overdue", "--mail", "nobody", "--mail-empty", "--format", "json")

    assert (done.status, done.error["code"]) == (3, "bad_email")
