"""Numbers of the Russian state registers: INN, KPP, OGRN, and their check digits.

INN and KPP follow the order of the tax service ММВ-7-6/435@ of 29.06.2012 (replaced in
2026 without a change of the structure), OGRN and OGRNIP the order of the Ministry of
Finance 165н of 30.10.2017. The orders give the structure; the weights of the INN were
compared with three independent published validators and with numbers of real bodies.
OKTMO is the classifier ОК 033-2013; its control number, which stands beside the code, is
counted as ПР 50.1.024-2005 says.
"""

from __future__ import annotations

import re

from sed_tui.errors.correspondents import BadIdentifier
from sed_tui.i18n import N_, _

_ORGANIZATION, _PERSON = 10, 12
_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_OGRN, _OGRNIP = 13, 15
_OKTMO = (8, 11)
_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}", re.ASCII)
_BLANKS = re.compile(r"[\s-]+")

_NOT_DIGITS = N_("only digits are expected")
_INN_LENGTH = N_("an INN has 10 digits, that of a person 12")
_OGRN_LENGTH = N_("an OGRN has 13 digits, that of an entrepreneur 15")
_INN_OF_PERSON = N_("the INN of a person has 12 digits")
_NO_REGION = N_("no INN begins with 00")
_OGRN_SIGN = N_("an OGRN begins with 1 or 5, that of an entrepreneur with 3")
_CHECK_DIGIT = N_("the check digit does not fit")
_KPP_FORM = N_("a KPP has nine characters like 720301001")
_KPP_OF_PERSON = N_("only organizations, whose INN has 10 digits, have a KPP")
_OKTMO_LENGTH = N_("an OKTMO has 8 digits, that of a settlement 11; its control number may follow")
_OGRN_OF_OTHER = N_("an INN of {inn} digits does not go with an OGRN of {ogrn}")


def checked_inn(text: str, field: str = "inn", *, of_person: bool = False) -> str:
    """Return the digits of an INN. Raises `BadIdentifier`."""
    inn = _digits(text, field)
    if of_person and len(inn) != _PERSON:
        raise BadIdentifier(field=field, value=text, reason=_(_INN_OF_PERSON))
    if len(inn) not in {_ORGANIZATION, _PERSON}:
        raise BadIdentifier(field=field, value=text, reason=_(_INN_LENGTH))
    if inn.startswith("00"):
        raise BadIdentifier(field=field, value=text, reason=_(_NO_REGION))
    checked = 1 if len(inn) == _ORGANIZATION else 2
    if any(_inn_digit(inn[:end]) != inn[end] for end in range(len(inn) - checked, len(inn))):
        raise BadIdentifier(field=field, value=text, reason=_(_CHECK_DIGIT))
    return inn


def checked_kpp(text: str, inn: str | None = None, field: str = "kpp") -> str:
    """Return a KPP without blanks; it has no check digit. Raises `BadIdentifier`."""
    kpp = _BLANKS.sub("", text).upper()
    if not _KPP.fullmatch(kpp):
        raise BadIdentifier(field=field, value=text, reason=_(_KPP_FORM))
    if inn is None or len(inn) != _ORGANIZATION:
        raise BadIdentifier(field=field, value=text, reason=_(_KPP_OF_PERSON))
    return kpp


def checked_ogrn(text: str, inn: str | None = None, field: str = "ogrn") -> str:
    """Return the digits of an OGRN or OGRNIP. Raises `BadIdentifier`."""
    ogrn = _digits(text, field)
    if len(ogrn) not in {_OGRN, _OGRNIP}:
        raise BadIdentifier(field=field, value=text, reason=_(_OGRN_LENGTH))
    if ogrn[0] not in ("15" if len(ogrn) == _OGRN else "3"):
        raise BadIdentifier(field=field, value=text, reason=_(_OGRN_SIGN))
    # the divisor is 11 for thirteen digits and 13 for fifteen
    if int(ogrn[:-1]) % (len(ogrn) - 2) % 10 != int(ogrn[-1]):
        raise BadIdentifier(field=field, value=text, reason=_(_CHECK_DIGIT))
    if inn is not None and (len(inn) == _ORGANIZATION) != (len(ogrn) == _OGRN):
        reason = _(_OGRN_OF_OTHER).format(inn=len(inn), ogrn=len(ogrn))
        raise BadIdentifier(field=field, value=text, reason=reason)
    return ogrn


def checked_oktmo(text: str, field: str = "oktmo") -> str:
    """Return the digits of an OKTMO; a control number after them is checked and left out.

    Raises `BadIdentifier`.
    """
    digits = _digits(text, field)
    code = digits[:-1] if len(digits) - 1 in _OKTMO else digits
    if len(code) not in _OKTMO or code.startswith("00"):
        raise BadIdentifier(field=field, value=text, reason=_(_OKTMO_LENGTH))
    if len(digits) > len(code) and digits[-1] != oktmo_control(code):
        raise BadIdentifier(field=field, value=text, reason=_(_CHECK_DIGIT))
    return code


def oktmo_control(code: str) -> str:
    """Return the control number of a code of a classifier."""
    for first in (1, 3):
        weights = [(first - 1 + place) % 10 + 1 for place in range(len(code))]
        rest = sum(w * int(d) for w, d in zip(weights, code, strict=True)) % 11
        if rest < len(_WEIGHTS) - 1:
            return str(rest)
    return "0"


def _inn_digit(before: str) -> str:
    """Return the check digit that follows these digits."""
    weights = _WEIGHTS[-len(before) :]
    return str(sum(w * int(d) for w, d in zip(weights, before, strict=True)) % 11 % 10)


def _digits(text: str, field: str) -> str:
    digits = _BLANKS.sub("", text)
    # isdecimal alone would let Arabic and full-width digits in
    if not (digits.isascii() and digits.isdecimal()):
        raise BadIdentifier(field=field, value=text, reason=_(_NOT_DIGITS))
    return digits
