"""A report made fit to leave the machine: without names, serial numbers and homes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sed_tui import __version__
from sed_tui.operations.workstation import ReportedCheck, ReportWorkstation
from sed_tui.workstation.cryptopro import without_serials
from sed_tui.workstation.rules.csp import Pair, breaks_after_update, versions_of

if TYPE_CHECKING:
    from sed_tui.domain.requirements import Requirements
    from sed_tui.domain.workstation import Check
    from sed_tui.workstation.checking import Report

# what these checks found names people
_OF_PEOPLE = {"personal", "expired"}
_NUMBERS = re.compile(r"\b\d{10,}\b|\b\d{3}-\d{3}-\d{3}[ -]\d{2}\b")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_HOME = re.compile(r"(/home/|/Users/|[A-Za-z]:\\Users\\)[^/\\\s,;]+")
_SHORTEST_NAME = 3


def report_request(report: Report, requirements: Requirements) -> ReportWorkstation:
    """Return the report as it is sent into the shared database."""
    here = report.facts.surroundings
    pair: Pair = versions_of(report.facts, requirements)
    return ReportWorkstation(
        machine=here.name[:100] or "?",
        system=f"{here.release}, {here.architecture}"[:200],
        csp=str(pair.csp)[:50] if pair.csp else None,
        browser=pair.browser.name[:100] if pair.browser else None,
        browser_version=str(pair.browser_version)[:50] if pair.browser_version else None,
        program_version=__version__,
        edition=report.edition[:50],
        set=report.set[:50],
        status=report.status,
        breaks_after_update=breaks_after_update(pair.csp, requirements.pairs),
        checked_at=report.checked_at,
        checks=tuple(_masked_check(one, here.user) for one in report.checks),
    )


def masked(text: str, user: str) -> str:
    """Return text without what names a person: home folders, login, numbers, addresses."""
    text = without_serials(_HOME.sub(r"\1…", text))
    text = _ADDRESS.sub("…@…", _NUMBERS.sub("…", text))
    if len(user) >= _SHORTEST_NAME:
        text = re.sub(rf"(?<!\w){re.escape(user)}(?!\w)", "…", text)
    return text


def _masked_check(check: Check, user: str) -> ReportedCheck:
    if check.kind in _OF_PEOPLE:
        return ReportedCheck(id=check.id, status=check.status)
    return ReportedCheck(
        id=check.id[:100],
        status=check.status,
        found=masked(check.found, user)[:1000],
        evidence=masked(check.evidence, user)[:2000],
    )
