"""The wheel: whatever the program reads at run time travels inside it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_wheel_holds_the_catalogue_the_example_and_three_packages(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    subprocess.run(
        [*pip, "--no-build-isolation", "--no-deps", "--no-index", "-w", tmp_path, ROOT], check=True
    )
    [wheel] = tmp_path.glob("sed_tui-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    examples = {f"sed_tui/examples/{path.name}" for path in (ROOT / "examples").glob("*.csv")}
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}

    assert "sed_tui/locale/ru/LC_MESSAGES/sed_tui.mo" in names
    assert examples <= names
    assert any(name.startswith("sed_tui/storage/migrations/versions/") for name in names)
    assert tops == {"sed_tui", "commands", "widgets"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
