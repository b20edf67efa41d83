"""The same session at the command line says the same on SQLite, PostgreSQL and over a server."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.config import Settings
from sed_tui.domain.clock import office_day
from tests import postgres
from tests.cli.conftest import address
from tests.conftest import settings_of
from tests.served import keep_session, secret_of, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.cli.conftest import Outcome

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TODAY = office_day(datetime.now(UTC))
LETTER = (
    *("document", "register", "incoming", "--subject", "О приказах министерства"),
    *("--from", "Минздрав", "--their-date", "12.01.2026", "--addressee", "Ким О.Л."),
)
ORDER = (
    *("document", "register", "order", "--subject", "Об отпусках ёлочной комиссии"),
    *("--signatory", "Петров В.С.", "--signed-on", "12.01.2026"),
)
SESSION: tuple[tuple[str, ...], ...] = (
    ("user", "add", "kim", "--name", "Ким Олег Львович", "--role", "executor"),
    ("user", "list"),
    ("correspondent", "add", "Минздрав", "--inn", "7707083893"),
    ("correspondent", "list"),
    (*LETTER, "--their-number", "145/и"),
    (*LETTER, "--their-number", "145-И"),
    (*LETTER, "--their-number", "146", "--kind", "запрос"),
    ORDER,
    (*ORDER, "--number", "1-р"),
    ("document", "reserve", "р", "--count", "2"),
    ("document", "edit", "01-23/1", "sheets=3"),
    ("document", "link", "1-р", "executes", "01-23/1"),
    ("document", "list"),
    ("document", "list", "flow:incoming", "--format", "csv"),
    ("document", "search", "приказа", "--format", "json"),
    ("document", "search", "елочная"),
    ("document", "show", "01-23/1", "--format", "json"),
    ("--as", "kim", "document", "list", "--format", "json"),
    ("--as", "kim", "journal", "add", "Ж", "--name", "Ж", "--flow", "order"),
    ("journal", "list"),
    ("journal", "gaps", "р"),
    ("calendar", "explain", "--from", "22.04.2025", "--term", "оперативно"),
    (
        *("assignment", "issue", "--document", "01-23/1", "--text", "Подготовить ответ"),
        *("--executor", "kim", "--due", "5 рд", "--format", "json"),
    ),
    ("assignment", "list"),
    ("report", "overdue", "--as-of", "31.12.2027", "--format", "json"),
    ("report", "overdue", "--as-of", "31.12.2027", "--fail-if", "any"),
    ("import", "documents", str(EXAMPLES / "letters.csv"), "--format", "json"),
    ("import", "documents", str(EXAMPLES / "letters.csv"), "--format", "json"),
    ("document", "list", "--limit", "5", "--format", "jsonl", "--fields", "number,subject"),
    ("export", "documents", "-", "--query", "flow:incoming"),
    ("document", "cancel", "1-р", "--reason", "дважды", "--yes"),
    ("document", "history", "01-23/1"),
    ("audit", "verify"),
)
# what differs between two runs of anything: ids, moments, durations, cursors, hashes
_VARYING = (
    (re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"), "‹id›"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "‹hash›"),
    (re.compile(r"\b[0-9a-f]{8}\b"), "‹short›"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+\d\d:\d\d)?"), "‹moment›"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"), "‹minute›"),
    (re.compile(r'("seconds": )[\d.]+'), r"\1‹s›"),
    (re.compile(r"(--after |\"next\": \")[\w-]+"), r"\1‹cursor›"),
    (re.compile(r"(sqlite|postgresql)[^\s\"]*"), "‹database›"),
    (re.compile(r" {2,}|-{3,}"), " "),
)


@pytest.fixture
def offices(
    sqlite_template: Path, postgres_template: str, tmp_path: Path
) -> Iterator[dict[str, Settings]]:
    """Return the settings of a fresh office on each engine, and of one to be served."""
    path = tmp_path / "sqlite" / "sed.db"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    made = {"sqlite": settings_of(path, "admin")}
    names = {one: postgres.create_database(postgres_template) for one in ("postgresql", "server")}
    for one, name in names.items():
        made[one] = Settings(postgres.database_address(name), tmp_path / one, login="admin")
    yield made
    for name in names.values():
        postgres.drop_database(name)


def said(outcome: Outcome) -> tuple[int, str, str]:
    """Return the status and what was printed, without what differs in any two runs."""
    texts = []
    for text in (outcome.out, outcome.err):
        for pattern, instead in _VARYING:
            text = pattern.sub(instead, text)  # noqa: PLW2901 - each pattern works on the last
        texts.append(text)
    return outcome.status, texts[0], texts[1]


@pytest.mark.slow
def test_the_same_session_says_the_same(
    offices: dict[str, Settings],
    anywhere: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SED_LINK_BASE", "https://sed.example.org")
    heard: dict[str, list[tuple[int, str, str]]] = {}
    for engine in ("sqlite", "postgresql"):
        settings = offices[engine]
        monkeypatch.setenv("SED_FILES", str(settings.files))
        monkeypatch.setenv("SED_USER", "admin")
        heard[engine] = session("--database", address(settings), anywhere=anywhere)
    monkeypatch.delenv("SED_USER")
    with serving(offices["server"], None) as server:
        monkeypatch.setenv("SED_SERVER", server)
        monkeypatch.setenv("SED_TOKEN", secret_of(offices["server"]))
        began = session(anywhere=anywhere, steps=SESSION[:1])
        keep_session(offices["server"], "kim", server)
        heard["server"] = began + session(anywhere=anywhere, steps=SESSION[1:])

    for words, *answers in zip(SESSION, *heard.values(), strict=True):
        assert answers == answers[:1] * len(answers), words
    statuses = [status for status, _out, _err in heard["sqlite"]]
    assert {words[:2]: s for words, s in zip(SESSION, statuses, strict=True) if s in {1, 2}} == {}


def session(
    *place: str, anywhere: Callable[..., Outcome], steps: Sequence[tuple[str, ...]] = SESSION
) -> list[tuple[int, str, str]]:
    """Return what every step says."""
    return [said(anywhere(*place, *words)) for words in steps]
