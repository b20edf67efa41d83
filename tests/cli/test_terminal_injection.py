"""What another user wrote does nothing in the terminal of who reads it, in any form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from sed_tui.rendering.cells import json_text
from sed_tui.storage.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome

EVIL = "\x1b[2J\x1b]52;c;ZXZpbA==\x07\x9b31m[red]\u202eабв\u2066\r=1+1"
# past every check: what an older version, another program or a hand has put there
COLUMNS = {
    "document": ("subject", "note"),
    "correspondent": ("name",),
    "assignment": ("text",),
    "employee": ("full_name", "position"),
    "organization": ("name",),
    "journal": ("name",),
    "document_file": ("name",),
}
LOOKS = (
    *(("document", "list"), ("document", "show", "01-23/1"), ("document", "history", "01-23/1")),
    *(("document", "file", "list", "01-23/1"), ("assignment", "list", "--scope", "all")),
    *(("correspondent", "list"), ("user", "list"), ("user", "show", "petrov")),
    *(("organization", "show"), ("organization", "tree"), ("journal", "list"), ("audit", "list")),
    *(("report", "journal"), ("report", "overdue"), ("document", "show", "01-23/")),
)


@pytest.fixture
def poisoned(sedctl: Callable[..., Outcome], settings: Settings) -> Callable[..., Outcome]:
    """Return an office in which every text begins with what acts on a terminal."""
    letter = ("--from", "Минздрав", "--their-number", "1", "--their-date", "20.11.2026")
    assert sedctl("document", "register", "incoming", "--subject", "О мостах", *letter).status == 0
    assert (
        sedctl("user", "add", "petrov", "--name", "Петров В.С.", "--role", "executor").status == 0
    )
    for word in ("1", "2"):  # two of a name: their list stands in a message
        added = sedctl("user", "add", f"twin{word}", "--name", "Двойнов А.А.")
        assert added.status == 0
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        for table, columns in COLUMNS.items():
            for column in columns:
                statement = f"UPDATE {table} SET {column} = coalesce({column}, '') || :evil"
                db.execute(text(statement), {"evil": EVIL})
    engine.dispose()
    return sedctl


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "jsonl"])
def test_no_form_passes_on_what_acts(poisoned: Callable[..., Outcome], form: str) -> None:
    shown = 0
    for look in LOOKS:
        answer = poisoned(*look, "--format", form)
        for printed in (answer.out, answer.err):
            acting = [one for one in printed if one not in "\n\t" and not one.isprintable()]
            assert acting == [], (look, acting)
        shown += "абв" in answer.out
        assert form not in {"csv", "tsv"} or "\n=" not in answer.out
    assert shown >= 8


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_json_says_the_same_and_does_nothing(value: Any) -> None:
    for indent in (None, 2):
        shown = json_text(value, indent)

        assert json.loads(shown) == value
        assert not any(
            0x7F <= ord(one) <= 0x9F or ord(one) in range(0x202A, 0x202F) for one in shown
        )
