"""`sedctl workstation check --symptom`: what a message means, and what is found of its causes."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from commands.session import Format
from commands.workstation_check import checked
from sed_tui.i18n import _
from sed_tui.rendering.cells import printable
from sed_tui.rendering.workstation import detail
from sed_tui.workstation.symptoms import look_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.session import Session
    from sed_tui.domain.workstation import Check
    from sed_tui.workstation.symptoms import Symptom

_FAULTY = 3


def show_symptom(session: Session, text: str, chosen: str | None, *, offline: bool) -> None:
    """Say what to do about a symptom and look at its causes here. Raises `NoSuchSymptom`."""
    found = look_up(text)
    report = checked(chosen, offline=offline)
    causes = [one for one in report.checks if one.kind in found[0].checks]
    if session.format is Format.TABLE:
        sys.stdout.write(printable(_text(found, causes)) + "\n")
    else:
        rows = [one.as_record() for one in found]
        narrowed = replace(report, checks=tuple(causes))
        session.show_record({"symptoms": rows, **narrowed.as_record()})
    if any(one.status == "fail" for one in causes):
        raise typer.Exit(_FAULTY)


def _text(found: Sequence[Symptom], causes: Sequence[Check]) -> str:
    first, *others = found
    lines = [first.called, ""]
    lines += [f"{number}. {step}" for number, step in enumerate(first.to_do, start=1)]
    lines += ["", _("On this machine:"), *(detail(one) for one in causes)]
    if others:
        also = "; ".join(one.called for one in others)
        lines += ["", _("It may also be: {others}").format(others=also)]
    return "\n".join(lines)
