"""Taking note of a version: once, for the record, of a version there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui import __version__
from sed_tui.errors.guidance import UnknownVersion
from sed_tui.operations.news import ACKNOWLEDGE, LIST, AcknowledgeNews, ListNews
from sed_tui.storage.news import all_news

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


def test_note_is_taken_once(gateway: LocalGateway) -> None:
    assert gateway.call(LIST, ListNews()).rows[0].is_new
    first = gateway.call(ACKNOWLEDGE, AcknowledgeNews())
    second = gateway.call(ACKNOWLEDGE, AcknowledgeNews(version=first.version))

    assert len(second.acknowledged) == 1
    assert not second.is_new
    with pytest.raises(UnknownVersion):
        gateway.call(ACKNOWLEDGE, AcknowledgeNews(version="9.9"))


def test_the_version_of_the_program_has_its_news_in_both_languages() -> None:
    newest = all_news()[0]

    assert newest.number == __version__
    assert all(dict(item.texts).keys() == {"ru", "en"} for item in newest.items)
