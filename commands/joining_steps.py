"""`sedctl joining next | submit | take | return | …`: the steps, a verb each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.joining import JoiningStep
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_Which = Annotated[
    str | None,
    typer.Argument(help=_("A code, an OGRN or an id; one's own by default."), metavar="CODE"),
]
_Remark = Annotated[
    str | None, typer.Option("--remark", help=_("What is to be mended, or why; - from a pipe."))
]
_Version = Annotated[
    int | None, typer.Option("--version", min=1, help=_("The version that you have seen."))
]
_Leaving = Annotated[
    bool, typer.Option("--leaving", help=_("Leave work open, with the reason in --remark."))
]
_VERBS = {
    "next": (None, N_("Take the next step towards the act, when everything for it is there.")),
    "submit": (JoiningStep.SUBMIT, N_("Submit the application to the operator.")),
    "take": (JoiningStep.TAKE, N_("Take a submitted application up for review.")),
    "return": (JoiningStep.RETURN, N_("Return an application with remarks.")),
    "refuse": (JoiningStep.REFUSE, N_("Refuse an application, saying why.")),
    "admit": (JoiningStep.ADMIT, N_("Find an application in order: the agreements follow.")),
    "withdraw": (JoiningStep.WITHDRAW, N_("Withdraw an application.")),
    "suspend": (JoiningStep.SUSPEND, N_("Suspend an organization: its people only read.")),
    "resume": (JoiningStep.RESUME, N_("Let a suspended or leaving organization go on.")),
    "leave": (JoiningStep.LEAVE, N_("Begin the disconnection: export everything after it.")),
}


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    for name, (step, help_text) in _VERBS.items():
        verb(app, name, Sort.WRITE, help_text)(_taking(step))
    verb(app, "connect", Sort.WRITE, N_("Connect an organization by the signed act."))(_connect)
    verb(app, "disconnect", Sort.DESTROY, N_("Disconnect an organization"))(_disconnect)


def _taking(step: JoiningStep | None) -> Callable[..., None]:
    def run(
        session: Session,
        application: _Which = None,
        remark: _Remark = None,
        version: _Version = None,
    ) -> None:
        _take(session, application, step, remark, version)

    return run


def _connect(
    session: Session,
    application: _Which = None,
    on: Annotated[
        str | None, typer.Option("--on", help=_("The day of connection, today by default."))
    ] = None,
    version: _Version = None,
) -> None:
    from commands.arguments import day

    _take(session, application, JoiningStep.CONNECT, None, version, on=day(on, "on"))


def _disconnect(
    session: Session,
    application: _Which = None,
    remark: _Remark = None,
    leaving: _Leaving = False,
    version: _Version = None,
) -> None:
    _take(session, application, JoiningStep.DISCONNECT, remark, version, leaving=leaving)


def _take(
    session: Session,
    application: str | None,
    step: JoiningStep | None,
    remark: str | None,
    version: int | None,
    *,
    on: date | None = None,
    leaving: bool = False,
) -> None:
    from commands.joining_card import show_application
    from sed_tui.operations.joining import STEP, TakeJoiningStep

    request = TakeJoiningStep(
        application=application, step=step, remark=remark, version=version, on=on, leaving=leaving
    )
    show_application(session, session.call(STEP, request))
