"""The check of a workplace for people: what does not work first, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.workstation import CHECK_TITLES, STATUS_TITLES, Status
from sed_tui.i18n import _, ngettext
from sed_tui.rendering.cells import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sed_tui.domain.workstation import Check

# a sign and a word: colour is never the only difference
SIGNS = {
    Status.OK: "+",
    Status.WARN: "!",
    Status.FAIL: "x",
    Status.SKIP: "-",
    Status.UNKNOWN: "?",
}
_IN_FULL = {Status.FAIL, Status.WARN, Status.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the checks."""

    machine: str
    system: str
    edition: str
    set: str


def title(check: Check) -> str:
    """Return what a check is called, and of what it is."""
    name = _(CHECK_TITLES[check.kind])
    return f"{name}: {printable(check.subject)}" if check.subject else name


def workstation_text(heading: Heading, checks: Iterable[Check]) -> str:
    """Return the whole report as lines."""
    checks = list(checks)
    top = _("{machine}: {system}. Requirements {edition}, {set}.")
    lines = [
        top.format(
            machine=heading.machine,
            system=heading.system,
            edition=heading.edition,
            set=heading.set,
        ),
        "",
    ]
    for check in checks:
        lines += _in_full(check) if check.status in _IN_FULL else [_in_short(check)]
    return "\n".join([*lines, "", summary(checks)])


def summary(checks: Iterable[Check]) -> str:
    """Return the last line: how many checks ended how."""
    checks = list(checks)
    failed = sum(one.status is Status.FAIL for one in checks)
    warned = sum(one.status is Status.WARN for one in checks)
    skipped = sum(one.status in (Status.SKIP, Status.UNKNOWN) for one in checks)
    parts = []
    if failed:
        parts.append(
            ngettext("{count} thing does not work", "{count} things do not work", failed).format(
                count=failed
            )
        )
    else:
        parts.append(_("Nothing that was looked at fails"))
    if warned:
        parts.append(
            ngettext("{count} needs attention", "{count} need attention", warned).format(
                count=warned
            )
        )
    if skipped:
        parts.append(
            ngettext(
                "{count} could not be looked at here",
                "{count} could not be looked at here",
                skipped,
            ).format(count=skipped)
        )
    return "; ".join(parts) + "."


def detail(check: Check) -> str:
    """Return everything that is known of one check."""
    return "\n".join(_in_full(check))


def _in_full(check: Check) -> list[str]:
    lines = [f"{SIGNS[check.status]} {_(STATUS_TITLES[check.status])}: {title(check)}"]
    for name, value in _fields(check):
        if value:
            lines.append(f"    {name} {printable(value)}")
    return lines


def _in_short(check: Check) -> str:
    said = check.found or check.evidence
    if check.status is Status.SKIP:
        said = ": ".join(part for part in (check.found, check.evidence) if part)
    return f"{SIGNS[check.status]} {title(check)}" + (f" — {printable(said)}" if said else "")


def _fields(check: Check) -> Iterator[tuple[str, str]]:
    yield _("found:"), check.found
    yield _("required:"), check.required
    yield _("what to do:"), check.fix
    yield _("command:"), check.command
    yield _("evidence:"), check.evidence
    yield _("read:"), check.doc_link
