"""`sedctl document file`, and files given at registration."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests import sample_files
from tests.cli.conftest import PROGRAM, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

LETTER = (
    *("document", "register", "incoming", "--subject", "О ремонте", "--from", "Минздрав"),
    *("--their-number", "17/1", "--their-date", "2026-11-02", "--format", "json"),
)


@pytest.fixture
def number(sedctl: Callable[..., Outcome]) -> str:
    outcome = sedctl(*LETTER)
    assert outcome.status == 0, outcome.err
    return str(outcome.data["number"])


def written(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


@pytest.mark.remote_too
def test_a_letter_is_registered_with_files_and_they_come_back(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    scan = written(tmp_path, "Письмо № 1.pdf", sample_files.pdf("О кровле"))
    annex = written(tmp_path, "смета.docx", sample_files.docx("Расчёт"))
    registered = sedctl(*LETTER, "--file", scan, "--file", annex)
    number = registered.data["number"]
    listed = sedctl("document", "file", "list", number, "--format", "json").data["rows"]
    (tmp_path / "out").mkdir()
    got = sedctl(
        *("document", "file", "get", number, "Письмо № 1.pdf", "-o", str(tmp_path / "out")),
        *("--format", "json"),
    )

    assert registered.data["warnings"] == []
    assert [row["name"] for row in listed] == ["Письмо № 1.pdf", "смета.docx"]
    assert [row["role"] for row in listed] == ["main", "annex"]
    assert got.data["path"] == str(tmp_path / "out" / "Письмо № 1.pdf")
    assert (tmp_path / "out" / "Письмо № 1.pdf").read_bytes() == sample_files.pdf("О кровле")
    assert len(sedctl("document", "search", "кровля", "--format", "json").data["rows"]) == 1


def test_a_file_is_added_in_a_role_and_then_in_a_next_version(
    sedctl: Callable[..., Outcome], number: str, tmp_path: Path
) -> None:
    add = ("document", "file", "add", number, "--format", "json")
    first = sedctl(*add, "--role", "annex", written(tmp_path, "смета.txt", b"one"))
    second = sedctl(*add, "--role", "annex", written(tmp_path, "смета.txt", b"two"))

    assert [row["version"] for row in first.data["rows"]] == [1]
    assert [(row["version"], row["role"]) for row in second.data["rows"]] == [(2, "annex")]
    assert sedctl(*add, written(tmp_path, "иное.txt", b"two")).status == 5


def test_a_doubt_is_told_on_standard_error(
    sedctl: Callable[..., Outcome], number: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "письмо.pdf", b"MZ\x90\x00")
    outcome = sedctl("document", "file", "add", number, path, "--format", "json")

    assert outcome.status == 0
    assert "by its content it is application/x-msdownload" in outcome.err
    assert outcome.data["rows"][0]["media_type"] == "application/x-msdownload"


def test_a_dry_run_adds_nothing(
    sedctl: Callable[..., Outcome], number: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "письмо.txt", b"text")
    tried = sedctl("document", "file", "add", number, path, "--dry-run", "--format", "json")
    listed = sedctl("document", "file", "list", number, "--format", "json")

    assert (tried.status, tried.data["dry_run"]) == (0, True)
    assert listed.data["rows"] == []


def missing(folder: Path) -> str:
    return str(folder / "нет.pdf")


def empty(folder: Path) -> str:
    return written(folder, "пусто.pdf", b"")


def directory(folder: Path) -> str:
    return str(folder)


def pipe(folder: Path) -> str:
    os.mkfifo(folder / "труба")
    return str(folder / "труба")


def link_that_leads_out(folder: Path) -> str:
    (folder / "чужое").mkdir()
    written(folder / "чужое", "тайна.pdf", b"%PDF-")
    (folder / "своё").mkdir()
    (folder / "своё" / "письмо.pdf").symlink_to(folder / "чужое" / "тайна.pdf")
    return str(folder / "своё" / "письмо.pdf")


def broken_link(folder: Path) -> str:
    (folder / "письмо.pdf").symlink_to(folder / "нет.pdf")
    return str(folder / "письмо.pdf")


def circle_of_links(folder: Path) -> str:
    (folder / "а.pdf").symlink_to(folder / "б.pdf")
    (folder / "б.pdf").symlink_to(folder / "а.pdf")
    return str(folder / "а.pdf")


def too_large(folder: Path) -> str:
    path = written(folder, "скан.tif", b"")
    os.truncate(path, 2 << 20)
    return path


def control_character(folder: Path) -> str:
    return written(folder, "письмо\x1b[2J.pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (missing, "no_such_file"),
        (empty, "empty_file"),
        (directory, "not_a_regular_file"),
        (pipe, "not_a_regular_file"),
        (link_that_leads_out, "link_leads_out"),
        (broken_link, "no_such_file"),
        (circle_of_links, "unreadable_file"),
        (too_large, "file_too_large"),
        (control_character, "forbidden_characters"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_registered(
    sedctl: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    make: Callable[[Path], str],
    code: str,
) -> None:
    monkeypatch.setenv("SED_MAX_FILE_SIZE", str(1 << 20))
    (tmp_path / "входящие").mkdir()
    outcome = sedctl(*LETTER, "--file", make(tmp_path / "входящие"))

    assert (outcome.status, outcome.error["code"], outcome.out) == (3, code, "")
    assert sedctl("document", "list", "--format", "json").data["rows"] == []
    assert sedctl(*LETTER).data["number"] == "01-23/1"


def test_a_link_within_its_folder_is_followed(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    written(tmp_path, "скан.txt", b"text")
    (tmp_path / "письмо.txt").symlink_to(tmp_path / "скан.txt")

    assert sedctl(*LETTER, "--file", str(tmp_path / "письмо.txt")).status == 0


def test_a_file_in_the_way_is_not_overwritten_unless_asked(
    sedctl: Callable[..., Outcome], number: str, tmp_path: Path
) -> None:
    sedctl("document", "file", "add", number, written(tmp_path, "письмо.txt", b"text"))
    target = written(tmp_path, "занято.txt", b"precious")
    get = ("document", "file", "get", number, "-o", target, "--format", "json")
    refused = sedctl(*get)

    assert (refused.status, refused.error["code"]) == (5, "file_exists")
    assert (tmp_path / "занято.txt").read_bytes() == b"precious"
    assert sedctl(*get, "--overwrite").status == 0
    assert (tmp_path / "занято.txt").read_bytes() == b"text"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".sedctl")) == []


def test_a_place_that_cannot_be_written_is_told(
    sedctl: Callable[..., Outcome], number: str, tmp_path: Path
) -> None:
    sedctl("document", "file", "add", number, written(tmp_path, "письмо.txt", b"text"))
    target = str(tmp_path / "письмо.txt" / "внутри.txt")
    outcome = sedctl("document", "file", "get", number, "-o", target, "--format", "json")

    assert (outcome.status, outcome.error["code"]) == (3, "file_trouble")


def test_bytes_go_to_standard_output_as_they_are(office: Path, ready: str, tmp_path: Path) -> None:
    root = ("--database", str(office), "--as", "admin")
    path = written(tmp_path, "письмо.txt", "О приказе\r\n".encode("cp1251"))
    assert program(*root, *LETTER, "--file", path, at=ready).returncode == 0
    get = (*root, "document", "file", "get", "01-23/1", "-o", "-")
    got = subprocess.run([PROGRAM, *get], capture_output=True, check=True)

    assert got.stdout == "О приказе\r\n".encode("cp1251")


def test_damaged_bytes_are_not_handed_out(office: Path, ready: str, tmp_path: Path) -> None:
    root = ("--database", str(office), "--as", "admin")
    program(*root, *LETTER, "--file", written(tmp_path, "письмо.txt", b"text"), at=ready)
    [kept] = [path for path in tmp_path.rglob("*") if len(path.name) == 64]
    kept.write_bytes(b"hack")
    target = tmp_path / "получено.txt"
    got = program(*root, "document", "file", "get", "01-23/1", "-o", str(target), at=ready)

    assert got.returncode == 7
    assert "document 01-23/1, “письмо.txt”" in got.stderr
    assert "damaged" in got.stderr
    assert not target.exists()
