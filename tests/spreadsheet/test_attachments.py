"""Files that a table names: beside it or below it, never elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.form import EmptyFile, NoSuchFile, NotARegularFile
from sed_tui.errors.imports import OutsideFolder
from sed_tui.spreadsheet.attachments import find_attachments

if TYPE_CHECKING:
    from pathlib import Path

if TYPE_CHECKING:
    from pathlib import Path


def test_names_in_either_style_of_slashes_are_found(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    for name in ("письмо.pdf", "scans/приложение 1, копия.txt"):
        (tmp_path / name).write_bytes(b"x")

    found = find_attachments(tmp_path, "письмо.pdf; scans\\приложение 1, копия.txt")
    assert [path.name for path in found] == ["письмо.pdf", "приложение 1, копия.txt"]


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("../secret.txt", OutsideFolder),
        ("sub/../../secret.txt", OutsideFolder),
        ("/etc/passwd", OutsideFolder),
        ("C:\\Windows\\win.ini", OutsideFolder),
        ("\\\\server\\share\\x.txt", OutsideFolder),
        ("link.txt", OutsideFolder),
        ("нет.txt", NoSuchFile),
        ("ф" * 300, NoSuchFile),
        ("sub", NotARegularFile),
        ("empty.txt", EmptyFile),
    ],
)
def test_what_may_not_be_attached_is_refused(
    tmp_path: Path, name: str, failure: type[Exception]
) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "empty.txt").touch()

    with pytest.raises(failure):
        find_attachments(folder, name)
