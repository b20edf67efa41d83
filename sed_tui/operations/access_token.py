"""Operations on tokens of programs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field, SerializationInfo, field_serializer

from sed_tui.domain.identity import LONGEST_DAYS, TOKEN_DAYS
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddToken(Request):
    """Make a token for a program of one's own, or for a system user.

    `scopes` are `read`, `write`, names of operations, or nouns such as `document.*`;
    without any it is `read`. Nothing is allowed that the person's roles do not allow.
    """

    name: str
    employee: str | None = None
    scopes: tuple[str, ...] = Field(default=(), max_length=50)
    days: int = Field(default=TOKEN_DAYS, ge=1, le=LONGEST_DAYS)


class ListTokens(Request):
    """Ask for the tokens of a person, one's own unless another is named."""

    employee: str | None = None
    past: bool = False


class RevokeToken(Request):
    """Make a token useless from now on."""

    token: str


class TokenRow(Message):
    """A token without its secret, of which nobody keeps more than a hash."""

    id: UUID
    short_id: str
    login: str
    name: str
    allows: list[str]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    is_valid: bool


class TokenAdded(TokenRow):
    """A new token; its secret is told once, and never again."""

    secret: str = Field(repr=False)

    @field_serializer("secret")
    def _told_once(self, secret: str, info: SerializationInfo) -> str:
        """Keep the secret out of the answer that is stored under an idempotency key."""
        return "" if info.context == "kept" else secret


class TokenList(Message):
    """The tokens of a person, the newest first."""

    rows: list[TokenRow]
    next: None = None


ADD = Operation("token.add", N_("Make a token"), AddToken, TokenAdded, Effect.WRITE)
LIST = Operation("token.list", N_("List tokens"), ListTokens, TokenList, Effect.READ)
REVOKE = Operation("token.revoke", N_("Revoke a token"), RevokeToken, TokenRow, Effect.DESTROY)
