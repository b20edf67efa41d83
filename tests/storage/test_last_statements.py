"""The last statements of a transaction: all or nothing, and told as any other refusal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from sed_tui.errors.installation import Collision, DatabaseUnavailable
from sed_tui.gateway.refusals import refusal
from sed_tui.storage.database import open_database
from sed_tui.storage.last_statements import ending_together, send_with_commit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from sed_tui.config import Settings

ADD = text("INSERT INTO last_number VALUES (:number)")


@pytest.fixture
def database(settings: Settings) -> Iterator[Engine]:
    made = open_database(settings.database)
    with made.begin() as db:
        db.execute(text("CREATE TABLE last_number (number INTEGER PRIMARY KEY)"))
    yield made
    made.dispose()


def write(database: Engine, *numbers: int, pause: float = 0) -> None:
    with database.connect() as db, ending_together(db), db.begin():
        db.execute(ADD, {"number": numbers[0]})
        send_with_commit(db)
        for number in numbers[1:]:
            db.execute(ADD, {"number": number})
            time.sleep(pause)


def written(database: Engine) -> list[int]:
    with database.connect() as db:
        return list(db.scalars(text("SELECT number FROM last_number ORDER BY number")))


def test_what_is_sent_with_the_commit_is_kept(database: Engine) -> None:
    write(database, 1, 2, 3)

    assert written(database) == [1, 2, 3]


@pytest.mark.parametrize("pause", [0, 0.1], ids=["told at the end", "told among the others"])
def test_what_is_refused_among_the_last_takes_all_back(database: Engine, pause: float) -> None:
    with pytest.raises(IntegrityError) as told:
        write(database, 4, 5, 5, 6, 7, pause=pause)

    assert isinstance(refusal(told.value, "here"), Collision)
    assert written(database) == []
    write(database, 4, 5)
    assert written(database) == [4, 5]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_connection_that_breaks_at_the_last_answers_is_told_as_a_database_away(
    database: Engine,
) -> None:
    with database.connect() as db:
        with pytest.raises(OperationalError) as told:
            end_before_the_answers(db, database)
        db.invalidate()

    assert isinstance(refusal(told.value, "here"), DatabaseUnavailable)
    assert written(database) == []


def end_before_the_answers(db: Connection, database: Engine) -> None:
    with ending_together(db):
        process = db.scalar(text("SELECT pg_backend_pid()"))
        send_with_commit(db)
        db.execute(ADD, {"number": 8})
        with database.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
