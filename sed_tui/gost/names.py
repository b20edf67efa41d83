"""Names of subjects: what a certificate says of its owner, Russian identifiers included."""

from __future__ import annotations

from dataclasses import dataclass

from sed_tui.gost import asn1, der

COMMON_NAME, SURNAME, GIVEN_NAME = "2.5.4.3", "2.5.4.4", "2.5.4.42"
COUNTRY, ORGANIZATION, UNIT, TITLE = "2.5.4.6", "2.5.4.10", "2.5.4.11", "2.5.4.12"
INN, INN_OF_ORGANIZATION = "1.2.643.3.131.1.1", "1.2.643.100.4"
OGRN, SNILS, OGRNIP = "1.2.643.100.1", "1.2.643.100.3", "1.2.643.100.5"
_SHORT_INN, _LONG_INN = 10, 12


@dataclass(frozen=True, slots=True)
class Name:
    """A distinguished name: its exact bytes, by which names are compared, and its fields."""

    raw: bytes
    fields: tuple[tuple[str, str], ...]

    def first(self, kind: str) -> str | None:
        """Return the first field of a kind."""
        return next((value for found, value in self.fields if found == kind), None)

    @property
    def common(self) -> str | None:
        """Return whom the certificate names."""
        return self.first(COMMON_NAME)

    @property
    def person(self) -> str | None:
        """Return surname and given names, when they are stated apart."""
        parts = (self.first(SURNAME), self.first(GIVEN_NAME))
        return " ".join(part for part in parts if part) or None

    @property
    def called(self) -> str:
        """Return the person, or what else the name calls its bearer."""
        return self.person or self.common or ", ".join(value for _kind, value in self.fields)

    @property
    def inn(self) -> str | None:
        """Return the INN; that of an organization stands there with two zeros before it."""
        value = self.first(INN_OF_ORGANIZATION) or self.first(INN)
        if value and len(value) == _LONG_INN and value.startswith("00"):
            return value[-_SHORT_INN:]
        return value

    @property
    def ogrn(self) -> str | None:
        """Return the OGRN, or that of an entrepreneur."""
        return self.first(OGRN) or self.first(OGRNIP)


def read_name(element: asn1.Element) -> Name:
    """Read a Name; a field that is not a text has none."""
    fields = []
    for relative in element.parts():
        for pair in relative.parts(asn1.SET):
            kind, value = pair.parts(least=2)[:2]
            if not value.is_constructed:  # postalAddress is a list: not a text
                fields.append((kind.identifier(), value.text()))
    return Name(element.raw, tuple(fields))


def write_name(fields: dict[str, str]) -> bytes:
    """Return the DER of a Name."""
    return der.sequence(
        *(
            der.set_of(der.sequence(der.identifier(kind), _text(kind, value)))
            for kind, value in fields.items()
        )
    )


def _text(kind: str, value: str) -> bytes:
    if kind == COUNTRY:
        return der.tlv(0x13, value.encode("ascii"))
    if kind in (INN, INN_OF_ORGANIZATION, OGRN, OGRNIP, SNILS):
        return der.tlv(0x12, value.encode("ascii"))
    return der.text(value)
