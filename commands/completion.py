"""`sedctl completion`: the script of a shell, and what it completes from the database."""

from __future__ import annotations

import sys
from contextlib import suppress
from enum import StrEnum
from typing import Annotated, Any

import typer

from commands.help import Verb
from sed_tui.i18n import N_, _

PATIENCE_SECONDS = 0.2

app = typer.Typer(rich_markup_mode=None)


class Shell(StrEnum):
    """A shell that completes commands."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@app.command("completion", cls=Verb, help=_(N_("Print the completion script of a shell.")))
def completion(
    shell: Annotated[
        Shell, typer.Argument(metavar=_("SHELL"), help=_("bash, zsh, fish or powershell."))
    ],
) -> None:
    """Print a script that a shell reads at its start."""
    from typer._completion_shared import get_completion_script

    script = get_completion_script(
        prog_name="sedctl", complete_var="_SEDCTL_COMPLETE", shell=shell.value
    )
    sys.stdout.write(_BASH if shell is Shell.BASH else f"{script}\n")


def complete(command: Any, program: str, instruction: str, session: Any) -> int:
    """Answer the script of a shell; without Rich, which takes longer than the answer."""
    from typer import _completion_classes
    from typer.completion import shell_complete

    _completion_classes._sanitize_help_text = lambda text: text
    _completion_classes.completion_init()
    return shell_complete(command, {"obj": session}, program, "_SEDCTL_COMPLETE", instruction)


def completed(kind: str, incomplete: str, context: Any) -> list[Any]:
    """Return the names of a kind that begin so, or nothing when time is up."""
    from typer._click.shell_completion import CompletionItem

    root = context.find_root().params
    asked = {name: root.get(name) for name in ("profile", "database", "login", "organization")}
    return [CompletionItem(text) for text in _glimpsed(kind, incomplete, asked)]


def _glimpsed(kind: str, beginning: str, asked: dict[str, str | None]) -> list[str]:
    from threading import Thread

    from sed_tui.config import settings
    from sed_tui.errors import SedError
    from sed_tui.gateway.glimpse import glimpse

    found: list[str] = []

    def look() -> None:
        # a key press must not print anything, whatever is wrong
        with suppress(SedError):
            found.extend(glimpse(settings(**asked), kind, beginning))

    # nor does it wait for a database that is locked or far away
    thread = Thread(target=look, daemon=True)
    thread.start()
    thread.join(PATIENCE_SECONDS)
    return list(found)


# Typer's own would expand asterisks, and leave the spaces of a name bare
_BASH = """\
_sedctl_completion() {
    local line quoted
    COMPREPLY=()
    while IFS= read -r line; do
        [[ -n $line ]] || continue
        printf -v quoted %q "$line"
        COMPREPLY+=("$quoted")
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \
             _SEDCTL_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -o default -F _sedctl_completion sedctl
"""
