"""Failures of naming one thing among many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.errors.failure import Conflict
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Ambiguous(Conflict):
    """Several things answer to the text."""

    code = "ambiguous"
    message = N_("“{value}” may mean several things: {candidates}")
    hint = N_("Write JOURNAL:NUMBER, NUMBER@YEAR or the short id.")


class ChangedMeanwhile(Conflict):
    """The thing is not what was read before."""

    code = "changed_meanwhile"
    message = N_("{what} was changed meanwhile: you saw version {seen}, it is at {current} now.")
    hint = N_("Read it again and repeat the change.")

    def __init__(
        self, *, differences: Mapping[str, Sequence[Any]] | None = None, **details: Any
    ) -> None:
        """Take with the versions the fields that differ: what each is now, what was to be."""
        super().__init__(**details)
        self.details["differences"] = {
            name: [None if value is None else str(value) for value in both]
            for name, both in (differences or {}).items()
        }

    def as_problem(self) -> dict[str, Any]:
        """Return the error object with both values of every field that differs."""
        differences = [
            {"field": name, "now": now, "yours": yours}
            for name, (now, yours) in self.details["differences"].items()
        ]
        return {**super().as_problem(), "differences": differences}
