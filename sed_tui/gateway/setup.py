"""Making a database: the schema and the first organization, which nobody exists to ask for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from sed_tui.domain.access import Role
from sed_tui.domain.actor import Actor
from sed_tui.domain.clock import Clock, SystemClock
from sed_tui.errors.installation import AlreadyInitialized
from sed_tui.handlers.founding import initialize_organization
from sed_tui.handlers.work import Work
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import found_revision, open_database, shown
from sed_tui.storage.files import open_store
from sed_tui.storage.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from sed_tui.config import Settings
    from sed_tui.operations.organization import Initialized, InitializeOrganization


def initialize(
    settings: Settings,
    request: InitializeOrganization,
    clock: Clock | None = None,
    reason: str | None = None,
) -> Initialized:
    """Make the schema and the first organization. Raises `AlreadyInitialized`."""
    options = CallOptions(reason=reason)
    with _empty(settings) as engine:
        migrate(engine)
        return _found(engine, settings, request, options, clock or SystemClock())


@contextmanager
def rehearsed(settings: Settings, *, dry_run: bool) -> Iterator[Settings]:
    """Give the settings, for a dry run those of a scratch database that is thrown away.

    Raises `AlreadyInitialized` where the real database could not be made.
    """
    if not dry_run:
        yield settings
        return
    with _empty(settings), TemporaryDirectory(prefix="sed-rehearsal-") as scratch:
        place = Path(scratch)
        yield replace(settings, database=f"sqlite:///{place / 'sed.db'}", files=place / "files")


@contextmanager
def _empty(settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings.database)
    try:
        if found_revision(engine) is not None:
            raise AlreadyInitialized(database=shown(settings.database))
        yield engine
    finally:
        engine.dispose()


def _found(
    engine: Engine,
    settings: Settings,
    request: InitializeOrganization,
    options: CallOptions,
    clock: Clock,
) -> Initialized:
    founder = Actor(
        employee_id=uuid4(),
        login=request.login,
        name=request.full_name or request.login,
        organization_id=uuid4(),
        organization=request.code or "01",
        roles=frozenset(Role) - {Role.SYSTEM},
        clearance=True,
    )
    with engine.execution_options(writes=True).begin() as db:
        work = Work(
            db,
            founder,
            options,
            "organization.initialize",
            clock.now(),
            open_store(settings),
        )
        result = initialize_organization(work, request)
        work.finish()
    return result
