"""The driver between servers of this system: a message is handed over by the partner's token.

What comes the other way is handed over to our own server, so that nothing is polled.
"""

from __future__ import annotations

import shutil
import zipfile
from base64 import b64decode
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.config import MAX_FILE_SIZE, Settings, home
from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors import Invalid, SedError
from sed_tui.errors.exchange_messages import ExchangeUnavailable, ParcelRefused
from sed_tui.errors.exchange_partners import (
    AddressChanged,
    HandshakeFailed,
    NoAccess,
    PartnerAuthorityUnknown,
)
from sed_tui.errors.identity import BadToken
from sed_tui.errors.network import (
    CertificateOfAnotherName,
    CertificateOutOfDate,
    UntrustedCertificate,
)
from sed_tui.exchange.message_schema import FORMAT
from sed_tui.exchange.reason_codes import Advised
from sed_tui.i18n import _
from sed_tui.operations.exchange_delivery import DELIVER, GREET, DeliverMessage, GreetServer
from sed_tui.operations.registry import CallOptions
from sed_tui.partner_access import PartnerAccess, kept_access

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sed_tui.gateway.exchange_driver import FoundPackage
    from sed_tui.gateway.remote import RemoteGateway
    from sed_tui.operations.exchange_delivery import Greeting
    from sed_tui.operations.exchange_outbox import Parcel

_DAY_ONE = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20
_CONNECTOR = CallOptions(source="connector")
_MENDED_BY_PEOPLE = (
    AddressChanged,
    HandshakeFailed,
    NoAccess,
    BadToken,
    CertificateOfAnotherName,
    CertificateOutOfDate,
)


class HttpDriver:
    """Hands messages over to servers of partners, over connections that are kept for a round."""

    def __init__(self, tokens: Path | None = None) -> None:
        self._tokens = tokens or home()
        self._open: dict[tuple[str, str], RemoteGateway] = {}

    @property
    def channel(self) -> Channel:
        """Name the channel."""
        return Channel.HTTP

    def close(self) -> None:
        """Close the connections."""
        for server in self._open.values():
            server.close()
        self._open.clear()

    def poll(self, inbox: str) -> Iterator[FoundPackage]:
        """Return nothing: partners hand their messages over to our server."""
        yield from ()

    def news(self, place: str) -> Iterator[FoundPackage]:
        """Return nothing: whatever goes wrong is told at once."""
        yield from ()

    def send(self, parcel: Parcel, fetch: Callable[[str], BinaryIO]) -> None:
        """Hand a message over; handed over twice, it is taken in once."""
        address = parcel.address or ""
        with _told_as_of_the_exchange(address, parcel.partner, is_of_message=False):
            server = self._server(parcel)
        with _told_as_of_the_exchange(address, parcel.partner):
            with _packed(parcel, fetch) as package:
                token = server.stage(package)
            server.call(DELIVER, DeliverMessage(token=token, name=parcel.message_uid), _CONNECTOR)

    def flush(self) -> None:
        """Do nothing: the other side has said that it has the message."""

    def _server(self, parcel: Parcel) -> RemoteGateway:
        """Return the partner's server, greeted."""
        key = (parcel.own_uid, parcel.partner)
        if key not in self._open:
            access = kept_access(self._tokens, *key)
            if access is None:
                raise NoAccess(partner=parcel.partner)
            if access.address != parcel.address:
                raise AddressChanged(partner=parcel.partner, known=access.address)
            server = open_server(parcel.address or "", access)
            try:
                greet(server, parcel.own_uid, [parcel.partner_uid])
            except SedError:
                server.close()
                raise
            self._open[key] = server
        return self._open[key]


def open_server(address: str, access: PartnerAccess) -> RemoteGateway:
    """Return the server at an address, as the holder of a token sees it."""
    # httpx, a tenth of a second of every round: of those alone that reach a server
    from sed_tui.gateway.remote import RemoteGateway

    return RemoteGateway(
        Settings(
            database="",
            files=Path(),
            server=address,
            token=access.token,
            ca_file=access.ca_file,
            max_file_size=MAX_FILE_SIZE,
        )
    )


def greet(server: RemoteGateway, own_uid: str, partner_uids: Sequence[str]) -> Greeting:
    """Make sure that both sides speak one format and know each other. Raises `HandshakeFailed`."""
    told = server.call(GREET, GreetServer(formats=(FORMAT,)), _CONNECTOR)
    if told.format is None:
        reason = _("it speaks {theirs}, this program {ours}.").format(
            theirs=", ".join(told.formats), ours=FORMAT
        )
        raise HandshakeFailed(address=server.place, reason=reason)
    ours = [one for one in told.partners if own_uid in one.uids]
    if not ours:
        reason = _("the token belongs to no partner with the identifier {uid}.").format(uid=own_uid)
        raise HandshakeFailed(address=server.place, reason=reason)
    if all(one.own_uid not in partner_uids for one in ours):
        reason = _("it calls itself {theirs}; here it is {ours}.").format(
            theirs=ours[0].own_uid, ours=", ".join(partner_uids)
        )
        raise HandshakeFailed(address=server.place, reason=reason)
    return told


@contextmanager
def _packed(parcel: Parcel, fetch: Callable[[str], BinaryIO]) -> Iterator[BinaryIO]:
    """Open a message and its files as one zip: the same bytes at every try."""
    with TemporaryFile(prefix="sed-exchange-") as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_member(parcel.message_file.name), b64decode(parcel.message))
            for file in parcel.files:
                info = _member(file.name)
                info.file_size = file.size
                with fetch(file.sha256) as source, archive.open(info, "w") as member:
                    shutil.copyfileobj(source, member, _PIECE)
        target.seek(0)
        yield target


def _member(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _DAY_ONE)


@contextmanager
def _told_as_of_the_exchange(
    address: str, partner: str, *, is_of_message: bool = True
) -> Iterator[None]:
    """Tell what the other side will never take from what may be mended there or here.

    Only a message can be refused for good: before it goes whatever stands against is ours to mend.
    """
    try:
        yield
    except UntrustedCertificate as error:
        unknown = PartnerAuthorityUnknown(partner=partner, **error.details)
        raise ExchangeUnavailable(address=address, reason=Advised(unknown)) from error
    except _MENDED_BY_PEOPLE as error:
        raise ExchangeUnavailable(address=address, reason=Advised(error)) from error
    except Invalid as error:
        if is_of_message:
            raise ParcelRefused(address=address, reason=error) from error
        raise ExchangeUnavailable(address=address, reason=Advised(error)) from error
    except SedError as error:
        raise ExchangeUnavailable(address=address, reason=error) from error
