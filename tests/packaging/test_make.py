"""What make says when the machine lacks something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make is for systems with sh")


def make_venv(
    python: str, place: Path, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the script that makes .venv, in another directory, and return what it did."""
    return subprocess.run(
        ["sh", ROOT / "tools" / "make_venv.sh", python],
        cwd=place,
        env={"PATH": "/usr/bin:/bin", **({"PYTHONPATH": str(path)} if path else {})},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_venv_module_is_named_with_the_package_to_install(tmp_path: Path) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ImportError")
    done = make_venv(sys.executable, tmp_path, path=tmp_path)

    assert done.returncode == 1
    assert f"apt install python3.{sys.version_info.minor}-venv" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_without_a_new_enough_python_it_says_what_to_install(tmp_path: Path) -> None:
    done = make_venv("", tmp_path)

    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr


def test_the_python_that_make_finds_is_new_enough() -> None:
    script = ROOT / "tools" / "find_python.sh"
    found = subprocess.run(
        ["sh", script], capture_output=True, text=True, check=True
    ).stdout.strip()
    version = subprocess.run(
        [found, "-c", "import sys; print(*sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert tuple(map(int, version)) >= (3, 11)
