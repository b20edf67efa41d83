"""Work on a whole database: told in the trail of its topmost organizations, answers kept.

There is no actor: the trail names the operating-system user.
"""

from __future__ import annotations

import getpass
import hashlib
import json
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.clock import Clock, SystemClock
from sed_tui.errors.idempotency import KeyReused
from sed_tui.errors.installation import NotADatabase
from sed_tui.storage import audit, database
from sed_tui.storage.database import found_revision, open_database, sqlite_path
from sed_tui.storage.tables.idempotency import IdempotencyTable
from sed_tui.storage.tables.organization import OrganizationTable
from sed_tui.storage.tenancy import look_everywhere
from sed_tui.storage.transfer import ELSEWHERE
from sed_tui.storage.writer_queue import turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from sqlalchemy import Connection

    from sed_tui.config import Settings


def tell(
    settings: Settings, operation: str, changes: Mapping[str, Any], reason: str | None, clock: Clock
) -> None:
    """Write what was done to the database into the trails; an older schema has to be upgraded."""
    with _current(settings, writes=True) as db:
        for organization in _topmost(db) if db else ():
            audit.append(
                db,  # type: ignore[arg-type]
                audit.Circumstances(
                    organization_id=organization,
                    at=clock.now(),
                    actor=getpass.getuser(),
                    source="cli",
                    operation=operation,
                    reason=reason,
                ),
                [audit.Entry(operation, "database", "database", None, changes)],
            )


def earlier_answer(
    settings: Settings, operation: str, asked: str, key: str
) -> dict[str, Any] | None:
    """Return the answer that the database keeps under a key. Raises `KeyReused`."""
    table = IdempotencyTable
    with _current(settings) as db:
        row = (
            db
            and db.execute(
                select(col(table.operation), col(table.request_hash), col(table.result)).where(
                    col(table.key) == key, col(table.organization_id).in_(_topmost(db))
                )
            ).first()
        )
    if not row:
        return None
    if (row.operation, row.request_hash) != (operation, _fingerprint(asked)):
        raise KeyReused(field="idempotency_key", key=key)
    answer: dict[str, Any] = json.loads(row.result)
    return answer


def keep_answer(
    settings: Settings, operation: str, asked: str, key: str, answer: Mapping[str, Any]
) -> None:
    """Keep an answer under a key, for a repeated call."""
    with _current(settings, writes=True) as db:
        for organization in _topmost(db)[:1] if db else ():
            values = {
                "organization_id": organization,
                "key": key,
                "operation": operation,
                "request_hash": _fingerprint(asked),
                "result": json.dumps(answer, ensure_ascii=False),
                "at": SystemClock().now(),
            }
            db.execute(insert(IdempotencyTable).values(**values))  # type: ignore[union-attr]


def _topmost(db: Connection) -> list[UUID]:
    """Return the organizations that have none above them here."""
    table = OrganizationTable
    elsewhere = select(col(table.id)).where(col(table.state) == ELSEWHERE)
    return list(
        db.scalars(
            select(col(table.id))
            .where(
                col(table.state) != ELSEWHERE,
                col(table.parent_id).is_(None) | col(table.parent_id).in_(elsewhere),
            )
            .order_by(col(table.code))
        )
    )


@contextmanager
def _current(settings: Settings, *, writes: bool = False) -> Iterator[Connection | None]:
    """Give a transaction on a database of the schema we know, None where there is none."""
    engine = open_database(settings.database)
    path = sqlite_path(engine)
    try:
        if not _is_current(settings):
            yield None
            return
        with (
            turn(path) if writes and path is not None else nullcontext(),
            engine.execution_options(writes=writes).begin() as db,
        ):
            look_everywhere(db)
            yield db
    finally:
        engine.dispose()


def _is_current(settings: Settings) -> bool:
    engine = open_database(settings.database)
    try:
        return found_revision(engine) == database.REVISIONS[-1]
    except NotADatabase:
        return False
    finally:
        engine.dispose()


def _fingerprint(asked: str) -> str:
    return hashlib.sha256(asked.encode()).hexdigest()
