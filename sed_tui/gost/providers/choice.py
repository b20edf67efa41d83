"""Choosing a provider: by name, or the first of `auto` that passes its test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import ProviderUnavailable
from sed_tui.gost.curves import CURVES
from sed_tui.gost.providers.gostcrypto import Gostcrypto
from sed_tui.gost.providers.guarded import Guarded
from sed_tui.gost.providers.libgcrypt import Libgcrypt
from sed_tui.gost.providers.pygost import Pygost
from sed_tui.gost.providers.selftest import failures

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gost.providers.protocol import Provider

AUTO = "auto"
_MAKERS: dict[str, Callable[[], Provider]] = {
    "libgcrypt": Libgcrypt,
    "gostcrypto": Gostcrypto,
    "pygost": Pygost,
}
_ORDER = ("libgcrypt", "gostcrypto")  # pygost only when it is asked for
NAMES = (AUTO, *_MAKERS)
_SAMPLE_CURVE = "256B"
_MEBIBYTE = 1 << 20
_SECONDS = 0.05  # how long each speed is measured, at least


@dataclass(frozen=True, slots=True)
class Speed:
    """What a provider does in a second: MiB hashed, signatures made, signatures verified."""

    hashed: float
    signed: float
    verified: float


@dataclass(frozen=True, slots=True)
class ProviderState:
    """A provider as `certificate check` lists it; `problem` says why it cannot be used."""

    name: str
    version: str | None
    problem: str | None
    is_chosen: bool
    speed: Speed | None


def provider_named(name: str = AUTO) -> Provider:
    """Return a tested provider or raise `ProviderUnavailable` with the reason."""
    return _first_of_all() if name == AUTO else _tested(name)


def every_provider(measure: bool = True) -> list[ProviderState]:
    """Return the state of each, whether it can be used, and how fast it is."""
    try:
        chosen = provider_named().name
    except ProviderUnavailable:
        chosen = ""
    return [_state(name, name == chosen, measure) for name in _MAKERS]


@cache
def _tested(name: str) -> Provider:
    if name not in _MAKERS:
        raise ProviderUnavailable(provider=name, reason=", ".join(NAMES))
    provider = Guarded(_MAKERS[name]())
    failed = failures(provider)
    if failed:
        raise ProviderUnavailable(provider=name, reason="; ".join(failed))
    return provider


def _first_of_all() -> Provider:
    reasons = []
    for name in _ORDER:
        try:
            return _tested(name)
        except ProviderUnavailable as error:
            reasons.append(f"{name}: {error.details['reason']}")
    raise ProviderUnavailable(provider=AUTO, reason="; ".join(reasons))


def _state(name: str, is_chosen: bool, measure: bool) -> ProviderState:
    try:
        provider = _tested(name)
    except ProviderUnavailable as error:
        return ProviderState(name, None, str(error.details["reason"]), False, None)
    speed = _speed(provider) if measure else None
    return ProviderState(name, provider.version, None, is_chosen, speed)


def _speed(provider: Provider) -> Speed:
    curve = CURVES[_SAMPLE_CURVE]
    public = provider.public(curve, 7)
    r, s = provider.sign(curve, 7, 11)
    block = bytes(_MEBIBYTE // (64 if provider.is_slow else 1))
    hashes = _per_second(lambda: provider.new(256).update(block))
    return Speed(
        hashed=hashes * len(block) / _MEBIBYTE,
        signed=_per_second(lambda: provider.sign(curve, 7, 11)),
        verified=_per_second(lambda: provider.verify(curve, public, 11, r, s)),
    )


def _per_second(work: Callable[[], object]) -> float:
    start, times = perf_counter(), 0
    while (spent := perf_counter() - start) < _SECONDS or not times:
        work()
        times += 1
    return times / spent
