"""The check of a workplace: every probe at once, then every rule on what they read."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sed_tui.config import home
from sed_tui.domain.workstation import Check, Status, first_to_mend, with_note, worst
from sed_tui.errors.causes import system_cause
from sed_tui.i18n import _
from sed_tui.workstation import network
from sed_tui.workstation.facts import Answer, Disk, Facts, Fetched, Network
from sed_tui.workstation.linux import Linux
from sed_tui.workstation.rules import certificates, csp, revocation, system
from sed_tui.workstation.rules import network as network_rules
from sed_tui.workstation.rules.circumstances import Circumstances
from sed_tui.workstation.running import SECONDS
from sed_tui.workstation.together import done_together
from sed_tui.workstation.windows import Windows

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sed_tui.domain.requirements import Requirements, RequirementSet, ServiceRequirement
    from sed_tui.workstation.facts import SeenList
    from sed_tui.workstation.machine import Machine

_SLACK = 1.0  # a program that is killed still has to be waited for
_SURELY_WRONG = 24 * 3600
_SERVICE, _POINT = "service ", "point "
Rule = Callable[[Circumstances], "Check | Iterator[Check]"]
_RULES: tuple[Rule, ...] = (
    system.requirements,
    system.system,
    system.disk,
    network_rules.clock,
    csp.csp,
    csp.licence,
    csp.browser,
    csp.pair,
    csp.plugin,
    certificates.authorities,
    revocation.lists,
    revocation.points,
    certificates.personal,
    certificates.expired,
    network_rules.services,
    system.default_browser,
    system.default_mail,
    system.link_scheme,
    system.web_agent,
)
_BY_DATES = {"certificate", "revocation", "revocation_point", "personal", "expired"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked: by which edition and set, with the network or without."""

    requirements: Requirements
    chosen: RequirementSet
    is_online: bool = True
    lists: tuple[SeenList, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found, the first cause to mend first."""

    edition: str
    set: str
    set_title: str
    checked_at: datetime
    checks: tuple[Check, ...]
    facts: Facts

    @property
    def status(self) -> Status:
        """Return what the checks say together."""
        return worst(self.checks)

    def as_record(self) -> dict[str, Any]:
        """Return the report as JSON holds it."""
        return {
            "edition": self.edition,
            "set": self.set,
            "checked_at": self.checked_at.isoformat(),
            "machine": self.facts.surroundings.name,
            "checks": [check.as_record() for check in self.checks],
            "status": self.status.value,
        }


def this_machine() -> Machine:
    """Return the machine the program runs on."""
    return Windows(os.environ) if sys.platform == "win32" else Linux(os.environ)


def check(machine: Machine, asked: Asked, now: datetime) -> Report:
    """Check a machine; it takes no longer than one probe may, whatever hangs."""
    return judge(read_facts(machine, asked), asked, now)


def judge(facts: Facts, asked: Asked, now: datetime) -> Report:
    """Apply every rule to facts. A clock known to be wrong is not believed."""
    at = circumstances(facts, asked, now)
    checks = list(_every(at))
    if at.now != now:
        note = _("Judged by the time of the services, {now:%d.%m.%Y}: this clock is wrong.")
        told = note.format(now=at.now)
        checks = [with_note(one, told) if one.kind in _BY_DATES else one for one in checks]
    return Report(
        edition=asked.requirements.edition,
        set=asked.chosen.code,
        set_title=asked.chosen.called,
        checked_at=now,
        checks=tuple(first_to_mend(checks)),
        facts=facts,
    )


def circumstances(facts: Facts, asked: Asked, now: datetime) -> Circumstances:
    """Return what rules judge by. The time of the services counts where the clock is days off."""
    clock = network_rules.compared_clock(facts)
    if clock.skew is not None and abs(clock.skew.total_seconds()) > _SURELY_WRONG:
        now -= clock.skew
    return Circumstances(facts, asked.requirements, asked.chosen, now, clock)


def read_facts(machine: Machine, asked: Asked) -> Facts:
    """Run every probe at the same time; one that does not end tells nothing."""
    wanted = asked.requirements
    jobs: dict[str, Callable[[], Any]] = {
        "csp": machine.csp,
        "licence": machine.licence,
        "browsers": lambda: machine.browsers(wanted.browsers),
        "default_browser": machine.default_browser,
        "default_mail": machine.default_mail,
        "link_scheme": machine.link_scheme,
        "plugins": machine.plugins,
        "web_agent": lambda: machine.web_agent(wanted.web_agent),
        "stores": machine.stores,
        "synchronized": machine.synchronized,
        "disk": lambda: look_at_disk(home()),
    }
    outside = _outside(machine, asked) if asked.is_online else {}
    done = done_together({**jobs, **outside}, SECONDS + _SLACK)
    facts = Facts(
        machine.surroundings(),
        network=_network(done, is_asked=asked.is_online),
        offered_lists=asked.lists,
    )
    read: dict[str, Any] = {name: done.get(name) for name in jobs}
    return replace(facts, **read)


def look_at_disk(place: Path) -> Disk:
    """Look at the folder of the program's data, or at the nearest one that exists."""
    there = next(one for one in (place, *place.parents) if one.exists())
    problem = ""
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        free, problem = None, system_cause(error)
    writable = os.access(there, os.W_OK | os.X_OK)
    if not writable:
        problem = problem or _("there is no right to write")
    return Disk(there, free, writable, problem)


def _every(at: Circumstances) -> Iterator[Check]:
    for rule in _RULES:
        found = rule(at)
        if isinstance(found, Check):
            yield found
        else:
            yield from found


def _outside(machine: Machine, asked: Asked) -> dict[str, Callable[[], Any]]:
    jobs: dict[str, Callable[[], Any]] = {"has_route": network.has_route}
    for service in asked.requirements.services:
        jobs[_SERVICE + service.id] = partial(_answer, machine, service)
    for one in asked.requirements.revocation:
        if one.url:
            jobs[_POINT + one.id] = partial(network.fetch, one.id, one.url)
    return jobs


def _answer(machine: Machine, service: ServiceRequirement) -> Answer:
    answer = network.ask(service)
    if not answer.needs_gost:
        return answer
    host, port = network.address_of(service.url)
    said = machine.tls(host, port)
    return answer if said is None else network.by_gost(answer, said)


def _network(done: dict[str, Any], *, is_asked: bool) -> Network:
    services: list[Answer] = [done[name] for name in done if name.startswith(_SERVICE)]
    points: list[Fetched] = [done[name] for name in done if name.startswith(_POINT)]
    return Network(tuple(services), tuple(points), is_asked, done.get("has_route", True))
