"""Operations on the operator's requirements for workplaces."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from sed_tui.domain.requirements import LARGEST
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class PublishRequirements(Request):
    """Publish an edition for every workplace of the organization; `content` is its TOML."""

    content: str = Field(max_length=LARGEST)
    force: bool = False


class ShowRequirements(Request):
    """Ask for the newest edition that is published."""


class PublishedRequirements(Message):
    """A published edition."""

    edition: str
    dated: date
    published_at: datetime
    published_by: str
    content: str


PUBLISH = Operation(
    "requirements.publish",
    N_("Publish requirements for workplaces"),
    PublishRequirements,
    PublishedRequirements,
    Effect.WRITE,
)
SHOW = Operation(
    "requirements.show",
    N_("Show the published requirements"),
    ShowRequirements,
    PublishedRequirements,
    Effect.READ,
)
