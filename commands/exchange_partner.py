"""`sedctl exchange partner`: whom letters are exchanged with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.partner_options import Authority, Stdin
from commands.passwords import password_from
from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.config import home
from sed_tui.domain.exchange_partner import Channel, FormatVersion, PartnerState
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.exchange_delivery import Greeting
    from sed_tui.operations.exchange_partner import Partner
    from sed_tui.partner_access import PartnerAccess

app = typer.Typer(rich_markup_mode=None, help=_("Partners of the exchange."))

ROWS = ("code", "name", "channel", "state", "address", "waiting", "failures", "paused_until")
CARD = (
    *("code", "name", "correspondent", "channel", "organization", "uids", "own_uid", "mailbox"),
    *("address", "inbox", "format_version", "encoding", "kinds", "zone", "state", "waiting"),
    *("acknowledges_notifications", "is_subscribed", "takes_official", "max_bytes", "failures"),
    *("paused_until", "version", "id"),
)
Which = Annotated[str, typer.Argument(help=_("A code of a partner."), metavar="PARTNER")]


@dataclass(frozen=True)
class Properties:
    """How a partner is reached, and what it takes."""

    name: Annotated[
        str | None, typer.Option("--name", help=_("Its name in messages and lists."))
    ] = None
    uid: Annotated[
        list[str] | None,
        typer.Option("--uid", help=_("An identifier of its mailbox; may be repeated.")),
    ] = None
    own_uid: Annotated[
        str | None, typer.Option("--own-uid", help=_("The identifier that it knows us by."))
    ] = None
    mailbox: Annotated[
        str | None, typer.Option("--mailbox", help=_("Its address on envelopes: BOX~SERVER."))
    ] = None
    address: Annotated[
        str | None, typer.Option("--address", help=_("A folder, or the URL of a server."))
    ] = None
    inbox: Annotated[
        str | None,
        typer.Option(
            "--inbox",
            help=_("The folder where its packages arrive; of a server the login that it has here."),
        ),
    ] = None
    format_version: Annotated[
        FormatVersion | None, typer.Option("--format-version", help=_("2.2 or 2.6."))
    ] = None
    encoding: Annotated[
        str | None, typer.Option("--encoding", help=_("windows-1251 or UTF-8."))
    ] = None
    kinds: Annotated[
        str | None, typer.Option("--kinds", help=_("Extensions it takes: pdf,doc,txt."))
    ] = None
    zone: Annotated[
        str | None,
        typer.Option(
            "--zone", help=_("The partner's time zone: of dates and times that name none.")
        ),
    ] = None
    acknowledge: Annotated[
        bool | None,
        typer.Option(
            "--acknowledge/--no-acknowledge", help=_("Whether notifications get receipts.")
        ),
    ] = None
    subscribed: Annotated[
        bool | None,
        typer.Option(
            "--subscribed/--no-subscribed", help=_("Whether it is told of the execution.")
        ),
    ] = None
    official: Annotated[
        bool | None,
        typer.Option(
            "--official/--no-official", help=_("Whether documents for official use go this way.")
        ),
    ] = None
    max_bytes: Annotated[
        int | None, typer.Option("--max-bytes", help=_("The largest package, in bytes."))
    ] = None

    def told(self) -> dict[str, Any]:
        """Return the fields of a request that were named."""
        plain = ("name", "own_uid", "mailbox", "address", "inbox", "format_version", "encoding")
        values = {name: getattr(self, name) for name in (*plain, "zone", "max_bytes")}
        values |= {
            "uids": tuple(self.uid) if self.uid else None,
            "kinds": tuple(self.kinds.split(",")) if self.kinds else None,
            "acknowledges_notifications": self.acknowledge,
            "is_subscribed": self.subscribed,
            "takes_official": self.official,
        }
        return {name: value for name, value in values.items() if value is not None}


@verb(app, "add", Sort.WRITE, N_("Add a partner."))
def add(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("A code: MINZDRAV."), metavar="CODE")],
    properties: Properties,
    channel: Annotated[Channel, typer.Option("--channel", help=_("local, medo or http."))],
    organization: Annotated[
        str | None,
        typer.Option("--organization", help=_("The code of an organization of this database.")),
    ] = None,
    correspondent: Annotated[
        str | None,
        typer.Option("--correspondent", help=_("Whom it stands for: a name, an INN or an id.")),
    ] = None,
) -> None:
    """Add a partner."""
    from sed_tui.operations.exchange_partner import ADD, AddPartner

    request = AddPartner(
        code=code,
        channel=channel,
        organization=organization,
        correspondent=correspondent,
        **properties.told(),
    )
    session.show(session.call(ADD, request), CARD)


@verb(app, "set", Sort.WRITE, N_("Change a partner."))
def set_partner(
    session: Session,
    partner: Which,
    properties: Properties,
    state: Annotated[
        PartnerState | None, typer.Option("--state", help=_("active or closed."))
    ] = None,
    version: Seen = None,
) -> None:
    """Change a partner."""
    from sed_tui.operations.exchange_partner import SET, EditPartner

    request = EditPartner(partner=partner, version=version, state=state, **properties.told())
    session.show(session.call(SET, request), CARD)


@verb(app, "connect", Sort.WRITE, N_("Keep the token of a partner's server on this machine."))
def connect(
    session: Session,
    partner: Which,
    stdin: Stdin = False,
    authority: Authority = None,
) -> None:
    """Greet the server of a partner by a token, and keep the token where both understand."""
    from sed_tui.errors.exchange_partners import NotAServer
    from sed_tui.operations.exchange_partner import SHOW, ShowPartner
    from sed_tui.partner_access import PartnerAccess, keep_access

    card = session.call(SHOW, ShowPartner(partner=partner))
    if card.channel is not Channel.HTTP or card.address is None:
        raise NotAServer(field="partner", partner=card.code)
    token = password_from(
        stdin=stdin,
        command="sedctl exchange partner connect",
        example=f"sedctl exchange partner connect {card.code} --stdin < FILE",
    ).strip()
    ca_file = str(authority.absolute()) if authority else None
    access = PartnerAccess(token, card.address, ca_file)
    told = _greeted(card, access)
    record = {"partner": card.code, "server": card.address, "organization": told.organization}
    record["format"] = told.format or ""
    if not session.dry_run:
        record["token"] = str(keep_access(home(), card.own_uid, card.code, access))
    session.show_record(record)


def _greeted(card: Partner, access: PartnerAccess) -> Greeting:
    """Return what the server says. Raises `HandshakeFailed`, `PartnerAuthorityUnknown`."""
    from sed_tui.errors.exchange_partners import HandshakeFailed, PartnerAuthorityUnknown
    from sed_tui.errors.identity import BadToken
    from sed_tui.errors.network import SignInNeeded, UntrustedCertificate
    from sed_tui.gateway.exchange_http import greet, open_server

    server = open_server(access.address, access)
    try:
        return greet(server, card.own_uid, card.uids)
    except UntrustedCertificate as error:
        raise PartnerAuthorityUnknown(partner=card.code, **error.details) from error
    except (BadToken, SignInNeeded) as error:
        reason = _("it does not know the token; ask its administrator for another one.")
        raise HandshakeFailed(address=access.address, reason=reason) from error
    finally:
        server.close()


@verb(app, "list", Sort.READ, N_("List the partners."))
def list_partners(
    session: Session,
    channel: Annotated[
        Channel | None, typer.Option("--channel", help=_("local, medo or http."))
    ] = None,
    state: Annotated[
        PartnerState | None, typer.Option("--state", help=_("active or closed."))
    ] = None,
) -> None:
    """Print the partners."""
    from sed_tui.operations.exchange_partner import LIST, ListPartners

    found = session.call(LIST, ListPartners(channel=channel, state=state))
    session.show_rows(found.rows, ROWS)


@verb(app, "show", Sort.READ, N_("Show a partner."))
def show(session: Session, partner: Which) -> None:
    """Print a partner."""
    from sed_tui.operations.exchange_partner import SHOW, ShowPartner

    session.show(session.call(SHOW, ShowPartner(partner=partner)), CARD)


@verb(app, "remove", Sort.DESTROY, N_("Remove a partner that nothing was exchanged with."))
def remove(session: Session, partner: Which) -> None:
    """Remove a partner."""
    from sed_tui.operations.exchange_partner import REMOVE, RemovePartner

    session.show(session.call(REMOVE, RemovePartner(partner=partner)))
