"""Write docs/reference from the program itself: commands, operations, failures.

python tools/reference.py            write the pages
python tools/reference.py --check    say which pages are stale
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT))

from sed_tui import i18n  # noqa: E402 - found on the path above

NOTE = "<!-- Written by `make reference` from the program; do not edit. -->\n"
WIDTH = "100"


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    os.environ["COLUMNS"] = WIDTH
    os.environ.pop("SED_FORMAT", None)
    i18n.use("en")
    return {
        "commands.md": commands(),
        "operations.md": operations(),
        "errors.md": errors(),
        "message.schema.json": schema(),
    }


def commands() -> str:
    """Return the help of every command."""
    from commands.root import ALIASES, COMMANDS

    lines = [NOTE, "# Commands", "", block("sedctl", "--help")]
    for group in COMMANDS:
        lines += ["", f"## {group}", ""]
        short = [alias for alias, name in ALIASES.items() if name == group]
        lines += [f"Also `sedctl {short[0]}`.", ""] if short else []
        lines += ["\n".join(block("sedctl", *path, "--help") for path in below(group))]
    return "\n".join(lines) + "\n"


def below(group: str) -> Iterator[tuple[str, ...]]:
    """Return the paths of a group and of every command in it."""
    from typer.main import get_command

    from commands.root import COMMANDS

    def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        inner = getattr(command, "commands", {})
        if inner or len(path) == 1:
            yield path
        for name, child in inner.items():
            yield from walk(child, (*path, name)) if hasattr(child, "commands") else [(*path, name)]

    return walk(get_command(import_module(COMMANDS[group][0]).app), (group,))


def block(*words: str) -> str:
    """Return what a command prints, as a block of text."""
    from commands.root import run

    said = TextIOWrapper(BytesIO(), encoding="utf-8")
    with redirect_stdout(said):
        run(["--lang", "en", *words[1:]])
    said.seek(0)
    return f"```text\n$ {' '.join(words)}\n{said.read().rstrip()}\n```\n"


def operations() -> str:
    """Return every operation with its effect, its roles and its fields."""
    from sed_tui.domain.access import MATRIX
    from sed_tui.operations.registry import operations as registered

    lines = [
        NOTE,
        "# Operations",
        "",
        "`sedctl call NAME -` runs any of them with the request as JSON; `sedctl spec` prints",
        "the JSON Schema of requests and results. In bold: fields that must be given.",
    ]
    noun = ""
    for name, operation in sorted(registered().items()):
        if name.partition(".")[0] != noun:
            noun = name.partition(".")[0]
            lines += ["", f"## {noun}", "", "| operation | | effect | roles | fields |"]
            lines += ["|---|---|---|---|---|"]
        roles = ", ".join(sorted(MATRIX.get(name, ()))) or "nobody"
        fields = ", ".join(
            f"**{field}**" if info.is_required() else field
            for field, info in operation.request.model_fields.items()
        )
        title = operation.title
        lines.append(f"| `{name}` | {title} | {operation.effect} | {roles} | {fields} |")
    return "\n".join(lines) + "\n"


def errors() -> str:
    """Return every failure with its exit status."""
    from sed_tui import errors as package

    lines = [NOTE, "# Failures", "", (package.__doc__ or "").strip(), ""]
    lines += ["With `--format json` a failure is one object on standard error:"]
    lines += ['`{"code", "field", "message", "hint", "row"}`.', ""]
    lines += ["| exit | code | what is said | what to do |", "|---|---|---|---|"]
    for code, kind in sorted(
        package.by_code().items(), key=lambda item: (item[1].exit_code, item[0])
    ):
        lines.append(f"| {kind.exit_code} | `{code}` | {kind.message} | {kind.hint} |")
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


def schema() -> str:
    """Return the JSON Schema of the messages that servers hand over to each other."""
    from sed_tui.exchange.message_schema import message_schema

    return json.dumps(message_schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """Write the pages, or with `--check` name the stale ones."""
    stale = []
    for name, text in pages().items():
        path = PAGES / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    print(*(f"{name}: stale, run `make reference`" for name in stale), sep="\n")
    return bool(stale) and "--check" in sys.argv


if __name__ == "__main__":
    sys.exit(main())
