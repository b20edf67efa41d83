"""A page of a hundred cards out of a million, at the start and at the end."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import fill_documents, postgres_office, sqlite_office
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.pages import decode_cursor

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings

CARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
REPEAT = 20
COLUMNS = (
    "d.id, d.number, d.registered_on, d.flow, d.kind, c.name, d.their_number, d.their_date, "
    "d.subject, d.registration, d.execution, d.addressee, j.code, d.confidentiality"
)
RAW = (
    f"SELECT {COLUMNS} FROM document d "
    "LEFT JOIN correspondent c ON c.id = d.correspondent_id "
    "LEFT JOIN journal j ON j.id = d.journal_id "
    "WHERE d.organization_id = (SELECT id FROM organization LIMIT 1) "
    "AND (d.listed_on, d.key) < (:day, :key) ORDER BY d.listed_on DESC, d.key DESC LIMIT 100"
)


def main() -> None:
    """Print both engines."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (sqlite_office, postgres_office):
            settings = make(Path(folder) / make.__name__)
            fill_documents(settings, CARDS)
            _measure(settings)


def _measure(settings: Settings) -> None:
    gateway = LocalGateway(settings)
    contenders: dict[str, Callable[[], object]] = {}
    for rank in (0, CARDS - 1_000):
        first = gateway.call(LIST, ListDocuments(skip=rank, limit=1))
        cursor = first.next or ""
        contenders[f"ours at {rank}"] = partial(_ours, gateway, cursor)
        contenders[f"raw at {rank}"] = partial(_raw, gateway, cursor)
    medians = {name: seconds / REPEAT for name, seconds in interleaved(contenders).items()}
    report(
        f"page of 100 of {CARDS:,} cards, {gateway.place.partition(':')[0]}",
        medians,
        [Comparison(f"ours at {rank}", f"raw at {rank}", 3) for rank in (0, CARDS - 1_000)]
        + [Comparison(f"ours at {CARDS - 1_000}", "ours at 0", 1.25)],
    )
    gateway.close()


def _ours(gateway: LocalGateway, cursor: str) -> None:
    for _ in range(REPEAT):
        gateway.call(LIST, ListDocuments(after=cursor, limit=100))


def _raw(gateway: LocalGateway, cursor: str) -> None:
    day, key = decode_cursor(cursor, str, int)
    engine: Any = gateway._engine
    with engine.connect() as db:
        for _ in range(REPEAT):
            db.execute(text(RAW), {"day": day, "key": key}).all()


if __name__ == "__main__":
    main()
