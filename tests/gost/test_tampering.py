"""One flipped bit is never valid; no bytes raise anything but our own failures."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sed_tui.errors import SedError
from sed_tui.gost.certificates import read_certificate
from sed_tui.gost.cms.reading import read_message
from sed_tui.gost.cms.writing import joined
from sed_tui.gost.keys import read_private_key, write_pkcs8
from sed_tui.gost.pfx import read_pfx
from sed_tui.gost.providers.choice import provider_named
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.gost.verdicts import Reason, Verdict
from sed_tui.gost.verification import Times, verify
from tests.gost.chain import NOON, Chain, make_chain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

# pieces of BER: what mutations are made of
BER = st.lists(
    st.sampled_from(
        [
            *(b"\x30\x80", b"\0\0", b"\x30\x82\xff\xff", b"\x02\x01\x05", b"\x1f\x85"),
            *(b"\x06\x03\x55\x04\x03", b"\xa0\x80", b"\x24\x80\x04\x01a", b"\x31\x00"),
            b"\x04\x84\xff\xff\xff\xff",
        ]
    ),
    max_size=40,
).map(b"".join)
QUICK = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SMALL = settings(QUICK, max_examples=60)


def flipped(data: bytes, start: int, end: int, step: int = 1) -> Iterator[bytes]:
    """Yield the data with one bit flipped, a different one in each octet."""
    for position in range(start, end, step):
        changed = bytearray(data)
        changed[position] ^= 1 << position % 8
        yield bytes(changed)


def verdicts(trust: Trust, signature: bytes, content: bytes = b"text") -> set[Verdict]:
    try:
        reports = verify(signature, content, trust, Times(NOON))
    except SedError:
        return {Verdict.INVALID}
    return {report.verdict for report in reports}


def test_a_flipped_bit_of_the_content_is_refused(chain: Chain) -> None:
    content, trust = "Приказ № 7".encode(), chain.trust
    signature = chain.sign(content)

    for changed in flipped(content, 0, len(content)):
        assert verdicts(trust, signature, changed) == {Verdict.INVALID}


def test_a_flipped_bit_of_the_attributes_or_the_signature_is_refused(chain: Chain) -> None:
    signature, trust = chain.sign(), chain.trust
    (info,) = read_message(signature).signers
    assert info.attributes is not None
    content = info.attributes.signed[0][2:]
    start = signature.index(content)

    for changed in flipped(signature, start, start + len(content)):
        assert Verdict.VALID not in verdicts(trust, changed)
    start = signature.index(info.signature)
    for changed in flipped(signature, start, start + len(info.signature)):
        assert Verdict.VALID not in verdicts(trust, changed)


def test_a_flipped_bit_of_the_certificate_is_refused(chain: Chain) -> None:
    signature, trust = chain.sign(), chain.trust
    start = signature.index(chain.certificate.der)

    for changed in flipped(signature, start, start + len(chain.certificate.der), 3):
        assert Verdict.VALID not in verdicts(trust, changed)


def test_a_flipped_bit_of_the_authority_is_refused(chain: Chain) -> None:
    signature, authority, trust = chain.sign(), chain.authority.certificate, chain.trust
    start = signature.index(authority.signed)

    for changed in flipped(signature, start, start + len(authority.der) - 8, 5):
        assert Verdict.VALID not in verdicts(trust, changed)


def test_a_flipped_bit_of_the_list_is_refused(chain: Chain) -> None:
    for changed in flipped(chain.lists[1], 0, len(chain.lists[1])):
        try:
            spoiled = read_revocation_list(changed)
        except SedError:
            continue
        trust = Trust((), chain.provider, lists=[spoiled])
        standing = trust.standing(chain.certificate, chain.authority.certificate, NOON)

        assert standing.problem is Reason.REVOCATION_UNKNOWN


def test_a_cut_message_is_never_valid(chain: Chain) -> None:
    signature, trust = chain.sign(), chain.trust

    for length in range(0, len(signature), 7):
        assert Verdict.VALID not in verdicts(trust, signature[:length])


CHAIN = make_chain(provider_named())
TRUST = CHAIN.trust
SIGNED = CHAIN.sign()
BOTH = joined(SIGNED, make_chain(provider_named(), "tc26-512-A").sign())


@given(data=st.data())
@QUICK
def test_a_mutated_message_is_valid_only_when_what_is_signed_is_untouched(
    data: st.DataObject,
) -> None:
    mutated = mutate(data, SIGNED)
    try:
        reports = verify(mutated, b"text", TRUST, Times(NOON))
    except SedError:
        return

    for report, info in zip(reports, read_message(mutated).signers, strict=True):
        if report.verdict is Verdict.VALID:
            (original,) = read_message(SIGNED).signers
            assert report.certificate == CHAIN.certificate
            assert info.attributes == original.attributes
            assert info.signature == original.signature


@given(data=st.data())
@QUICK
def test_mutations_of_every_kind_of_file_raise_our_failures_only(data: st.DataObject) -> None:
    blob, read = data.draw(st.sampled_from(READERS))

    with _ours_only():
        read(mutate(data, blob))


@given(blob=st.one_of(st.binary(max_size=300), BER, BER.map(lambda body: b"0\x80" + body)))
@example(b"\x30\x80" * 5000)
@example(b"\x30\x80" * 5000 + b"\0\0" * 5000)
@example(b"\x30\x84\xff\xff\xff\xff")
@QUICK
def test_any_bytes_raise_our_failures_only(blob: bytes) -> None:
    for _sample, read in READERS:
        with _ours_only():
            read(blob)


@given(data=st.data())
@SMALL
def test_real_files_of_others_may_be_spoiled_in_any_way(samples: Path, data: st.DataObject) -> None:
    files = sorted(path for path in samples.rglob("*") if path.is_file())
    blob = mutate(data, data.draw(st.sampled_from(files)).read_bytes())
    reader = data.draw(st.sampled_from([read for _sample, read in READERS]))

    with _ours_only():
        reader(blob)
    with _ours_only():
        assert all(
            report.verdict is not Verdict.VALID for report in verify(blob, None, TRUST, Times(NOON))
        )


def mutate(data: st.DataObject, blob: bytes) -> bytes:
    """Overwrite, insert, cut or double a few pieces."""
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, max(len(blob) - 1, 0)))
        length = data.draw(st.integers(0, 8))
        piece = data.draw(st.binary(max_size=8) | BER)
        kind = data.draw(st.sampled_from(["overwrite", "insert", "cut", "double"]))
        if kind == "overwrite":
            blob = blob[:position] + piece + blob[position + len(piece) :]
        elif kind == "insert":
            blob = blob[:position] + piece + blob[position:]
        elif kind == "cut":
            blob = blob[:position] + blob[position + length :]
        else:
            blob = blob[: position + length] + blob[position:]
    return blob


def _ours_only() -> suppress:
    """Let our failures pass and nothing else."""
    return suppress(SedError)


READERS: list[tuple[bytes, Callable[[bytes], object]]] = [
    (SIGNED, read_message),
    (BOTH, lambda blob: verify(blob, b"text", TRUST, Times(NOON))),
    (BOTH, lambda blob: joined(blob, SIGNED)),
    (CHAIN.certificate.der, read_certificate),
    (CHAIN.lists[1], read_revocation_list),
    (write_pkcs8(CHAIN.key), lambda blob: read_private_key(blob, "", CHAIN.provider)),
    (write_pkcs8(CHAIN.key), lambda blob: read_pfx(blob, "", CHAIN.provider)),
]
