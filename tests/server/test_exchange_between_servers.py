"""Two servers exchange letters: registered there, answered, both cards tell it; nothing is lost."""

from __future__ import annotations

import json
import threading
import time
from base64 import b64decode
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors import NotPermitted
from sed_tui.errors.exchange_messages import ExchangeUnavailable
from sed_tui.exchange.json_package import MESSAGE
from sed_tui.exchange.simulation import Behaviour
from sed_tui.gateway.exchange_conformance import check_server
from sed_tui.gateway.exchange_http import HttpDriver, greet, open_server
from sed_tui.gateway.exchange_round import send
from sed_tui.gateway.exchange_simulated import SimulatedPartner, serving
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.setup import initialize
from sed_tui.operations import access_token, employee, exchange_outbox
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.exchange_delivery import DELIVER, GREET
from sed_tui.operations.exchange_inbox import (
    REGISTER,
    TAKE,
    RegisterMessage,
    StagedPackage,
    TakePackages,
)
from sed_tui.operations.exchange_journal import LIST, ListMessages, MessageRow
from sed_tui.operations.exchange_outbox import RETRY, RetryMessage
from sed_tui.operations.exchange_partner import ADD, SET, AddPartner, EditPartner
from sed_tui.operations.organization import InitializeOrganization
from sed_tui.operations.registry import CallOptions
from sed_tui.partner_access import PartnerAccess, keep_access, kept_access
from tests.conftest import FixedClock, settings_of
from tests.handlers.exchange_partners import letter_to, own_uid
from tests.patience import LONGEST
from tests.served import local_settings
from tests.server.certificates import AUTHORITY, SERVER_PEM, expired_certificate
from tests.server.running import running
from tests.server.wires import listening

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.operations.dispatch import DispatchRow

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
PARTNER = "КОННЕКТОР"


@dataclass
class Office:
    """An organization on a server of its own, and the driver that sends for it."""

    name: str
    gateway: LocalGateway
    address: str
    driver: HttpDriver
    tokens: Path

    @property
    def uid(self) -> str:
        return own_uid(self.gateway)

    def token(self) -> str:
        hired = employee.AddEmployee(login="partner", full_name="Коннектор", roles=(Role.SYSTEM,))
        self.gateway.call(employee.ADD, hired)
        wanted = access_token.AddToken(
            name="exchange", employee="partner", scopes=(GREET.name, DELIVER.name)
        )
        return self.gateway.call(access_token.ADD, wanted).secret

    def meet(self, other: Office) -> None:
        partner = AddPartner(
            code=PARTNER,
            channel=Channel.HTTP,
            name=other.name,
            uids=(other.uid,),
            address=other.address,
            inbox="partner",
        )
        self.gateway.call(ADD, partner)
        keep_access(self.tokens, self.uid, PARTNER, PartnerAccess(other.token(), other.address))

    def round(self) -> int:
        done = send(self.gateway, [self.driver], CallOptions())
        assert done.troubles == []
        return done.sent

    def goes_to(self, address: str, authority: str | None) -> None:
        """Move the partner to another address, of a server that an authority answers for."""
        self.gateway.call(SET, EditPartner(partner=PARTNER, address=address))
        access = kept_access(self.tokens, self.uid, PARTNER)
        assert access is not None
        keep_access(self.tokens, self.uid, PARTNER, PartnerAccess(access.token, address, authority))

    def refused_at(self, address: str, authority: str | None) -> str:
        """Return why the letter did not go there; it waits and goes once more when told to."""
        self.goes_to(address, authority)
        done = send(self.gateway, [self.driver], CallOptions())
        [row] = self.messages(Direction.OUT, MessageKind.LETTER)
        assert (done.put_off, row.state) == (1, MessageState.PREPARED)
        self.gateway.call(RETRY, RetryMessage(message=str(row.id)))
        return row.last_error or ""

    def messages(self, direction: Direction, kind: MessageKind) -> list[MessageRow]:
        request = ListMessages(direction=direction, kind=kind)
        return self.gateway.call(LIST, request).rows

    def card(self, document: str) -> DispatchRow:
        [row] = self.gateway.call(DISPATCHES, ListDispatches(document=document)).rows
        return row


@pytest.fixture
def offices(settings: Any, clock: FixedClock, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Return two organizations on two servers that know each other."""
    second = settings_of(tmp_path / "second" / "sed.db", login="admin")
    (tmp_path / "second").mkdir()
    named = InitializeOrganization(
        name="Управа", code="01", login="admin", full_name="Петров Пётр Петрович"
    )
    initialize(second, named, clock)
    with ExitStack() as stack:
        made = []
        for name, one in (("Администрация", settings), ("Управа", second)):
            address = stack.enter_context(running(one, clock))
            gateway = LocalGateway(one, clock)
            stack.callback(gateway.close)
            tokens = tmp_path / f"tokens-{name}"
            made.append(Office(name, gateway, address, HttpDriver(tokens), tokens))
        ours, theirs = made
        ours.meet(theirs)
        theirs.meet(ours)
        yield ours, theirs


def test_a_letter_is_registered_and_answered_on_another_server_in_spite_of_a_kill(
    offices: tuple[Office, Office], clock: FixedClock
) -> None:
    ours, theirs = offices
    letter = letter_to(ours.gateway, theirs.name)
    ours.gateway.call(DISPATCH, DispatchDocument(document=letter.number))

    # the driver dies after the partner has taken the letter, before it says so
    claim = exchange_outbox.ClaimMessages(partner=PARTNER)
    [parcel] = ours.gateway.call(exchange_outbox.CLAIM, claim).rows
    ours.driver.send(parcel, ours.gateway.fetch)
    assert ours.round() == 0
    clock.moment += timedelta(minutes=16)
    assert ours.round() == 1
    [waiting] = theirs.messages(Direction.IN, MessageKind.LETTER)
    taken = theirs.gateway.call(REGISTER, RegisterMessage(message=str(waiting.id)))
    theirs.round()
    told = ours.card(letter.number)

    answer = letter_to(theirs.gateway, ours.name, in_reply_to=taken.number)
    theirs.gateway.call(DISPATCH, DispatchDocument(document=answer.number))
    theirs.round()
    [reply] = ours.messages(Direction.IN, MessageKind.LETTER)
    received = ours.gateway.call(REGISTER, RegisterMessage(message=str(reply.id)))
    ours.round()
    theirs.round()

    assert (told.exchange_state, told.their_number) == (MessageState.REGISTERED, taken.number)
    back = theirs.card(answer.number)
    assert (back.exchange_state, back.their_number) == (MessageState.REGISTERED, received.number)
    assert back.delivery == "коннектор"
    of_card = ours.gateway.call(LIST, ListMessages(document=received.number)).rows
    assert {one.kind for one in of_card} == set(MessageKind) - {MessageKind.UNKNOWN}
    for office in offices:
        assert len(office.messages(Direction.IN, MessageKind.LETTER)) == 1
        assert office.round() == 0


def test_a_certificate_that_is_not_right_is_told_and_the_letter_waits(
    offices: tuple[Office, Office], clock: FixedClock, tmp_path: Path
) -> None:
    ours, theirs = offices
    letter = letter_to(ours.gateway, theirs.name)
    ours.gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    expired = tmp_path / "expired.pem"
    expired.write_bytes(expired_certificate("localhost"))
    told = {}
    # a server of the partner's own authority, and one whose certificate was not renewed
    with ExitStack() as stack:
        settings = local_settings(theirs.gateway)
        good = stack.enter_context(running(settings, clock, ssl_certfile=SERVER_PEM))
        old = stack.enter_context(running(settings, clock, ssl_certfile=str(expired)))
        named = good.replace("127.0.0.1", "localhost")
        troubles = {
            "authority": (named, None),
            "file": (named, str(tmp_path / "gone.pem")),
            "name": (good, str(AUTHORITY)),
            "term": (old.replace("127.0.0.1", "localhost"), str(expired)),
        }
        for trouble, (address, authority) in troubles.items():
            told[trouble] = ours.refused_at(address, authority)
        ours.goes_to(named, str(AUTHORITY))
        sent = ours.round()

    assert "is not trusted" in told["authority"]
    assert f"exchange partner connect {PARTNER} --authority" in told["authority"]
    assert "gone.pem" in told["file"]  # of this machine: nothing is given up for it
    assert "was given to another name" in told["name"]
    assert "is not valid now" in told["term"]
    assert sent == 1
    assert len(theirs.messages(Direction.IN, MessageKind.LETTER)) == 1


def test_a_server_is_checked_and_nothing_stays_there(offices: tuple[Office, Office]) -> None:
    ours, theirs = offices
    access = kept_access(ours.tokens, ours.uid, PARTNER)
    assert access is not None
    server = open_server(theirs.address, access)
    checks = list(check_server(server, ours.uid, theirs.uid))
    [stranger] = check_server(server, theirs.uid, ours.uid)
    server.close()

    assert [one for one in checks if not one.is_passed] == []
    assert len(checks) == 6
    assert not stranger.is_passed
    assert theirs.gateway.call(LIST, ListMessages(direction=Direction.IN)).rows == []


def test_a_simulated_partner_takes_a_letter_and_answers_as_it_is_told_to(
    settings: Any, gateway: LocalGateway, clock: FixedClock, tmp_path: Path
) -> None:
    uid = "7c9d6a54-1111-4222-8333-944455556666"
    answered: list[str] = []
    with running(settings, clock) as address:
        us = Office("Администрация", gateway, address, HttpDriver(tmp_path), tmp_path)
        played = SimulatedPartner(
            uid=uid,
            their_uid=us.uid,
            token="их токен".encode().hex(),
            behaviour=Behaviour(copies=2, is_shuffled=True, broken=1, seed=3),
            chance=Random(3),
            back=open_server(address, PartnerAccess(us.token(), address)),
            now=clock.now,
            said=lambda _letter, answer: answered.append(answer),
        )
        server = serving(played, "127.0.0.1", 0)
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        there = f"http://127.0.0.1:{server.server_port}"
        partner = AddPartner(
            code=PARTNER,
            channel=Channel.HTTP,
            name="Имитация",
            uids=(uid,),
            address=there,
            inbox="partner",
        )
        gateway.call(ADD, partner)
        with closing(open_server(there, PartnerAccess("wrong", there))) as nobody:
            stranger = list(check_server(nobody, us.uid, uid))
        with closing(open_server(there, PartnerAccess(played.token, there))) as friend:
            greeted = greet(friend, us.uid, [uid])
        keep_access(tmp_path, us.uid, PARTNER, PartnerAccess(played.token, there))
        letter = letter_to(gateway, "Имитация")
        gateway.call(DISPATCH, DispatchDocument(document=letter.number))
        sent = us.round()
        deadline = time.monotonic() + LONGEST
        while len(answered) < 5 and time.monotonic() < deadline:
            time.sleep(0.05)
        server.shutdown()
        server.server_close()
        played.back.close()

    assert [one.is_passed for one in stranger] == [False]
    assert greeted.organization == "Имитация партнёра"
    assert sent == 1
    assert sorted(answered) == [
        "broken: quarantined",
        "receipt: already",
        "receipt: taken",
        "registered: already",
        "registered: taken",
    ]
    row = us.card(letter.number)
    assert row.exchange_state is MessageState.REGISTERED
    assert (row.their_number or "").endswith("-вх")


def test_a_partner_hands_over_its_own_messages_alone(
    offices: tuple[Office, Office],
) -> None:
    ours, theirs = offices
    letter = letter_to(ours.gateway, theirs.name)
    ours.gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    claim = exchange_outbox.ClaimMessages(partner=PARTNER)
    [parcel] = ours.gateway.call(exchange_outbox.CLAIM, claim).rows
    told = json.loads(b64decode(parcel.message))
    access = kept_access(ours.tokens, ours.uid, PARTNER)
    assert access is not None

    assert (parcel.message_file.name, told["format"]) == (MESSAGE, "sed-exchange/1")
    assert access.token not in repr(access)
    server = open_server(theirs.address, access)
    package = StagedPackage(token="x", name="1")
    request = TakePackages(channel=Channel.HTTP, source="/", packages=(package,))
    with pytest.raises(NotPermitted):
        server.call(TAKE, request)
    server.close()
    # neither without a token nor with a wrong one is anything given up: both can be mended
    path = keep_access(ours.tokens, ours.uid, PARTNER, PartnerAccess("wrong", theirs.address))
    for _try in range(2):
        driver = HttpDriver(ours.tokens)
        with pytest.raises(ExchangeUnavailable, match="token"):
            driver.send(parcel, ours.gateway.fetch)
        driver.close()
        path.unlink(missing_ok=True)


def test_a_token_is_not_sent_where_somebody_has_moved_the_partner_to(
    offices: tuple[Office, Office],
) -> None:
    """An administrator changes the card from afar; the token stays with whom it was given for."""
    ours, theirs = offices
    letter = letter_to(ours.gateway, theirs.name)
    ours.gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    heard: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        heard.append(connection.recv(65536))

    with listening(listen) as port:
        moved = EditPartner(partner=PARTNER, address=f"http://127.0.0.1:{port}")
        ours.gateway.call(SET, moved)
        done = send(ours.gateway, [ours.driver], CallOptions())

    assert (done.sent, heard) == (0, [])
    assert theirs.address in done.troubles[0][1]
