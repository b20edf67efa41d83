"""Default programs, disk, the age of the edition, and where they mean nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.workstation import Status
from sed_tui.workstation.checking import look_at_disk
from tests.workstation.conftest import NOW

if TYPE_CHECKING:
    from sed_tui.workstation.checking import Asked
    from tests.workstation.conftest import Judge, Place


@pytest.mark.parametrize(
    ("mail", "status", "words"),
    [
        ("thunderbird.desktop", Status.OK, "thunderbird"),
        ("org.gnome.Evolution.desktop", Status.WARN, "Evolution"),
        ("google-chrome.desktop", Status.FAIL, "takes no attachments"),
        ("", Status.FAIL, "none"),
    ],
)
def test_mail_is_written_in_a_program_that_takes_attachments(
    mail: str, status: Status, words: str, place: Place, judged: Judge
) -> None:
    place.defaults("chromium-gost.desktop", mail)

    found = judged()["default_mail"]

    assert found.status is status
    assert words in found.found


def test_institutions_are_not_asked_for_what_directum_needs(
    place: Place, judged: Judge, asked: Asked
) -> None:
    place.defaults("firefox.desktop", "")
    institutions = replace(asked, chosen=asked.requirements.set_of("institutions"))

    found = judged(asking=institutions)

    assert found["default_mail"].status is Status.SKIP
    assert found["web_agent"].status is Status.SKIP
    assert found["default_browser"].status is Status.WARN


def test_another_default_browser_fails_with_the_command_that_mends(
    place: Place, judged: Judge
) -> None:
    place.browser()
    place.defaults("firefox.desktop", "thunderbird.desktop", "")

    found = judged()

    assert found["default_browser"].status is Status.FAIL
    assert found["default_browser"].command == (
        "xdg-settings set default-web-browser chromium-gost.desktop"
    )
    assert found["link_scheme"].status is Status.WARN


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SSH_CONNECTION": "1"}, "SSH"),
        ({"DISPLAY": ""}, "graphical session"),
        ({"container": "podman"}, "container"),
    ],
)
def test_defaults_mean_nothing_without_a_desktop(
    change: dict[str, str], words: str, place: Place, judged: Judge
) -> None:
    place.environment |= change

    found = judged()["default_browser"]

    assert found.status is Status.SKIP
    assert words in found.evidence


def test_wsl_sends_to_windows(place: Place, judged: Judge) -> None:
    kernel = place.root / "proc/sys/kernel/osrelease"
    kernel.parent.mkdir(parents=True)
    kernel.write_text("5.15.90.1-microsoft-standard-WSL2", encoding="utf-8")

    assert "Windows" in judged()["default_mail"].evidence


def test_without_the_tools_of_the_desktop_nothing_is_claimed(place: Place, judged: Judge) -> None:
    place.environment["PATH"] = str(place.root / "usr/bin")

    assert judged()["default_browser"].status is Status.UNKNOWN


def test_the_web_agent_is_looked_for_where_the_edition_says(place: Place, judged: Judge) -> None:
    assert judged()["web_agent"].status is Status.WARN
    (place.root / "opt/directum/WebAgent").mkdir(parents=True)
    assert judged()["web_agent"].status is Status.OK


def test_an_edition_that_has_grown_old_is_told(judged: Judge, asked: Asked) -> None:
    assert judged()["requirements"].status is Status.OK
    later = NOW + timedelta(days=365)
    assert judged(later)["requirements"].status is Status.WARN


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    assert look_at_disk(tmp_path / "not" / "yet").is_writable
    assert look_at_disk(Path("/proc/self/nothing")).is_writable is False
