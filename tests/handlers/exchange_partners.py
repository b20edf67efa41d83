"""Partners, packages and letters of the exchange, as tests need them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sed_tui.domain.exchange_partner import Channel
from sed_tui.domain.flows import Flow
from sed_tui.exchange.envelope import write_envelope
from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.message import Message, Participant
from sed_tui.exchange.profile import Profile
from sed_tui.operations.exchange_inbox import TAKE, PackageTaken, StagedPackage, TakePackages
from sed_tui.operations.exchange_partner import ADD, AddPartner, Partner
from sed_tui.operations.file import FileContent
from sed_tui.operations.organization import SHOW, ShowOrganization
from sed_tui.operations.registration import REGISTER, Registered
from tests import sample_files
from tests.exchange.samples import LETTER, NOON, THEM
from tests.handlers.letters import outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway.local import LocalGateway

INBOX = "/var/medo/in"
PDF = sample_files.pdf("О капитальном ремонте моста")
ANNEX = sample_files.pdf("Приложение с таблицей")
FILES = {"Письмо.pdf": PDF, "Приложение.pdf": ANNEX}


def add_partner(gateway: LocalGateway, **changes: Any) -> Partner:
    """Make a partner of MEDO of the government that samples come from."""
    fields = {
        "code": "PRAV",
        "channel": Channel.MEDO,
        "name": THEM.organization,
        "uids": (THEM.uid,),
        "address": "/var/medo/out",
        "inbox": INBOX,
        "mailbox": "PRAV~MEDOGU",
    }
    return gateway.call(ADD, AddPartner.model_validate({**fields, **changes}))


def own_uid(gateway: LocalGateway) -> str:
    """Return the identifier of the office itself."""
    return str(gateway.call(SHOW, ShowOrganization(organization="01")).id)


def letter_message(gateway: LocalGateway, **changes: Any) -> Message:
    """Return a letter of the partner to the office, its links and clauses left out."""
    body = replace(LETTER, uid=str(uuid4()), links=(), clauses=())
    return Message(
        body=replace(body, **changes),
        source=THEM,
        uid=str(uuid4()),
        created=NOON,
        destinations=(Participant(own_uid(gateway), "Администрация"),),
    )


def packed(message: Message, files: Mapping[str, bytes] | None = None) -> bytes:
    """Return a package as the archive that a driver makes of its folder: the same bytes always."""
    target = io.BytesIO()
    named = files or {}
    inside = {
        "envelope.ini": write_envelope("Тема", ["A~B"], ["document.xml", *named], NOON),
        "document.xml": write_message(message, Profile()),
        **named,
    }
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in inside.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def take(gateway: LocalGateway, content: bytes, **changes: Any) -> PackageTaken:
    """Take a package in as the driver of folders does."""
    place = changes.pop("source", INBOX)
    fields = {"token": gateway.stage(io.BytesIO(content)), "name": "0001", **changes}
    package = StagedPackage.model_validate(fields)
    request = TakePackages(channel=Channel.MEDO, source=place, packages=(package,))
    return gateway.call(TAKE, request).rows[0]


def letter_to(gateway: LocalGateway, *addressees: str, **changes: Any) -> Registered:
    """Register an outgoing letter with a PDF to addressees."""
    token = gateway.stage(io.BytesIO(PDF))
    request = outgoing(
        addressees=list(addressees) or [THEM.organization],
        files=(FileContent(name="Ответ.pdf", token=token),),
        **changes,
    )
    assert request.flow is Flow.OUTGOING
    return gateway.call(REGISTER, request)
