"""Gateways of tests: over the database itself, or over a real server of it on loopback."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.config import home
from sed_tui.domain.clock import SystemClock
from sed_tui.domain.identity import TokenKind, new_secret, secret_hash
from sed_tui.gateway import local
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.remote import RemoteGateway
from sed_tui.profile_writing import write_profile
from sed_tui.storage.tables.identity import AccessTokenTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.token_store import keep_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sed_tui.config import Settings
    from sed_tui.domain.clock import Clock

# the databases that are served just now, and where
_ADDRESSES: dict[str, str] = {}


class ServedGateway(RemoteGateway):
    """A client of a server, which knows what the server works on."""

    def __init__(self, own: Settings, address: str, clock: Clock | None) -> None:
        # the database stays named: tests open it beside the server and look into it
        super().__init__(replace(own, server=address, token=secret_of(own, clock)))
        self.local = own
        self._clock = clock
        self._beside: LocalGateway | None = None

    def __getattr__(self, name: str) -> Any:
        """Look into the database itself for what a client has no word for."""
        if name.startswith("__") or name == "_beside":
            raise AttributeError(name)
        if self._beside is None:
            self._beside = LocalGateway(self.local, self._clock)
        return getattr(self._beside, name)

    def close(self) -> None:
        """Close both ways."""
        super().close()
        if self._beside is not None:
            self._beside.close()


def opened(settings: Settings, clock: Clock | None = None) -> LocalGateway:
    """Return a gateway for a login: to the server where the database is served."""
    address = _ADDRESSES.get(settings.database)
    if address is None:
        return LocalGateway(settings, clock)
    # it answers for everything a local one does: see `__getattr__`
    return cast("LocalGateway", ServedGateway(settings, address, clock))


def local_settings(gateway: Any) -> Settings:
    """Return the settings of the database that a gateway works on, whatever lies between."""
    found: Settings = gateway.local if isinstance(gateway, ServedGateway) else gateway._settings
    return found


class _ClockOfNow:
    """The clock that a gateway would take just now: tests put their own in its place."""

    def now(self) -> datetime:
        return local.SystemClock().now()  # type: ignore[attr-defined]


@contextmanager
def serving(settings: Settings, clock: Clock | None) -> Iterator[str]:
    """Serve a database once: what is opened from now on are clients of the server."""
    if settings.database in _ADDRESSES:
        yield _ADDRESSES[settings.database]
        return
    from tests.server.running import running

    with running(settings, clock or _ClockOfNow()) as address:
        _ADDRESSES[settings.database] = address
        try:
            yield address
        finally:
            del _ADDRESSES[settings.database]


def secret_of(settings: Settings, clock: Clock | None = None) -> str:
    """Return a session for a login; no audit trail tells of it, which tests compare."""
    now, secret = (clock or SystemClock()).now(), new_secret()
    gateway = LocalGateway(settings, clock)
    person = select(col(EmployeeTable.id), col(EmployeeTable.organization_id))
    with gateway.transaction(writes=True) as db:
        found = db.execute(person.where(col(EmployeeTable.login) == settings.login)).one_or_none()
        if found is not None:
            db.execute(
                insert(AccessTokenTable).values(
                    id=uuid4(),
                    organization_id=found.organization_id,
                    employee_id=found.id,
                    kind=TokenKind.SESSION.value,
                    name="",
                    scopes="",
                    hash=secret_hash(secret),
                    created_at=now,
                    expires_at=now + timedelta(days=3650),
                )
            )
    gateway.close()
    return secret


def keep_session(settings: Settings, login: str, server: str) -> None:
    """Sign a login in to a server, in a profile of its own."""
    write_profile(login, {"server": server, "login": login})
    keep_token(home(), login, secret_of(replace(settings, login=login)), in_keyring=False)
