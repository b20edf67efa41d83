"""Signing in with a password: guesses are counted before the password is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.identity import (
    ADDRESS_TRIES,
    LOGIN_TRIES,
    LONGEST_PASSWORD,
    SESSION_LIFE,
    TokenKind,
    new_secret,
    secret_hash,
    wait_after,
)
from sed_tui.errors.identity import TooManyAttempts, WorksNowhere, WrongPassword
from sed_tui.storage import audit
from sed_tui.storage.actors import acts_anywhere
from sed_tui.storage.passwords import kept_hash, matches
from sed_tui.storage.tables.identity import AccessTokenTable, SignInFailureTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tokens import Presented, mark_used, revoke

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from sed_tui.gateway.local import LocalGateway

_F = SignInFailureTable
_LONGEST_LOGIN = 64
_FORGIVEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who says to be whom, and from where."""

    login: str
    password: str
    address: str
    client: str

    @property
    def subjects(self) -> tuple[tuple[str, int], ...]:
        """Return what failures are counted for, and how many are let pass."""
        address = f"address:{self.address[:_LONGEST_LOGIN]}"
        return ((_login(self.login), LOGIN_TRIES), (address, ADDRESS_TRIES))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session: its secret, which nobody keeps, and when it ends."""

    secret: str
    expires_at: datetime


def sign_in(gateway: LocalGateway, attempt: Attempt) -> SignedIn:
    """Begin a session. Raises `TooManyAttempts`, `WrongPassword` and `WorksNowhere`."""
    gateway.require_schema()
    now = gateway.now()
    with gateway.transaction(writes=True) as db:
        wait = max(_counted(db, subject, tries, now) for subject, tries in attempt.subjects)
        kept = kept_hash(db, attempt.login, now)
    if wait > timedelta(0):
        raise TooManyAttempts(seconds=ceil(wait.total_seconds()))
    if len(attempt.password) > LONGEST_PASSWORD or not matches(kept, attempt.password):
        _tell_failure(gateway, attempt, now)
        raise WrongPassword(field="password")
    with gateway.transaction(writes=True) as db:
        _forgive(db, attempt)
        session = _session(db, attempt, now)
        if not acts_anywhere(db, attempt.login):
            raise WorksNowhere(field="login", login=attempt.login)
        return session


def tried_again(gateway: LocalGateway, login: str) -> None:
    """Count a guess at the password of a login that is signed in. Raises `TooManyAttempts`."""
    with gateway.transaction(writes=True) as db:
        wait = _counted(db, _login(login), LOGIN_TRIES, gateway.now())
    if wait > timedelta(0):
        raise TooManyAttempts(seconds=ceil(wait.total_seconds()))


def was_right(gateway: LocalGateway, login: str) -> None:
    """Forget the failures of a login: its password was said."""
    with gateway.transaction(writes=True) as db:
        db.execute(delete(_F).where(col(_F.subject) == _login(login)))


def was_no_guess(gateway: LocalGateway, login: str) -> None:
    """Take back what was counted: nothing was learnt about the password."""
    with gateway.transaction(writes=True) as db:
        _take_back(db, _login(login))


def was_wrong(gateway: LocalGateway, login: str) -> None:
    """Tell the audit trail of a wrong guess at the password of a login that is signed in."""
    with gateway.transaction(writes=True) as db:
        person = _person(db, login)
        if person is not None:
            entry = audit.Entry("password_refused", "employee", str(person.id), None, None)
            _tell(db, person, gateway.now(), entry, "password.set")


def sign_out(gateway: LocalGateway, token_hash: str) -> None:
    """End the session of a token."""
    with gateway.transaction(writes=True) as db:
        revoke(db, gateway.now(), col(AccessTokenTable.hash) == token_hash)


def note_use(gateway: LocalGateway, token_hash: str) -> None:
    """Note that a token was used now."""
    with gateway.transaction(writes=True) as db:
        mark_used(db, Presented(token_hash, gateway.now()))


def _counted(db: Connection, subject: str, tries: int, now: datetime) -> timedelta:
    """Count an attempt as failed until it succeeds, and return how long to wait instead.

    Ten guesses at once count as ten: the first statement takes the row.
    """
    insert_ = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    db.execute(delete(_F).where(col(_F.last_at) < now - _FORGIVEN))
    statement = insert_(_F).values(subject=subject, failures=0, last_at=now)
    found = db.execute(
        statement.on_conflict_do_update(
            index_elements=["subject"], set_={"subject": subject}
        ).returning(col(_F.failures), col(_F.last_at))
    ).one()
    left: timedelta = found.last_at + wait_after(found.failures, tries) - now
    if found.failures >= tries and left > timedelta(0):
        return left
    db.execute(
        update(_F)
        .where(col(_F.subject) == subject)
        .values(failures=col(_F.failures) + 1, last_at=now)
    )
    return timedelta(0)


def _forgive(db: Connection, attempt: Attempt) -> None:
    """Forget the failures of the login; of those of the address this attempt alone."""
    (login, _tries), (address, _more) = attempt.subjects
    db.execute(delete(_F).where(col(_F.subject) == login))
    _take_back(db, address)


def _take_back(db: Connection, subject: str) -> None:
    db.execute(
        update(_F)
        .where(col(_F.subject) == subject, col(_F.failures) > 0)
        .values(failures=col(_F.failures) - 1)
    )


def _login(login: str) -> str:
    return f"login:{login[:_LONGEST_LOGIN]}"


def _session(db: Connection, attempt: Attempt, now: datetime) -> SignedIn:
    person = _person(db, attempt.login)
    if person is None:
        raise WrongPassword(field="password")
    secret, session = new_secret(), uuid4()
    db.execute(
        insert(AccessTokenTable).values(
            id=session,
            organization_id=person.organization_id,
            employee_id=person.id,
            kind=TokenKind.SESSION.value,
            name="",
            hash=secret_hash(secret),
            scopes="",
            client=f"{attempt.address} {attempt.client}"[:200],
            created_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    _tell(db, person, now, audit.Entry("sign_in", "session", str(session), None, None))
    return SignedIn(secret, now + SESSION_LIFE)


def _tell_failure(gateway: LocalGateway, attempt: Attempt, now: datetime) -> None:
    with gateway.transaction(writes=True) as db:
        person = _person(db, attempt.login)
        if person is None:  # a commit like the other one: what it takes tells nobody who is known
            subject, _tries = attempt.subjects[0]
            db.execute(update(_F).where(col(_F.subject) == subject).values(last_at=now))
        else:
            told = {"address": attempt.address}
            entry = audit.Entry("sign_in_failed", "employee", str(person.id), None, told)
            _tell(db, person, now, entry)


def _person(db: Connection, login: str) -> Row[UUID, UUID, str] | None:
    table = EmployeeTable
    query = select(col(table.id), col(table.organization_id), col(table.login))
    return db.execute(
        query.where(col(table.login) == login, col(table.state) == "active")
    ).one_or_none()


def _tell(
    db: Connection,
    person: Any,
    now: datetime,
    entry: audit.Entry,
    operation: str = "session.sign_in",
) -> None:
    circumstances = audit.Circumstances(
        organization_id=person.organization_id,
        at=now,
        actor=person.login,
        source="connector",
        operation=operation,
        reason=None,
    )
    audit.append(db, circumstances, [entry])
