"""The upkeep of a database by whoever runs it: state, upgrade, backup, restore, check.

There is no actor: who can reach the file or the server's owner can do all of it.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from sed_tui.domain.clock import OFFICE_ZONE, Clock, SystemClock
from sed_tui.errors.causes import database_cause
from sed_tui.errors.installation import DatabaseUnavailable, NoDatabase, NotADatabase, SchemaNewer
from sed_tui.errors.upkeep import UpgradeFailed
from sed_tui.storage import backup as copies
from sed_tui.storage import database
from sed_tui.storage.database import (
    PATIENCE_SECONDS,
    found_revision,
    open_database,
    require_schema,
    shown,
    sqlite_path,
)
from sed_tui.storage.files import open_store
from sed_tui.storage.locks import without_writers
from sed_tui.storage.tenancy import look_everywhere
from sed_tui.storage.writer_queue import turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from sed_tui.config import Settings
    from sed_tui.storage.files import FileStore
    from sed_tui.storage.integrity import Check


@dataclass(frozen=True, slots=True)
class Status:
    """What database this is; `state` is current, outdated or newer."""

    database: str
    server: str
    schema: str
    needed: str
    state: str
    organizations: int | None
    documents: int | None
    files: str


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did; without a backup nothing was to be done, or none was wanted."""

    before: str
    after: str
    backup: str | None


@dataclass(frozen=True, slots=True)
class BackedUp:
    """Where a backup is; `contents` counts copied files, None says that they are not in it."""

    backup: str
    schema: str
    size: int
    contents: int | None


@dataclass(frozen=True, slots=True)
class Collected:
    """How many contents nothing named, and how many bytes they took."""

    removed: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the copy of what was there before lies."""

    database: str
    schema: str
    previous: str | None
    contents: int | None


def status(settings: Settings) -> Status:
    """Describe the database."""
    with _database(settings) as engine:
        found = _existing(engine)
        state = "current" if found == database.REVISIONS[-1] else "outdated"
        if found not in database.REVISIONS:
            state = "newer"
        is_file = sqlite_path(engine) is not None
        with engine.connect() as db:
            organizations, documents = _counts(db) if state == "current" else (None, None)
            version = db.scalar(text(f"SELECT {'sqlite_version' if is_file else 'version'}()"))
        return Status(
            database=_place(engine),
            server=f"SQLite {version}" if is_file else str(version).partition(" on ")[0],
            schema=found,
            needed=database.REVISIONS[-1],
            state=state,
            organizations=organizations,
            documents=documents,
            files=(settings.objects or str(settings.files)).partition("?")[0],
        )


def upgrade(
    settings: Settings,
    *,
    backed_up: bool = True,
    dry_run: bool = False,
    reason: str | None = None,
    clock: Clock | None = None,
) -> Upgraded:
    """Bring the schema to what this program needs, a backup first; a dry run tells what it is.

    Raises `SchemaNewer`, and `UpgradeFailed` when it could not; the database is then as it was.
    """
    with _database(settings) as engine:
        found = _existing(engine)
        if found not in database.REVISIONS:
            raise SchemaNewer(database=_place(engine), found=found)
        if found == database.REVISIONS[-1]:
            return Upgraded(found, found, None)
        target = _beside(settings, engine, found, clock) if backed_up else None
        done = Upgraded(found, database.REVISIONS[-1], str(target) if target else None)
        if dry_run:
            return done
        with _turn(engine):
            if target is not None:
                copies.write_backup(engine, target)
            _migrate(engine, target)
    _tell(settings, "db.upgrade", done, reason, clock)
    return done


def backup(
    settings: Settings,
    target: Path | None = None,
    *,
    contents: bool = False,
    clock: Clock | None = None,
) -> BackedUp:
    """Copy the database, and with `contents` the store of files to a directory beside it.

    The database comes first: whatever file it names is in the store already.
    """
    with _database(settings) as engine:
        found = _existing(engine)
        place = target or _beside(settings, engine, found, clock)
        copies.write_backup(engine, place)
        copied = _contents_into(place, settings) if contents else None
        return BackedUp(str(place), found, place.stat().st_size, copied)


def restore(
    settings: Settings,
    source: Path,
    *,
    dry_run: bool = False,
    reason: str | None = None,
    clock: Clock | None = None,
) -> Restored:
    """Put a backup back; what was there is copied first, and nothing of it is lost.

    Whoever writes waits from before the copy until what is restored is in place. File contents
    that lie beside the backup are added to the store. A dry run looks whether the backup is whole
    and fits. Raises `SchemaNewer`.
    """
    with _database(settings) as engine:
        revision = copies.require_backup(engine, source)
        if revision not in database.REVISIONS:
            raise SchemaNewer(database=str(source), found=revision)
        if dry_run:
            return Restored(_place(engine), revision, None, None)
        with _alone(engine) as require_alone:
            previous = _put_aside(settings, engine, clock)
            require_alone()
            copies.put_back(engine, source)
        beside = contents_of(source)
        copied = _contents_from(beside, settings) if beside.is_dir() else None
        done = Restored(_place(engine), revision, str(previous) if previous else None, copied)
    _tell(settings, "db.restore", done, reason, clock)
    return done


def holds_data(settings: Settings) -> bool:
    """Tell whether a restore would replace something."""
    with _database(settings) as engine:
        try:
            return found_revision(engine) is not None
        except NotADatabase:
            return True


def check(settings: Settings, *, deep: bool = False) -> list[Check]:
    """Look whether everything in the database fits together."""
    from sed_tui.storage.integrity import check_database

    with _database(settings) as engine:
        require_schema(engine)
        with engine.begin() as db:
            look_everywhere(db)
            return list(check_database(db, open_store(settings), deep=deep))


def collect(settings: Settings, *, dry_run: bool = False) -> Collected:
    """Remove file contents that nothing names; nobody can name one meanwhile."""
    from sed_tui.storage.integrity import hold_contents, named_contents

    store, removed, size = open_store(settings), 0, 0
    with _database(settings) as engine:
        require_schema(engine)
        with _turn(engine), engine.execution_options(writes=True).begin() as db:
            look_everywhere(db)
            hold_contents(db)
            known = named_contents(db)
            for sha256, length in list(store.listed()):
                if sha256 not in known:
                    removed, size = removed + 1, size + length
                    if not dry_run:
                        store.remove(sha256)
    return Collected(removed, size)


def contents_of(backup_file: Path) -> Path:
    """Return the directory of file contents that belongs to a backup."""
    return backup_file.with_name(f"{backup_file.name}.files")


def _contents_into(place: Path, settings: Settings) -> int:
    return copies.copy_contents(open_store(settings), _unlimited(contents_of(place)))


def _contents_from(beside: Path, settings: Settings) -> int:
    return copies.copy_contents(_unlimited(beside), open_store(settings))


def _unlimited(folder: Path) -> FileStore:
    from sed_tui.storage.directory_store import DirectoryStore

    return DirectoryStore(folder, max_size=sys.maxsize)


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _existing(engine: Engine) -> str:
    found = found_revision(engine)
    if found is None:
        raise NoDatabase(database=_place(engine))
    return found


def _counts(db: Connection) -> tuple[int | None, int | None]:
    # 30 ms of tables, which the other commands do without
    from sed_tui.storage.tables.document import DocumentTable
    from sed_tui.storage.tables.organization import OrganizationTable

    look_everywhere(db)
    organizations = db.scalar(select(func.count()).select_from(OrganizationTable))
    return organizations, db.scalar(select(func.count()).select_from(DocumentTable))


def _migrate(engine: Engine, target: Path | None) -> None:
    from sed_tui.storage.schema import migrate  # 150 ms of Alembic, for upgrades alone

    try:
        migrate(engine)
    except (SQLAlchemyError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        original: Any = getattr(error, "orig", None) or error
        reason = database_cause(str(original))
        raise UpgradeFailed(
            needed=database.REVISIONS[-1], reason=reason, backup=str(target) if target else "—"
        ) from error


def _tell(
    settings: Settings,
    operation: str,
    done: Upgraded | Restored,
    reason: str | None,
    clock: Clock | None,
) -> None:
    from sed_tui.gateway.upkeep_trail import tell  # 30 ms of tables, after the work alone

    tell(settings, operation, asdict(done), reason, clock or SystemClock())


def _put_aside(settings: Settings, engine: Engine, clock: Clock | None) -> Path | None:
    try:
        found = found_revision(engine)
    except NotADatabase:
        # what cannot be read is kept as it is, under another name
        path = Path(_place(engine))
        return path.rename(_beside(settings, engine, "damaged", clock))
    if found is None:
        return None
    previous = _beside(settings, engine, f"{found}.replaced", clock)
    copies.write_backup(engine, previous)
    return previous


def _beside(settings: Settings, engine: Engine, label: str, clock: Clock | None) -> Path:
    """Return a dated name beside an SQLite file, or beside the store of a server's files."""
    moment = (clock or SystemClock()).now().astimezone(OFFICE_ZONE)
    path = sqlite_path(engine)
    name = path.stem if path else str(engine.url.database)
    folder = path.parent if path else settings.files.parent
    return folder / f"{name}.{moment:%Y-%m-%d-%H%M%S}.{label}.backup"


def _turn(engine: Engine) -> Any:
    path = sqlite_path(engine)
    if path is None:
        return nullcontext()
    path.parent.mkdir(parents=True, exist_ok=True)
    return turn(path)


@contextmanager
def _alone(engine: Engine) -> Iterator[Callable[[], None]]:
    """Keep writers out; what is yielded fails where they are not kept out any more."""
    if sqlite_path(engine) is None:
        try:
            with without_writers(engine, PATIENCE_SECONDS) as require_alone:
                yield require_alone
        except OperationalError as error:
            reason = database_cause(str(error.orig))
            raise DatabaseUnavailable(database=_place(engine), reason=reason) from error
        return
    with _turn(engine):
        yield lambda: None


def _place(engine: Engine) -> str:
    return shown(str(engine.url))
