"""Shared fixtures: an initialized office on each database, and the environment kept out."""

from __future__ import annotations

import gc
import os
import re
import shutil
import sys
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from sed_tui import i18n
from sed_tui.config import Settings, database_url
from sed_tui.gateway.setup import initialize
from sed_tui.operations.organization import InitializeOrganization
from tests.served import opened, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from sed_tui.gateway.local import LocalGateway
    from tests.postgres_copies import Copies
    from tests.postgres_sessions import Sessions

pytest_plugins = ("tests.mail.fixtures", "tests.programs")
ENGINES = ("sqlite", "postgresql")
# a run imports the program hundreds of times, in processes that it starts, and reads nine
# thousand tests in every worker: what is compiled is kept, whatever the environment says
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take `--remote`: everything that runs through a gateway runs through a real server.

    `--served-engine=postgresql` puts PostgreSQL under it. `--sqlite` leaves PostgreSQL out.
    """
    parser.addoption("--sqlite", action="store_true", help="on SQLite alone, for a short run")
    parser.addoption("--remote", action="store_true", help="through a server on loopback")
    parser.addoption("--served-engine", choices=ENGINES, default=ENGINES[0])


def pytest_configure(config: pytest.Config) -> None:
    """Choose one PostgreSQL for the whole run, before the workers start."""
    # the first text of a fresh clone waits for the tables of Unicode, whatever test asks for it
    hypothesis.settings.register_profile(
        "sed", suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("sed")
    if not hasattr(config, "workerinput"):
        from tests import postgres

        postgres.prepare()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of `--remote` what is local by nature, and pictures: they show a file's name."""
    if config.getoption("--remote"):
        items[:] = [one for one in items if "snap_compare" not in getattr(one, "fixturenames", ())]
        for one in items:
            if (mark := one.get_closest_marker("local_only")) is not None:
                one.add_marker(pytest.mark.skip(reason=f"local only: {mark.args[0]}"))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no server and no file of it behind."""
    if not hasattr(config, "workerinput"):
        from tests import postgres

        postgres.clean_up()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Read the tests without looking for garbage: nearly all that is made stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what lives to the end of the run.

    The modules, the collected tests and the compiled statements are half a million objects:
    looking through them again and again took a quarter of the interface tests' time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever touches a database on both engines, unless a test names one itself.

    The interface asks for everything through the gateway, which knows no engine: its tests
    run on SQLite, and those marked `both_engines` on PostgreSQL too.
    """
    if "engine" in metafunc.fixturenames and not any(
        mark.name == "parametrize" and "engine" in str(mark.args[0])
        for mark in metafunc.definition.iter_markers()
    ):
        is_interface = metafunc.module.__name__.startswith("tests.tui.")
        one = is_interface and metafunc.definition.get_closest_marker("both_engines") is None
        one = one or metafunc.config.getoption("--sqlite")
        engines = ENGINES[:1] if one else ENGINES
        if metafunc.config.getoption("--remote"):
            engines = (metafunc.config.getoption("--served-engine"),)
        metafunc.parametrize("engine", engines)
    if "is_served" in metafunc.fixturenames and not any(
        mark.name == "parametrize" and "is_served" in str(mark.args[0])
        for mark in metafunc.definition.iter_markers()
    ):
        if metafunc.config.getoption("--remote"):
            metafunc.parametrize("is_served", [True], ids=["remote"])
        elif metafunc.definition.get_closest_marker("remote_too") is not None:
            metafunc.parametrize("is_served", [False, True], ids=["local", "remote"])


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    base, known = tmp_path_factory.getbasetemp(), Counter[str]()

    def make(test: str) -> Path:
        name = re.sub(r"\W", "_", test)[:30]
        folder = base / f"{name}{known[name]}"
        known[name] += 1
        folder.mkdir(mode=0o700)
        return folder

    return make


@pytest.fixture
def tmp_path(_folders: Callable[[str], Path], request: pytest.FixtureRequest) -> Path:
    """Return a folder of the name that pytest's own would have.

    Pytest looks through all the folders of the run for the next number, and keeps a link to the
    last one of each name: with thousands of tests that took longer than many a test.
    """
    return _folders(request.node.name)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("SED_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SED_LANG", "en")
    monkeypatch.setenv("SED_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def postgres_sessions() -> Iterator[Sessions]:
    """Let sessions of PostgreSQL stay for the next gateway over the same database."""
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    from tests.postgres_sessions import Sessions

    sessions = Sessions()
    with pytest.MonkeyPatch.context() as patch:
        close = sessions.closing(PGDialect_psycopg.do_close)
        patch.setattr(PGDialect_psycopg, "do_close", close)
        yield sessions


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once(postgres_sessions: Sessions) -> Iterator[None]:
    """Let every office use the statements that another one has compiled.

    A program compiles a statement once and lives with one database; a test has a database
    of its own, and half of its time went into compiling the same statements again.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.engine import make_url

    from sed_tui.storage import database

    first: dict[str, Engine] = {}

    def made(url: str, **settings: Any) -> Engine:
        name = make_url(url).get_backend_name()
        known = first.get(name)
        # what a dialect asks a database first, the one of the first engine knows
        engine = create_engine(url, _initialize=known is None, **settings)
        if name == "postgresql":
            event.listen(engine, "do_connect", postgres_sessions.opened)
        if known is not None:
            engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
        else:  # a dialect knows its database when the first connection has been made
            event.listen(engine, "connect", lambda *_: first.setdefault(name, engine), once=True)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", made)
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_made_quickly() -> Iterator[None]:
    """Let argon2 take a moment where a test sets or guesses passwords by the dozen.

    Programs that a test starts take as long as in an office.
    """
    from argon2 import PasswordHasher

    from sed_tui.storage import passwords

    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "_HASHER", quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_power_cut() -> Iterator[None]:
    """Let SQLite files of this process outlive a kill alone, as PostgreSQL's here do."""
    from sed_tui.storage import database

    prepare = database._prepare_sqlite

    def prepared(connection: Any, record: object) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_prepare_sqlite", prepared)
        yield


@pytest.fixture
def clock() -> FixedClock:
    """Return a clock at noon in the office on Monday 23 November 2026."""
    return FixedClock(datetime(2026, 11, 23, 7, 0, tzinfo=UTC))


FIRST_OFFICE = InitializeOrganization(
    name="Администрация", code="01", login="admin", full_name="Иванова Анна Петровна"
)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an initialized SQLite file once, for tests to copy."""
    path = tmp_path_factory.mktemp("template") / "sed.db"
    initialize(settings_of(path), FIRST_OFFICE, FixedClock(datetime(2026, 1, 1, tzinfo=UTC)))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """Make an initialized PostgreSQL database once, for tests to copy."""
    from tests import postgres

    name = postgres.create_database()
    settings = Settings(postgres.database_address(name), files=Path(os.devnull))
    initialize(settings, FIRST_OFFICE, FixedClock(datetime(2026, 1, 1, tzinfo=UTC)))
    yield name
    postgres.drop_database(name)


@pytest.fixture(scope="session")
def postgres_copies(postgres_template: str, postgres_sessions: Sessions) -> Iterator[Copies]:
    """Hand out copies of that database, each as new."""
    from tests.postgres_copies import Copies

    copies = Copies(postgres_template, postgres_sessions)
    yield copies
    copies.drop_all()


@pytest.fixture
def settings(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Return the settings of an office of its own: organization 01, login admin."""
    if engine == "sqlite":
        path = tmp_path / "sed.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield settings_of(path, login="admin")
        return
    from tests import postgres

    copies: Copies = request.getfixturevalue("postgres_copies")
    name = copies.take()
    yield Settings(postgres.database_address(name), files=tmp_path / "files", login="admin")
    copies.give_back(name)


@pytest.fixture
def is_served() -> bool:
    """Tell whether the test goes through a server; a test marked `remote_too` runs both ways."""
    return False


@pytest.fixture
def gateway(settings: Settings, clock: FixedClock, is_served: bool) -> Iterator[LocalGateway]:
    """Return a gateway for the administrator, who holds every role."""
    with serving(settings, clock) if is_served else nullcontext():
        mine = opened(settings, clock)
        yield mine
        mine.close()


def settings_of(path: Path, login: str | None = None) -> Settings:
    """Return settings for an SQLite file."""
    return Settings(database_url(str(path)), files=path.with_name("files"), login=login)
