"""Providers agree with the standard and with each other, and their known faults cannot bite."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.errors.signatures import CurveRefused, NotAKey, ProviderUnavailable
from sed_tui.gost.curves import CURVES
from sed_tui.gost.hashing import digest
from sed_tui.gost.providers import choice
from sed_tui.gost.providers.choice import every_provider, provider_named
from sed_tui.gost.providers.gostcrypto import Gostcrypto, on_a_fresh_stack
from sed_tui.gost.providers.guarded import Guarded
from sed_tui.gost.providers.pygost import Pygost
from sed_tui.gost.providers.selftest import KNOWN, failures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sed_tui.gost.curves import Curve, Point
    from sed_tui.gost.providers.protocol import Hash, Provider

LENGTHS = (*range(0, 200, 7), 63, 64, 65, 127, 128, 129, 511, 512, 513, 1000)
# RFC 7091, 7.1: key, digest, public key
RFC_KEY = 0x7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28
RFC_DIGEST = 0x2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5
RFC_PUBLIC = (
    0x7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B,
    0x26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA,
)
RFC_SIGNATURE = (
    0x41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493,
    0x1456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40,
)


def test_every_provider_gives_the_answers_of_the_standard(each_provider: Provider) -> None:
    for message, bits, expected in KNOWN:
        assert digest(each_provider, bits, message).hex() == expected
    curve = CURVES["256Test"]

    assert each_provider.public(curve, RFC_KEY) == RFC_PUBLIC
    assert each_provider.verify(curve, RFC_PUBLIC, RFC_DIGEST, *RFC_SIGNATURE)
    assert not each_provider.verify(curve, RFC_PUBLIC, RFC_DIGEST + 1, *RFC_SIGNATURE)


def test_every_provider_hashes_every_length_alike_however_it_is_cut(
    each_provider: Provider, provider: Provider
) -> None:
    for length in LENGTHS:
        data = bytes(n * 7 % 251 for n in range(length))
        running = each_provider.new(256)
        for start in range(0, length, 54):
            running.update(data[start : start + 54])

        assert running.digest() == digest(provider, 256, data)
        assert running.digest() == digest(each_provider, 256, data)


@pytest.mark.parametrize("name", sorted(CURVES))
def test_what_one_provider_signs_the_other_verifies(name: str, each_provider: Provider) -> None:
    curve, other = CURVES[name], provider_named()
    d = RFC_KEY % curve.q
    public = other.public(curve, d)
    r, s = other.sign(curve, d, RFC_DIGEST)

    assert each_provider.public(curve, d) == public
    assert each_provider.verify(curve, public, RFC_DIGEST, r, s)
    assert not each_provider.verify(curve, public, RFC_DIGEST, s, r)
    if each_provider.name == "pygost" and name in {"256D", "512Test"}:
        return
    assert other.verify(curve, public, RFC_DIGEST, *each_provider.sign(curve, d, RFC_DIGEST))


@pytest.mark.parametrize("name", ["256B", "256D", "512C"])
def test_impossible_public_keys_are_refused(name: str, each_provider: Provider) -> None:
    curve = CURVES[name]
    r, s = each_provider.sign(curve, 1, RFC_DIGEST) if name != "256D" else (5, 7)

    for point in ((0, curve.y), (0, 0), (curve.x, 0), (curve.x, curve.y + 1), (curve.p, curve.y)):
        assert not each_provider.verify(curve, point, RFC_DIGEST, r, s)


@pytest.mark.parametrize("shift", [-1, 0])
def test_impossible_private_keys_are_refused(each_provider: Provider, shift: int) -> None:
    curve = CURVES["256B"]

    for d in (shift, curve.q - shift):
        with pytest.raises(NotAKey):
            each_provider.public(curve, d)
        with pytest.raises(NotAKey):
            each_provider.sign(curve, d, RFC_DIGEST)


def test_impossible_signatures_are_refused(each_provider: Provider) -> None:
    curve = CURVES["256Test"]
    r, s = RFC_SIGNATURE

    for pair in ((0, s), (r, 0), (curve.q, s), (r, curve.q), (r + curve.q, s), (-r, s)):
        assert not each_provider.verify(curve, RFC_PUBLIC, RFC_DIGEST, *pair)


def test_a_digest_of_zero_counts_as_one(each_provider: Provider) -> None:
    curve = CURVES["256B"]
    public = each_provider.public(curve, 7)

    assert each_provider.verify(curve, public, 1, *each_provider.sign(curve, 7, curve.q))


def test_gostcrypto_loses_bytes_and_ours_does_not() -> None:
    from gostcrypto import gosthash

    head, tail = bytes(range(10)), bytes(range(54))
    theirs = gosthash.new("streebog256")
    theirs.update(bytearray(head))
    theirs.update(bytearray(tail))
    ours = Gostcrypto().new(256)
    ours.update(head)
    ours.update(tail)

    assert bytes(theirs.digest()) != digest(provider_named(), 256, head + tail)
    assert ours.digest() == digest(provider_named(), 256, head + tail)


def test_gostcrypto_takes_a_zero_for_the_base_point_and_the_guard_does_not() -> None:
    curve, bare = CURVES["256B"], Gostcrypto()
    r, s = bare.sign(curve, 1, RFC_DIGEST)

    assert bare.verify(curve, (0, 12345), RFC_DIGEST, r, s)
    assert not Guarded(bare).verify(curve, (0, 12345), RFC_DIGEST, r, s)
    assert "256B: public key (0, y)" in failures(bare)


def test_gostcrypto_signs_however_deep_the_caller_stands() -> None:
    curve, slow = CURVES["512A"], Gostcrypto()
    slow.public(curve, 7)  # made here, where there is room

    def deep(levels: int) -> tuple[int, int]:
        return deep(levels - 1) if levels else slow.sign(curve, 7, RFC_DIGEST)

    r, s = deep(sys.getrecursionlimit() - 200)

    assert provider_named().verify(curve, slow.public(curve, 7), RFC_DIGEST, r, s)


def test_a_failure_on_the_fresh_stack_is_told() -> None:
    def fail() -> int:
        raise ValueError("no point")

    with pytest.raises(ProviderUnavailable, match="no point"):
        on_a_fresh_stack(fail)


class _Twisted:
    """A provider with one fault."""

    name, version, is_slow = "twisted", "1", False

    def __init__(self, **faults: Callable[..., Any]) -> None:
        self._inner = provider_named()
        self._faults = faults

    def new(self, bits: int) -> Hash:
        other = self._faults.get("new")
        return self._inner.new(other(bits) if other else bits)

    def sign(self, curve: Curve, d: int, e: int) -> tuple[int, int]:
        r, s = self._inner.sign(curve, d, e)
        return (s, r) if "sign" in self._faults else (r, s)

    def verify(self, curve: Curve, public: Point, e: int, r: int, s: int) -> bool:
        return "verify" in self._faults or self._inner.verify(curve, public, e, r, s)

    def public(self, curve: Curve, d: int) -> Point:
        x, y = self._inner.public(curve, d)
        return (x, y + 1) if "public" in self._faults else (x, y)


@pytest.mark.parametrize("fault", ["new", "sign", "verify", "public"])
def test_a_provider_that_errs_fails_its_test(fault: str) -> None:
    assert failures(_Twisted()) == []
    assert failures(_Twisted(**{fault: lambda bits=256: 768 - bits}))


def test_a_provider_that_fails_is_unavailable_and_the_next_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twisted = _Twisted(verify=lambda: None)
    choice._tested.cache_clear()
    monkeypatch.setitem(choice._MAKERS, "libgcrypt", lambda: twisted)
    try:
        with pytest.raises(ProviderUnavailable, match="another digest"):
            provider_named("libgcrypt")
        states = {state.name: state for state in every_provider(measure=False)}

        assert provider_named().name == "gostcrypto"
        assert states["libgcrypt"].problem
        assert states["gostcrypto"].is_chosen
    finally:
        choice._tested.cache_clear()


def test_providers_are_listed_with_version_and_speed() -> None:
    for state in every_provider():
        assert (state.problem is None) == (state.speed is not None) == (state.version is not None)
        if state.speed:
            assert min(state.speed.hashed, state.speed.signed, state.speed.verified) > 0


def test_an_unknown_provider_is_told_with_the_known_ones() -> None:
    with pytest.raises(ProviderUnavailable, match="auto, libgcrypt, gostcrypto, pygost"):
        provider_named("openssl")


@pytest.mark.parametrize("has_mode", [True, False])
def test_pygost_is_called_by_keywords_whichever_its_version(
    monkeypatch: pytest.MonkeyPatch, has_mode: bool
) -> None:
    calls = fake_pygost(monkeypatch, has_mode)
    pygost = Pygost()
    pygost.verify(CURVES["256B"], (1, 2), 3, 4, 5)
    pygost.sign(CURVES["512A"], 7, 11)

    assert [call.get("mode") for call in calls] == ([2001, 2012] if has_mode else [None, None])
    assert all("mask" not in call for call in calls)


def test_pygost_does_not_sign_where_its_random_numbers_are_biased(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake_pygost(monkeypatch, has_mode=True)

    with pytest.raises(CurveRefused):
        Pygost().sign(CURVES["256D"], 7, 11)


def test_the_stub_of_pygost_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygost", ModuleType("pygost"))

    with pytest.raises(ProviderUnavailable):
        Pygost()


def test_a_file_is_hashed_piece_by_piece(each_provider: Provider, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bytes(range(256)) * 300 if not each_provider.is_slow else bytes(9000))
    told: list[int] = []

    assert digest(each_provider, 256, path, told.append) == digest(
        each_provider, 256, path.read_bytes()
    )
    assert told[-1] == path.stat().st_size


def fake_pygost(monkeypatch: pytest.MonkeyPatch, has_mode: bool) -> list[dict[str, object]]:
    """Put a module in place that has the names of PyGOST and notes how it is called."""
    calls: list[dict[str, object]] = []

    def call(**arguments: object) -> bytes:
        calls.append(arguments)
        return bytes(128)

    def old(
        curve: object, prv: object, digest: object, rand: object = None, mode: int = 0
    ) -> bytes:
        return call(mode=mode)

    def new(
        curve: object, prv: object, digest: object, rand: object = None, mask: object = None
    ) -> bytes:
        return call() if mask is None else call(mask=mask)

    module = ModuleType("pygost.gost3410")
    module.__dict__.update(
        sign=old if has_mode else new, verify=call, GOST3410Curve=lambda **numbers: numbers
    )
    monkeypatch.setitem(sys.modules, "pygost", ModuleType("pygost"))
    monkeypatch.setitem(sys.modules, "pygost.gost3410", module)
    for bits in (256, 512):
        hashes = ModuleType(f"pygost.gost34112012{bits}")
        hashes.__dict__[f"GOST34112012{bits}"] = lambda: None
        monkeypatch.setitem(sys.modules, hashes.__name__, hashes)
    return calls
