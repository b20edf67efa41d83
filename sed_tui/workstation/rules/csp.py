"""CryptoPro CSP, the browser with GOST TLS, and whether the two work together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.program_version import find_version
from sed_tui.domain.workstation import Check, Status
from sed_tui.i18n import _, active_language, ngettext
from sed_tui.workstation.cryptopro import read_licence, without_serials
from sed_tui.workstation.rules.circumstances import silent, skipped, tool

if TYPE_CHECKING:
    from sed_tui.domain.program_version import Version
    from sed_tui.domain.requirements import PairRule, Requirements
    from sed_tui.workstation.facts import Browser, CspInstallation, Facts
    from sed_tui.workstation.rules.circumstances import Circumstances

_CPU = re.compile(r"CPU:(\w+)")
_SOON = (30, 14, 3)
_PARALLEL = {"amd64", "x86_64"}


@dataclass(frozen=True, slots=True)
class Pair:
    """The versions that were found, as far as they were."""

    csp: Version | None
    browser: Browser | None
    browser_version: Version | None


def csp(at: Circumstances) -> Check:
    """Judge CryptoPro CSP: present, of this processor, one, and new enough."""
    wanted = at.requirements.csp
    required = _("{minimum} or newer, {recommended} recommended").format(
        minimum=wanted.minimum, recommended=wanted.recommended
    )
    found = at.facts.csp
    if found is None:
        return silent("csp", required=required)
    if not found:
        return _no_csp(at, required)
    first = found[0]
    if first.trouble is not None:
        return silent("csp", first.trouble, required=required)
    seen = find_version(first.said, wanted.marks)
    evidence = _first_line(first.said) or first.place
    if seen is None:
        unread = _("Its version could not be read.")
        return Check("csp", Status.UNKNOWN, "", required, evidence=f"{unread} {evidence}")
    if wrong := _of_another_processor(at, first):
        fix = _("Install the package of CryptoPro CSP for {architecture}.")
        here = at.facts.surroundings.architecture
        return Check("csp", Status.FAIL, wrong, required, fix.format(architecture=here), evidence)
    return _by_version(at, seen, required, evidence)


def licence(at: Circumstances) -> Check:
    """Judge the licence: for ever, for how long, or over."""
    required = _("a licence in force")
    if not at.facts.csp:
        return skipped("csp_licence", _("CryptoPro CSP was not found."), required=required)
    text = at.facts.licence
    if text is None:
        return silent("csp_licence", required=required)
    evidence = " ".join(without_serials(text).split())[:200]
    found = read_licence(text, at.now)
    fix = _("Enter the number of a licence: cpconfig -license -set NUMBER; ask your administrator.")
    command = f"{tool(at, 'cpconfig')} -license -set …"
    if found.is_over:
        over = _("the licence is over")
        return Check("csp_licence", Status.FAIL, over, required, fix, evidence, command)
    if found.for_ever:
        return Check("csp_licence", Status.OK, _("for ever"), required, evidence=evidence)
    if found.days is None:
        return Check("csp_licence", Status.UNKNOWN, "", required, evidence=evidence)
    left = ngettext("{count} day left", "{count} days left", found.days).format(count=found.days)
    status = Status.WARN if found.days <= _SOON[0] else Status.OK
    fix = fix if status is Status.WARN else ""
    return Check("csp_licence", status, left, required, fix, evidence)


def browser(at: Circumstances) -> Check:
    """Judge the browser with GOST TLS."""
    names = [one.name for one in at.requirements.browsers]
    required = _("one of: {names}").format(names=", ".join(names))
    found = at.facts.browsers
    if found is None:
        return silent("browser", required=required)
    if not found:
        return _no_browser(at, required)
    pair = versions_of(at.facts, at.requirements)
    chosen = pair.browser or found[0]
    if chosen.trouble is not None and pair.browser_version is None:
        return silent("browser", chosen.trouble, required=required)
    shown = f"{chosen.name} {pair.browser_version or ''}".strip()
    minimum = next(one.minimum for one in at.requirements.browsers if one.name == chosen.name)
    if pair.browser_version is None:
        return Check("browser", Status.UNKNOWN, shown, required, evidence=chosen.place)
    if pair.browser_version.reaches(minimum) is False:
        fix = _("Install the newest version of {name}.").format(name=chosen.name)
        return Check("browser", Status.WARN, shown, required, fix, chosen.place)
    if not chosen.is_registered:
        fix = _("It runs from a folder and the desktop does not know it. Install its package.")
        return Check("browser", Status.WARN, shown, required, fix, chosen.place)
    return Check("browser", Status.OK, shown, required, evidence=chosen.place)


def pair(at: Circumstances) -> Check:
    """Judge CSP and the browser together: each may be allowed and both may not work."""
    required = _("versions that work together")
    found = versions_of(at.facts, at.requirements)
    if found.csp is None or found.browser_version is None or found.browser is None:
        reason = _("It takes both CryptoPro CSP and a browser with GOST TLS to compare them.")
        return skipped("pair", reason, required=required)
    shown = f"CSP {found.csp} + {found.browser.name} {found.browser_version}"
    for rule in at.requirements.pairs:
        if rule.browser != found.browser.name or not found.browser_version.reaches(
            rule.browser_from
        ):
            continue
        enough = found.csp.reaches(rule.csp_below)
        if enough is None and rule.failing:
            required = _needed(rule)
            unread = _("Only a part of the version of CSP is known.")
            return Check("pair", Status.UNKNOWN, shown, required, evidence=unread)
        if enough is False:
            return _not_together(rule, shown)
    return Check("pair", Status.OK, shown, required)


def plugin(at: Circumstances) -> Check:
    """Judge the plug-in: exactly one copy."""
    required = _("exactly one copy")
    found = at.facts.plugins
    if found is None:
        return silent("plugin", required=required)
    if not at.facts.csp:
        reason = _("CryptoPro CSP was not found.")
        return skipped("plugin", reason, required=required)
    if not found:
        fix = _("Install the CryptoPro browser plug-in, if you sign in the browser.")
        return Check("plugin", Status.WARN, _("none"), required, fix)
    if len(found) > 1:
        fix = _("Remove all copies but one: two of them disturb each other.")
        return Check("plugin", Status.FAIL, str(len(found)), required, fix, ", ".join(found))
    return Check("plugin", Status.OK, "1", required, evidence=found[0])


def versions_of(facts: Facts, requirements: Requirements) -> Pair:
    """Return the version of CSP, and the browser of the newest version found."""
    said = facts.csp[0].said if facts.csp else ""
    found = [(one, read) for one in facts.browsers or () if (read := find_version(one.version))]
    newest = max(found, key=lambda pair: pair[1].numbers, default=(None, None))
    return Pair(find_version(said, requirements.csp.marks), *newest)


def _no_csp(at: Circumstances, required: str) -> Check:
    if at.is_container:
        reason = _("This is a container without CryptoPro CSP: no workplace to judge.")
        return skipped("csp", reason, required=required)
    fix = _("Install CryptoPro CSP {recommended}: your administrator has the package.")
    fix = fix.format(recommended=at.requirements.csp.recommended)
    return Check("csp", Status.FAIL, _("not installed"), required, fix)


def _no_browser(at: Circumstances, required: str) -> Check:
    if at.is_container:
        reason = _("This is a container without a browser: no workplace to judge.")
        return skipped("browser", reason, required=required)
    fix = _("Install the newest version of {name}.").format(name=at.requirements.browsers[0].name)
    return Check("browser", Status.FAIL, _("not installed"), required, fix)


def _by_version(at: Circumstances, seen: Version, required: str, evidence: str) -> Check:
    wanted = at.requirements.csp
    reached = seen.reaches(wanted.minimum)
    if reached is None:
        return Check("csp", Status.UNKNOWN, str(seen), required, evidence=evidence)
    update = _("Install CryptoPro CSP {recommended}; a licence of 4.0 serves it too.")
    update = update.format(recommended=wanted.recommended)
    if not reached:
        return Check("csp", Status.FAIL, str(seen), required, update, evidence)
    others = [one for one in at.facts.csp or () if _differs(one, seen, at)]
    if others:
        fix = _("Two CryptoPro CSP are installed. Leave one of them.")
        places = ", ".join(f"{one.place}: {find_version(one.said) or '?'}" for one in others)
        return Check("csp", Status.WARN, str(seen), required, fix, f"{evidence}; {places}")
    if seen.reaches(wanted.recommended) is False:
        fix = _("It will do; newer systems may want CryptoPro CSP {recommended}.")
        fix = fix.format(recommended=wanted.recommended)
        return Check("csp", Status.WARN, str(seen), required, fix, evidence)
    return Check("csp", Status.OK, str(seen), required, evidence=evidence)


def _differs(other: CspInstallation, seen: Version, at: Circumstances) -> bool:
    """Tell whether another installation is one of its own, not the same in another place."""
    if at.facts.csp is None or other is at.facts.csp[0] or other.trouble is not None:
        return False
    read = find_version(other.said, at.requirements.csp.marks)
    another = other.architecture != at.facts.csp[0].architecture and bool(other.architecture)
    return another or read is None or read.numbers != seen.numbers


def _of_another_processor(at: Circumstances, found: CspInstallation) -> str:
    here = at.facts.surroundings.architecture
    stated = _CPU.search(found.said)
    of = (stated[1] if stated else found.architecture).lower()
    if not of or of == here or {of, here} <= _PARALLEL:
        return ""
    return _("for {found}, and this machine is {here}").format(found=of, here=here)


def _needed(rule: PairRule) -> str:
    return _("CSP {needed} or newer with {browser} {since} or newer").format(
        needed=rule.csp_needed, browser=rule.browser, since=rule.browser_from
    )


def _not_together(rule: PairRule, shown: str) -> Check:
    status = Status.FAIL if rule.failing else Status.WARN
    fix = _("Go over to CryptoPro CSP {needed} or newer.").format(needed=rule.csp_needed)
    note = rule.note.get(active_language(), "")
    return Check("pair", status, shown, _needed(rule), f"{fix} {note}".strip())


def breaks_after_update(csp_version: Version | None, rules: tuple[PairRule, ...]) -> bool:
    """Tell whether a newer browser would stop working with this CSP."""
    if csp_version is None:
        return False
    return any(rule.failing and csp_version.reaches(rule.csp_below) is False for rule in rules)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if "CSP" in line), "")
