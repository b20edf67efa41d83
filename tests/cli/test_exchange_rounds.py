"""Rounds of the exchange as scripts and cron see them: one document, and a status that stays."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commands import exchange_round
from tests.exchange.samples import THEM, US

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

pytestmark = [
    pytest.mark.parametrize("engine", ["sqlite"]),
    pytest.mark.local_only("folders lie where the round is made"),
]
LONG_AGO = time.time() - 600


@pytest.fixture
def inbox(sedctl: Callable[..., Outcome], tmp_path: Path) -> Path:
    """Return the folder where packages of a partner arrive."""
    folders = tmp_path / "in", tmp_path / "out"
    for one in folders:
        one.mkdir()
    places = ("--inbox", str(folders[0]), "--address", str(folders[1]))
    known = ("--uid", THEM.uid, "--own-uid", US.uid, *places)
    done = sedctl("exchange", "partner", "add", "PRAV", "--channel", "medo", "--name", "П", *known)
    assert done.status == 0, done.err
    return folders[0]


def broken(inbox: Path, name: str = "broken.zip") -> None:
    """Lay a package that nobody can read."""
    (inbox / name).write_bytes(name.encode())
    os.utime(inbox / name, (LONG_AGO, LONG_AGO))


def test_a_round_is_one_document_of_what_was_taken_and_what_was_sent(
    sedctl: Callable[..., Outcome], inbox: Path
) -> None:
    broken(inbox)
    dry = sedctl("exchange", "run", "--dry-run", "--format", "json")
    done = sedctl("exchange", "run", "--format", "json")
    due = sedctl("exchange", "send", "--dry-run", "--format", "json")
    sent = sedctl("exchange", "send", "--format", "json")
    taken = sedctl("exchange", "receive", "--format", "json")

    assert (dry.data["due"], dry.data["dry_run"], len(dry.data["rows"])) == ([], True, 1)
    assert due.data == {"rows": [], "next": None, "dry_run": True}
    assert (done.status, done.error["code"]) == (9, "packages_quarantined")
    [row] = done.data["rows"]
    assert (row["name"], row["outcome"]) == ("broken.zip", "quarantined")
    figures = {"sent": 0, "put_off": 0, "given_up": 0, "unformed": 0, "undelivered": 0}
    assert done.data == {"rows": [row], "next": None, **figures}
    assert (sent.data, taken.data) == (figures, {"rows": [], "next": None})


def test_a_letter_is_told_in_words_and_the_same_one_is_registered_as_a_duplicate(
    sedctl: Callable[..., Outcome], inbox: Path
) -> None:
    example = Path(__file__).parents[2] / "examples" / "exchange" / "letter"
    text = (example / "document.xml").read_text(encoding="windows-1251")
    turned = {US.uid: THEM.uid, THEM.uid: US.uid}  # the letter of the example is one of ours
    text = re.sub("|".join(turned), lambda found: turned[found[0]], text)
    broken(inbox)
    for number in "12":
        shutil.copytree(example, inbox / number)
        once = text.replace("0d9c2c6e", f"0d9c2c6{number}").replace("7e1f0f0e", f"7e1f0f0{number}")
        (inbox / number / "document.xml").write_text(once, encoding="windows-1251")
    run = sedctl("--lang", "ru", "exchange", "run")
    letters = sedctl("exchange", "inbox", "--state", "waiting", "--format", "json").data["rows"]
    ids = [row["short_id"] for row in letters]
    sedctl("exchange", "register", ids[0])
    refused = sedctl("exchange", "register", ids[1], "--format", "json")
    both = sedctl("exchange", "register", ids[1], "--force", "--as-duplicate", "--format", "json")
    done = sedctl("exchange", "register", ids[1], "--as-duplicate", "--format", "json")

    assert run.out.count("ждёт регистрации") == 2
    assert "zip. Отправитель" in run.out  # a sentence and its advice
    assert (refused.error["code"], "--as-duplicate" in refused.error["hint"]) == (
        "already_registered",
        True,
    )
    assert both.error["code"] == "options_exclude"
    assert done.data["number"].endswith("/1-а")


def test_a_watch_ends_with_what_any_of_its_rounds_found(
    sedctl: Callable[..., Outcome], inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock:
        """Goes on by its pauses alone."""

        now = 0.0

        def monotonic(self) -> float:
            return self.now

        def sleep(self, seconds: float) -> None:
            self.now += seconds

    monkeypatch.setattr(exchange_round, "time", Clock())
    broken(inbox)
    watched = sedctl("exchange", "run", "--watch", "1", "--every", "30", "--format", "json")
    inbox.rename(inbox.with_name("away"))
    away = sedctl("exchange", "run", "--watch", "1", "--every", "30")

    assert (watched.status, len(watched.data["rows"])) == (9, 1)
    # as it happened, and at the end
    assert watched.err.count("Packages put into quarantine: 1") == 2
    assert away.status == 7
