"""A letter and its answer between two servers, every step of it by `sedctl`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from commands.root import run
from sed_tui.config import home
from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.partner_access import keep_access, kept_access
from tests.handlers.exchange_partners import PDF
from tests.served import local_settings
from tests.server.test_exchange_between_servers import PARTNER, Office, offices

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["offices"]


@pytest.fixture
def clock() -> SystemClock:
    """Let the servers go by the clock that the commands go by."""
    return SystemClock()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_letter_is_answered_on_another_server_by_commands_alone(
    offices: tuple[Office, Office],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = offices
    scan = tmp_path / "Письмо.pdf"
    scan.write_bytes(PDF)

    def told(office: Office, *words: str) -> Any:
        capsys.readouterr()
        settings = local_settings(office.gateway)
        monkeypatch.setenv("SED_FILES", str(settings.files))
        where = ("--database", str(settings.database), "--as", "admin")
        status = run([*where, *words, "--format", "json"])
        printed = capsys.readouterr()
        assert status == 0, printed.err
        return json.loads(printed.out)

    def sent(office: Office, other: Office, *words: str) -> str:
        letter = ("outgoing", "--to", other.name, "--file", str(scan), "--signatory", "Глава")
        signed = ("--signed-on", office_day(SystemClock().now()).isoformat())
        number = str(told(office, "document", "register", *letter, *signed, *words)["number"])
        told(office, "document", "dispatch", number)
        told(office, "exchange", "run")
        return number

    def taken(office: Office) -> str:
        rows = told(office, "exchange", "inbox")["rows"]
        [row] = [one for one in rows if one["kind"] == "letter"]
        return str(told(office, "exchange", "register", row["id"])["number"])

    for office in offices:
        access = kept_access(office.tokens, office.uid, PARTNER)
        assert access is not None
        keep_access(home(), office.uid, PARTNER, access)
    letter = sent(ours, theirs, "--subject", "О мосте")
    incoming = taken(theirs)
    answer = sent(theirs, ours, "--subject", "Ответ о мосте", "--in-reply-to", incoming)
    reply = taken(ours)
    told(ours, "exchange", "run")
    card = told(ours, "document", "show", reply)

    assert (ours.card(letter).their_number, theirs.card(answer).their_number) == (incoming, reply)
    assert letter in json.dumps(card["links"], ensure_ascii=False)
