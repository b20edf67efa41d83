"""Copies of a database: a file of SQLite, a dump of PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from sed_tui.errors import SedError
from sed_tui.errors.causes import database_cause, system_cause
from sed_tui.errors.upkeep import (
    BackupExists,
    BackupFailed,
    BackupToolMissing,
    NotABackup,
    RestoreFailed,
)
from sed_tui.i18n import _
from sed_tui.storage.database import found_revision, open_database, sqlite_path
from sed_tui.storage.tenancy import EVERYWHERE
from sed_tui.storage.wall import has_wall, require_roles

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from sed_tui.storage.files import FileStore

_DUMP_MAGIC = b"PGDMP"


def write_backup(engine: Engine, target: Path) -> None:
    """Copy a database while others go on reading and writing; the copy is of one moment.

    The file appears when it is whole. Raises `BackupExists`, `BackupFailed` and
    `BackupToolMissing`.
    """
    if target.exists():
        raise BackupExists(file=str(target))
    if not target.parent.is_dir():
        raise BackupFailed(
            file=str(target), reason=_("there is no folder {folder}").format(folder=target.parent)
        )
    draft = target.with_name(f".{target.name}.part")
    try:
        # nobody else may read it: whole correspondence stands in it
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        path = sqlite_path(engine)
        if path is None:
            _dump(engine, draft)
        else:
            _copy(path, draft)
        _make_durable(draft)
        draft.replace(target)
    except OSError as error:
        raise BackupFailed(file=str(target), reason=system_cause(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def require_backup(engine: Engine, source: Path) -> str:
    """Return the revision of the schema in a backup, checked whole. Raises `NotABackup`."""
    if not source.is_file():
        raise NotABackup(file=str(source), reason=_("there is no such file"))
    if sqlite_path(engine) is None:
        return _require_dump(source)
    copy = open_database(f"sqlite:///{source}")
    try:
        with closing(_opened(source)) as db:
            problem = db.execute("PRAGMA integrity_check").fetchone()[0]
        revision = found_revision(copy)
    except (sqlite3.Error, SedError) as error:
        raise NotABackup(file=str(source), reason=_cause(error)) from error
    finally:
        copy.dispose()
    if problem != "ok" or revision is None:
        reason = _("there is nothing of ours in it") if problem == "ok" else _("it is damaged")
        raise NotABackup(file=str(source), reason=reason)
    return revision


def put_back(engine: Engine, source: Path) -> None:
    """Replace the content of a database by that of a backup, whole or not at all.

    Raises `RestoreFailed` and `BackupToolMissing`.
    """
    path = sqlite_path(engine)
    if path is None:
        _restore(engine, source)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # into the same file, in one transaction: whoever has it open goes on with what is
        # restored, where a file put in its place would leave them writing to a lost one
        with closing(_opened(source)) as copy, closing(sqlite3.connect(path, timeout=30)) as live:
            copy.backup(live)
            live.execute("PRAGMA journal_mode = WAL")
    except (OSError, sqlite3.Error) as error:
        raise RestoreFailed(reason=_cause(error)) from error


def copy_contents(source: FileStore, target: FileStore) -> int:
    """Copy the file contents that the target lacks, and return how many they were.

    A content never changes under its digest, so what is there is not copied again.
    """
    copied, there = 0, dict(target.listed())
    for sha256, size in source.listed():
        if there.get(sha256) == size:
            continue
        with closing(source.open(sha256)) as content:
            staged = target.stage(content)
        # what is damaged here is found by the check; there it would stand under a false name
        if staged.sha256 == sha256:
            target.keep(staged.token)
            copied += 1
        target.discard(staged.token)
    return copied


def _copy(source: Path, target: Path) -> None:
    with closing(_opened(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        # a backup is one file: no log beside it that could be left behind
        copy.execute("PRAGMA journal_mode = DELETE")
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise BackupFailed(file=str(target), reason=_("the database is damaged"))


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)


def _dump(engine: Engine, target: Path) -> None:
    # as a role that sees every row: a login behind the wall would copy none, and say nothing
    with engine.begin() as db:
        wall = ["--enable-row-security", f"--role={EVERYWHERE}"] if has_wall(db) else []
    done = _run(engine, ["pg_dump", "--format=custom", "--no-owner", *wall, f"--file={target}"])
    if done.returncode:
        raise BackupFailed(file=str(target), reason=database_cause(done.stderr)) from _said(done)
    read = _read_back(target)
    if read.returncode:
        raise BackupFailed(file=str(target), reason=database_cause(read.stderr)) from _said(read)


def _read_back(dump: Path) -> subprocess.CompletedProcess[str]:
    """Read every compressed block of a dump: one that cannot be restored is none."""
    return _program(["pg_restore", f"--file={os.devnull}", str(dump)])


def _restore(engine: Engine, source: Path) -> None:
    with engine.begin() as db:
        require_roles(db)
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    done = _run(engine, ["pg_restore", *options], str(source))
    if done.returncode:
        raise RestoreFailed(reason=database_cause(done.stderr)) from _said(done)


def _require_dump(source: Path) -> str:
    with source.open("rb") as file:
        if file.read(len(_DUMP_MAGIC)) != _DUMP_MAGIC:
            raise NotABackup(file=str(source), reason=_("it was not made by pg_dump"))
    done = _program(
        ["pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(source)]
    )
    lines = done.stdout.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("COPY ")), None)
    if done.returncode or start is None or len(lines) <= start + 1:
        reason = _("it is damaged") if done.returncode else _("there is nothing of ours in it")
        raise NotABackup(file=str(source), reason=reason) from _said(done)
    if (read := _read_back(source)).returncode:
        raise NotABackup(file=str(source), reason=_("it is damaged")) from _said(read)
    return lines[start + 1].strip()


def _run(engine: Engine, command: list[str], *files: str) -> subprocess.CompletedProcess[str]:
    from psycopg.conninfo import make_conninfo

    # as the tools read it: several servers are named otherwise in our URL
    parts = {**engine.dialect.create_connect_args(engine.url)[1]}
    secret = parts.pop("password", None)
    parts.pop("context", None)  # the driver's own
    address = f"--dbname={make_conninfo(**parts)}"
    # a password on the command line could be read by every user of the machine
    password = {"PGPASSWORD": str(secret)} if secret else {}
    return _program([*command, address, *files], password)


def _program(
    command: list[str], extra: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    tool = command[0]
    if shutil.which(tool) is None:
        raise BackupToolMissing(tool=tool)
    environment = {**os.environ, **(extra or {}), "LC_MESSAGES": "C"}
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _said(done: subprocess.CompletedProcess[str]) -> Exception | None:
    """Return what a tool said as the cause of a failure."""
    said = done.stderr.strip().partition("\n")[0]
    return subprocess.SubprocessError(said) if said else None


def _cause(error: Exception) -> str:
    match error:
        case SedError():
            return str(error)
        case OSError():
            return system_cause(error)
    return database_cause(str(error))


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
