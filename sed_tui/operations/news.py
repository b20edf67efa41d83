"""Operations on what is new in a version: who has taken note of it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListNews(Request):
    """Ask which versions brought what, and who has taken note."""


class AcknowledgeNews(Request):
    """Take note of what a version brings, the newest unless one is named."""

    version: str | None = Field(default=None, max_length=32)


class Acknowledgement(Message):
    """Who has taken note, and when."""

    name: str
    at: datetime


class NewsRow(Message):
    """A version with its changes; `is_new` says that the reader has not taken note of it."""

    version: str
    changes: list[str]
    musts: list[str]
    acknowledged: list[Acknowledgement]
    is_new: bool


class NewsList(Message):
    """The versions, the newest first."""

    rows: list[NewsRow]
    next: None = None


LIST = Operation("news.list", N_("Show what is new"), ListNews, NewsList, Effect.READ)
ACKNOWLEDGE = Operation(
    "news.acknowledge", N_("Take note of what is new"), AcknowledgeNews, NewsRow, Effect.WRITE
)
