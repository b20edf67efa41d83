"""`document intake`: a real mailbox over IMAP and TLS, a folder, a kill in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import PROGRAM, address
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome
    from tests.mail.mailbox import MailboxOfTests

    Run = Callable[..., Outcome]

IMAP = ("document", "intake", "imap", "--format", "json")
LIST = ("document", "intake", "list", "--format", "json")


def numbered(number: int) -> bytes:
    """Return a letter without files: reading a PDF takes a process for each."""
    head = f"From: dept@minzdrav.example\nSubject: Letter {number}\nMessage-ID: <{number}@x>\n"
    return (head + "Date: Fri, 20 Nov 2026 10:00:00 +0500\n\nSend the figures.\n").encode()


def enclosing(name: str, text: str) -> bytes:
    """Return a letter with a file."""
    letter = EmailMessage(policy.SMTP)
    letter["From"], letter["Subject"] = "dept@minzdrav.example", "Letter 1"
    letter.set_content("Send the figures.")
    letter.add_attachment(text.encode(), maintype="text", subtype="plain", filename=name)
    return letter.as_bytes()


def test_a_letter_of_a_mailbox_becomes_a_card_once_and_the_mailbox_stays(
    sedctl: Run, box: MailboxOfTests
) -> None:
    box.put(numbered(1), numbered(2))
    before = box.flags()
    first, second = sedctl(*IMAP), sedctl(*IMAP)
    box.put(numbered(3))
    third = sedctl(*IMAP)
    rows = sedctl(*LIST).data["rows"]
    done = sedctl("document", "intake", "register", rows[0]["short_id"], "--format", "json")

    assert first.status == 0, first.err
    assert [row["outcome"] for row in first.data["rows"]] == ["taken", "taken"]
    assert second.data["rows"] == []
    assert [row["subject"] for row in third.data["rows"]] == ["Letter 3"]
    assert [row["subject"] for row in rows] == ["Letter 1", "Letter 2", "Letter 3"]
    assert box.flags()[:2] == before
    assert done.data["subject"] == "Letter 1"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_mailbox_made_anew_brings_no_letter_twice(sedctl: Run, box: MailboxOfTests) -> None:
    box.put(numbered(1))
    sedctl(*IMAP)
    box.remove_all()
    box.put(numbered(1), numbered(2))
    again = sedctl(*IMAP)

    assert [row["outcome"] for row in again.data["rows"]] == ["already", "taken"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_dry_run_takes_nothing(sedctl: Run, box: MailboxOfTests) -> None:
    box.put(numbered(1))
    dry, real = sedctl(*IMAP, "--dry-run"), sedctl(*IMAP)

    assert dry.data["dry_run"] is True
    assert [row["outcome"] for row in real.data["rows"]] == ["taken"]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("settings_of_box", "status", "code"),
    [
        ({"SED_IMAP_PASSWORD": "wrong"}, 7, "mailbox_unavailable"),
        ({"SED_IMAP_CA": ""}, 7, "mailbox_unavailable"),
        ({"SED_IMAP_URL": "imap://sed@localhost:1/INBOX"}, 7, "mailbox_unavailable"),
        ({"SED_IMAP_URL": "imap://sed@mail.example:143/?tls=no"}, 3, "bad_mail_settings"),
        ({"SED_IMAP_URL": "http://sed@localhost"}, 3, "bad_mail_settings"),
        ({"SED_IMAP_URL": ""}, 6, "mailbox_not_configured"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told_without_its_password(
    sedctl: Run,
    box: MailboxOfTests,
    monkeypatch: pytest.MonkeyPatch,
    settings_of_box: dict[str, str],
    status: int,
    code: str,
) -> None:
    for name, value in settings_of_box.items():
        monkeypatch.setenv(name, value)
    done = sedctl(*IMAP)

    assert (done.status, done.error["code"]) == (status, code)
    assert "secret" not in done.err


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_folder_is_taken_once_and_what_is_no_letter_is_kept_with_the_reason(
    sedctl: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "1.eml").write_bytes(enclosing("note.txt", "bridges"))
    (folder / "2.EML").write_bytes(b"\x00\x01 noise")
    (folder / "note.txt").write_bytes(numbered(2))
    (folder / "3.eml").symlink_to(folder / "note.txt")
    words = ("document", "intake", "folder", str(folder), "--format", "json")
    first, second = sedctl(*words), sedctl(*words)
    missing = sedctl("document", "intake", "folder", str(folder / "none"))
    letter = first.data["rows"][0]["id"]
    saved = sedctl("document", "intake", "file", letter, "-o", str(tmp_path), "--format", "json")
    shown = sedctl("document", "intake", "show", first.data["rows"][0]["id"])

    assert [row["outcome"] for row in first.data["rows"]] == ["taken", "refused"]
    assert first.status == 9
    assert [row["outcome"] for row in second.data["rows"]] == ["already", "already"]
    assert second.status == 0
    assert missing.status == 3
    assert Path(saved.data["path"]) == tmp_path / "note.txt"
    assert (tmp_path / "note.txt").read_bytes() == b"bridges"
    assert "Send the figures" in shown.err


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_kill_in_the_middle_loses_and_doubles_nothing(
    sedctl: Run, settings: Settings, box: MailboxOfTests, engine: str
) -> None:
    box.put(*(numbered(number) for number in range(30)))
    process = subprocess.Popen(
        [PROGRAM, "--database", address(settings), "--as", "admin", *IMAP],
        env={**os.environ, "SED_FILES": str(settings.files)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    taken: list[str] = []
    deadline = time.monotonic() + LONGEST
    while len(taken) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
        taken = [row["subject"] for row in sedctl(*LIST).data["rows"]]
    process.send_signal(signal.SIGKILL)
    process.wait()
    rest = sedctl(*IMAP)
    rows = sedctl(*LIST).data["rows"]

    assert rest.status == 0, rest.err
    assert [row["subject"] for row in rows] == [f"Letter {number}" for number in range(30)]
