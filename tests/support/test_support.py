"""Tickets over a real portal and a real mail server: one each, whichever way, none lost."""

from __future__ import annotations

import getpass
import json
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.config import home
from sed_tui.errors import NotFound
from sed_tui.errors.installation import InternalError
from sed_tui.errors.support import (
    BadSupportSettings,
    NothingToTell,
    OfficialUseTicket,
    TicketExists,
)
from sed_tui.errors.usage import Usage
from sed_tui.support import making
from sed_tui.support.last_errors import last_errors, remember
from sed_tui.support.making import Complaint, make_ticket
from sed_tui.support.portal import Portal, PortalTrouble
from sed_tui.support.sending import synchronize
from sed_tui.support.settings import support_settings
from sed_tui.support.tickets import Ticket, TicketState, find_ticket, tickets
from tests.support import portal as portals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.portal import PortalOfTests

ADDRESS = "sd@support.example"


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[PortalOfTests]:
    """Return a portal that the settings lead to, and an address to fall back on."""
    started = portals.start()
    for name, value in started.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SED_SUPPORT_EMAIL", ADDRESS)
    home().mkdir(parents=True)
    yield started
    portals.stop(started)


def told(summary: str = "Не открывается карточка", **fields: Any) -> Ticket:
    return make_ticket(Complaint(summary, without_report=True, **fields), None)


def synced(ticket: Ticket) -> Ticket:
    return synchronize(find_ticket(ticket.id), support_settings(), None)


def failed(error: str = "KeyError (rows.py:7)") -> None:
    remember(InternalError(error=error, advice=""), "sedctl")


def test_a_ticket_reaches_the_portal_and_its_answers_are_read_offline(
    portal: PortalOfTests,
) -> None:
    failed()
    ticket = told()
    portal.answers = [{"at": "2026-11-24", "text": "Обновите\x1b[2J программу"}]
    portal.is_closed = True
    read = synced(ticket)
    [sent] = portal.tickets.values()
    portals.stop(portal)
    offline = find_ticket(ticket.id)

    assert (ticket.state, ticket.number) == (TicketState.PORTAL, "SD-1")
    assert sent["summary"] == "Не открывается карточка"
    assert sent["error"]["place"] == "KeyError (rows.py:7)"
    assert sent["version"]
    assert offline == read
    assert offline.state is TicketState.CLOSED
    assert offline.answers[0]["text"] == "Обновите [2J программу"
    assert stat.S_IMODE((home() / "support" / f"{ticket.id}.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("fault", ["page", "error", "redirect", "nonsense", "slow"])
def test_a_portal_that_answers_nonsense_leaves_the_ticket_to_the_mail(
    portal: PortalOfTests, serving: Any, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    inbox = serving().inbox
    portal.fault = fault
    monkeypatch.setattr(Portal.__init__, "__defaults__", (0.5,))
    ticket = told()
    [(recipient, letter)] = inbox.letters
    [file] = letter.iter_attachments()

    assert (ticket.state, ticket.number) == (TicketState.LETTER, None)
    assert ticket.trouble is not None
    assert ticket.trouble.startswith("the portal: ")
    assert (recipient, letter["Message-ID"]) == (ADDRESS, ticket.message_id)
    assert letter["Subject"] == f"[{ticket.id}] Не открывается карточка"
    assert json.loads(file.get_content())["summary"] == "Не открывается карточка"


def test_what_went_by_mail_is_looked_for_at_the_portal_and_not_put_there_again(
    portal: PortalOfTests, serving: Any
) -> None:
    serving()
    portal.fault = "error"
    ticket = told()
    portal.fault = ""
    unknown = synced(ticket)
    portal.tickets[ticket.id] = {}  # somebody of the support has entered the letter
    known = synced(ticket)

    assert (unknown.state, unknown.number) == (TicketState.LETTER, None)
    assert (known.state, known.number) == (TicketState.PORTAL, "SD-1")
    assert len(portal.tickets) == 1


def test_with_both_down_it_waits_and_goes_once(portal: PortalOfTests, serving: Any) -> None:
    server = serving()
    server.stop()
    portal.fault = "error"
    ticket = told()
    portal.fault = ""
    first, second = synced(ticket), synced(ticket)

    assert ticket.state is TicketState.QUEUED
    assert "the mail server" in (ticket.trouble or "")
    assert first.number == second.number == "SD-1"
    assert len(portal.tickets) == 1


def test_without_a_mail_server_a_letter_is_prepared(portal: PortalOfTests) -> None:
    portal.fault = "error"
    ticket = told()
    path = home() / "support" / f"{ticket.id}.eml"

    assert (ticket.state, ticket.letter) == (TicketState.PREPARED, str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ticket.message_id is not None
    assert ticket.message_id in path.read_text()


def test_a_portal_whose_certificate_is_not_trusted_gets_nothing(
    portal: PortalOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SED_SUPPORT_CA")
    ticket = told()

    assert ticket.state is TicketState.PREPARED
    assert portal.tickets == {}


def test_the_same_failure_is_joined_and_its_words_reach_the_portal(portal: PortalOfTests) -> None:
    failed()
    ticket = told()
    failed()
    with pytest.raises(TicketExists, match=ticket.id):
        told("Опять")
    joined = told("Опять то же", joins=True)
    synced(joined)
    other = told("Другое", force=True)

    assert joined.id == ticket.id
    assert portal.comments == ["Опять то же"]
    assert other.id != ticket.id
    assert len(tickets()) == 2


def test_personal_data_is_masked_and_official_use_is_refused(portal: PortalOfTests) -> None:
    description = f"У {getpass.getuser()} ivan@mail.ru СНИЛС 112-233-445 95 в /home/ivan/x"
    ticket = told("Не видно", description=description)
    sent = json.dumps(list(portal.tickets.values()), ensure_ascii=False)

    for secret in ("ivan@mail.ru", "112-233-445", "/home/ivan"):
        assert secret not in sent
        assert secret not in ticket.description
    with pytest.raises(OfficialUseTicket):
        told("Документ ДСП не открылся")
    with pytest.raises(NothingToTell):
        make_ticket(Complaint(), None)


def test_failures_are_remembered_without_the_words_of_documents(portal: PortalOfTests) -> None:
    remember(NotFound(kind="Document", key="Секретная тема", field="document"), "sedctl")
    remember(Usage(text="x"), "sedctl")
    failed()
    failed()
    kept = (home() / "last-errors.json").read_text()

    assert portal.requests == 0
    assert [one.code for one in last_errors()] == ["internal", "not_found"]
    assert "Секретная" not in kept
    assert stat.S_IMODE((home() / "last-errors.json").stat().st_mode) == 0o600


@pytest.mark.usefixtures("portal")
def test_the_check_of_the_workplace_goes_with_it_masked() -> None:
    report = making._workstation()

    assert report is not None
    assert report["checks"]
    assert report["machine"] == "…"
    assert getpass.getuser() == "root" or getpass.getuser() not in json.dumps(report)


@pytest.mark.parametrize(
    "settings",
    [
        {"SED_SUPPORT_URL": "http://portal.example/"},
        {"SED_SUPPORT_URL": "portal"},
        {"SED_SUPPORT_CA": "/no/such/file"},
        {"SED_SUPPORT_EMAIL": "nobody"},
    ],
)
def test_settings_that_cannot_be_used_are_told(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(BadSupportSettings, match=next(iter(settings))):
        support_settings()


def test_a_portal_that_is_not_there_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SED_SUPPORT_URL", "https://localhost:1/tickets")
    with closing(Portal(support_settings())) as nothing, pytest.raises(PortalTrouble):
        nothing.put("SED-1", {})
