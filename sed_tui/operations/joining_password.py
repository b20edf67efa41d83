"""The operation that gives a new organization's administrator his first password."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field, SerializationInfo, field_serializer

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class GiveFirstPassword(Request):
    """Give the first password of an administrator of an applicant; the operator does it."""

    application: str | None = None
    login: str


class FirstPassword(Message):
    """A first password, told once: it is good until then, or until its owner sets his own."""

    login: str
    full_name: str
    valid_until: datetime
    password: str = Field(repr=False)

    @field_serializer("password")
    def _told_once(self, password: str, info: SerializationInfo) -> str:
        """Keep it out of the answer that is stored under an idempotency key."""
        return "" if info.context == "kept" else password


GIVE = Operation(
    "joining.first_password",
    N_("Give the first password of an administrator"),
    GiveFirstPassword,
    FirstPassword,
    Effect.WRITE,
)
