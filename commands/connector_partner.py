"""`sedctl connector simulate`: a partner to try a connector with, over folders of MEDO."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.partner_options import Broken, Copies, Refusal, Seed, Shuffled
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

ANSWERS = ("package", "about", "says")


def add_to(app: typer.Typer) -> None:
    """Add the verb that plays a partner."""
    verb(app, "simulate", Sort.READ, N_("Answer letters of a folder as a partner would."))(simulate)


def simulate(
    session: Session,
    inbox: Annotated[
        Path, typer.Argument(help=_("The folder that letters are sent to."), metavar="FOLDER")
    ],
    outbox: Annotated[
        Path, typer.Argument(help=_("The folder that answers are written to."), metavar="ANSWERS")
    ],
    refuse: Refusal = None,
    copies: Copies = 1,
    shuffle: Shuffled = False,
    broken: Broken = 0,
    seed: Seed = 1,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=10_000, help=_("How many letters at most."))
    ] = 1000,
) -> None:
    """Answer each letter by a receipt and by a registration or a refusal."""
    from sed_tui.domain.clock import SystemClock
    from sed_tui.errors.form import NoSuchFile
    from sed_tui.exchange.simulation import Behaviour
    from sed_tui.exchange.simulation import simulate as answered

    for field, place in (("inbox", inbox), ("outbox", outbox)):
        if not place.is_dir():
            raise NoSuchFile(field=field, path=str(place))
    behaviour = Behaviour(refuse, copies, is_shuffled=shuffle, broken=broken, seed=seed)
    answers = answered(inbox, outbox, behaviour, SystemClock().now(), limit)
    session.show_records([asdict(one) for one in answers], ANSWERS)
