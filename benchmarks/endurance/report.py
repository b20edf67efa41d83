"""The page that the runs leave: a section a mode, each run replaces its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MOST_FAULTS = 50
_SECTION = "\n## "


def section(title: str, figures: Mapping[str, object], faults: Sequence[str]) -> str:
    """Return what a run tells of itself."""
    rows = "".join(f"| {name} | {value} |\n" for name, value in figures.items())
    found = "".join(f"- {fault}\n" for fault in faults[:_MOST_FAULTS])
    return f"{_SECTION}{title}\n\n| | |\n|---|---|\n{rows}" + (f"\n{found}" if found else "")


def write_page(page: Path, title: str, told: str) -> None:
    """Put a run's section in the place of the one before it."""
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    _heading, *sections = written.split(_SECTION)
    kept = {one.partition("\n")[0]: f"{_SECTION}{one.rstrip()}\n" for one in sections}
    page.write_text(HEADING + "".join({**kept, title: told}.values()), encoding="utf-8")


HEADING = """# Endurance

`make endurance` serves an office over HTTP with several workers on PostgreSQL and lets clients
work with it for ten minutes: they register, edit, issue, report, attach and fetch files, page,
search and run reports. Meanwhile clients, workers of the server and PostgreSQL itself are killed
(`kill -9`) at random; the server has to replace its workers by itself, and in the middle a backup
with files is made.

Each client keeps a ledger of its own: a line before a write with its key, a line after the
answer. What was never answered is asked again under the same key, by the client or by the one
that takes over after a kill. At the end every answer is compared with what is stored:

- each acknowledged write is there once, with the number that was told, and nothing that was not
  acknowledged;
- no number is lost and none is given twice;
- no edit overwrote another that its author had not seen, and the last accepted one is what is
  stored;
- bytes that are fetched are those that were attached;
- `db check --deep` is clean: references, files by their hashes, search, counters, the audit
  chain;
- the log of the server tells of no error that nobody has foreseen, and no answer was 500;
- the backup, restored into an empty database, is whole and holds all that was acknowledged before
  it began.

`ENDURANCE='--engine sqlite --workers 1'` serves SQLite; with `--workers 0` clients work on the
database itself. The last run of each:
"""
