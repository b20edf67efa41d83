"""Certificates and lists of revoked ones: real ones of a test authority, in stores of files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.workstation import Status
from sed_tui.workstation.cryptopro import listed_certificates, listed_lists, seen_list
from sed_tui.workstation.facts import Answer, Network
from tests.workstation.conftest import NOW, days

if TYPE_CHECKING:
    from sed_tui.workstation.checking import Asked
    from tests.workstation.conftest import Judge, Pki, Place

LISTED = """Certmgr Ver:5.0.13000 OS:Linux CPU:AMD64 (c) "CryptoPro", 2007-2024.
Program for managing certificates, CRLs and stores.
=============================================================================
1-------
Issuer              : CN=УЦ области
Subject             : SN=Иванова, CN=Иванова Анна
Serial              : 0x0123
SHA1 Thumbprint     : {sha1}
Not valid before    : 28/11/2025  07:00:00 UTC
Not valid after     : {until}
PrivateKey Link     : {key}
=============================================================================
[ErrorCode: 0x00000000]
"""


def test_a_root_is_found_by_its_fingerprint(place: Place, judged: Judge, pki: Pki) -> None:
    place.csp()
    place.store("root", [pki.root.certificate.der])

    assert judged()["certificate.root"].status is Status.OK


def test_a_root_in_the_wrong_store_is_not_trusted(place: Place, judged: Judge, pki: Pki) -> None:
    place.csp()
    place.store("ca", [pki.root.certificate.der])

    found = judged()["certificate.root"]

    assert (found.status, found.found) == (Status.FAIL, "mCA")
    assert "uRoot" in found.command


def test_another_key_of_the_same_name_is_told(place: Place, judged: Judge, pki: Pki) -> None:
    place.csp()
    place.store("root", [pki.other.certificate.der])

    found = judged()["certificate.root"]

    assert found.status is Status.FAIL
    assert "another key" in found.fix
    assert pki.other.certificate.thumbprint in found.evidence


def test_an_edition_without_a_fingerprint_says_so(
    place: Place, judged: Judge, asked: Asked
) -> None:
    place.csp()
    nameless = replace(asked.requirements.certificates[0], sha1="")
    edition = replace(asked.requirements, certificates=(nameless,))

    found = judged(asking=replace(asked, requirements=edition))["certificate.root"]

    assert found.status is Status.UNKNOWN
    assert "fingerprint" in found.evidence


@pytest.mark.parametrize(
    ("since", "until", "status"),
    [
        (-1, 30, Status.OK),
        (-6, 0.9, Status.WARN),  # the next one is due tomorrow
        (-30, -1, Status.FAIL),
        (1, 30, Status.FAIL),  # of the future: the clock is wrong
    ],
)
def test_a_list_is_judged_by_its_dates(
    since: float, until: float, status: Status, place: Place, judged: Judge, pki: Pki
) -> None:
    place.csp()
    place.store("root", [pki.root.certificate.der])
    place.store("ca", [], [pki.crl(since, until)])

    assert judged()["revocation.crl"].status is status


def test_a_list_that_another_key_has_signed_is_foreign(
    place: Place, judged: Judge, pki: Pki
) -> None:
    place.csp()
    place.store("root", [pki.root.certificate.der])
    place.store("ca", [], [pki.crl(-1, 30, by=pki.other)])

    found = judged()["revocation.crl"]

    assert (found.status, found.found) == (Status.FAIL, "a foreign signature")


def test_a_list_whose_authority_is_not_known_is_believed_by_its_dates_alone(
    place: Place, judged: Judge, pki: Pki
) -> None:
    place.csp()
    place.store("ca", [], [pki.crl(-1, 30)])

    found = judged()["revocation.crl"]

    assert found.status is Status.OK
    assert "could not be verified" in found.evidence


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<!DOCTYPE html><html>login</html>", "portal"),
        (b"\x30\x03\x02\x01\x01", "not a complete list"),
    ],
)
def test_a_file_that_is_no_list_is_told_by_what_it_is(
    data: bytes, words: str, place: Place, judged: Judge, asked: Asked
) -> None:
    place.csp()
    offered = seen_list(data, "crl.crl")

    found = judged(asking=replace(asked, lists=(offered,)))["revocation.file_1"]

    assert found.status is Status.FAIL
    assert words in found.found


def test_a_list_of_changes_alone_is_no_whole_list(
    place: Place, judged: Judge, asked: Asked, pki: Pki
) -> None:
    place.csp()
    whole = pki.crl(-1, 30)
    number = bytes.fromhex("0603551d14")  # the extension "number", renamed "changes only"
    offered = seen_list(whole.replace(number, bytes.fromhex("0603551d1b")), "delta.crl")

    found = judged(asking=replace(asked, lists=(offered,)))["revocation.file_1"]

    assert found.status is Status.FAIL
    assert "changes only" in found.found


def test_no_list_is_a_warning_with_the_operators_advice(place: Place, judged: Judge) -> None:
    place.csp()

    found = judged()["revocation.crl"]

    assert found.status is Status.WARN
    assert "restart the browser" in found.fix
    assert "/opt/cprocsp/bin/amd64/certmgr -inst -crl" in found.command


@pytest.mark.parametrize(("left", "status"), [(31, "ok"), (29, "warn"), (14, "warn"), (2, "warn")])
def test_the_own_certificate_is_warned_of_before_it_ends(
    left: int, status: str, place: Place, judged: Judge, pki: Pki
) -> None:
    place.csp()
    until = f"{NOW + days(left + 0.5):%d/%m/%Y  %H:%M:%S} UTC"
    text = LISTED.format(sha1="a" * 40, until=until, key="Yes")
    place.certmgr({"-list -store uMy": text})

    found = judged()

    assert found["personal"].status == status
    assert found["expired"].status is Status.OK


def test_an_expired_certificate_is_told_with_the_clock_it_is_judged_by(
    place: Place, judged: Judge
) -> None:
    place.csp()
    text = LISTED.format(sha1="a" * 40, until="01/11/2026  07:00:00 UTC", key="Yes")
    place.certmgr({"-list -store uMy": text})

    found = judged()

    assert found["expired"].status is Status.WARN
    assert "By the clock of this machine" in found["expired"].evidence
    assert found["personal"].found == "over"
    # 3 weeks in the future by a clock that nobody doubts
    assert judged(NOW - days(60))["expired"].status is Status.OK


def test_a_certificate_without_its_key_signs_nothing(place: Place, judged: Judge) -> None:
    place.csp()
    until = f"{NOW + days(100):%d/%m/%Y  %H:%M:%S} UTC"
    place.certmgr({"-list -store uMy": LISTED.format(sha1="b" * 40, until=until, key="No")})

    found = judged()["personal"]

    assert (found.status, found.found) == (Status.FAIL, "without its key")


def test_what_certmgr_prints_in_russian_is_read_too() -> None:
    text = """
1-------
Издатель            : CN=УЦ
Субъект             : CN=Иванова
SHA1 отпечаток      : 0123456789abcdef0123456789abcdef01234567
Выдан               : 28/11/2025  07:00:00 UTC
Истекает            : 28/11/2026  07:00:00 UTC
Ссылка на ключ      : Есть
"""
    (one,) = listed_certificates(text, "uMy")
    assert (one.subject, one.has_key) == ("CN=Иванова", True)
    assert one.not_after is not None
    lists = """
1-------
Issuer              : CN=УЦ
ThisUpdate          : 20/11/2026  06:17:41 UTC
NextUpdate          : 27/11/2026  06:17:41 UTC
"""
    (seen,) = listed_lists(lists, "uCA")
    assert seen.next_update is not None
    assert listed_certificates("nothing here", "uMy") == []


def test_a_clock_a_year_off_expires_nothing_by_itself(place: Place, asked: Asked, pki: Pki) -> None:
    from sed_tui.workstation.checking import judge, read_facts

    place.csp()
    place.store("root", [pki.root.certificate.der])
    place.store("ca", [], [pki.crl(-1, 30)])
    ahead = timedelta(days=365)
    answer = Answer("portal", "https://portal", True, skew=ahead)
    facts = replace(read_facts(place.machine, asked), network=Network((answer,)))

    found = {check.id: check for check in judge(facts, asked, NOW + ahead).checks}

    assert found["clock"].status is Status.FAIL
    assert found["revocation.crl"].status is Status.OK
    assert "this clock is wrong" in found["revocation.crl"].evidence
