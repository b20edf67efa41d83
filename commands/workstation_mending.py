"""`sedctl workstation fix`: steps in the user's own settings, after a confirmation; undone too."""

from __future__ import annotations

import shutil
import sys
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.domain.workstation import Check
    from sed_tui.workstation.machine import Machine
    from sed_tui.workstation.mending import Links, Step
    from sed_tui.workstation.rules.circumstances import Circumstances

_PARTLY = 9


class End(Enum):
    """How a step ended."""

    DONE = 1
    LEFT = 2
    FAILED = 3


def add_to(app: typer.Typer) -> None:
    """Add the verb to the group."""
    text = N_("Mend in your own settings what can be undone; print commands for the rest.")
    verb(app, "fix", Sort.ANY, text)(_fix)


def _fix(
    session: Session,
    chosen: Annotated[
        str | None,
        typer.Option("--set", help=_("The set of requirements: executive, institutions.")),
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help=_("Put back everything that was changed by it."))
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Ask nothing of the network."))
    ] = False,
) -> None:
    if undo:
        _undo(session)
        return
    from commands.workstation_check import asked_here
    from sed_tui.domain.clock import SystemClock
    from sed_tui.workstation import mending
    from sed_tui.workstation.checking import check, circumstances, this_machine

    machine, now = this_machine(), SystemClock().now()
    asked = asked_here(chosen, offline=offline)
    report = check(machine, asked, now)
    at, steps = circumstances(report.facts, asked, now), mending.steps_of(report, machine)
    ended = [(step, _ended(session, step, machine, at)) for step in steps]
    done = [step for step, end in ended if end is End.DONE]
    _show(session, done, mending.by_hand(report, done))
    if any(end is End.FAILED for _step, end in ended):
        raise typer.Exit(_PARTLY)


def _ended(session: Session, step: Step, machine: Machine, at: Circumstances) -> End:
    """Do one step when the user agrees; a no is about this step alone."""
    from commands.failure_report import report as tell
    from sed_tui.errors.link_address import SchemeNotRegistered
    from sed_tui.errors.usage import Declined
    from sed_tui.errors.workstation import MendingFailed
    from sed_tui.workstation import mending

    if session.dry_run:
        return End.DONE
    try:
        session.confirm(step.title)
        mending.do(step, machine, at, links())
    except Declined:
        return End.LEFT
    except (MendingFailed, SchemeNotRegistered) as error:
        tell(error, session)
        return End.FAILED
    return End.DONE


def links() -> Links:
    """Return how links are made known to this desktop."""
    from sed_tui.linking import registration
    from sed_tui.workstation.mending import Links

    program = shutil.which("sedctl") or sys.argv[0]
    return Links(partial(registration.register, program), registration.forget)


def _undo(session: Session) -> None:
    from sed_tui.workstation import mending
    from sed_tui.workstation.checking import this_machine

    if session.dry_run:
        _show(session, mending.remembered()[::-1], [])
        return
    session.confirm(_("Put back everything that was changed by it."))
    _show(session, mending.undo(this_machine(), links()), [])


def _show(session: Session, done: list[Step], by_hand: list[Check]) -> None:
    if session.format is not Format.TABLE:
        rows = [step.as_record() for step in done]
        commands = [{"id": one.id, "command": one.command, "fix": one.fix} for one in by_hand]
        session.show_record({"done": rows, "by_hand": commands})
        return
    for step in done:
        sys.stdout.write(f"+ {step.title}\n")
    for one in by_hand:
        sys.stdout.write(f"  {one.fix}\n  $ {one.command}\n")
    if not done and not by_hand:
        session.say(_("There is nothing to mend here."))
