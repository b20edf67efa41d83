"""The right to sign: who may sign what, and why somebody may not (rules §1.13)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors.signing import (
    AmountOverRight,
    KindOutsideRight,
    NoSigningRight,
    PowerExpired,
    PowerNeeded,
    SigningRightNotBegun,
    SigningRightOver,
)
from sed_tui.errors.terms import WrongOrder
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

EXPIRY_DAYS = (30, 14, 3)
"""How many days before its end the owner of a certificate is reminded."""


class Basis(StrEnum):
    """On which ground somebody signs."""

    DUTIES = "duties"
    POWER = "power_of_attorney"
    ELECTRONIC_POWER = "electronic_power"
    OTHER = "other"


class SigningScope(StrEnum):
    """Whose signature is waited for."""

    MINE = "mine"
    SUBSTITUTED = "substituted"
    """Of those one stands in for."""


BASIS_TITLES = {
    Basis.DUTIES: N_("duties"),
    Basis.POWER: N_("power of attorney"),
    Basis.ELECTRONIC_POWER: N_("electronic power of attorney"),
    Basis.OTHER: N_("another ground"),
}
_POWERS = frozenset({Basis.POWER, Basis.ELECTRONIC_POWER})


@dataclass(frozen=True, slots=True)
class SigningRight:
    """A right: a flow, a kind, an amount or an end that is absent does not bound it."""

    id: UUID
    flow: str | None
    kind: str | None
    amount: int | None
    basis: Basis
    power: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be signed, as far as rights ask; `amount` is in whole roubles."""

    flow: str
    kind: str
    amount: int | None


def expiry_reached(days_left: int) -> int | None:
    """Return the threshold of a reminder that is reached, the nearest one alone."""
    return min((days for days in EXPIRY_DAYS if days_left <= days), default=None)


def check_right(basis: Basis, power: str | None, starts_on: date, ends_on: date | None) -> None:
    """Refuse a right that cannot be. Raises `PowerNeeded`, `WrongOrder`.

    A power of attorney has an end: without one stated it lasts a year (Civil Code, 186).
    """
    if basis in _POWERS and (power is None or ends_on is None):
        raise PowerNeeded(field="power" if power is None else "ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise WrongOrder(field="ends_on", start=starts_on, end=ends_on)


def right_to_sign(rights: Sequence[SigningRight], matter: Matter, day: date) -> SigningRight:
    """Return the right by which somebody signs on a day, or raise why he may not.

    Raises `NoSigningRight`, `SigningRightNotBegun`, `PowerExpired`, `SigningRightOver`,
    `KindOutsideRight` and `AmountOverRight`.
    """
    if not rights:
        raise NoSigningRight()
    begun = [right for right in rights if right.starts_on <= day]
    if not begun:
        raise SigningRightNotBegun(day=min(right.starts_on for right in rights))
    standing = [right for right in begun if right.ends_on is None or day <= right.ends_on]
    if not standing:
        raise _over(begun)
    fitting = [right for right in standing if _fits(right, matter)]
    if not fitting:
        raise KindOutsideRight(kind=matter.kind)
    enough = [right for right in fitting if _is_enough(right, matter)]
    if not enough:
        limit = max(right.amount or 0 for right in fitting)
        raise AmountOverRight(amount=matter.amount, limit=limit)
    return enough[0]


def _over(ended: Sequence[SigningRight]) -> Exception:
    last = max((right for right in ended if right.ends_on), key=lambda right: str(right.ends_on))
    if last.basis in _POWERS:
        return PowerExpired(power=last.power, day=last.ends_on)
    return SigningRightOver(day=last.ends_on)


def _fits(right: SigningRight, matter: Matter) -> bool:
    return right.flow in {None, matter.flow} and right.kind in {None, matter.kind}


def _is_enough(right: SigningRight, matter: Matter) -> bool:
    return right.amount is None or matter.amount is None or matter.amount <= right.amount
