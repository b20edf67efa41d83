"""What went wrong, said on standard error: for people in lines, for programs as JSON."""

from __future__ import annotations

import copy
import sys
from typing import TYPE_CHECKING, Any

from commands.failures import in_its_own_words
from sed_tui.i18n import _
from sed_tui.rendering.cells import json_text, printable
from sed_tui.support.last_errors import remember

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.session import Session
    from sed_tui.errors import SedError

# fields whose option has another name
_OTHERWISE = {"correspondent": "sender", "addressees": "to", "ends_on": "until"}


def report(error: SedError, session: Session, program: str = "sedctl") -> None:
    """Say on standard error what went wrong and what to do about it; a ticket may tell it too."""
    remember(error, program)
    problem = _called_by_option(error, session).as_problem()
    if session.as_json:
        sys.stderr.write(json_text({**problem, "field": error.field}) + "\n")
        return
    row = _("row {row}: ").format(row=error.row) if error.row is not None else ""
    sys.stderr.write(f"{program}: {row}{printable(problem['message'])}\n")
    for one in problem.get("differences", ()):
        sys.stderr.write(f"{'':{len(program) + 2}}{_difference(one)}\n")
    if problem["hint"]:
        sys.stderr.write(f"{'':{len(program) + 2}}{printable(problem['hint'])}\n")
    if session.verbosity > 0 and error.request:
        told = _("In the log of the server: request {id}").format(id=printable(error.request))
        sys.stderr.write(f"{told}\n")
    if session.verbosity > 0 and (said := in_its_own_words(error)):
        sys.stderr.write(f"{printable(said)}\n")


def _difference(one: Mapping[str, Any]) -> str:
    """Return a field that somebody else has changed: what it is now, what it was to be."""
    from sed_tui.operations.labels import label  # for this failure alone
    from sed_tui.operations.values import shown_value

    now, yours = (printable(str(shown_value(one["field"], one[side]) or "—")) for side in _SIDES)
    return _("{field}: now {now}, yours {yours}").format(
        field=label(one["field"]), now=now, yours=yours
    )


_SIDES = ("now", "yours")


def _called_by_option(error: SedError, session: Session) -> SedError:
    """Name the field by the option that a person typed, where there is one."""
    field = (error.field or "").partition(".")[0]
    for name in (field, _OTHERWISE.get(field), field.removesuffix("_on"), field.removesuffix("s")):
        if name in session.option_names:
            called = copy.copy(error)
            called.field = session.option_names[name]
            return called
    return error
