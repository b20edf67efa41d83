"""The same query gives the same set on SQLite and PostgreSQL, whatever is asked."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sed_tui.domain.query import Words
from sed_tui.storage import stems
from sed_tui.storage.database import open_database
from sed_tui.storage.search import matching
from tests import postgres
from tests.storage.indexed import found, stored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

WORDS = [
    "приказ",
    "приказа",
    "приказы",
    "Приказом",
    "школа",
    "школы",
    "школьный",
    "ещё",
    "еще",
    "ёлка",
    "устав",
    "устава",
    "состав",
    "Минздрав",
    "минздрава",
    "о",
    "об",
    "в",
    "01-23/1456",
    "1456",
    "01-23",
    "ОГ-77/26",
    "OГ-77/26",
    "123-р",
    "3.5",
    "2026",
    "naïve",
    "хөкүмәт",
    "Київ",
    "北京",
    "ﬁnance",
    "№",
    "—",
    "'",
    '"',
    "*",
    "&",
    "|",
    "!",
    ":",
    "(",
    ")",
    "\\",
    "%",
    "_",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "stems",
    "a's",
    "x:y",
    "<->",
    "key1",
    "keyъъъ1",
    "ъ",
    "ъъ",
    "ъъъ",
    "social-media",
    "социально-экономический",
    "ООО«Ромашка»",
]
# a line break divides fields, which no phrase spans
ONE_LINE = st.characters(exclude_characters="\n", exclude_categories=["Cs"])
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(ONE_LINE, max_size=20)
asked = st.builds(
    Words,
    texts,
    is_phrase=st.booleans(),
    is_begun=st.booleans(),
    field=st.sampled_from([None, None, "number"]),
)


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, postgres_template: str
) -> Iterator[tuple[Engine, Engine]]:
    """Return an initialized database of each kind."""
    path = tmp_path_factory.mktemp("alike") / "sed.db"
    shutil.copy(sqlite_template, path)
    name = postgres.create_database(postgres_template)
    engines = open_database(f"sqlite:///{path}"), open_database(postgres.database_address(name))
    yield engines
    for engine in engines:
        engine.dispose()
    postgres.drop_database(name)


def positions(engine: Engine, corpus: list[str], wanted: list[Words]) -> set[int] | None:
    """Return which texts of a corpus are found, None where there is nothing to look for."""
    with engine.execution_options(writes=True).connect() as db, db.begin() as transaction:
        keys = stored(db, *corpus)
        condition = matching(db.dialect.name, wanted)
        hits = None if condition is None else found(db, *wanted)
        transaction.rollback()
    return None if hits is None else {keys.index(key) for key in hits}


@settings(max_examples=60, deadline=None)
@given(corpus=st.lists(texts, min_size=1, max_size=5), wanted=st.lists(asked, max_size=3))
def test_the_same_query_gives_the_same_set(
    both: tuple[Engine, Engine], corpus: list[str], wanted: list[Words]
) -> None:
    sqlite, postgresql = both

    assert positions(sqlite, corpus, wanted) == positions(postgresql, corpus, wanted)


@settings(max_examples=60, deadline=None)
@given(text=texts, place=st.integers(0, 5))
def test_every_text_is_found_by_itself(both: tuple[Engine, Engine], text: str, place: int) -> None:
    for words in (Words(text), Words(text.upper()), Words(text, is_phrase=True)):
        assert positions(both[place % 2], ["иное", text], [words]) in (None, {1})


@given(text=st.text())
def test_a_term_is_one_that_no_database_changes(text: str) -> None:
    for term in [*stems.terms(text), *stems.words(text), *stems.phrase(text)]:
        assert re.fullmatch(r"[0-9a-zа-я]+", term)
