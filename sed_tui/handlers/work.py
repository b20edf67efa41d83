"""The unit of work: everything a handler may touch, and the only door to the clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sed_tui.domain.clock import office_day
from sed_tui.storage.last_statements import send_with_commit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Connection

    from sed_tui.domain.actor import Actor
    from sed_tui.domain.calendar import WorkingCalendar
    from sed_tui.operations.registry import CallOptions
    from sed_tui.storage import audit
    from sed_tui.storage.files import FileStore, StagedContent


@dataclass
class Work:
    """One operation under way: its transaction, its actor, its moment.

    A handler never commits and never asks the clock of the machine.
    """

    db: Connection
    actor: Actor
    options: CallOptions
    operation: str
    now: datetime
    files: FileStore
    plan: Any = None
    """What the handler's own `plan_…` has read, for operations that plan before they write."""
    cryptography: str = "auto"
    behalf: str | None = None
    """The login of the absent person whose part the actor takes in all that he does here."""
    _entries: list[audit.Entry] = field(default_factory=list)
    _kept: list[str] = field(default_factory=list)
    _passed: list[str] = field(default_factory=list)
    _stored: list[tuple[str, int]] = field(default_factory=list)
    _unnamed: list[str] = field(default_factory=list)
    _last: list[Callable[[], object]] = field(default_factory=list)

    @property
    def organization_id(self) -> UUID:
        """Return the organization whose rows the operation works on."""
        return self.actor.organization_id

    @property
    def today(self) -> date:
        """Return the current day in the office's time zone."""
        return office_day(self.now)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Return the production calendar of the organization."""
        from sed_tui.storage.calendar import load_calendar  # 15 ms of tables, for terms alone

        return load_calendar(self.db, self.organization_id)

    def record(
        self,
        event: str,
        object_type: str,
        object_id: UUID | str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
        *,
        on_behalf_of: str | None = None,
    ) -> None:
        """Put a change into the audit trail, which is written at the end of the transaction.

        `on_behalf_of` is the login of the absent person whose part the actor took, where it
        is not that of the whole operation.
        """
        from sed_tui.storage import audit  # 15 ms of tables, for changes alone

        self._entries.append(
            audit.Entry(
                event, object_type, str(object_id), before, after, on_behalf_of or self.behalf
            )
        )

    def mark(self) -> tuple[int, ...]:
        """Return the place in the changes recorded so far, for `forget_after`."""
        return tuple(map(len, self._changes))

    def forget_after(self, mark: tuple[int, ...]) -> None:
        """Drop what was recorded and to be kept after a mark: a savepoint was rolled back."""
        for changes, place in zip(self._changes, mark, strict=True):
            del changes[place:]

    def elsewhere(self, actor: Actor) -> Work:
        """Return the work of the same transaction in another organization, with no change yet."""
        own: dict[str, Any] = {"_entries": [], "_kept": [], "_stored": [], "_unnamed": []}
        return replace(self, actor=actor, **own, _last=[])

    @property
    def has_records(self) -> bool:
        """Tell whether something waits to be written to the audit trail."""
        return bool(self._entries)

    def keep(self, *contents: StagedContent) -> None:
        """Keep staged bytes that rows name now, on the account of the organization.

        It is done last, when nothing else can be refused any more, and not on a dry run;
        `finish` raises `NoRoomLeft` where there is no room for them.
        """
        for content in contents:
            self.count(content.sha256, content.size)
            self._kept.append(content.token)

    def count(self, sha256: str, size: int) -> None:
        """Count kept bytes that rows of this organization name now, wherever they came from."""
        self._stored.append((sha256, size))

    def unname(self, digests: Iterable[str]) -> None:
        """Count bytes no more that rows have ceased to name, unless others name them."""
        self._unnamed += digests

    def pass_by(self, *tokens: str) -> None:
        """Forget staged bytes once the transaction has ended well: nothing else names them."""
        self._passed.extend(tokens)

    def write_last(self, write: Callable[[], object]) -> None:
        """Put off a write that nothing in the transaction reads, to be sent with the commit.

        It shortens the time for which others wait for what the transaction has locked.
        """
        self._last.append(write)

    def write_put_off(self) -> None:
        """Write now what was put off: what comes next may read it."""
        for write in self._last:
            write()
        self._last.clear()

    def finish(self, *, is_last: bool = False) -> None:
        """Write the audit trail and, unless on a dry run, keep what is to be kept.

        `is_last` tells that nothing but the commit follows.
        """
        from sed_tui.storage import audit

        self._count_bytes()
        head = audit.lock_head(self.db, self.organization_id) if self._entries else None
        # bytes are kept when it is known that nothing is refused, and rows that are copied
        # in bulk go alone
        if is_last and not self._kept and len(self._entries) < audit.MANY:
            send_with_commit(self.db)
        self.write_put_off()
        audit.append(
            self.db,
            audit.Circumstances(
                organization_id=self.organization_id,
                at=self.now,
                actor=self.actor.login,
                source=self.options.source,
                operation=self.operation,
                reason=self.options.reason,
            ),
            self._entries,
            head,
        )
        if self._kept and not self.options.dry_run:
            self.files.keep(*self._kept)

    def clear_away(self) -> None:
        """Forget what was staged for this transaction alone, which has ended."""
        for token in self._passed:
            self.files.discard(token)

    @property
    def _changes(self) -> tuple[list[Any], ...]:
        return self._entries, self._kept, self._stored, self._unnamed, self._last

    def _count_bytes(self) -> None:
        """Count late: from here to the commit others of the organization who store wait."""
        if self._stored:
            from sed_tui.storage.room import charge  # tables, for calls with files alone

            charge(self.db, self.organization_id, self.actor.organization, dict(self._stored))
        if self._unnamed:
            from sed_tui.storage.room_counting import free  # every table that names contents

            free(self.db, self.organization_id, self._unnamed)
