"""The last statements of a transaction: all or nothing, and told as any other refusal."""

from __future__ import annotations

import logging
import time
from threading import Timer
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

    from sqlalchemy import Engine

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
@pytest.mark.parametrize("broken", ["before they are sent", "while they are waited for"])
def test_a_connection_that_breaks_at_the_last_answers_is_told_as_a_database_away(
    database: Engine, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(OperationalError) as told:
        write_and_lose(database, after=0.2 if broken == "while they are waited for" else 0)

    assert isinstance(refusal(told.value, "here"), DatabaseUnavailable)
    assert written(database) == []
    # nothing was asked of the broken connection any more
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def write_and_lose(database: Engine, after: float) -> None:
    """Write, and lose the connection before the answers or, seconds later, among them."""
    with database.connect() as db, ending_together(db), db.begin():
        process = db.scalar(text("SELECT pg_backend_pid()"))
        send_with_commit(db)
        db.execute(ADD, {"number": 8})
        losing = Timer(after, lose, [database, process])
        losing.start()
        if after == 0:
            losing.join()
        db.execute(text("SELECT pg_sleep(60)"))


def lose(database: Engine, process: int) -> None:
    with database.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
