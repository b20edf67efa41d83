"""Completion in a real bash, from the commands and from the database."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.config import Settings
from sed_tui.gateway.glimpse import QUERIES, glimpse
from sed_tui.operations.correspondent import ADD, AddCorrespondent
from tests.cli.conftest import program
from tests.patience import LONGEST

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

BASH = shutil.which("bash")


def completed(at: str, *words: str) -> list[str]:
    """Press Tab in bash after some words."""
    script = """
        source <(sedctl completion bash)
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _sedctl_completion sedctl
        (( ${#COMPREPLY[@]} == 0 )) || printf '%s\\n' "${COMPREPLY[@]}"
    """
    path = f"{Path(at).parent}{os.pathsep}{os.environ['PATH']}"
    assert BASH is not None
    done = subprocess.run(
        [BASH, "--norc", "-c", script, "bash", "sedctl", *words],
        env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.mark.skipif(BASH is None, reason="there is no bash")
def test_bash_completes_groups_commands_and_options(ready: str) -> None:
    assert completed(ready, "jou") == ["journal"]
    assert completed(ready, "journal", "sh") == ["show"]
    assert completed(ready, "journal", "show", "--for") == ["--format"]
    assert completed(ready, "--lang", "") == ["ru", "en"]
    assert completed(ready, "document", "list", "--format", "j") == ["json", "jsonl"]


@pytest.mark.skipif(BASH is None, reason="there is no bash")
def test_bash_completes_names_from_the_database(office: Path, ready: str) -> None:
    here = ("--database", str(office), "--as", "admin")
    letter = ("document", "register", "internal", "--subject", "О ремонте")
    number = program(*here, *letter, "--fields", "number", "-f", "tsv", at=ready).stdout.split()[-1]

    assert completed(ready, *here, "document", "show", number[:2]) == [number]
    assert completed(ready, *here, "journal", "show", "01") == ["01-23"]
    assert completed(ready, "--database", "/nowhere", "--as", "admin", "journal", "show", "0") == []


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_other_shells_have_their_script(shell: str) -> None:
    assert "_SEDCTL_COMPLETE=complete_" in program("completion", shell).stdout.replace(
        ' = "complete_', "=complete_"
    ).replace("Env:", "")


def test_an_unknown_shell_is_a_usage_error() -> None:
    answer = program("completion", "tcsh")

    assert answer.returncode == 2
    assert "bash, zsh, fish, powershell" in answer.stderr


@pytest.mark.parametrize("kind", QUERIES)
def test_a_glimpse_shows_what_the_person_may_see(
    kind: str, settings: Settings, gateway: LocalGateway
) -> None:
    gateway.call(ADD, AddCorrespondent(name="Минздрав"))
    stranger = Settings(settings.database, settings.files, login="stranger")
    expected = {"document": [], "journal": ["01-23"], "employee": ["admin"]}
    beginning = {"document": "", "journal": "01", "employee": "a", "correspondent": "Мин"}

    assert glimpse(settings, kind, beginning[kind]) == expected.get(kind, ["Минздрав"])
    assert glimpse(stranger, kind, "") == []


def test_a_database_that_is_not_there_completes_nothing(tmp_path: Path) -> None:
    nowhere = Settings("postgresql+psycopg://u@127.0.0.1:1/x", tmp_path, login="admin")
    missing = Settings(f"sqlite:///{tmp_path}/no.db", tmp_path, login="admin")

    assert glimpse(nowhere, "journal", "") == glimpse(missing, "journal", "") == []
    assert not (tmp_path / "no.db").exists()
