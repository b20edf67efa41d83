"""What was typed into forms and is not saved yet: kept on disk, readable to its owner alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any

from sed_tui.config import home
from sed_tui.errors.causes import system_cause
from sed_tui.errors.form import DraftNotKept
from sed_tui.private_file import write_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sed_tui.gateway import Gateway

_PRIVATE_DIRECTORY = 0o700


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form as they were left, and when."""

    fields: dict[str, Any]
    saved_at: datetime


class Drafts:
    """The drafts of one person in one database.

    Writing may happen in any thread: each call takes a ticket where it is made, and an
    older one never overwrites what a newer one did.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = Lock()
        self._tickets = count(1)
        self._done: dict[str, int] = {}

    @classmethod
    def of(cls, gateway: Gateway) -> Drafts:
        """Return the drafts that belong to a gateway's database and actor."""
        owner = f"{gateway.place}\n{gateway.identity}"
        name = hashlib.sha256(owner.encode()).hexdigest()[:16]
        return cls(home() / "drafts" / name)

    def ticket(self) -> int:
        """Return the place in line of a change that happens now."""
        return next(self._tickets)

    def load(self, form: str) -> Draft | None:
        """Return the draft of a form, None where there is none or it cannot be read."""
        try:
            content = json.loads(self._path(form).read_text(encoding="utf-8"))
            return Draft(dict(content["fields"]), datetime.fromisoformat(content["saved_at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, form: str, fields: Mapping[str, Any], ticket: int) -> None:
        """Write a draft as a whole or not at all; it is on the disk when this returns.

        Raises `DraftNotKept`.
        """
        with self._lock:
            if ticket < self._done.get(form, 0):
                return
            self._done[form] = ticket
            content = {"saved_at": datetime.now(UTC).isoformat(), "fields": dict(fields)}
            try:
                self._replace(form, json.dumps(content, ensure_ascii=False))
            except OSError as error:
                raise DraftNotKept(reason=system_cause(error)) from error

    def delete(self, form: str, ticket: int) -> None:
        """Forget a draft, whatever older save is still on its way."""
        with self._lock:
            self._done[form] = ticket
            self._path(form).unlink(missing_ok=True)

    def _replace(self, form: str, text: str) -> None:
        self._directory.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_DIRECTORY)
        write_private(self._path(form), text.encode())

    def _path(self, form: str) -> Path:
        return self._directory / f"{form}.json"
