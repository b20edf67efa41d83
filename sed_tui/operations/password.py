"""The operation that sets a password."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field, SerializationInfo, field_serializer

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class SetPassword(Request):
    """Set a person's password, one's own unless another is named; his sessions end.

    Who changes his own over the network says the `current` one.
    """

    employee: str | None = None
    password: str = Field(repr=False)
    current: str | None = Field(default=None, repr=False)

    @field_serializer("password", "current")
    def _hidden(self, value: str | None, info: SerializationInfo) -> str | None:
        """Leave the secrets out of what a repeated call is recognized by."""
        return "" if info.context == "fingerprint" else value


class PasswordSet(Message):
    """Whose password was set, and how many sessions ended with it."""

    login: str
    set_at: datetime
    ended: int


SET = Operation("password.set", N_("Set a password"), SetPassword, PasswordSet, Effect.WRITE)
