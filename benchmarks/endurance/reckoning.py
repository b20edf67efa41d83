"""What the database holds against what the clients were told."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from sed_tui.gateway.upkeep import check
from sed_tui.storage.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.endurance.ledger import Ledger
    from sed_tui.config import Settings

_DOCUMENTS = "SELECT their_number AS key, id, number, ordinal, version, note FROM document"
_ASSIGNMENTS = "SELECT text AS key, id, state, report_text FROM assignment"
_FILES = "SELECT name AS key, document_id FROM document_file"
_COUNTER = "SELECT max(last_ordinal) FROM journal_counter"

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Stored:
    """What a database holds."""

    documents: Rows
    assignments: Rows
    files: Counter[str]
    counter: int


@dataclass(frozen=True)
class Verdict:
    """Faults found, and figures that tell what was gone through."""

    faults: list[str]
    figures: dict[str, str]


def reckon(settings: Settings, ledgers: Sequence[Ledger], lines: Rows) -> Verdict:
    """Compare every answer with what is stored, numbers with each other, and look at the whole."""
    stored = _stored(settings)
    faults = [
        *(line["text"] for line in lines if line["is"] == "fault"),
        *_unsettled(ledgers),
        *_numbers(stored.documents, stored.counter),
        *_answers(ledgers, "register", stored.documents),
        *_answers(ledgers, "issue", stored.assignments),
        *_reports(ledgers, stored.assignments),
        *_edits(ledgers, stored.documents),
        *(
            f"file {line['key']} is stored {stored.files[line['key'] + '.txt']} times"
            for line in _answered(ledgers, "attach")
            if stored.files[f"{line['key']}.txt"] != 1
        ),
        *_unwhole(settings),
    ]
    return Verdict(faults, _figures(lines, stored))


def reckon_copy(restored: Settings, ledgers: Sequence[Ledger], began: float) -> Verdict:
    """Look whether a restored backup is whole, and holds what was acknowledged before it began."""
    stored = _stored(restored)
    there = {
        "register": {row["key"] for row in stored.documents},
        "issue": {row["key"] for row in stored.assignments},
        "attach": {name.removesuffix(".txt") for name in stored.files},
    }
    faults = [
        f"the backup: {act} {line['key']} is not in it"
        for act, keys in there.items()
        for line in _answered(ledgers, act)
        if line["at"] < began and line["key"] not in keys
    ]
    faults += [f"the backup: {fault}" for fault in _numbers(stored.documents, stored.counter)] + [
        f"the backup: {fault}" for fault in _unwhole(restored)
    ]
    figures = {
        "in the backup": f"{len(stored.documents):,} documents, {stored.files.total():,} files"
    }
    return Verdict(faults, figures)


def _stored(settings: Settings) -> Stored:
    engine = open_database(settings.database)
    with engine.connect() as db:
        documents, assignments = (
            [dict(row._mapping) for row in db.execute(text(query))]
            for query in (_DOCUMENTS, _ASSIGNMENTS)
        )
        files = Counter(row.key for row in db.execute(text(_FILES)))
        counter = db.scalar(text(_COUNTER)) or 0
    engine.dispose()
    return Stored(documents, assignments, files, counter)


def _unwhole(settings: Settings) -> list[str]:
    """Return what `db check --deep` finds; bytes whose transaction was killed are no fault."""
    return [f"db check: {one.id}: {one.first}" for one in check(settings, deep=True) if not one.ok]


def _unsettled(ledgers: Iterable[Ledger]) -> list[str]:
    return [f"never answered: {line}" for ledger in ledgers for line in ledger.open]


def _numbers(documents: Rows, counter: int) -> list[str]:
    """Return numbers that are there twice, and those that are lost."""
    ordinals = Counter(row["ordinal"] for row in documents)
    doubled = [f"number {n} is given {times} times" for n, times in ordinals.items() if times > 1]
    lost = set(range(1, counter + 1)) - ordinals.keys()
    return doubled + [f"number {n} is lost" for n in sorted(lost)]


def _answers(ledgers: Iterable[Ledger], act: str, rows: Rows) -> list[str]:
    """Return what was acknowledged and is not there, is there twice, or is something else."""
    stored: dict[str, Rows] = {}
    for row in rows:
        stored.setdefault(row["key"], []).append(row)
    faults = []
    for line in _answered(ledgers, act):
        found = stored.pop(line["key"], [])
        if len(found) != 1:
            faults.append(f"{act} {line['key']} is stored {len(found)} times")
        elif _plain(found[0]["id"]) != _plain(line["id"]):
            faults.append(f"{act} {line['key']} is another one")
        elif "number" in line and found[0]["number"] != line["number"]:
            faults.append(f"{act} {line['key']} was told {line['number']}")
    return faults + [f"{act} {key} was never acknowledged" for key in stored]


def _reports(ledgers: Iterable[Ledger], rows: Rows) -> list[str]:
    texts = {_plain(row["id"]): row["report_text"] for row in rows}
    return [
        f"the report {line['key']} is lost"
        for line in _answered(ledgers, "report")
        if texts.get(_plain(line["on"])) != line["key"]
    ]


def _edits(ledgers: Sequence[Ledger], rows: Rows) -> list[str]:
    """Return edits of one version that were both accepted, and last ones that are not stored."""
    edits: dict[str, dict[int, str]] = {}
    faults = []
    for line in _answered(ledgers, "edit"):
        versions = edits.setdefault(_plain(line["on"]), {})
        if line["version"] in versions:
            faults.append(f"the edit {line['key']} overwrote {versions[line['version']]} unseen")
        versions[line["version"]] = line["key"]
    for row in rows:
        versions = edits.get(_plain(row["id"]), {})
        last = versions[max(versions)] if versions else None
        if row["note"] != last:
            faults.append(f"{row['number']} holds the edit {row['note']}, the last one was {last}")
    return faults


def _plain(identifier: object) -> str:
    return str(identifier).replace("-", "")


def _answered(ledgers: Iterable[Ledger], act: str) -> Rows:
    return [line for ledger in ledgers for line in ledger.known(act)]


def _figures(lines: Rows, stored: Stored) -> dict[str, str]:
    answers = [line for line in lines if line["is"] == "answered"]
    acts = Counter(line["act"] for line in answers)
    troubles = Counter(line["code"] for line in lines if line["is"] == "trouble")
    writes = sorted(line["seconds"] for line in answers if not line["again"])
    reads = sorted(line["seconds"] for line in lines if line["is"] == "read")
    return {
        "documents registered": f"{len(stored.documents):,}",
        "assignments issued, reported": f"{len(stored.assignments):,}, {acts['report']:,}",
        "files attached": f"{stored.files.total():,}",
        "edits accepted": f"{acts['edit']:,}",
        "edits refused, another was first": f"{sum(line['is'] == 'refused' for line in lines):,}",
        "writes acknowledged": f"{len(answers):,}",
        "asked again after a kill": f"{sum(line['again'] for line in answers):,}",
        "refused for a while": ", ".join(f"{c} × {n}" for c, n in troubles.most_common()) or "0",
        "a write, median and 99 % of them": _spread(writes),
        "reads": f"{len(reads):,}",
        "a read, median and 99 % of them": _spread(reads),
    }


def _spread(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "—"
    return f"{statistics.median(seconds) * 1000:.0f} ms, {seconds[len(seconds) * 99 // 100]:.2f} s"
