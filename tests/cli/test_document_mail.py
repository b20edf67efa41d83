"""`document mail`: to a real mail server byte for byte, to a file, to a mail program."""

from __future__ import annotations

import hashlib
import os
import zipfile
from email import policy
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import SENT_HERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

TO = ("--to", "ivanov@office.example")


@pytest.fixture
def number(sedctl: Run, tmp_path: Path) -> str:
    """Return a registered letter with a file of 300 KB that no text codec survives."""
    scan = tmp_path / "скан №5.pdf"
    scan.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 1200)
    done = sedctl(
        *("document", "register", "incoming", "--subject", "О мостах", "--from", "Минздрав"),
        *("--their-number", "5", "--their-date", "today", "--file", str(scan)),
        *("--format", "json"),
    )
    assert done.status == 0, done.err
    return str(done.data["number"])


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@SENT_HERE
def test_a_mailed_document_is_received_byte_for_byte(
    sedctl: Run, serving: Any, tmp_path: Path, number: str
) -> None:
    inbox = serving().inbox
    done = sedctl("document", "mail", number, *TO, "--via", "smtp", "--format", "json")
    [(recipient, letter)] = inbox.letters
    [file] = letter.iter_attachments()
    [row] = done.data["rows"]

    assert done.status == 0, done.err
    assert recipient == "ivanov@office.example"
    assert digest(file.get_content()) == digest((tmp_path / "скан №5.pdf").read_bytes())
    assert file.get_filename() == row["files"][0]
    assert row["files"][0].endswith(f"_{number.replace('/', '-')}_Письмо.pdf")
    assert letter["Message-ID"] == row["message_ids"][0]
    assert letter["Subject"].startswith(f"№ {number} of ")


@SENT_HERE
def test_a_dead_server_keeps_the_letter_in_the_outbox(
    sedctl: Run, serving: Any, number: str
) -> None:
    server = serving()
    server.stop()
    dead = sedctl("document", "mail", number, *TO, "--via", "smtp", "--format", "json")
    server.restart()
    later = sedctl("notify", "send", "--again")

    assert (dead.status, dead.error["code"]) == (7, "mail_unavailable")
    assert later.status == 0, later.err
    assert len(server.inbox.letters) == 1


@SENT_HERE
def test_without_a_server_or_a_screen_nothing_is_entered(
    sedctl: Run, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    no_server = sedctl("document", "mail", number, *TO, "--via", "smtp")
    no_screen = sedctl("document", "mail", number, *TO, "--format", "json")
    history = sedctl("document", "history", number, "--format", "json").data["rows"]

    assert no_server.status == 6
    assert (no_screen.status, no_screen.error["code"]) == (7, "no_mail_program")
    assert "--eml" in no_screen.error["hint"]
    assert [row["event"] for row in history] == ["add_file", "register"]


def test_a_letter_is_written_to_a_file_and_replaces_none(
    sedctl: Run, tmp_path: Path, number: str
) -> None:
    path = tmp_path / "письмо.eml"
    words = ("document", "mail", number, "--eml", str(path), "--zip")
    first, second = sedctl(*words, "--subject", "{kind}: {subject}"), sedctl(*words)
    letter = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    [file] = letter.iter_attachments()

    assert (first.status, second.status) == (0, 5), first.err
    assert letter["Subject"] == "письмо: О мостах"
    assert [i.file_size for i in zipfile.ZipFile(BytesIO(file.get_content())).infolist()] == [
        (tmp_path / "скан №5.pdf").stat().st_size
    ]


def test_the_mail_program_opens_with_the_files_and_the_folder_is_private(
    sedctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    log = tmp_path / "log"
    for name, text in (
        ("xdg-mime", "echo evolution.desktop"),
        ("xdg-email", f'while [ "$1" != --attach ]; do shift; done; echo "$2" > {log}'),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    done = sedctl("document", "mail", number, *TO, "--format", "json")
    attached = Path(log.read_text().strip())

    assert done.status == 0, done.err
    assert done.data["rows"][0]["program"] == "xdg-email"
    assert digest(attached.read_bytes()) == digest((tmp_path / "скан №5.pdf").read_bytes())
    assert attached.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("engine", ["sqlite"])
def test_too_large_a_letter_is_offered_to_be_split_or_sent_as_a_link(
    sedctl: Run, tmp_path: Path, number: str
) -> None:
    for place in (1, 2):
        (tmp_path / f"{place}.bin").write_bytes(os.urandom(10 << 20))
        assert sedctl("document", "file", "add", number, str(tmp_path / f"{place}.bin")).status == 0
    path = tmp_path / "l.eml"
    words = ("document", "mail", number, "--eml", str(path), "--format", "json")
    refused, split = sedctl(*words), sedctl(*words, "--split")
    linked = sedctl(*words, "--link", "--overwrite")

    assert (refused.status, refused.error["code"]) == (3, "letter_too_large")
    assert sorted(len(row["files"]) for row in split.data["rows"]) == [1, 2]
    assert (tmp_path / "l-2.eml").exists()
    assert linked.status == 0, linked.err
    assert (
        b"sed://document/"
        in BytesParser(policy=policy.default).parsebytes(path.read_bytes()).get_content().encode()
    )
