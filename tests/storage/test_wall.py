"""The second wall: with every filter of ours gone, no row of another organization comes."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event, make_url, select, text, true
from sqlalchemy.exc import ProgrammingError

from sed_tui.domain.access import MATRIX, Role
from sed_tui.domain.reach import SPANNING
from sed_tui.errors.identity import UnknownOrganization
from sed_tui.errors.installation import LoginTooWeak
from sed_tui.errors.upkeep import RolesNeeded
from sed_tui.gateway.local import LocalGateway
from sed_tui.handlers import document_query
from sed_tui.operations import employee
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.operations.registration import REGISTER
from sed_tui.storage.actors import Wanted, find_actor
from sed_tui.storage.database import open_database
from sed_tui.storage.schema import migrate
from sed_tui.storage.tables import everything
from sed_tui.storage.tenancy import APPLICATION, EVERYWHERE, ROLES, enter, look_everywhere
from tests import postgres
from tests.handlers.callers import acting
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

walled = pytest.mark.parametrize("engine", ["postgresql"])
_GUARDED = text(
    "SELECT relname FROM pg_class c WHERE relrowsecurity AND relforcerowsecurity AND "
    "(SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) >= 2"
)

_PLACE = text(
    "SELECT current_user, CAST(CAST(current_setting('app.organization') AS uuid) AS text)"
)


@pytest.fixture
def opened(settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings.database)
    yield engine
    engine.dispose()


@pytest.fixture
def second(gateway: LocalGateway) -> UUID:
    """Let there be a letter in organization 01, and another organization 02 with a clerk."""
    gateway.call(REGISTER, letter())
    made = gateway.call(ADD, AddOrganization(code="02", name="Вторая"))
    there = LocalGateway(replace(gateway._settings, organization="02"), gateway._clock)
    with closing(there):
        clerk = employee.AddEmployee(
            login="clerk", full_name="Второва Вера", roles=(Role.REGISTRAR,)
        )
        there.call(employee.ADD, clerk)
    return made.id


@pytest.fixture
def weak() -> Iterator[str]:
    """Return a login of the server that may do nothing."""
    name = f"weak_{uuid4().hex[:8]}"
    with psycopg.connect(postgres.server_address(), autocommit=True) as server:
        server.execute(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT")
        yield name
        server.execute(f"DROP ROLE {name}")


@walled
def test_every_table_of_an_organization_is_behind_the_wall(opened: Engine) -> None:
    owned = {t.name for t in everything().tables.values() if "organization_id" in t.columns}
    with opened.connect() as db:
        guarded = set(db.scalars(_GUARDED))

    assert guarded - {"employee_guest"} == owned


@walled
def test_without_our_filters_no_row_of_another_organization_comes(
    settings: Settings, clock: FixedClock, second: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_query, "visible_documents", lambda *_a, **_k: true())
    with acting(settings, clock, "clerk") as clerk:
        assert clerk.call(LIST, ListDocuments()).rows == []
        clerk.call(REGISTER, letter())
        assert len(clerk.call(LIST, ListDocuments()).rows) == 1


@walled
def test_the_question_who_acts_enters_the_only_organization(opened: Engine, second: UUID) -> None:
    asked: list[str] = []
    event.listen(opened, "before_cursor_execute", lambda _c, _cursor, said, *_: asked.append(said))
    with opened.begin() as db:
        look_everywhere(db)
        asked.clear()
        find_actor(db, "clerk", Wanted(None, enters=True))
        assert len(asked) == 1
        assert db.execute(_PLACE).one() == (APPLICATION, str(second))


@walled
@pytest.mark.parametrize("code", ["01", "02"])
def test_who_works_in_several_organizations_enters_the_chosen_one(
    opened: Engine, second: UUID, code: str
) -> None:
    with opened.begin() as db:
        look_everywhere(db)
        actor = find_actor(db, "admin", Wanted(code, enters=True))
        assert actor.organization == code
        assert (actor.organization_id == second) == (code == "02")
        assert db.execute(_PLACE).one() == (APPLICATION, str(actor.organization_id))


@walled
def test_who_asks_for_another_organization_is_left_within_his_own(
    opened: Engine, second: UUID
) -> None:
    with opened.begin() as db:
        look_everywhere(db)
        find_actor(db, "clerk", Wanted("02"))
        assert db.scalar(text("SELECT current_user")) == EVERYWHERE
        with pytest.raises(UnknownOrganization):
            find_actor(db, "clerk", Wanted("01", enters=True))
        assert db.execute(_PLACE).one() == (APPLICATION, str(second))


@walled
def test_no_table_shows_a_row_of_another_organization(opened: Engine, second: UUID) -> None:
    tables = [t for t in everything().sorted_tables if "organization_id" in t.columns]
    foreign, all_rows = {}, 0
    with opened.begin() as db:
        look_everywhere(db)
        all_rows = sum(len(_others(db, t, second)) for t in tables)
        enter(db, second)
        foreign = {t.name: found for t in tables if (found := _others(db, t, second))}
        # who founded the organization works in it: a name known here
        assert foreign.pop("employee")
        foreign.pop("calendar_day", None)

    assert (foreign, all_rows > 20) == ({}, True)


@walled
def test_nothing_can_be_written_into_another_organization(opened: Engine, second: UUID) -> None:
    with opened.connect() as db:
        first = db.scalar(text("SELECT id FROM organization WHERE code = '01'"))
        enter(db, second)
        with pytest.raises(ProgrammingError, match="row-level security"):
            db.execute(text("UPDATE journal SET organization_id = :first"), {"first": first})
        db.rollback()
        enter(db, second)
        assert db.execute(text("DELETE FROM document")).rowcount == 0


@walled
def test_who_has_entered_nothing_sees_nothing(opened: Engine, second: UUID) -> None:
    with opened.begin() as db:
        db.execute(text("SET LOCAL ROLE sed_application"))
        assert db.scalar(text("SELECT count(*) FROM document")) == 0


@walled
def test_a_login_with_both_roles_and_no_more_does_all_the_work(
    settings: Settings, clock: FixedClock, second: UUID, weak: str
) -> None:
    as_weak = replace(settings, database=_address(settings, weak), login="clerk")
    with closing(LocalGateway(as_weak, clock)) as clerk:
        with pytest.raises(LoginTooWeak) as caught:
            clerk.call(LIST, ListDocuments())
        with psycopg.connect(postgres.server_address(), autocommit=True) as server:
            server.execute(f"GRANT {', '.join(ROLES)} TO {weak}")
        number = clerk.call(REGISTER, letter()).number

        assert (caught.value.exit_code, "GRANT" in caught.value.advice) == (7, True)
        assert [row.number for row in clerk.call(LIST, ListDocuments()).rows] == [number]


@walled
@pytest.mark.parametrize("may", ["NOCREATEROLE", "CREATEROLE"])
def test_an_owner_who_may_not_make_roles_is_told_the_statements(
    settings: Settings, weak: str, may: str
) -> None:
    with psycopg.connect(postgres.server_address(), autocommit=True) as server:
        server.execute(f"ALTER ROLE {weak} {may}")
    engine = open_database(_address(settings, weak))
    with pytest.raises(RolesNeeded) as caught:
        migrate(engine)
    engine.dispose()

    assert f"GRANT sed_application TO {weak};" in caught.value.advice


def test_what_looks_into_several_organizations_is_listed() -> None:
    assert MATRIX.keys() >= SPANNING
    assert not {"document.list", "document.show", "assignment.list", "audit.list"} & SPANNING


def _others(db: Connection, table: object, organization: UUID) -> list[object]:
    column = table.c.organization_id  # type: ignore[attr-defined]
    return list(db.scalars(select(column).where(column != organization)))


def _address(settings: Settings, login: str) -> str:
    url = make_url(settings.database).set(username=login)
    return url.render_as_string(hide_password=False)
