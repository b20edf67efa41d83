"""What leaves the machine holds no names, addresses, homes and numbers of licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.workstation.checking import judge, read_facts
from sed_tui.workstation.sending import masked, report_request
from tests.workstation.conftest import CSP_4, NOW
from tests.workstation.test_stores import LISTED

if TYPE_CHECKING:
    from sed_tui.workstation.checking import Asked
    from tests.workstation.conftest import Place


def test_personal_data_is_masked() -> None:
    told = masked(
        r"/home/ivanova/x C:\Users\Иванова\y 50500-0A000-01BT7-2MA83-QF3T0 a@b.ru "
        "112-233-445 95 7701234567890 ivanova",
        "ivanova",
    )

    assert told == r"/home/…/x C:\Users\…\y 50500-… …@… … … …"


def test_a_report_names_versions_and_no_person(place: Place, asked: Asked) -> None:
    place.csp(CSP_4)
    place.browser()
    text = LISTED.format(sha1="a" * 40, until="01/11/2026  07:00:00 UTC", key="Yes")
    place.certmgr({"-list -store uMy": text})
    report = judge(read_facts(place.machine, asked), asked, NOW)

    sent = report_request(report, asked.requirements)

    assert (sent.csp, sent.browser, sent.breaks_after_update) == (
        "4.0.9963",
        "Chromium-GOST",
        True,
    )
    whole = sent.model_dump_json()
    assert "Иванова" not in whole
    assert "ivanova" not in whole
    assert {one.id for one in sent.checks} == {one.id for one in report.checks}
