"""Mail programs: fake tools on PATH see real command lines; Windows is read back from memory."""

from __future__ import annotations

import ctypes
import os
import stat
import time
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.errors.mailing import NoMailProgram
from sed_tui.mailing import folder, programs
from sed_tui.mailing.eml import LetterFile, UnsentLetter, eml_bytes
from sed_tui.mailing.mapi import Message, Outlook
from sed_tui.mailing.programs import PackedLetter, available, hand_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "2026-01-14_№ 5, «проект».pdf"


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return a function that puts fake tools on PATH; each writes its words to a file."""
    tools = tmp_path / "bin"
    tools.mkdir()
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("DISPLAY", ":0")

    def put(mailto: str, letters: str = "", **statuses: int) -> Path:
        said = f'case "$3" in message/*) echo "{letters}";; *) echo "{mailto}";; esac'
        _tool(tools / "xdg-mime", said)
        for name, status in statuses.items():
            log = tmp_path / f"{name}.log"
            _tool(
                tools / name.replace("_", "-"),
                f'for w in "$@"; do printf "%s\\0" "$w"; done > {log}; exit {status}',
            )
        return tmp_path

    return put


def _tool(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def said(place: Path, name: str) -> list[str]:
    return (place / f"{name}.log").read_text().split("\0")[:-1]


def packed(place: Path) -> PackedLetter:
    files = [place / NAME]
    return PackedLetter(["a@b.ru"], "№ 5 – план 'А'", "Текст\n2", files, place / "~letter.eml")


def test_thunderbird_gets_attachments_and_no_apostrophe(desktop: Any) -> None:
    place = desktop("thunderbird.desktop", thunderbird=0, xdg_email=0)
    name = hand_over(packed(place))
    [option, words] = said(place, "thunderbird")

    assert (name, option) == ("Thunderbird", "-compose")
    assert "subject='№ 5 – план ’А’',body='Текст\n2'" in words
    attachment = words.rpartition("attachment=")[2].strip("'")
    assert "," not in attachment
    assert unquote(attachment) == f"file://{place}/{NAME}"


def test_another_program_is_opened_by_xdg_email_and_never_by_mailto(desktop: Any) -> None:
    place = desktop("evolution.desktop", thunderbird=0, xdg_email=0)
    name = hand_over(packed(place))
    words = said(place, "xdg_email")

    assert name == "xdg-email"
    assert words[words.index("--attach") + 1] == f"{place}/{NAME}"
    assert words[-1] == "a@b.ru"
    assert not any("mailto" in word for word in words)


def test_the_next_way_is_tried_where_one_fails(desktop: Any) -> None:
    place = desktop("evolution.desktop", "evolution.desktop", xdg_email=3, xdg_open=0)
    name = hand_over(packed(place))

    assert name == ".eml"
    assert said(place, "xdg_open") == [f"{place}/~letter.eml"]


def test_where_nothing_works_it_is_said_with_every_reason(desktop: Any) -> None:
    place = desktop("evolution.desktop", "evolution.desktop", xdg_email=3, xdg_open=4)
    with pytest.raises(NoMailProgram, match=r"xdg-email: .* 3; \.eml: .* 4") as refusal:
        hand_over(packed(place))

    assert "--eml" in refusal.value.advice


def test_a_program_that_goes_on_running_has_its_window_open(
    desktop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = desktop("thunderbird.desktop")
    _tool(place / "bin" / "thunderbird", "exec sleep 30")
    monkeypatch.setattr(programs, "_PATIENCE_SECONDS", 0.2)

    assert hand_over(packed(place)) == "Thunderbird"
    for process in programs._running:
        process.terminate()
        process.wait()
    programs._running.clear()


def test_over_ssh_nothing_is_tried(desktop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop("thunderbird.desktop", thunderbird=0)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    with pytest.raises(NoMailProgram, match="SSH"):
        available("linux")


def test_windows_gets_the_letter_in_its_structures(tmp_path: Path) -> None:
    seen: list[Any] = []

    def send(_session: int, _window: int, message: Any, flags: int, _reserved: int) -> int:
        found = ctypes.cast(message, ctypes.POINTER(Message)).contents
        seen.extend([found.subject, found.text, found.recipients[0].address, flags])
        seen.extend([found.file_count, found.files[0].path, found.files[0].name])
        return 0

    assert hand_over(packed(tmp_path), [Outlook(send)]) == "Outlook (MAPI)"
    path = str(tmp_path / NAME)
    assert seen == ["№ 5 – план 'А'", "Текст\r\n2", "SMTP:a@b.ru", 9, 1, path, NAME]


def test_outlook_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoMailProgram, match=r"Outlook \(MAPI\): .* 2"):
        hand_over(packed(tmp_path), [Outlook(lambda *_: 2)])


def test_the_letter_as_a_file_holds_the_bytes_and_no_sender() -> None:
    content = bytes(range(256)) * 40
    letter = UnsentLetter(
        ["a@минздрав.рф"],
        "№ 5\r\nBcc: x@y.ru",
        "Текст",
        [LetterFile(NAME, "application/pdf", content)],
    )
    read = BytesParser(policy=policy.default).parsebytes(eml_bytes(letter))
    [file] = read.iter_attachments()

    assert read["X-Unsent"] == "1"
    assert read["To"] == "a@xn--80aeelexi0a.xn--p1ai"
    assert (read["Bcc"], read["From"]) == (None, None)
    assert file.get_filename() == NAME
    assert file.get_content() == content


def test_the_folder_is_private_and_goes_when_it_is_over(tmp_path: Path) -> None:
    handed = folder.filled_folder([(NAME, b"text")])
    folder.mark_handed_off(handed)
    killed = folder.filled_folder([(NAME, b"text")])
    killed = killed.rename(killed.with_name("999999999-x"))  # of a process that is no more
    own = folder.filled_folder([(NAME, b"text")])

    assert stat.S_IMODE(handed.stat().st_mode) == 0o700
    assert stat.S_IMODE((handed / NAME).stat().st_mode) == 0o600
    assert folder.clean_up() == 1
    assert (handed.exists(), killed.exists(), own.exists()) == (True, False, True)
    yesterday = time.time() - 24 * 3600
    os.utime(handed / ".handed-off", (yesterday, yesterday))
    assert folder.clean_up() == 1


def test_a_folder_that_cannot_be_filled_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyStorage):
        folder.filled_folder([("a", b"1"), ("б" * 300, b"2")])

    assert list((tmp_path / "home" / "mailing").iterdir()) == []
