"""Workplaces on both databases: the last report of a machine counts, and versions are numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.workstation import Status, VersionOf
from sed_tui.errors import Invalid, NotPermitted
from sed_tui.errors.workstation import (
    BadRequirements,
    NoPublishedRequirements,
    OlderRequirements,
)
from sed_tui.operations.organization import ADD as ADD_ORGANIZATION
from sed_tui.operations.organization import AddOrganization
from sed_tui.operations.requirements import (
    PUBLISH,
    SHOW,
    PublishRequirements,
    ShowRequirements,
)
from sed_tui.operations.workstation import (
    LIST,
    REPORT,
    VERSIONS,
    CountVersions,
    ListWorkstations,
    ReportWorkstation,
    Workstation,
)
from tests.handlers.callers import acting
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

EDITION = """
format = 1
edition = "{name}"
date = {day}
[csp]
minimum = "4.0.9963"
recommended = "5.0"
[sets.executive]
title = {{ ru = "Органы", en = "Bodies" }}
"""


def report(gateway: LocalGateway, machine: str, csp: str | None, **more: object) -> Workstation:
    fields: dict[str, object] = {
        "machine": machine,
        "system": "Astra Linux 1.7, amd64",
        "csp": csp,
        "browser": "Chromium-GOST",
        "browser_version": "128.0.6613.84",
        "program_version": "0.1.0",
        "edition": "2026-11",
        "set": "executive",
        "status": "ok",
        "checked_at": "2026-11-23T07:00:00Z",
        "checks": [],
    }
    return gateway.call(REPORT, ReportWorkstation.model_validate({**fields, **more}))


def machines(gateway: LocalGateway, **asked: object) -> list[str]:
    found = gateway.call(LIST, ListWorkstations.model_validate(asked)).rows
    return sorted(row.machine for row in found)


def test_the_last_report_of_a_machine_counts(gateway: LocalGateway, clock: FixedClock) -> None:
    failed = {"id": "pair", "status": "fail"}
    first = report(gateway, "pc-1", "4.0.9963", status="fail", checks=[failed])
    clock.moment += timedelta(hours=1)
    second = report(gateway, "pc-1", "5.0.13000")

    (row,) = gateway.call(LIST, ListWorkstations()).rows
    assert (first.id, first.failing) == (second.id, ["pair"])
    assert (row.csp, row.failing, row.reported_at) == ("5.0.13000", [], clock.moment)


def test_machines_are_found_by_what_is_wrong_with_them(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    failed = [{"id": "certificate.root", "status": "fail"}, {"id": "csp", "status": "ok"}]
    report(gateway, "old", "4.0.9963", status="fail", checks=failed, breaks_after_update=True)
    clock.moment += timedelta(days=10)
    report(gateway, "new", "4.0.10000")
    report(gateway, "none", None)

    assert machines(gateway, csp_below="4.0.10000") == ["old"]
    assert machines(gateway, status=Status.FAIL) == ["old"]
    assert machines(gateway, failing="certificate") == ["old"]
    assert machines(gateway, failing="csp") == []
    assert machines(gateway, breaks_after_update=True) == ["old"]
    assert machines(gateway, older_than_days=5) == ["old"]
    with pytest.raises(Invalid, match="a version"):
        machines(gateway, csp_below="new")


def test_versions_are_counted_the_newest_first(gateway: LocalGateway) -> None:
    for number, csp in enumerate(("4.0.9963", "4.0.10000", "5.0.13000", "4.0.10000", None)):
        report(gateway, f"pc-{number}", csp, breaks_after_update=csp == "4.0.9963")

    found = gateway.call(VERSIONS, CountVersions())

    assert [(row.version, row.machines) for row in found.rows] == [
        ("5.0.13000", 1),
        ("4.0.10000", 2),
        ("4.0.9963", 1),
        ("—", 1),
    ]
    assert (found.total, found.breaks_after_update) == (5, 1)
    assert found.rows[1].share == 40.0
    browsers = gateway.call(VERSIONS, CountVersions(by=VersionOf.BROWSER)).rows
    assert [row.version for row in browsers] == ["Chromium-GOST 128.0.6613.84"]
    assert gateway.call(VERSIONS, CountVersions(by=VersionOf.FAILING)).rows == []


def test_everybody_reports_and_administrators_see(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_people(settings, ("petrov", "Петров Василий", "executor", None))
    with acting(settings, clock, "petrov") as petrov:
        assert report(petrov, "pc-7", None).login == "petrov"
        with pytest.raises(NotPermitted):
            petrov.call(LIST, ListWorkstations())
        with pytest.raises(NotPermitted):
            petrov.call(PUBLISH, PublishRequirements(content=""))

    report(gateway, "pc-7", None)
    assert machines(gateway) == ["pc-7", "pc-7"]  # of two people, hence two machines


def test_another_office_is_seen_by_whoever_works_there_alone(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(ADD_ORGANIZATION, AddOrganization(code="02", name="Управа"))
    add_people(settings, ("chief", "Чиф Иван", "administrator", None), code="02")
    with acting(settings, clock, "admin", "01") as admin:
        report(admin, "ours", None)
    with acting(settings, clock, "chief") as chief:
        report(chief, "theirs", None)

        assert machines(chief) == ["theirs"]
        assert machines(chief, organization="all") == ["theirs"]
        assert chief.call(VERSIONS, CountVersions()).total == 1
    assert machines(gateway, organization="all") == ["ours", "theirs"]  # he works in both


def test_an_edition_is_published_for_everybody(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    with pytest.raises(NoPublishedRequirements):
        gateway.call(SHOW, ShowRequirements())
    with pytest.raises(BadRequirements):
        gateway.call(PUBLISH, PublishRequirements(content="nothing"))
    new = EDITION.format(name="2026-12", day="2026-12-01")
    gateway.call(PUBLISH, PublishRequirements(content=new))
    clock.moment += timedelta(hours=1)

    add_people(settings, ("petrov", "Петров Василий", "executor", None))
    with acting(settings, clock, "petrov") as petrov:
        assert petrov.call(SHOW, ShowRequirements()).content == new

    old = EDITION.format(name="2026-10", day="2026-10-01")
    with pytest.raises(OlderRequirements, match="2026-12"):
        gateway.call(PUBLISH, PublishRequirements(content=old))
    forced = gateway.call(PUBLISH, PublishRequirements(content=old, force=True))
    assert forced.edition == "2026-10"
