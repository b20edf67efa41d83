"""`sedctl duma`: a moved sitting is told of by mail, through a real server."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.cli.conftest import SENT_HERE
from tests.handlers.people import add_letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome

# a Thursday far enough ahead for every term, within the known calendar
SITTING = date(2026, 12, 17)
MOVED = SITTING + timedelta(days=7)


@SENT_HERE
def test_a_moved_sitting_is_told_of_by_mail(
    sedctl: Callable[..., Outcome], settings: Settings, serving: Any
) -> None:
    inbox = serving().inbox
    number = add_letter(settings, "01-23/18")
    assert sedctl("user", "edit", "admin", "--email", "ivanova@o.example").status == 0
    assert sedctl("duma", "sitting", "add", str(SITTING)).status == 0
    assert sedctl("duma", "open", number, "--sitting", str(SITTING)).status == 0

    why = ("--reason", "Письмо аппарата Думы")
    moved = sedctl("duma", "sitting", "move", str(SITTING), str(MOVED), *why, "--format", "json")
    sent = sedctl("notify", "send", "--format", "json")

    assert (moved.status, sent.status) == (0, 0), moved.err + sent.err
    assert len(moved.data["told"]) == 1
    [(recipient, letter)] = inbox.letters
    text = letter.get_body(("plain",))
    assert recipient == "ivanova@o.example"
    assert text is not None
    assert "Письмо аппарата Думы" in text.get_content()
    assert f"{MOVED - timedelta(days=8):%d.%m.%Y}" in text.get_content()


def test_rules_are_told_in_words(sedctl: Callable[..., Outcome]) -> None:
    told = sedctl("--lang", "ru", "duma", "rule", "list")

    assert "первое чтение" in told.out
    assert "first_reading" not in told.out
    assert "first_reading" in sedctl("duma", "rule", "list", "--format", "csv").out
