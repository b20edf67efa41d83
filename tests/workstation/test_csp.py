"""CryptoPro CSP, the browser and the two together, told by fake tools."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.workstation import Status
from sed_tui.program import readable
from sed_tui.workstation.checking import read_facts
from sed_tui.workstation.cryptopro import read_licence, without_serials
from sed_tui.workstation.running import Runner
from tests.workstation.conftest import CSP_4, CSP_5, LICENCE, NOW

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.workstation.checking import Asked
    from tests.workstation.conftest import Judge, Place


def test_a_whole_workplace_is_in_order(place: Place, judged: Judge) -> None:
    place.csp()
    place.browser()
    place.defaults("chromium-gost.desktop", "thunderbird.desktop")

    found = judged()

    for name in ("csp", "csp_licence", "browser", "pair", "default_browser", "default_mail"):
        assert (name, found[name].status) == (name, Status.OK)
    assert found["csp"].found == "5.0.13000"
    assert "QF3T0" not in found["csp_licence"].evidence


def test_the_published_minimum_does_not_work_with_a_newer_browser(
    place: Place, judged: Judge
) -> None:
    place.csp(CSP_4)
    place.browser("Chromium 128.0.6613.84")

    found = judged()

    assert found["csp"].status is Status.WARN  # 4.0.9963 is allowed, 5.0 recommended
    assert found["pair"].status is Status.FAIL
    assert "5.0.11455" in found["pair"].fix
    assert "licence of CryptoPro CSP 4.0 serves 5.0" in found["pair"].fix


@pytest.mark.parametrize(
    ("release", "browser", "status"),
    [
        ("5.0.11455", "Chromium 90.0.1", Status.OK),
        ("4.0.9963", "Chromium 89.0.1", Status.OK),
        ("5.0.11454", "Chromium 91.0.1", Status.FAIL),
        ("5.0.12600", "Chromium 129.0.1", Status.WARN),
        ("5.0.13000", "Chromium 130.0.1", Status.OK),
    ],
)
def test_the_pair_is_judged_by_both_versions(
    release: str, browser: str, status: Status, place: Place, judged: Judge
) -> None:
    place.csp(CSP_5.replace("5.0.13000", release))
    place.browser(browser)

    assert judged()["pair"].status is status


def test_a_version_below_the_minimum_fails(place: Place, judged: Judge) -> None:
    place.csp(CSP_4.replace("4.0.9963", "4.0.9842"))

    assert judged()["csp"].status is Status.FAIL


def test_nothing_is_installed_on_a_desktop_and_in_a_container(place: Place, judged: Judge) -> None:
    assert judged()["csp"].status is Status.FAIL
    assert judged()["browser"].status is Status.FAIL
    assert judged()["csp_licence"].status is Status.SKIP

    (place.root / ".dockerenv").touch()
    inside = judged()

    assert Status.FAIL not in {check.status for check in inside.values()}
    assert "container" in inside["csp"].evidence


def test_csp_for_another_processor_and_two_of_them(place: Place, judged: Judge) -> None:
    place.csp(CSP_5.replace("AMD64", "IA32"), "ia32")
    alone = judged()["csp"]
    assert (alone.status, "ia32" in alone.found) == (Status.FAIL, True)

    place.csp()
    two = judged()["csp"]
    assert (two.status, "Two CryptoPro CSP" in two.fix) == (Status.WARN, True)


def test_csp_without_its_tools_is_told_by_its_package(place: Place, judged: Judge) -> None:
    (place.root / "opt/cprocsp/lib/amd64").mkdir(parents=True)
    place.tool("dpkg-query", "exit 1")
    place.tool("rpm", "exit 1")
    assert judged()["csp"].status is Status.UNKNOWN

    place.tool("dpkg-query", "printf 5.0.13000-7")
    found = judged()

    assert (found["csp"].status, found["csp"].found) == (Status.OK, "5.0.13000")
    assert found["certificate.root"].status is Status.UNKNOWN


def test_a_tool_that_hangs_does_not_hold_the_check(
    place: Place, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sed_tui.workstation.running.SECONDS", 0.3)
    place.csp()
    place.tool("csptest", "sleep 60 & sleep 60", at="opt/cprocsp/bin/amd64")
    machine = place.machine
    machine._unseen = Runner(place.environment, 0.3)
    begun = monotonic()

    facts = read_facts(machine, asked)

    assert monotonic() - begun < 5
    assert facts.csp is not None
    assert facts.csp[0].trouble == "timeout"


def test_a_tool_is_never_asked_for_a_pin(place: Place) -> None:
    tool = place.tool("asks", 'printf "PIN: "; read pin && echo "got $pin"; tty; echo $DISPLAY.')

    said = Runner(place.environment).run(str(tool))

    assert said.text.startswith("PIN: ")
    assert "got" not in said.text
    assert "not a tty" in said.text


def test_output_of_windows_is_read_in_its_own_letters(place: Place) -> None:
    words = "Срок действия лицензии: истекла"
    for encoding in ("utf-8", "cp866", "cp1251"):
        assert readable(words.encode(encoding)) == words
    tool = place.tool("locale", 'echo "$LC_ALL $LANG"')
    place.environment["LC_TIME"] = "ru_RU.UTF-8"
    assert Runner(place.environment).run(str(tool)).text.split() == ["C", "C"]


def test_a_program_that_is_missing_or_forbidden_is_told_apart(place: Place, tmp_path: Path) -> None:
    forbidden = tmp_path / "forbidden"
    forbidden.write_text("#!/bin/sh\n", encoding="utf-8")

    assert Runner({}).run(str(tmp_path / "absent")).trouble == "absent"
    assert Runner({}).run(str(forbidden)).trouble == "denied"


@pytest.mark.parametrize(
    ("said", "over", "left", "ever"),
    [
        (LICENCE, False, None, True),
        ("Expires: 2 month(s) 23 day(s)\nLicense type: Server.", False, 83, False),
        ("Срок действия лицензии:\nИстекает через: 0 мес. 5 дн.", False, 5, False),
        ("License is expired", True, None, False),
        ("Срок действия лицензии истёк", True, None, False),
        ("Действует до 01.12.2026", False, 8, False),
        ("Действует до 01.11.2026", True, -22, False),
        ("лицензия - постоянная", False, None, True),
        ("something else", False, None, False),
    ],
)
def test_a_licence_is_read_in_both_languages(
    said: str, over: bool, left: int | None, ever: bool
) -> None:
    found = read_licence(said, NOW)

    assert (found.is_over, found.days, found.for_ever) == (over, left, ever)


def test_a_trial_that_is_over_and_one_that_ends_soon(place: Place, judged: Judge) -> None:
    place.csp(licence="License is expired")
    assert judged()["csp_licence"].status is Status.FAIL
    place.csp(licence="Expires: 0 month(s) 10 day(s)")
    assert judged()["csp_licence"].status is Status.WARN
    assert without_serials("50500-0A000-01BT7-2MA83-QF3T0") == "50500-…"


def test_a_portable_browser_is_found_and_not_believed(place: Place, judged: Judge) -> None:
    folder = place.home / "Загрузки/chromium-gost"
    folder.mkdir(parents=True)
    program = folder / "chromium-gost"
    program.write_text("#!/bin/sh\necho Chromium 128.0.1\n", encoding="utf-8")
    program.chmod(0o755)

    found = judged()["browser"]

    assert found.status is Status.WARN
    assert "folder" in found.fix


def test_two_plug_ins_disturb_each_other(place: Place, judged: Judge) -> None:
    place.csp()
    for place_of, program in (("etc/opt/chrome", "/opt/a"), ("etc/chromium", "/opt/a")):
        folder = place.root / place_of / "native-messaging-hosts"
        folder.mkdir(parents=True)
        host = folder / "ru.cryptopro.nmcades.json"
        host.write_text(f'{{"path": "{program}"}}', encoding="utf-8")
    assert judged()["plugin"].status is Status.OK

    host.write_text('{"path": "/opt/b"}', encoding="utf-8")
    assert judged()["plugin"].status is Status.FAIL
    host.write_text("not JSON", encoding="utf-8")
    assert judged()["plugin"].status is Status.OK


def test_every_check_has_its_time(place: Place, asked: Asked) -> None:
    begun = monotonic()
    read_facts(place.machine, asked)

    assert timedelta(seconds=monotonic() - begun) < timedelta(seconds=10)
