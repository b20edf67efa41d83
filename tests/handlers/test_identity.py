"""Who gets in over the network: passwords, tokens, sessions; and who does not."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from sed_tui.domain.access import MATRIX, Role
from sed_tui.domain.identity import OF_PEOPLE_ALONE, secret_hash
from sed_tui.errors import NotFound, NotPermitted, SedError
from sed_tui.errors.identity import (
    BadScope,
    BadToken,
    NoPassword,
    NotOneself,
    PasswordTooWeak,
    RolesElsewhere,
    TooManyAttempts,
    WorksNowhere,
    WrongPassword,
)
from sed_tui.gateway.sign_in import Attempt, note_use, sign_out
from sed_tui.gateway.sign_in import sign_in as enter
from sed_tui.operations import (
    access_token,
    audit,
    employee,
    employee_access,
    organization,
    password,
    sign_in,
)
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.registry import CallOptions, operations
from sed_tui.operations.session import SHOW, ShowSession
from sed_tui.storage.tables.identity import AccessTokenTable, PasswordTable
from tests.handlers.any_request import any_request
from tests.handlers.callers import acting

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

GOOD = "берёза у причала 7"


def attempt(login: str, secret: str, address: str = "10.1.1.1") -> Attempt:
    return Attempt(login, secret, address, "tests")


def add_person(gateway: LocalGateway, login: str, *roles: Role) -> None:
    request = employee.AddEmployee(login=login, full_name=f"Ким {login.title()}", roles=roles)
    gateway.call(employee.ADD, request)


def set_password(gateway: LocalGateway, login: str | None = None, secret: str = GOOD) -> Any:
    return gateway.call(password.SET, password.SetPassword(employee=login, password=secret))


def add_token(gateway: LocalGateway, **wanted: Any) -> access_token.TokenAdded:
    return gateway.call(access_token.ADD, access_token.AddToken(name="обмен", **wanted))


def bearing(gateway: LocalGateway, secret: str) -> LocalGateway:
    return gateway.presenting(secret_hash(secret), None)


def test_who_works_nowhere_is_told_so_after_the_right_password_alone(gateway: LocalGateway) -> None:
    add_person(gateway, "idle")
    set_password(gateway, "idle")

    with pytest.raises(WorksNowhere):
        enter(gateway, attempt("idle", GOOD))
    with pytest.raises(WrongPassword):
        enter(gateway, attempt("idle", "nonsense"))


def test_a_password_opens_a_session_until_it_ends(gateway: LocalGateway, clock: FixedClock) -> None:
    set_password(gateway)

    signed = enter(gateway, attempt("admin", GOOD))
    caller = bearing(gateway, signed.secret)

    assert caller.call(SHOW, ShowSession()).login == "admin"
    clock.moment += timedelta(days=8)
    with pytest.raises(BadToken):
        caller.call(SHOW, ShowSession())


@pytest.mark.local_only("the client of a server has a session of its own")
def test_hashes_alone_are_kept(gateway: LocalGateway) -> None:
    options = CallOptions(idempotency_key="однажды")
    set_password(gateway)
    request = access_token.AddToken(name="обмен")
    added = gateway.call(access_token.ADD, request, options)
    again = gateway.call(access_token.ADD, request, options)
    signed = enter(gateway, attempt("admin", GOOD))

    with gateway.transaction(writes=False) as db:
        kept = db.scalars(select(col(AccessTokenTable.hash))).all()
        held = db.scalars(select(col(PasswordTable.hash))).one()
        answers = " ".join(db.scalars(text("SELECT result FROM idempotency_key")))
        trail = " ".join(db.scalars(text("SELECT changes FROM audit_event")))

    assert set(kept) == {secret_hash(added.secret), secret_hash(signed.secret)}
    assert held.startswith("$argon2id$")
    assert again.secret == ""
    assert again.id == added.id
    for secret in (GOOD, added.secret, signed.secret):
        assert secret not in answers + trail + repr(added) + repr(request)


def test_a_password_is_hashed_as_rfc_9106_recommends() -> None:
    """In a program of its own: the tests hash quickly. The figures are of its §4, second choice."""
    code = "from sed_tui.storage.passwords import hashed; print(hashed('x'))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert made.stdout.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_guessing_is_stopped_before_the_password_is_looked_at(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    set_password(gateway)
    for _guess in range(5):
        with pytest.raises(WrongPassword):
            enter(gateway, attempt("admin", "не то"))

    with pytest.raises(TooManyAttempts) as refused:
        enter(gateway, attempt("admin", GOOD, "10.2.2.2"))
    clock.moment += timedelta(seconds=31)
    signed = enter(gateway, attempt("admin", GOOD))

    assert (refused.value.exit_code, refused.value.details["seconds"]) == (7, 30)
    assert bearing(gateway, signed.secret).call(SHOW, ShowSession())
    trail = gateway.call(audit.LIST, audit.ListAudit(limit=50)).rows
    assert [row.event for row in trail].count("sign_in_failed") == 5


def test_one_address_cannot_try_every_login(gateway: LocalGateway) -> None:
    for guess in range(30):
        with pytest.raises(WrongPassword):
            enter(gateway, attempt(f"nobody{guess}", "x"))

    with pytest.raises(TooManyAttempts):
        enter(gateway, attempt("another", "x"))


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaa", "admin-admin-1", "x" * 201])
def test_a_password_that_is_guessed_first_is_refused(gateway: LocalGateway, weak: str) -> None:
    with pytest.raises(PasswordTooWeak):
        set_password(gateway, None, weak)


@pytest.mark.local_only("the client of a server has a session of its own")
def test_a_new_password_ends_the_sessions_of_the_old_one(gateway: LocalGateway) -> None:
    set_password(gateway)
    found = bearing(gateway, enter(gateway, attempt("admin", GOOD)).secret)
    own = bearing(gateway, enter(gateway, attempt("admin", GOOD)).secret)
    new = password.SetPassword(password="совсем другое слово")

    with pytest.raises(WrongPassword):
        found.call(password.SET, new)
    done = own.call(password.SET, new.model_copy(update={"current": GOOD}))

    assert done.ended == 1
    assert own.call(SHOW, ShowSession())
    with pytest.raises(BadToken):
        found.call(SHOW, ShowSession())


@pytest.mark.local_only("the client of a server has a session of its own")
def test_guesses_at_the_current_password_count_like_those_of_signing_in(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    set_password(gateway)
    own = bearing(gateway, enter(gateway, attempt("admin", GOOD)).secret)
    new = password.SetPassword(password="совсем другое слово", current="не то")
    right = new.model_copy(update={"current": GOOD})
    weak = right.model_copy(update={"password": "admin"})

    for dry_run in (True, False, True, False, True):
        with pytest.raises(PasswordTooWeak):  # no guess: nothing is learnt of the current one
            own.call(password.SET, weak)
        with pytest.raises(WrongPassword):
            own.call(password.SET, new, CallOptions(dry_run=dry_run))
    with pytest.raises(TooManyAttempts) as refused:
        own.call(password.SET, right)
    with pytest.raises(TooManyAttempts):  # nor does another door stand open meanwhile
        enter(gateway, attempt("admin", GOOD))
    clock.moment += timedelta(seconds=31)
    done = own.call(password.SET, right)

    assert refused.value.details["seconds"] == 30
    assert done.login == "admin"
    assert enter(gateway, attempt("admin", "совсем другое слово"))
    trail = gateway.call(audit.LIST, audit.ListAudit(limit=50)).rows
    assert [row.event for row in trail].count("password_refused") == 5


@pytest.mark.local_only("the client of a server has a session of its own")
def test_neither_a_stored_answer_nor_a_colleagues_password_makes_guesses_forgotten(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    set_password(gateway)
    add_person(gateway, "kim", Role.REGISTRAR)
    own = bearing(gateway, enter(gateway, attempt("admin", GOOD)).secret)
    once = CallOptions(idempotency_key="однажды")
    own.call(password.SET, password.SetPassword(password=GOOD, current=GOOD), once)
    wrong = password.SetPassword(password="совсем другое слово", current="не то")
    another = password.SetPassword(employee="kim", password=GOOD, current="не то")
    replayed = password.SetPassword(password=GOOD, current="не то")
    clock.moment += timedelta(seconds=1)

    for _guess in range(4):
        with pytest.raises(WrongPassword):
            own.call(password.SET, wrong)
        assert own.call(password.SET, another).login == "kim"
        assert own.call(password.SET, replayed, once).login == "admin"
    with pytest.raises(WrongPassword):
        own.call(password.SET, wrong)
    with pytest.raises(TooManyAttempts):
        own.call(password.SET, wrong)


def test_a_token_does_what_its_scopes_say_and_never_makes_another(
    gateway: LocalGateway,
) -> None:
    reader = bearing(gateway, add_token(gateway).secret)
    writer = bearing(gateway, add_token(gateway, scopes=("write",)).secret)
    one = bearing(gateway, add_token(gateway, scopes=("document.*",)).secret)
    adding = employee.AddEmployee(login="kim", full_name="Ким О.Л.")

    assert reader.call(LIST, ListDocuments()).rows == []
    assert one.call(LIST, ListDocuments()).rows == []
    for caller in (reader, one):
        with pytest.raises(NotPermitted):
            caller.call(employee.ADD, adding)
    assert writer.call(employee.ADD, adding).login == "kim"
    for name in OF_PEOPLE_ALONE:
        with pytest.raises(NotPermitted):
            writer.call(operations()[name], any_request(operations()[name]))
    assert set(reader.call(SHOW, ShowSession()).operations) < set(MATRIX)
    with pytest.raises(BadScope):
        add_token(gateway, scopes=("token.add",))


def test_a_revoked_or_expired_token_opens_nothing(gateway: LocalGateway, clock: FixedClock) -> None:
    short, other = add_token(gateway, days=1), add_token(gateway, days=30)
    gateway.call(access_token.REVOKE, access_token.RevokeToken(token=other.short_id))

    with pytest.raises(BadToken):
        bearing(gateway, other.secret).call(SHOW, ShowSession())
    clock.moment += timedelta(days=1)
    with pytest.raises(BadToken):
        bearing(gateway, short.secret).call(SHOW, ShowSession())
    listed = gateway.call(access_token.LIST, access_token.ListTokens(past=True)).rows
    assert [row.is_valid for row in listed] == [False, False]


def test_a_dismissed_person_is_out_at_once(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_person(gateway, "kim", Role.EXECUTOR)
    with acting(settings, clock, "kim") as kim:
        secret = add_token(kim).secret
    gateway.call(employee_access.DISABLE, employee_access.DisableEmployee(employee="kim"))

    with pytest.raises(BadToken):
        bearing(gateway, secret).call(SHOW, ShowSession())


@pytest.mark.local_only("the client of a server has a session of its own")
def test_sessions_are_seen_and_ended(gateway: LocalGateway, clock: FixedClock) -> None:
    set_password(gateway)
    first, second, third = (enter(gateway, attempt("admin", GOOD)) for _ in range(3))
    asking = bearing(gateway, first.secret)
    note_use(gateway, secret_hash(second.secret))
    sign_out(gateway, secret_hash(third.secret))

    rows = asking.call(sign_in.LIST, sign_in.ListSessions()).rows
    other = next(row for row in rows if not row.is_own)
    ended = asking.call(sign_in.REVOKE, sign_in.RevokeSessions(session=other.short_id))

    assert (len(rows), other.used_at, [row.id for row in ended.rows]) == (
        2,
        clock.moment,
        [other.id],
    )
    assert "10.1.1.1" in (other.client or "")
    with pytest.raises(BadToken):
        bearing(gateway, second.secret).call(SHOW, ShowSession())
    assert asking.call(SHOW, ShowSession())


def test_secrets_of_others_are_nobodys_business(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_person(gateway, "kim", Role.EXECUTOR)
    add_person(gateway, "lee", Role.EXECUTOR)
    with acting(settings, clock, "kim") as kim:
        token = add_token(kim)
    asked: list[tuple[Any, Any]] = [
        (password.SET, password.SetPassword(employee="kim", password=GOOD)),
        (access_token.ADD, access_token.AddToken(name="x", employee="kim")),
        (access_token.LIST, access_token.ListTokens(employee="kim")),
        (access_token.REVOKE, access_token.RevokeToken(token=str(token.id))),
        (sign_in.LIST, sign_in.ListSessions(employee="kim")),
        (sign_in.REVOKE, sign_in.RevokeSessions(employee="kim")),
    ]

    with acting(settings, clock, "lee") as lee:
        for operation, request in asked:
            with pytest.raises(NotFound):
                lee.call(operation, request)
    with pytest.raises(NotOneself):
        add_token(gateway, employee="kim")
    assert gateway.call(access_token.LIST, access_token.ListTokens(employee="kim")).rows


def test_whoever_works_elsewhere_too_is_not_taken_over(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(
        organization.ADD, organization.AddOrganization(code="02", name="Управа", parent="01")
    )
    with acting(settings, clock, "admin", "02") as founder:
        add_person(founder, "boss", Role.ADMINISTRATOR)
        add_person(founder, "kim", Role.EXECUTOR)
    with acting(settings, clock, "admin", "01") as first:
        roles = employee_access.ChangeRoles(employee="kim", grant=(Role.REGISTRAR,))
        first.call(employee_access.ROLES, roles)

    with acting(settings, clock, "boss") as boss, pytest.raises(RolesElsewhere):
        set_password(boss, "kim")
    with acting(settings, clock, "admin", "02") as founder:
        assert set_password(founder, "kim").login == "kim"


def test_a_system_user_has_tokens_and_does_nothing_for_people(gateway: LocalGateway) -> None:
    add_person(gateway, "cron", Role.SYSTEM)
    with pytest.raises(NoPassword):
        set_password(gateway, "cron")
    secret = add_token(gateway, employee="cron", scopes=("write",)).secret
    cron, options = bearing(gateway, secret), CallOptions(dry_run=True)

    done = set()
    for name, operation in operations().items():
        try:
            cron.call(operation, any_request(operation), options)
        except NotPermitted:
            continue
        except SedError:
            pass
        done.add(name)

    acting_for_people = {"signature.sign", "approval.approve", "assignment.report", "token.add"}
    assert (
        done == {name for name, roles in MATRIX.items() if Role.SYSTEM in roles} - OF_PEOPLE_ALONE
    )
    assert not done & acting_for_people
