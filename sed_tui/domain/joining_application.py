"""The fields of an application for accession: what they may be, and which must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.contacts import checked_email
from sed_tui.domain.dates import parse_date
from sed_tui.domain.identifiers import checked_inn, checked_kpp, checked_ogrn, checked_oktmo
from sed_tui.domain.joining import FRONT_TITLES, SUBSYSTEM_TITLES, FrontSystem, Subsystem
from sed_tui.domain.text import folded, optional
from sed_tui.errors import Invalid
from sed_tui.errors.input import UnknownField
from sed_tui.errors.joining import InnOfPerson
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

TEXTS = {
    "name": 500,
    "short_name": 200,
    "address": 500,
    "head_name": 200,
    "head_position": 200,
    "deputy": 200,
    "power": 200,
    "contact": 200,
    "phone": 64,
    "exchange_address": 200,
}
FIELDS = (
    *("name", "short_name", "inn", "kpp", "ogrn", "oktmo", "address", "head_name", "head_position"),
    *("deputy", "power", "power_until", "contact", "email", "phone"),
    *("subsystem", "front", "exchange_address"),
)
NEEDED = (
    *("name", "inn", "kpp", "ogrn", "oktmo", "address", "head_name", "head_position"),
    *("contact", "email", "phone", "subsystem", "front"),
)
_LENGTH_OF_ORGANIZATION = 10
_WORDS: dict[str, dict[str, StrEnum]] = {
    "subsystem": {
        "иогв": Subsystem.EXECUTIVE,
        "исполнительные органы": Subsystem.EXECUTIVE,
        "муниципальные образования": Subsystem.MUNICIPAL,
        "муниципалитеты": Subsystem.MUNICIPAL,
        "медицинские": Subsystem.MEDICAL,
        "медицина": Subsystem.MEDICAL,
        "здравоохранение": Subsystem.MEDICAL,
        "образовательные": Subsystem.EDUCATIONAL,
        "образование": Subsystem.EDUCATIONAL,
        "мобильная": Subsystem.MOBILE,
        "мобильный": Subsystem.MOBILE,
    },
    "front": {
        "directum": FrontSystem.DIRECTUM,
        "directum rx": FrontSystem.DIRECTUM,
        "бюрократ": FrontSystem.BUREAUCRAT,
        "sed-tui": FrontSystem.OURS,
        "эта программа": FrontSystem.OURS,
    },
}


def checked_application(values: Mapping[str, str | None]) -> dict[str, Any]:
    """Return every field as it is stored; what is not given is None.

    Raises `UnknownField`, `InnOfPerson`, `BadIdentifier` and what texts and dates raise.
    """
    for name in values:
        if name not in FIELDS:
            raise UnknownField(field=name, fields=", ".join(FIELDS))
    fields: dict[str, Any] = {
        name: optional(values.get(name), name, limit=limit) for name, limit in TEXTS.items()
    }
    inn, kpp, ogrn, oktmo = (values.get(name) or None for name in ("inn", "kpp", "ogrn", "oktmo"))
    fields["inn"] = inn = checked_inn(inn) if inn else None
    if inn is not None and len(inn) != _LENGTH_OF_ORGANIZATION:
        raise InnOfPerson(field="inn", value=inn)
    fields["kpp"] = checked_kpp(kpp, inn) if kpp else None
    fields["ogrn"] = checked_ogrn(ogrn, inn or "0" * _LENGTH_OF_ORGANIZATION) if ogrn else None
    fields["oktmo"] = checked_oktmo(oktmo) if oktmo else None
    fields["email"] = checked_email(values.get("email"))
    until = values.get("power_until")
    fields["power_until"] = parse_date(until, "power_until") if until else None
    fields["subsystem"] = _one_of("subsystem", Subsystem, values.get("subsystem"))
    fields["front"] = _one_of("front", FrontSystem, values.get("front"))
    return fields


def lacking(fields: Mapping[str, Any]) -> list[str]:
    """Return the fields without which an application is not submitted."""
    needed = [*NEEDED, *(("power", "power_until") if fields.get("deputy") else ())]
    return [name for name in needed if not fields.get(name)]


def _one_of(field: str, kind: type[StrEnum], text: str | None) -> str | None:
    if not text or not text.strip():
        return None
    written = folded(text)
    titles = SUBSYSTEM_TITLES if kind is Subsystem else FRONT_TITLES
    known = {
        **{member.value: member for member in kind},
        **{folded(_(title)): member for member, title in titles.items()},
        **_WORDS[field],
    }
    if written not in known:
        expected = ", ".join(f"{one.value} ({_(title)})" for one, title in titles.items())
        raise Invalid(field=field, reason=_("one of these is expected: {}").format(expected))
    return str(known[written].value)
