"""Lists of revoked certificates: large ones, odd ones, and those that must not be used."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.signatures import NotARevocationList, RevocationListTooLarge
from sed_tui.gost import der
from sed_tui.gost.authority import Revoked, Validity
from sed_tui.gost.certificates import CERTIFICATE_SIGN
from sed_tui.gost.containers import pem
from sed_tui.gost.hashing import digest
from sed_tui.gost.revocation import Revocation, read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.gost.verdicts import Reason
from tests.gost.chain import NOON, START, Chain, days

if TYPE_CHECKING:
    from datetime import datetime

RECENT = Validity(NOON - days(1), NOON + days(30))
CRL_POINTS = "2.5.29.28"


def signed_list(chain: Chain, *extensions: bytes, entries: bytes = b"") -> bytes:
    """Make a list with extensions of its own."""
    fields = der.sequence(
        der.integer(1),
        der.sequence(der.identifier("1.2.643.7.1.1.3.2")),
        chain.authority.certificate.subject.raw,
        der.time(RECENT.since),
        der.time(RECENT.until),
        der.sequence(entries) if entries else b"",
        der.explicit(0, der.sequence(*extensions)) if extensions else b"",
    )
    signature = chain.authority.key.signs(chain.provider, digest(chain.provider, 256, fields))
    algorithm = der.sequence(der.identifier("1.2.643.7.1.1.3.2"))
    return der.sequence(fields, algorithm, der.bits(signature))


def extension(kind: str, value: bytes, *, critical: bool = True) -> bytes:
    flag = der.boolean(True) if critical else b""
    return der.sequence(der.identifier(kind), flag, der.octets(value))


def problem(chain: Chain, data: bytes, at: datetime = NOON) -> Reason | None:
    trust = Trust((), chain.provider, lists=[read_revocation_list(data)])
    return trust.standing(chain.certificate, chain.authority.certificate, at).problem


def test_a_list_tells_when_and_why(chain: Chain) -> None:
    revoked = [Revoked(5, NOON - days(3), 1), Revoked(1 << 127, NOON - days(2))]
    made = read_revocation_list(chain.authority.revocations(revoked, RECENT))

    assert made.find(5) == Revocation(NOON - days(3), 1)
    assert made.find(1 << 127) == Revocation(NOON - days(2), None)
    assert made.find(6) is None
    assert (made.this_update, made.next_update) == (RECENT.since, RECENT.until)


def test_a_hundred_thousand_entries_fit_into_thirty_megabytes(chain: Chain) -> None:
    revoked = (Revoked(serial << 80, NOON - days(3)) for serial in range(1, 100_001))
    data = chain.authority.revocations(revoked, RECENT)
    tracemalloc.start()
    made = read_revocation_list(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert all(made.find(serial << 80) is not None for serial in (1, 77_777, 100_000))
    assert made.find(77_777) is None
    assert peak < 30 << 20


def test_too_large_a_list_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(RevocationListTooLarge):
        read_revocation_list(bytes(1001), largest=1000)


def test_a_list_comes_in_pem_as_well(chain: Chain) -> None:
    assert problem(chain, pem("X509 CRL", chain.lists[1])) is None


def test_a_list_that_holds_changes_only_is_not_used(chain: Chain) -> None:
    with pytest.raises(NotARevocationList, match="changes only"):
        read_revocation_list(signed_list(chain, extension("2.5.29.27", der.integer(1))))


def test_a_list_with_an_unknown_obligatory_extension_is_not_used(chain: Chain) -> None:
    odd = signed_list(chain, extension("1.2.3.4", der.integer(1)))
    optional = signed_list(chain, extension("1.2.3.4", der.integer(1), critical=False))

    with pytest.raises(NotARevocationList, match=r"1\.2\.3\.4"):
        read_revocation_list(odd)
    assert problem(chain, optional) is None


@pytest.mark.parametrize("tag", [0x83, 0x84, 0x85])
def test_a_list_for_some_only_is_not_used(chain: Chain, tag: int) -> None:
    scope = der.sequence(der.tlv(tag, b"\xff"))

    with pytest.raises(NotARevocationList):
        read_revocation_list(signed_list(chain, extension(CRL_POINTS, scope)))


def test_a_list_of_authorities_tells_nothing_of_persons(chain: Chain) -> None:
    persons = signed_list(chain, extension(CRL_POINTS, der.sequence(der.tlv(0x81, b"\xff"))))
    authorities = signed_list(chain, extension(CRL_POINTS, der.sequence(der.tlv(0x82, b"\xff"))))

    assert problem(chain, persons) is None
    assert problem(chain, authorities) is Reason.REVOCATION_UNKNOWN


def test_a_list_of_another_place_tells_nothing(chain: Chain) -> None:
    place = der.tlv(0x86, b"http://crl.example/1.crl")
    scope = der.sequence(der.explicit(0, der.explicit(0, place)))
    data = signed_list(chain, extension(CRL_POINTS, scope))
    named = replace(
        chain.certificate, extensions={**chain.certificate.extensions, "2.5.29.31": place}
    )

    assert problem(chain, data) is Reason.REVOCATION_UNKNOWN
    assert problem(replace(chain, certificate=named), data) is None


def test_a_list_of_an_issuer_that_may_not_sign_lists_tells_nothing(chain: Chain) -> None:
    issuer = replace(chain.authority.certificate, key_usage=frozenset({CERTIFICATE_SIGN}))
    trust = Trust((), chain.provider, lists=[read_revocation_list(chain.lists[1])])

    assert trust.standing(chain.certificate, issuer, NOON).problem is Reason.REVOCATION_UNKNOWN


def test_without_a_next_update_a_list_tells_of_its_past_only(chain: Chain) -> None:
    made = replace(read_revocation_list(chain.lists[1]), next_update=None)
    trust = Trust((), chain.provider, lists=[made])
    issuer = chain.authority.certificate

    assert trust.standing(chain.certificate, issuer, NOON).problem is Reason.REVOCATION_STALE
    assert trust.standing(chain.certificate, issuer, START + days(1)).problem is None


@pytest.mark.parametrize("data", [b"", b"0", b"0\0", b"0\x80\0\0", b"text"])
def test_what_is_no_list_is_told_so(data: bytes) -> None:
    with pytest.raises(NotARevocationList):
        read_revocation_list(data)


@pytest.mark.parametrize(
    "entry", [b"\x30\x03\x02\x7f\x01", b"\x30\x7f\x02\x01\x01", b"\x02\x01\x05"]
)
def test_a_broken_entry_breaks_the_list(chain: Chain, entry: bytes) -> None:
    good = der.sequence(der.integer(5), der.time(NOON))

    with pytest.raises(NotARevocationList):
        read_revocation_list(signed_list(chain, entries=good + entry))
