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

    from sed_tui.config import Settings

    from .worker import Ledger

_DOCUMENTS = "SELECT their_number AS key, id, number, ordinal FROM document"
_ASSIGNMENTS = "SELECT text AS key, id, state, report_text FROM assignment"
_FILES = "SELECT name AS key, document_id FROM document_file"


@dataclass(frozen=True)
class Verdict:
    """Faults found, and figures that tell what was gone through."""

    faults: list[str]
    figures: dict[str, str]


def reckon(settings: Settings, ledgers: Sequence[Ledger], lines: list[dict[str, Any]]) -> Verdict:
    """Compare every answer with what is stored, numbers with each other, and look at the whole."""
    engine = open_database(settings.database)
    with engine.connect() as db:
        documents = [dict(row._mapping) for row in db.execute(text(_DOCUMENTS))]
        assignments = [dict(row._mapping) for row in db.execute(text(_ASSIGNMENTS))]
        files = Counter(row.key for row in db.execute(text(_FILES)))
        counter = db.scalar(text("SELECT max(last_ordinal) FROM journal_counter"))
    engine.dispose()
    faults = [
        *_unsettled(ledgers),
        *_numbers(documents, counter or 0),
        *_answers(ledgers, "register", documents),
        *_answers(ledgers, "issue", assignments),
        *_reports(ledgers, assignments),
        *(
            f"file {line['key']} is stored {files[line['key'] + '.txt']} times"
            for line in _answered(ledgers, "attach")
            if files[f"{line['key']}.txt"] != 1
        ),
        *(f"db check: {one.id}: {one.first}" for one in check(settings, deep=True) if not one.ok),
    ]
    return Verdict(faults, _figures(lines, documents, assignments))


def _unsettled(ledgers: Iterable[Ledger]) -> list[str]:
    return [f"never answered: {line}" for ledger in ledgers for line in ledger.open]


def _numbers(documents: list[dict[str, Any]], counter: int) -> list[str]:
    """Return numbers that are there twice, and those that are lost."""
    ordinals = Counter(row["ordinal"] for row in documents)
    doubled = [f"number {n} is given {times} times" for n, times in ordinals.items() if times > 1]
    lost = set(range(1, counter + 1)) - ordinals.keys()
    return doubled + [f"number {n} is lost" for n in sorted(lost)]


def _answers(ledgers: Iterable[Ledger], act: str, rows: list[dict[str, Any]]) -> list[str]:
    """Return what was acknowledged and is not there, is there twice, or is something else."""
    stored: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        stored.setdefault(row["key"], []).append(row)
    faults = []
    for line in _answered(ledgers, act):
        found = stored.pop(line["key"], [])
        if len(found) != 1:
            faults.append(f"{act} {line['key']} is stored {len(found)} times")
        elif str(found[0]["id"]).replace("-", "") != line["id"].replace("-", ""):
            faults.append(f"{act} {line['key']} is another one")
        elif "number" in line and found[0]["number"] != line["number"]:
            faults.append(f"{act} {line['key']} was told {line['number']}")
    return faults + [f"{act} {key} was never acknowledged" for key in stored]


def _reports(ledgers: Iterable[Ledger], rows: list[dict[str, Any]]) -> list[str]:
    texts = {str(row["id"]).replace("-", ""): row["report_text"] for row in rows}
    return [
        f"the report {line['key']} is lost"
        for line in _answered(ledgers, "report")
        if texts.get(line["on"].replace("-", "")) != line["key"]
    ]


def _answered(ledgers: Iterable[Ledger], act: str) -> list[dict[str, Any]]:
    return [line for ledger in ledgers for line in ledger.known(act)]


def _figures(
    lines: list[dict[str, Any]], documents: Sequence[object], assignments: Sequence[object]
) -> dict[str, str]:
    answers = [line for line in lines if line["is"] == "answered"]
    troubles = Counter(line["code"] for line in lines if line["is"] == "trouble")
    writes = sorted(line["seconds"] for line in answers if not line["again"])
    reads = sorted(line["seconds"] for line in lines if line["is"] == "read")
    return {
        "documents registered": f"{len(documents):,}",
        "assignments issued": f"{len(assignments):,}",
        "writes acknowledged": f"{len(answers):,}",
        "asked again after a kill": f"{sum(line['again'] for line in answers):,}",
        "refused for a while": ", ".join(f"{c} × {n}" for c, n in troubles.most_common()) or "0",
        "a write, median and 99 % of them": _spread(writes),
        "a read, median and 99 % of them": _spread(reads),
    }


def _spread(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "—"
    return f"{statistics.median(seconds) * 1000:.0f} ms, {seconds[len(seconds) * 99 // 100]:.2f} s"
