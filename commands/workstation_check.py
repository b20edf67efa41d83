"""Running the check of this machine and printing what it found."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from commands.session import Format
from sed_tui.rendering.cells import printable
from sed_tui.rendering.workstation import Heading, workstation_text
from sed_tui.workstation.checking import check, this_machine
from sed_tui.workstation.cryptopro import seen_list
from sed_tui.workstation.editions import used
from sed_tui.workstation.settings import what_to_ask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from commands.session import Session
    from sed_tui.workstation.checking import Asked, Report


def asked_here(chosen: str | None, *, offline: bool = False, lists: Sequence[Path] = ()) -> Asked:
    """Return what is checked on this machine."""
    offered = tuple(seen_list(path.read_bytes(), str(path)) for path in lists)
    return what_to_ask(used().requirements, chosen, is_online=not offline, lists=offered)


def checked(chosen: str | None, *, offline: bool, lists: Sequence[Path] = ()) -> Report:
    """Check this machine."""
    asked = asked_here(chosen, offline=offline, lists=lists)
    return check(this_machine(), asked, datetime.now(UTC))


def show_report(session: Session, report: Report, columns: tuple[str, ...]) -> None:
    """Print a report: lines for people, one object or rows for programs."""
    if session.format is Format.JSON:
        session.show_record(report.as_record())
    elif session.format is Format.TABLE and not session.fields:
        sys.stdout.write(printable(text_of(report)) + "\n")
    else:
        session.show_records([one.as_record() for one in report.checks], columns)


def text_of(report: Report) -> str:
    """Return a report as people read it."""
    here = report.facts.surroundings
    system = f"{here.release}, {here.architecture}"
    heading = Heading(here.name, system, report.edition, report.set_title)
    return workstation_text(heading, report.checks)
