"""The envelope of a package: it looks like an INI file and is none.

Real ones have subjects on several lines without an equals sign, sections in any order and
case, and empty addressees: a parser of configurations refuses most of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.plain_text import decoded
from sed_tui.exchange.remarks import Oddity, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_HEAD, _ADDRESSEES, _FILES = "письмо кп пс сзи", "адресаты", "файлы"
_SUBJECT_BYTES = 255
NAMES = ("envelope.ini", "envelope.ltr")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an envelope tells: the subject with its line breaks, mailboxes, names of files."""

    subject: str
    addressees: tuple[str, ...]
    files: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


def read_envelope(data: bytes) -> Envelope:
    """Return what an envelope tells; a broken one is told by its remarks."""
    sections: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] = []
    for line in decoded(data).splitlines():
        text = line.strip()
        if text.startswith("[") and text.endswith("]"):
            current = sections.setdefault(text[1:-1].strip().casefold(), [])
        elif "=" in text and _is_key(text.partition("=")[0]):
            key, _sign, value = text.partition("=")
            current.append((key.strip().casefold(), value.strip()))
        elif text and current:
            key, value = current[-1]
            current[-1] = (key, f"{value}\n{text}")
    missing = {_HEAD, _ADDRESSEES} - sections.keys()
    return Envelope(
        subject=dict(sections.get(_HEAD, ())).get("тема", ""),
        addressees=_values(sections.get(_ADDRESSEES, ())),
        files=_values(sections.get(_FILES, ())),
        remarks=tuple(Remark(Oddity.ENVELOPE_BROKEN, name) for name in sorted(missing)),
    )


def write_envelope(
    subject: str, addressees: Sequence[str], files: Sequence[str], moment: datetime
) -> bytes:
    """Return an envelope in windows-1251; `moment` is told by the clock of its zone."""
    lines = [
        "[ПИСЬМО КП ПС СЗИ]",
        f"ТЕМА={_cut(' '.join(subject.split()))}",
        "АВТООТПРАВКА=1",
        "ШИФРОВАНИЕ=0",
        "ЭЦП=1",
        "ДОСТАВЛЕНО=0",
        "ПРОЧТЕНО=0",
        f"ДАТА={moment:%d.%m.%Y %H:%M:%S}",
        "[АДРЕСАТЫ]",
        *(f"{place}={one}" for place, one in enumerate(addressees)),
        "[ФАЙЛЫ]",
        *(f"{place}={one}" for place, one in enumerate(files)),
        "",
    ]
    return "\r\n".join(lines).encode("cp1251", "replace")


def _is_key(text: str) -> bool:
    """Tell a key from a line of a subject that happens to have an equals sign."""
    key = text.strip()
    return key.isdigit() or (key.isupper() and key.isalpha()) or key.casefold() in _KEYS


_KEYS = {"тема", "автоотправка", "шифрование", "эцп", "доставлено", "прочтено", "дата", "файл"}


def _values(entries: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(_split(entries))


def _split(entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    for _key, value in entries:
        if value:
            yield value.splitlines()[0]


def _cut(subject: str) -> str:
    return subject.encode("cp1251", "replace")[:_SUBJECT_BYTES].decode("cp1251")
