"""Values of workbooks as we keep them; a wrong one is left out and never silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain import written
from sed_tui.domain.contacts import checked_email
from sed_tui.domain.dates import parse_date
from sed_tui.domain.identifiers import checked_kpp, checked_ogrn
from sed_tui.errors import Invalid
from sed_tui.errors.directum import FieldLeftOut, NeededCell
from sed_tui.errors.imports import DigitsLost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sed_tui.gateway.directum.answers import Answer

# what the vendor calls the columns
HEADINGS = {
    "inn": "ИНН",
    "kpp": "КПП",
    "ogrn": "ОГРН",
    "email": "Эл. почта",
    "account": "Номер счета",
    "phone": "Телефоны",
    "name": "Наименование",
    "surname": "Фамилия",
    "number": "№",
    "registered_on": "Дата регистрации",
    "starts_on": "Дата начала",
    "ends_on": "Дата завершения",
    "login": "Логин",
    "flow": "Документопоток",
    "files": "Файл",
    "their_date": "Письмо от",
}


def full_name(values: Mapping[str, str]) -> str:
    """Return a person's name; many have no patronymic."""
    parts = (values.get(part, "") for part in ("surname", "first_name", "patronymic"))
    return " ".join(" ".join(parts).split())


def needed(values: Mapping[str, str], field: str) -> str:
    """Return a cell. Raises `NeededCell` for an empty one."""
    if field not in values:
        raise NeededCell(field=field, heading=HEADINGS.get(field, field))
    return values[field]


def day(values: Mapping[str, str], field: str) -> date:
    """Return a date written in whatever way. Raises `NeededCell` and `BadDate`."""
    return parse_date(needed(values, field), field)


def requisites(values: Mapping[str, str], answer: Answer) -> dict[str, str]:
    """Return INN, KPP, OGRN, e-mail and phone; wrong ones are left out and said."""
    found: dict[str, str] = {}

    def read(field: str, convert: Callable[[str], str | None]) -> None:
        if field in values:
            try:
                value = convert(values[field])
            except Invalid as error:
                heading = HEADINGS[field]
                reason = error.about(heading)
                answer.fault(FieldLeftOut(field=field, heading=heading, reason=reason))
            else:
                found[field] = value or ""

    if not _says_yes(values.get("foreign", "")):  # numbers of other states have other digits
        read("inn", written.restored_inn)
        inn = found.get("inn")
        read("kpp", lambda text: checked_kpp(written.restored_kpp(text), inn))
        read("ogrn", lambda text: checked_ogrn(written.exact(text, "ogrn"), inn))
    read("email", checked_email)
    read("phone", lambda text: written.exact(text, "phone"))
    check_account(values, answer)
    return found


def check_account(values: Mapping[str, str], answer: Answer) -> None:
    """Say of a bank account that the workbook has rounded it."""
    try:
        written.exact(values.get("account", ""), "account")
    except DigitsLost as error:
        heading = HEADINGS["account"]
        reason = error.about(heading)
        answer.fault(FieldLeftOut(field="account", heading=heading, reason=reason))


def _says_yes(text: str) -> bool:
    return text.casefold() in {"да", "yes", "true", "1", "нерезидент"}
