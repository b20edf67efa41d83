"""The documentation: its commands run, its links lead somewhere, its reference is fresh."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if "reference" not in path.parts
)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
# the whole way is gone in a test of its own, which looks at what comes of it
WHOLE_WAY = ROOT / "docs" / "how-to" / "whole-way.md"
STARTS = ("sedctl init", "sedctl demo")


def commands_of(page: Path, *, setting: bool = False) -> list[str]:
    """Return the lines of a page that call sedctl, with `setting` those of the shell too."""
    blocks = CONSOLE.findall(page.read_text(encoding="utf-8"))
    lines = [line for block in blocks for line in COMMAND.findall(block)]
    return [line for line in lines if setting or re.search(r"(?<![\w/])sedctl\b", line)]


def go(commands: list[str], place: Path, **environment: str) -> None:
    """Run commands in a folder, in one session as a reader has it: names are used below."""
    session = "\n".join(f"echo {shlex.quote('$ ' + command)}\n{command}" for command in commands)
    own = {"HOME": str(place), "SED_HOME": str(place / "home"), "SED_LANG": "en"}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", session],
        cwd=place,
        env={**own, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    # the commands of README.ru.md are those of README.md, as another test sees to
    [
        page
        for page in PAGES
        if commands_of(page) and page.name != "README.ru.md" and page != WHOLE_WAY
    ],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_every_command_of_a_page_runs(
    page: Path, tmp_path: Path, programs: str, request: pytest.FixtureRequest
) -> None:
    commands = commands_of(page)
    home = tmp_path / "home"
    home.mkdir()
    if not commands[0].startswith(STARTS):
        shutil.copytree(request.getfixturevalue("demo"), home, dirs_exist_ok=True)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")

    go(commands, tmp_path, PATH=programs)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = [link for link in LINK.findall(text) if not (page.parent / link).exists()]

    assert broken == []


def test_the_reference_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_both_readmes_show_the_same_commands() -> None:
    english, russian = (commands_of(ROOT / name) for name in ("README.md", "README.ru.md"))

    assert english == russian
