"""The keys of the steps: which step a key takes, and where it is worth offering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from sed_tui.domain.assignment_flow import STEP_TITLES, TRANSITIONS, Party, Step
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_list import Scope
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.binding import BindingType

    from sed_tui.domain.assignment import AssignmentState

# name of the key → its keys, its title, the steps it takes: the first one possible
STEP_KEYS = {
    "report": ("o,f2", N_("Report"), (Step.REPORT,)),
    "accept": ("a", N_("Accept"), (Step.ACCEPT, Step.RELEASE, Step.ACCEPT_ANSWER)),
    "return": ("w", N_("Rework"), (Step.RETURN, Step.RETURN_ANSWER)),
    "term": ("p", N_("Later term"), (Step.EXTEND, Step.GRANT)),
    "interim": ("i", N_("Interim"), (Step.INTERIM,)),
    "redirect": ("f", N_("Redirect"), (Step.REDIRECT, Step.REDIRECT_CONTROL)),
    "contribute": ("c", N_("Contribute"), (Step.CONTRIBUTE,)),
    "release": ("v", N_("Take off control"), (Step.RELEASE,)),
    "grant": ("g", N_("Grant the term"), (Step.GRANT,)),
    "deny": ("x", N_("Refuse the term"), (Step.DENY,)),
    "ask": ("q", N_("Ask or answer"), (Step.ANSWER, Step.ASK)),
    "amend": ("m", N_("Amend"), (Step.AMEND,)),
    "stop": ("s", N_("Stop"), (Step.STOP,)),
}
# the keys that also act on everything that is marked
MASS_KEYS = frozenset({"accept", "return", "stop", "redirect", "amend"})
# in which capacity one stands in a list; in the others there are assignments of every sort
_PARTIES = {
    Scope.TO_EXECUTE: {Party.EXECUTOR},
    Scope.TO_CONTRIBUTE: {Party.CO_EXECUTOR},
    Scope.TO_ACCEPT: {Party.ACCEPTOR, Party.ASKER, Party.CONTROLLER},
    Scope.OBSERVED: {Party.ACCEPTOR, Party.ASKER, Party.CONTROLLER},
    Scope.ISSUED: {Party.ACCEPTOR, Party.ASKER, Party.GIVER},
}
_OPERATIONS = {Step.REDIRECT_CONTROL: "assignment.redirect"}


def step_bindings() -> list[BindingType]:
    """Return a binding for the key of every step, on both layouts."""
    return [
        Binding(both_layouts(keys), f"step('{name}')", title, id=f"assignments.{name}")
        for name, (keys, title, _steps) in STEP_KEYS.items()
    ]


def step_named(action: str) -> str | None:
    """Return the name of the key that an action of a binding stands for, None for another one."""
    name = action.removeprefix("step('").removesuffix("')")
    return name if name in STEP_KEYS and name != action else None


def is_conceivable(name: str, state: AssignmentState, scope: Scope) -> bool:
    """Tell whether a key has a step from a state for those of a list; answers need the card."""
    steps = set(STEP_KEYS[name][2]) - {Step.ACCEPT_ANSWER, Step.RETURN_ANSWER}
    parties = _PARTIES.get(scope, set(Party))
    return any(
        row.step in steps and row.source == state and row.party in parties for row in TRANSITIONS
    )


def operation_of(step: Step) -> str:
    """Return the name of the operation that takes a step."""
    return _OPERATIONS.get(step, f"assignment.{step.value}")


def chosen_step(name: str, possible: Collection[str]) -> Step | None:
    """Return the step that a key takes among the possible ones."""
    return next((step for step in STEP_KEYS[name][2] if step.value in possible), None)


def possible_keys(possible: Collection[str]) -> list[tuple[str, str, Step]]:
    """Return key, name of the key and step for everything that is possible, each step once."""
    found: dict[Step, tuple[str, str, Step]] = {}
    for name, (keys, _title, _steps) in STEP_KEYS.items():
        if (step := chosen_step(name, possible)) is not None:
            found.setdefault(step, (keys.split(",")[0], name, step))
    return list(found.values())


def said_possible(possible: Collection[str]) -> str:
    """Say which keys do what now."""
    keys = [f"{key} {_(STEP_TITLES[step])}" for key, _name, step in possible_keys(possible)]
    return " · ".join(keys) or _("nothing: it is another's turn")
