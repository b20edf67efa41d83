"""The scheme of links on Windows: written to the user's own registry, and taken back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sed_tui.linking import registration

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_windows_is_told_in_the_users_own_registry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    (tmp_path / "reg").write_text(f'#!/bin/sh\nfor w in "$@"; do echo "$w"; done >> {log}\n')
    (tmp_path / "reg").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    registration.register(r"C:\Program Files\sed\sedctl.exe", "win32")
    registration.forget("win32")
    said = log.read_text().splitlines()

    assert r'"C:\Program Files\sed\sedctl.exe" open "%1"' in said
    assert all(not word.startswith("HKLM") for word in said)
    assert said[-3:] == ["delete", r"HKCU\Software\Classes\sed", "/f"]
