"""`sed-tui`: what happens before the screen is taken."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"SED_HOME": str(home), "SED_LANG": "en", "PATH": ""},
        stdin=subprocess.DEVNULL,
    )


def test_without_a_database_it_says_how_to_make_one_and_takes_no_screen(tmp_path: Path) -> None:
    done = python("import commands; commands.open_interface()", tmp_path)

    assert done.returncode == 6
    assert done.stdout == ""
    assert "sedctl init" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("heavy", ["pydantic", "sqlalchemy", "sqlmodel"])
def test_the_first_picture_waits_for_no_import_that_is_heavy(tmp_path: Path, heavy: str) -> None:
    code = f"import sys, sed_tui.tui.app, sed_tui.gateway.deferred; print({heavy!r} in sys.modules)"

    assert python(code, tmp_path).stdout.strip() == "False"


@pytest.mark.parametrize("light", ["commands.tui", "commands.root"])
def test_a_command_does_not_import_the_interface(tmp_path: Path, light: str) -> None:
    code = f"import sys, {light}; print('textual' in sys.modules)"

    assert python(code, tmp_path).stdout.strip() == "False"
