"""The message catalogues: extract the messages, set translations, compile, check.

python tools/catalogue.py update            find new messages in the code
python tools/catalogue.py set < pairs.json  {"English": "Русский", …}; a list for plurals
python tools/catalogue.py missing           print what has no translation yet
python tools/catalogue.py prune             forget the translations of messages that are gone
python tools/catalogue.py compile           write the .mo files that gettext reads
"""

from __future__ import annotations

import ast
import fcntl
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
RUSSIAN = ROOT / "sed_tui" / "locale" / "ru" / "LC_MESSAGES" / "sed_tui.po"
# how many of the arguments are messages
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
_CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")


def messages_of(module: str) -> Iterator[str | tuple[str, ...]]:
    """Return the messages of a module's text, those within f-strings and other calls as well.

    Babel's own reader goes by tokens: before Python 3.12 an f-string is one, and it misses them.
    """
    if not _CALL.search(module):
        return
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            count = KEYWORDS.get(node.func.id, 0)
            texts = [one.value for one in node.args[:count] if isinstance(one, ast.Constant)]
            strings = tuple(text for text in texts if isinstance(text, str))
            if count and len(strings) == count:
                yield strings[0] if count == 1 else strings


def extracted() -> Catalog:
    """Return every message that the code holds."""
    catalogue = Catalog(project="sed-tui", fuzzy=False)
    for package in ("sed_tui", "commands", "widgets"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for message in messages_of(path.read_text(encoding="utf-8")):
                # places without line numbers: a moved line is no change of the catalogue
                catalogue.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def russian() -> Catalog:
    """Return the stored Russian catalogue."""
    if not RUSSIAN.exists():
        return Catalog(locale="ru", project="sed-tui", fuzzy=False)
    with RUSSIAN.open("rb") as file:
        return read_po(file, locale="ru")


def missing(catalogue: Catalog) -> Iterator[str]:
    """Return the messages without a complete translation."""
    for message in catalogue:
        if not message.id:
            continue
        parts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(parts):
            yield str(message.id)


def save(catalogue: Catalog) -> None:
    """Write the catalogue in the order of its messages, so that changes stay small."""
    # a date of its own would change the file whenever somebody looked
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with RUSSIAN.open("wb") as file:
        write_po(
            file, catalogue, width=100, sort_output=True, omit_header=False, include_lineno=False
        )


def update() -> Catalog:
    """Bring the stored catalogue to what the code holds; nothing is guessed.

    The translation of a message that is gone stays at the end of the file, for the case
    that it comes back; `prune` forgets it.
    """
    catalogue = russian()
    known = {message.id: message.string for message in catalogue if message.id}
    known |= {message.id: message.string for message in catalogue.obsolete.values()}
    catalogue.update(extracted(), no_fuzzy_matching=True)
    for message in catalogue:
        if message.id and not message.string and message.id in known:
            message.string = known[message.id]
    save(catalogue)
    return catalogue


def prune() -> None:
    """Forget the translations of messages that the code does not hold."""
    catalogue = update()
    catalogue.obsolete.clear()
    save(catalogue)


def set_translations(pairs: dict[str, str | list[str]]) -> list[str]:
    """Store translations and return the messages that the code does not hold."""
    catalogue = update()
    unknown = []
    for text, translation in pairs.items():
        message = catalogue.get(text)
        if message is None:
            unknown.append(text)
            continue
        message.string = tuple(translation) if isinstance(translation, list) else translation
    save(catalogue)
    return unknown


def compile_all() -> None:
    """Write the compiled catalogues beside the texts."""
    catalogue = russian()
    with RUSSIAN.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def main(command: str) -> int:
    """Run one command; two at a time wait for each other."""
    with (ROOT / "tools" / ".catalogue.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        match command:
            case "update":
                update()
            case "set":
                for text in set_translations(json.load(sys.stdin)):
                    print(f"not in the code: {text}", file=sys.stderr)
            case "missing":
                found = list(missing(update()))
                print(*found, sep="\n")
                return bool(found)
            case "prune":
                prune()
            case "compile":
                pass
            case _:
                print(__doc__)
                return 2
        compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
