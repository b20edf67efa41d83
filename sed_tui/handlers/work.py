"""The unit of work: everything a handler may touch, and the only door to the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sed_tui.domain.clock import office_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Connection

    from sed_tui.domain.actor import Actor
    from sed_tui.domain.calendar import WorkingCalendar
    from sed_tui.operations.registry import CallOptions
    from sed_tui.storage import audit
    from sed_tui.storage.files import FileStore


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

    def mark(self) -> tuple[int, int]:
        """Return the place in the changes recorded so far, for `forget_after`."""
        return len(self._entries), len(self._kept)

    def forget_after(self, mark: tuple[int, int]) -> None:
        """Drop what was recorded and to be kept after a mark: a savepoint was rolled back."""
        del self._entries[mark[0] :]
        del self._kept[mark[1] :]

    @property
    def has_records(self) -> bool:
        """Tell whether something waits to be written to the audit trail."""
        return bool(self._entries)

    def keep(self, *tokens: str) -> None:
        """Keep staged bytes for good, last, when nothing can be refused any more.

        That is not done on a dry run.
        """
        self._kept.extend(tokens)

    def pass_by(self, *tokens: str) -> None:
        """Forget staged bytes once the transaction has ended well: nothing else names them."""
        self._passed.extend(tokens)

    def finish(self) -> None:
        """Write the audit trail and, unless on a dry run, keep what is to be kept."""
        from sed_tui.storage import audit

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
        )
        if self._kept and not self.options.dry_run:
            self.files.keep(*self._kept)

    def clear_away(self) -> None:
        """Forget what was staged for this transaction alone, which has ended."""
        for token in self._passed:
            self.files.discard(token)
