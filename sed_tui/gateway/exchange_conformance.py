"""What a partner's server does with what is handed over: checks that leave nothing behind.

Messages are handed over as dry runs, which the other side rolls back.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from sed_tui.errors import NotPermitted, SedError
from sed_tui.exchange.json_package import MESSAGE, write_json
from sed_tui.exchange.message import (
    AttachedFile,
    Letter,
    Message,
    Number,
    Participant,
    Person,
    Signatory,
)
from sed_tui.exchange.profile import Profile
from sed_tui.gateway.exchange_http import greet
from sed_tui.i18n import N_, _
from sed_tui.operations.exchange_delivery import DELIVER, DeliverMessage
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.operations.exchange_partner import LIST, ListPartners
from sed_tui.operations.registry import CallOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sed_tui.gateway.remote import RemoteGateway

_TRIAL = CallOptions(source="connector", dry_run=True)
_FILE = "Письмо.txt"


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on one check; `detail` says what was found."""

    check: str
    is_passed: bool
    detail: str


def check_server(server: RemoteGateway, own_uid: str, partner_uid: str) -> Iterator[Checked]:
    """Run the checks against a server; without a greeting the others are not tried."""
    greeting = _checked(
        _("it greets and knows us"),
        lambda: greet(server, own_uid, [partner_uid]).organization,
    )
    yield greeting
    if not greeting.is_passed:
        return
    yield _narrow(server)
    letter = _letter(own_uid, partner_uid)
    good = {MESSAGE: write_json(letter, Profile()), _FILE: "Проверка".encode()}
    trials = {
        N_("a letter is taken in"): (good, TakeOutcome.TAKEN),
        N_("a letter without its file is kept"): (
            {MESSAGE: good[MESSAGE]},
            TakeOutcome.QUARANTINED,
        ),
        N_("a message that is no JSON is kept"): ({MESSAGE: b"{"}, TakeOutcome.QUARANTINED),
        N_("a message of somebody else is kept"): (
            {MESSAGE: write_json(_letter(str(uuid4()), partner_uid), Profile())},
            TakeOutcome.QUARANTINED,
        ),
    }
    for title, (files, wanted) in trials.items():
        yield _trial(server, _(title), files, wanted)


def _checked(title: str, check: Callable[[], str]) -> Checked:
    try:
        return Checked(title, is_passed=True, detail=check())
    except SedError as error:
        return Checked(title, is_passed=False, detail=f"{error} {error.advice}".strip())


def _narrow(server: RemoteGateway) -> Checked:
    """Make sure that whoever steals the token reads nothing by it."""
    title = _("the token opens the exchange alone")
    try:
        server.call(LIST, ListPartners(), _TRIAL)
    except NotPermitted:
        return Checked(title, is_passed=True, detail="")
    except SedError as error:
        return Checked(title, is_passed=False, detail=str(error))
    return Checked(title, is_passed=False, detail=LIST.name)


def _trial(
    server: RemoteGateway, title: str, files: dict[str, bytes], wanted: TakeOutcome
) -> Checked:
    try:
        token = server.stage(io.BytesIO(_packed(files)))
        done = server.call(DELIVER, DeliverMessage(token=token, name="conformance"), _TRIAL)
    except SedError as error:
        return Checked(title, is_passed=False, detail=str(error))
    said = ": ".join(part for part in (done.outcome.value, done.reason) if part)
    return Checked(title, is_passed=done.outcome is wanted, detail=said)


def _packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def _letter(own_uid: str, partner_uid: str) -> Message:
    now = datetime.now(UTC)
    person = Person(person="Проверка соответствия")
    letter = Letter(
        uid=str(uuid4()),
        number=Number("ПРОВЕРКА-1", now.date()),
        annotation="Проверка соответствия: сообщение не сохраняется",
        signatories=(Signatory(person, now.date()),),
        addressees=(person,),
        pages=1,
        files=(AttachedFile(_FILE),),
    )
    return Message(letter, Participant(own_uid), str(uuid4()), now, (Participant(partner_uid),))
