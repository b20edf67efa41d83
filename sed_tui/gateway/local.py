"""Operations in this process, each in one transaction."""

from __future__ import annotations

import getpass
import time
from contextlib import contextmanager, nullcontext, suppress
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy.exc import DBAPIError

from sed_tui.domain.clock import Clock, SystemClock, office_day
from sed_tui.domain.joining_rights import WHILE_SUSPENDED
from sed_tui.domain.reach import SPANNING
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.errors.identity import OrganizationNotChosen, UnknownOrganization
from sed_tui.errors.installation import ValueRefused
from sed_tui.errors.joining import OrganizationSuspended
from sed_tui.gateway.permission import require_permitted
from sed_tui.gateway.refusals import may_run_again, refusal
from sed_tui.handlers.work import Work
from sed_tui.i18n import N_, _
from sed_tui.operations.registry import EVERY_ORGANIZATION, CallOptions, Effect, operations
from sed_tui.storage.actors import Wanted, find_actor, find_bearer
from sed_tui.storage.database import open_database, require_schema, shown, sqlite_path
from sed_tui.storage.files import open_store
from sed_tui.storage.last_statements import ending_together
from sed_tui.storage.tenancy import enter, everywhere
from sed_tui.storage.writer_queue import turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from sed_tui.config import Settings
    from sed_tui.domain.actor import Actor
    from sed_tui.operations.registry import Operation, RequestT, ResultT
    from sed_tui.storage.files import FileStore, StagedContent
    from sed_tui.storage.room import Room

_TRIES = 5
_GUARDED = "password.set"


@dataclass
class _Schema:
    """What is known of the schema, shared by all gateways over one engine."""

    is_checked: bool = False


class LocalGateway:
    """Runs handlers over a database."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._engine = open_database(settings.database)
        self._schema = _Schema()
        self._token: str | None = None
        self._staged: list[str] = []

    @property
    def place(self) -> str:
        """Say which database this is."""
        place = shown(self._settings.database)
        return f"sqlite: {place}" if sqlite_path(self._engine) else place

    @property
    def largest_file(self) -> int:
        """Return how many bytes of a file are too many to be kept."""
        return self._settings.max_file_size

    @property
    def identity(self) -> str:
        """Say who acts; without a login the operating-system user does."""
        settings = self._settings
        return f"{settings.login or getpass.getuser()}@{settings.organization or ''}"

    def presenting(self, token_hash: str, organization: str | None) -> LocalGateway:
        """Return a gateway for the holder of a token, over the same connections and files."""
        other = copy(self)
        other._settings = replace(self._settings, login=None, organization=organization)
        other._token = token_hash
        other._staged = []
        return other

    def within(self, organization: str) -> LocalGateway:
        """Return the gateway of another organization, over the same connections and files."""
        other = copy(self)
        other._settings = replace(self._settings, organization=organization)
        return other

    @cached_property
    def files(self) -> FileStore:
        """Return the store of file contents that belongs to the database."""
        return open_store(self._settings)

    def call(
        self,
        operation: Operation[RequestT, ResultT],
        request: RequestT,
        options: CallOptions | None = None,
    ) -> ResultT:
        """Run the handler and commit; a failure or a dry run rolls everything back.

        A transaction that the database gave up for the sake of another runs again; so does one
        whose connection broke, where doing it twice makes it once.
        """
        chosen = options or CallOptions()
        if operation.name == _GUARDED and self._token is not None:
            from sed_tui.gateway.current_password import guarded  # argon2, for this call alone

            return guarded(self, request, lambda: self._persist(operation, request, chosen))
        return self._persist(operation, request, chosen)

    def _persist(
        self, operation: Operation[RequestT, ResultT], request: RequestT, chosen: CallOptions
    ) -> ResultT:
        for attempt in range(_TRIES):
            try:
                return self._attempt(operation, request, chosen)
            except OverflowError as error:  # a number that SQLite has no room for
                raise ValueRefused(reason=str(error)) from error
            except DBAPIError as error:
                is_safe = operation.effect is Effect.READ or chosen.idempotency_key is not None
                if attempt + 1 == _TRIES or not may_run_again(error, is_safe=is_safe):
                    raise refusal(error, shown(self._settings.database)) from error
                time.sleep(0.01 * 2**attempt)
        raise AssertionError("the last attempt returns or raises")

    def stage(self, source: BinaryIO, *, is_passing: bool = False) -> str:
        """Receive bytes into the store and return their token.

        Their text is read here, before any transaction: a file that takes its time
        holds up its sender and no other registrar. What the organization has no room for
        is given up as soon as that is known: in the stream when it is longer than the room
        and than all that the organization has, else by the digest, for the same bytes count
        once. Raises `NoRoomLeft` and what staging raises.
        """
        room = self._room()
        content = self.files.stage(source, room, is_secured=not is_passing)
        self._staged.append(content.token)
        if room is not None and not room.holds(content.size):
            self._require_counted(content, room)
        if is_passing:
            return content.token
        from sed_tui.storage.extraction import describe  # 15 ms, for runs with files alone

        path = self.files.staged_path(content.token)
        self.files.describe(content.token, describe(path, content.description.media_type))
        return content.token

    def _room(self) -> Room | None:
        """Return the room of the caller's organization, None where a call is yet to choose it."""
        from sed_tui.storage.room import room_for_stream  # a table, for runs with files alone

        self.require_schema()
        most = self._settings.max_file_size
        try:
            with self.transaction(writes=False) as db:
                actor = self._bearer_or_login(db, self._settings.organization)
                return room_for_stream(db, actor.organization_id, actor.organization, most)
        except OrganizationNotChosen:
            return None

    def _require_counted(self, content: StagedContent, room: Room) -> None:
        """Forget staged bytes that there is no room for, unless the organization has them."""
        from sed_tui.storage.room import is_counted

        with self.transaction(writes=False) as db:
            actor = self._bearer_or_login(db, self._settings.organization)
            if is_counted(db, actor.organization_id, content.sha256):
                return
        self.files.discard(content.token)
        room.require(content.size)

    def require_writer(self) -> None:
        """Refuse bytes of a caller who may change nothing. Raises `BadToken`, `NotPermitted`."""
        actor = self.caller()
        writing = (one.name for one in operations().values() if one.effect is not Effect.READ)
        if not any(map(actor.may, writing)):
            raise NotPermitted(operation=_("Send a file"), login=actor.login)

    def require_bearer(self) -> None:
        """Refuse a token that nobody holds, whatever is to be asked. Raises `BadToken`."""
        with suppress(OrganizationNotChosen, UnknownOrganization):
            self.caller()

    def caller(self) -> Actor:
        """Return who calls. Raises `BadToken` and what finding a person raises."""
        self.require_schema()
        with self.transaction(writes=False) as db:
            return self._bearer_or_login(db, self._settings.organization)

    def fetch(self, sha256: str) -> BinaryIO:
        """Open kept bytes; whoever comes by a token has to see something that holds them."""
        if self._token is not None:
            self._require_sight(sha256)
        return self.files.open(sha256)

    def export_organization(self, folder: Path) -> None:
        """Write everything of the caller's organization to a folder. Raises `FolderTaken`."""
        from sed_tui.gateway.organization_transfer import export_organization

        export_organization(self._settings, folder, self._clock)

    def hang_up(self) -> None:
        """Leave it to calls under way to finish: they are in this process, and short."""

    def close(self) -> None:
        """Close the connections, and forget staged bytes that no operation kept."""
        for token in self._staged:
            self.files.discard(token)
        self._engine.dispose()

    def require_schema(self, *, again: bool = False) -> None:
        """Refuse a database of another version; one that was right is asked `again` at will."""
        if again or not self._schema.is_checked:
            require_schema(self._engine)
            self._schema.is_checked = True

    def now(self) -> datetime:
        """Return the moment by the gateway's clock."""
        return self._clock.now()

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Connection]:
        """Begin a transaction that no operation asks for: signing in, marks of use."""
        try:
            with (
                self._turn(writes=writes),
                self._transaction(writes=writes, options=CallOptions()) as db,
            ):
                yield db
        except DBAPIError as error:
            raise refusal(error, shown(self._settings.database)) from error

    def _attempt(
        self, operation: Operation[RequestT, ResultT], request: RequestT, options: CallOptions
    ) -> ResultT:
        self.require_schema()
        writes = operation.effect is not Effect.READ
        plan = self._plan(operation, request, options) if operation.is_planned else None
        with self._turn(writes=writes), self._transaction(writes=writes, options=options) as db:
            actor = self._actor(db, operation, request)
            if options.idempotency_key is not None:
                from sed_tui.gateway.answers import stored_answer  # a table, for calls with a key

                answer = stored_answer(db, actor, operation, request, options)
                if answer is not None:
                    return answer
            work = self._work(db, actor, operation, options)
            work.plan = plan
            result = _done(work, operation, request)
        if not options.dry_run:
            work.clear_away()
        if not writes and work.has_records:
            self._keep_views(work)
        return result

    def _plan(
        self, operation: Operation[RequestT, ResultT], request: RequestT, options: CallOptions
    ) -> object:
        """Read what the handler is to write, while others go on writing."""
        with self._transaction(writes=False, options=options) as db:
            actor = self._actor(db, operation, request)
            work = self._work(db, actor, operation, options)
            return _function(operation, "plan_")(work, request)

    def _actor(
        self, db: Connection, operation: Operation[RequestT, ResultT], request: RequestT
    ) -> Actor:
        """Return who acts. Raises `NotPermitted` for what is not allowed him."""
        chosen = request.chosen_organization
        spans = operation.name if chosen == EVERY_ORGANIZATION else None
        enters = operation.name not in SPANNING
        actor = self._bearer_or_login(db, chosen or self._settings.organization, spans, enters)
        require_permitted(actor, operation)
        writes = operation.effect is not Effect.READ
        if writes and actor.reads_only and operation.name not in WHILE_SUSPENDED:
            raise OrganizationSuspended(organization=actor.organization)
        return actor

    def _bearer_or_login(
        self,
        db: Connection,
        organization: str | None,
        spans: str | None = None,
        enters: bool = False,
    ) -> Actor:
        now = self._clock.now()
        wanted = Wanted(organization, office_day(now), spans, enters)
        if self._token is None:
            return find_actor(db, self._settings.login, wanted)
        from sed_tui.storage.tokens import Presented  # tables, on a server alone

        return find_bearer(db, Presented(self._token, now), wanted)

    def _require_sight(self, sha256: str) -> None:
        """Refuse bytes that nothing in the caller's sight holds, as if there were none."""
        from sed_tui.storage.seen_contents import sees_content  # tables, on a server alone

        self.require_schema()
        with self.transaction(writes=False) as db:
            actor = self._bearer_or_login(db, self._settings.organization)
            enter(db, actor.organization_id)
            if not sees_content(db, actor, sha256):
                raise NotFound(kind=_(N_("File")), key=sha256[:8])

    def _work(
        self,
        db: Connection,
        actor: Actor,
        operation: Operation[RequestT, ResultT],
        options: CallOptions,
    ) -> Work:
        now, cryptography = self._clock.now(), self._settings.cryptography
        return Work(db, actor, options, operation.name, now, self.files, None, cryptography)

    def _keep_views(self, work: Work) -> None:
        """Write what a read must leave in the audit trail, in a short transaction of its own."""
        with self._turn(writes=True), self._transaction(writes=True, options=work.options) as db:
            enter(db, work.organization_id)
            replace(work, db=db).finish(is_last=True)

    def _turn(self, *, writes: bool) -> AbstractContextManager[None]:
        path = sqlite_path(self._engine)
        return turn(path) if writes and path is not None else nullcontext()

    @contextmanager
    def _transaction(self, *, writes: bool, options: CallOptions) -> Iterator[Connection]:
        with self._engine.connect() as db:
            # not of the engine: its copy would ask two lists of listeners at every statement
            db.execution_options(writes=writes, beginning=everywhere(writes=writes))
            with ending_together(db), db.begin() as transaction:
                yield db
                if options.dry_run:
                    transaction.rollback()


def _done(work: Work, operation: Operation[RequestT, ResultT], request: RequestT) -> ResultT:
    handler: Callable[[Work, RequestT], ResultT] = _function(operation)
    if operation.effect is Effect.READ:
        return handler(work, request)
    if work.options.idempotency_key is None:
        result = handler(work, request)
    else:
        from sed_tui.gateway.answers import claim_key, store_answer

        claim_key(work, operation, request)
        result = handler(work, request)
        store_answer(work, result)
    work.finish(is_last=True)
    return result


def _function(operation: Operation[RequestT, ResultT], before: str = "") -> Any:
    """Return the handler of an operation, or with `plan_` before its name what it reads first."""
    module, function = operation.handler
    return getattr(import_module(module), before + function)
