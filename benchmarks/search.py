"""Search by words over a million cards, newest first."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import analyze, batches, fill_documents, postgres_office, sqlite_office
from benchmarks.page import COLUMNS
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.storage.database import open_database
from sed_tui.storage.search import index_new_documents
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings

CARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
REPEAT = 10
# a common word and a rare one, each as it is stemmed
WORDS = {"приказ": "приказ", "777777": "777777"}


def main() -> None:
    """Print both engines."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (sqlite_office, postgres_office):
            settings = make(Path(folder) / make.__name__)
            fill_documents(settings, CARDS)
            _index(settings)
            _measure(settings)


def _index(settings: Settings) -> None:
    engine = open_database(settings.database)
    key, listed_on, subject, number = (
        DocumentTable.__table__.c[name]  # type: ignore[attr-defined]
        for name in ("key", "listed_on", "subject", "number")
    )
    with engine.execution_options(writes=True).begin() as db:
        rows = db.execute(select(key, listed_on, subject, number).order_by(key)).all()
        for part in batches(rows):
            entries = [(r.key, r.listed_on, f"{r.subject}\n{r.number}") for r in part]
            index_new_documents(db, entries)
    # the words that PostgreSQL has not sorted in yet would be read through at every search
    analyze(engine)
    engine.dispose()


def _measure(settings: Settings) -> None:
    gateway = LocalGateway(settings)
    engine: Any = gateway._engine
    contenders: dict[str, Callable[[], object]] = {}
    for word, stem in WORDS.items():
        contenders[f"ours «{word}»"] = partial(_ours, gateway, word)
        contenders[f"raw «{word}»"] = partial(_raw, engine, stem)
    medians = {name: seconds / REPEAT for name, seconds in interleaved(contenders).items()}
    report(
        f"search of {CARDS:,} cards, 100 newest, {engine.dialect.name}",
        medians,
        [Comparison(f"ours «{word}»", f"raw «{word}»", 2) for word in WORDS],
    )
    gateway.close()


def _ours(gateway: LocalGateway, word: str) -> None:
    for _ in range(REPEAT):
        gateway.call(LIST, ListDocuments(query=word, limit=100))


def _raw(engine: Any, stem: str) -> None:
    if engine.dialect.name == "sqlite":
        found = (
            "SELECT rowid & 4294967295 AS key FROM document_search "
            "WHERE document_search MATCH :stem ORDER BY rowid DESC LIMIT 100"
        )
    else:
        found = (
            "SELECT s.document_key AS key FROM document_search s "
            "JOIN document o ON o.key = s.document_key WHERE s.stems @@ CAST(:stem AS tsquery) "
            "ORDER BY o.listed_on DESC, o.key DESC LIMIT 100"
        )
    query = text(
        f"SELECT {COLUMNS} FROM "
        f"({found}) f JOIN document d ON d.key = f.key "
        "LEFT JOIN correspondent c ON c.id = d.correspondent_id "
        "LEFT JOIN journal j ON j.id = d.journal_id"
    )
    with engine.connect() as db:
        for _ in range(REPEAT):
            db.execute(
                query, {"stem": f'"{stem}"' if engine.dialect.name == "sqlite" else f"'{stem}'"}
            ).all()


if __name__ == "__main__":
    main()
