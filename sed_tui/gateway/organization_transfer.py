"""A whole organization taken out of one database and put into another.

Exporting takes an administrator of the organization; importing, as a restore, whoever runs
the database. Both are told in the organization's trail.
"""

from __future__ import annotations

import getpass
import shutil
import tempfile
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from sed_tui.domain.access import Role
from sed_tui.domain.clock import Clock, SystemClock
from sed_tui.errors import NotPermitted
from sed_tui.errors.causes import system_cause
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.errors.transfer import FolderTaken
from sed_tui.gateway.refusals import refusal
from sed_tui.handlers.search_entry import reindex_organization
from sed_tui.i18n import N_, _
from sed_tui.storage import audit
from sed_tui.storage.actors import Wanted, find_actor
from sed_tui.storage.database import (
    REVISIONS,
    found_revision,
    open_database,
    require_schema,
    shown,
    sqlite_path,
)
from sed_tui.storage.exported_chain import require_whole_trail
from sed_tui.storage.exported_rows import require_own_rows
from sed_tui.storage.files import open_store
from sed_tui.storage.organization_export import write_originals, write_rows
from sed_tui.storage.organization_import import keep_originals, load_rows, require_absent
from sed_tui.storage.tenancy import look_everywhere
from sed_tui.storage.transfer import FORMAT, ORGANIZATION, table_named
from sed_tui.storage.transfer_manifest import (
    Manifest,
    SumsWriter,
    read_manifest,
    verify_files,
    write_manifest,
)
from sed_tui.storage.writer_queue import turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from sed_tui.config import Settings
    from sed_tui.domain.actor import Actor

_EXPORT = N_("Export an organization")


@dataclass(frozen=True, slots=True)
class Moved:
    """What was written or read; `digest` is the SHA-256 of the list of files."""

    organization: str
    name: str
    folder: str
    rows: int
    originals: int
    digest: str


def export_organization(settings: Settings, folder: Path, clock: Clock | None = None) -> Moved:
    """Write the actor's organization to a folder, which appears when it is whole.

    Raises `FolderTaken`, `NotPermitted`, `FileLost`, `FileDamaged`.
    """
    if folder.exists():
        raise FolderTaken(folder=str(folder))
    with _engine(settings) as engine:
        require_schema(engine)
        # one moment of the database; contents never change
        reading = engine.execution_options(
            **({} if sqlite_path(engine) else {"isolation_level": "REPEATABLE READ"})
        )
        with reading.begin() as db:
            look_everywhere(db)
            actor = _administrator(db, settings)
            with _appearing(folder) as draft:
                manifest = _write(db, settings, actor, draft, clock or SystemClock())
        with _writing(engine) as db:
            _tell(db, manifest, "export", actor.login, None, clock or SystemClock())
    return _moved(manifest, folder)


def import_organization(
    settings: Settings,
    folder: Path,
    *,
    dry_run: bool = False,
    reason: str | None = None,
    clock: Clock | None = None,
) -> Moved:
    """Put an export into a database that does not hold the organization; make one if need be.

    Every file is compared with the manifest first, and the audit trail followed; a dry run
    ends there. Raises `NotAnExport`, `ExportOfOtherVersion`, `ExportTampered`,
    `PathLeavesExport`, `ForeignRows`, `ExportedTrailBroken`, `RowsHere`, `OrganizationHere`.
    """
    manifest = read_manifest(folder, FORMAT, REVISIONS[-1])
    verify_files(folder, manifest)
    require_own_rows(folder, UUID(manifest.organization_id))
    require_whole_trail(folder)
    with _engine(settings) as engine:
        if found_revision(engine) is None:
            if dry_run:
                return _moved(manifest, folder)
            from sed_tui.storage.schema import migrate  # 150 ms of Alembic, for new files alone

            migrate(engine)
        require_schema(engine)
        if dry_run:
            with engine.begin() as db:
                look_everywhere(db)
                require_absent(db, manifest)
            return _moved(manifest, folder)
        with _writing(engine) as db:
            require_absent(db, manifest)
            load_rows(db, folder, UUID(manifest.organization_id))
            # after the rows that name them, so that nobody collects them in between
            keep_originals(folder, open_store(settings))
            reindex_organization(db, UUID(manifest.organization_id))
            _tell(db, manifest, "import", getpass.getuser(), reason, clock or SystemClock())
    return _moved(manifest, folder)


def _write(
    db: Connection, settings: Settings, actor: Actor, folder: Path, clock: Clock
) -> Manifest:
    table = table_named(ORGANIZATION)
    office = db.execute(select(table).where(table.c.id == actor.organization_id)).one()
    sums = SumsWriter(folder)
    try:
        rows = write_rows(db, actor.organization_id, sums)
        store = open_store(settings)
        originals = write_originals(db, actor.organization_id, store, sums)
    finally:
        sums.close()
    manifest = Manifest(
        format=FORMAT,
        schema=REVISIONS[-1],
        program=version("sed-tui"),
        made_at=clock.now().isoformat(),
        organization_id=str(actor.organization_id),
        code=office.code,
        name=office.name,
        rows=rows,
        originals=originals,
        sums=sums.digest,
    )
    write_manifest(folder, manifest)
    return manifest


def _administrator(db: Connection, settings: Settings) -> Actor:
    actor = find_actor(db, settings.login, Wanted(settings.organization))
    if Role.ADMINISTRATOR not in actor.roles:
        raise NotPermitted(operation=_(_EXPORT), login=actor.login)
    return actor


def _tell(
    db: Connection, manifest: Manifest, event: str, actor: str, reason: str | None, clock: Clock
) -> None:
    # `trail` is how far the trail goes in it: what is told later is not exported
    told = {
        "digest": manifest.sums,
        "originals": manifest.originals,
        "trail": manifest.rows["tables/audit_event"],
    }
    circumstances = audit.Circumstances(
        organization_id=UUID(manifest.organization_id),
        at=clock.now(),
        actor=actor,
        source="cli",
        operation=f"organization.{event}",
        reason=reason,
    )
    entry = audit.Entry(event, "organization", manifest.organization_id, None, told)
    audit.append(db, circumstances, [entry])


def _moved(manifest: Manifest, folder: Path) -> Moved:
    rows = sum(count for path, count in manifest.rows.items() if path.startswith("tables/"))
    return Moved(manifest.code, manifest.name, str(folder), rows, manifest.originals, manifest.sums)


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """Give a folder that gets its name when everything is in it, for its owner alone."""
    try:
        draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".sedctl-"))
        try:
            yield draft
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # there is none when all went well
    except OSError as error:
        raise ReadOnlyStorage(place=str(folder), reason=system_cause(error)) from error


@contextmanager
def _engine(settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings.database)
    try:
        yield engine
    except DBAPIError as error:
        raise refusal(error, shown(settings.database)) from error
    finally:
        engine.dispose()


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    path = sqlite_path(engine)
    with (
        turn(path) if path is not None else nullcontext(),
        engine.execution_options(writes=True).begin() as db,
    ):
        look_everywhere(db)
        yield db
