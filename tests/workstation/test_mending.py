"""Steps that mend: done in the user's settings, seen to be done, and undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.requirements import RevocationRequirement
from sed_tui.errors.workstation import MendingFailed, NothingToUndo
from sed_tui.workstation import mending
from sed_tui.workstation.checking import circumstances, judge, read_facts
from sed_tui.workstation.editions import imported_path
from sed_tui.workstation.mending import Links
from tests.workstation.conftest import NOW
from tests.workstation.test_network import serving

if TYPE_CHECKING:
    from sed_tui.workstation.checking import Asked
    from tests.workstation.conftest import Pki, Place


@pytest.fixture
def desktop(place: Place) -> Place:
    """Return a desktop whose settings are files that the fake tools read and write."""
    settings = place.root / "settings"
    settings.mkdir()
    (settings / "browser").write_text("firefox.desktop\n", encoding="utf-8")
    place.tool(
        "xdg-settings",
        f'if [ "$1" = set ]; then echo "$3" > "{settings}/browser"; '
        f'else cat "{settings}/browser"; fi',
    )
    place.tool(
        "xdg-mime",
        f'if [ "$1" = default ]; then echo "$2" > "{settings}/$(basename "$3")"; '
        f'else cat "{settings}/$(basename "$3")" 2>/dev/null; fi; true',
    )
    place.browser()
    shared = place.root / "usr/share"
    place.environment["XDG_DATA_DIRS"] = str(shared)
    return place


def links(desktop: Place) -> Links:
    """Stand for the module of links, which has tests of its own."""
    choose = desktop.root / "settings/sed"

    def register() -> None:
        choose.write_text("sed-tui-link.desktop\n", encoding="utf-8")

    return Links(register, choose.unlink)


def test_the_browser_and_the_links_are_set_and_put_back(desktop: Place, asked: Asked) -> None:
    facts = read_facts(desktop.machine, asked)
    report, at = judge(facts, asked, NOW), circumstances(facts, asked, NOW)
    steps = [s for s in mending.steps_of(report, desktop.machine) if s.mending != "default_mail"]
    assert [step.mending.value for step in steps] == ["default_browser", "link_scheme"]

    for step in steps:
        mending.do(step, desktop.machine, at, links(desktop))

    assert desktop.machine.default_browser().name == "chromium-gost.desktop"
    assert desktop.machine.link_scheme().name == "sed-tui-link.desktop"

    undone = mending.undo(desktop.machine, links(desktop))

    assert [step.mending.value for step in undone] == ["link_scheme", "default_browser"]
    assert desktop.machine.default_browser().name == "firefox.desktop"
    assert desktop.machine.link_scheme().name == ""
    with pytest.raises(NothingToUndo):
        mending.undo(desktop.machine, links(desktop))


def test_a_mail_program_that_is_not_there_is_not_set(desktop: Place, asked: Asked) -> None:
    facts = read_facts(desktop.machine, asked)
    report, at = judge(facts, asked, NOW), circumstances(facts, asked, NOW)
    steps = mending.steps_of(report, desktop.machine)
    assert "default_mail" not in [step.mending for step in steps]
    assert "default_mail" in [check.id for check in mending.by_hand(report, steps)]

    desktop.desktop("org.mozilla.Thunderbird.desktop")
    (step,) = [
        one for one in mending.steps_of(report, desktop.machine) if one.mending == "default_mail"
    ]
    mending.do(step, desktop.machine, at, links(desktop))
    assert desktop.machine.default_mail().name == "org.mozilla.Thunderbird.desktop"


def test_a_setting_that_does_not_take_is_told(desktop: Place, asked: Asked) -> None:
    desktop.tool("xdg-settings", 'echo "firefox.desktop"')
    facts = read_facts(desktop.machine, asked)
    step = mending.steps_of(judge(facts, asked, NOW), desktop.machine)[0]

    with pytest.raises(MendingFailed, match="still firefox"):
        mending.do(step, desktop.machine, circumstances(facts, asked, NOW), links(desktop))


def test_nothing_was_set_before_and_nothing_is_left(desktop: Place) -> None:
    config = desktop.home / ".config"
    config.mkdir()
    associations = config / "mimeapps.list"
    lines = "[Default Applications]\nx-scheme-handler/sed=sed-tui-link.desktop\ntext/plain=vi\n"
    associations.write_text(lines, encoding="utf-8")

    mending._forget(desktop.machine, "x-scheme-handler/sed", "sed-tui-link.desktop")

    left = associations.read_text(encoding="utf-8")
    assert "sed-tui" not in left
    assert "text/plain=vi" in left


@pytest.mark.parametrize("good", [True, False])
def test_a_list_is_installed_only_when_it_is_one(
    good: bool, desktop: Place, asked: Asked, pki: Pki
) -> None:
    desktop.csp()
    installed = desktop.root / "installed"
    desktop.tool(
        "certmgr",
        f'[ "$1" = -inst ] && echo "$@" > "{installed}"; true',
        at="opt/cprocsp/bin/amd64",
    )
    desktop.store("root", [pki.root.certificate.der])
    content = pki.crl(-1, 30) if good else b"<html>Log in</html>"
    with serving(content=content) as url:
        edition = replace(
            asked.requirements, revocation=(RevocationRequirement("crl", "УЦ области", url),)
        )
        asking = replace(asked, requirements=edition)
        facts = read_facts(desktop.machine, asking)
        at = circumstances(facts, asking, NOW)
        (step,) = [
            one
            for one in mending.steps_of(judge(facts, asking, NOW), desktop.machine)
            if one.mending == "revocation_list"
        ]
        if good:
            mending.do(step, desktop.machine, at, links(desktop))
        else:
            with pytest.raises(MendingFailed, match="portal"):
                mending.do(step, desktop.machine, at, links(desktop))

    assert installed.exists() is good
    assert (imported_path().parent / "crl/crl.crl").exists() is good
