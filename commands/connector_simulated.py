"""`sedctl connector simulate-http`: a partner's server to try a connector with, over HTTP."""

from __future__ import annotations

import secrets
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.partner_options import Authority, Broken, Copies, Refusal, Seed, Shuffled, Stdin
from commands.passwords import password_from
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.exchange.simulation import Behaviour
    from sed_tui.gateway.exchange_simulated import SimulatedPartner

_HOST = "127.0.0.1"


def add_to(app: typer.Typer) -> None:
    """Add the verb that serves as a partner."""
    title = N_("Serve as a partner over HTTP and answer each letter, until the time is over.")
    verb(app, "simulate-http", Sort.READ, title)(simulate_http)


def simulate_http(
    session: Session,
    back: Annotated[
        str,
        typer.Argument(help=_("Your server, which answers are handed over to."), metavar="SERVER"),
    ],
    uid: Annotated[str, typer.Option("--uid", help=_("Your identifier: letters come from it."))],
    own_uid: Annotated[
        str, typer.Option("--own-uid", help=_("The identifier that the partner goes by."))
    ],
    stdin: Stdin = False,
    authority: Authority = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help=_("The port; any free one by default."))
    ] = 0,
    minutes: Annotated[
        float, typer.Option("--minutes", min=0.01, max=1440, help=_("How long it serves."))
    ] = 60,
    refuse: Refusal = None,
    copies: Copies = 1,
    shuffle: Shuffled = False,
    broken: Broken = 0,
    seed: Seed = 1,
) -> None:
    """Print the address and the token to send by, then a line for every answer."""
    from sed_tui.exchange.simulation import Behaviour
    from sed_tui.gateway.exchange_simulated import serving

    token = password_from(
        stdin=stdin,
        command="sedctl connector simulate-http",
        example="sedctl connector simulate-http --stdin < FILE",
    ).strip()
    behaviour = Behaviour(refuse, copies, is_shuffled=shuffle, broken=broken, seed=seed)
    partner = _partner(back, uid, own_uid, token, authority, behaviour)
    server = serving(partner, _HOST, port)
    _say(_("Address: {address}").format(address=f"http://{_HOST}:{server.server_port}"))
    _say(_("Token to send by: {token}").format(token=partner.token))
    over = threading.Timer(minutes * 60, server.shutdown)
    over.daemon = True
    over.start()
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):  # it is how one ends it
            server.serve_forever(poll_interval=0.1)
    finally:
        signal.signal(signal.SIGTERM, before)
        over.cancel()
        server.server_close()
        partner.back.close()
    session.say(_("The partner is gone. Letters: {count}.").format(count=len(partner.known)))


def _partner(
    back: str,
    uid: str,
    own_uid: str,
    token: str,
    authority: Path | None,
    behaviour: Behaviour,
) -> SimulatedPartner:
    from random import Random

    from sed_tui.domain.clock import SystemClock
    from sed_tui.domain.exchange_partner import checked_uid
    from sed_tui.gateway.exchange_http import open_server
    from sed_tui.gateway.exchange_simulated import SimulatedPartner
    from sed_tui.partner_access import PartnerAccess

    trusted = str(authority.absolute()) if authority else None
    return SimulatedPartner(
        uid=checked_uid(own_uid, "own_uid"),
        their_uid=checked_uid(uid, "uid"),
        token=secrets.token_urlsafe(24),
        behaviour=behaviour,
        chance=Random(behaviour.seed),
        back=open_server(back, PartnerAccess(token, back, trusted)),
        now=SystemClock().now,
        said=lambda letter, answer: _say(f"{letter}  {answer}"),
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
