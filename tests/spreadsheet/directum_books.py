"""Small workbooks of the Directum RX import utility, with the oddities of real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

RESULTS = ("Итог", "Дата", "Подробности")
ORGANIZATIONS = ("Наименование", "Юрид. наименование", "Головная орг.", "ИНН", "КПП", *RESULTS)
UNITS = ("Наименование", "Код", "Наша организация", "Головное подразделение", *RESULTS)
EMPLOYEES = (
    *("Наша организация", "Подразделение", "Должность", "Фамилия", "Имя", "Отчество"),
    *("Эл.почта", "Номер счета", *RESULTS),
)
INCOMING = (
    *("№", "Дата регистрации", "Корреспондент", "Вид документа", "Содержание", "Файл"),
    *("Письмо от", "Номер входящий", "Журнал регистрации", "Регистрация", *RESULTS),
)
OUTGOING = (
    *("№", "Дата регистрации", "Корреспондент", "Вид документа", "Содержание", "Подготовил", "ИД"),
    *("Журнал регистрации", "Регистрация", *RESULTS),
)
ORDERS = (
    *("Рег. №", "Рег. Дата", "Вид документа", "Содержание", "Наша организация", "Исполнитель"),
    *("Подписал", "Журнал регистрации", "Регистрация", *RESULTS),
)


def book(path: Path, **sheets: tuple[tuple[str, ...], list[tuple[Any, ...]]]) -> Path:
    """Write a workbook: `sheet=(headings, rows)`."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, (headings, rows) in sheets.items():
        sheet = made.create_sheet(name)
        sheet.append(headings)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def answers(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """Return what stands under «Итог» and «Подробности», row by row."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    places = [rows[0].index(name) for name in ("Итог", "Подробности")]
    return [tuple(row[place] for place in places) for row in rows[1:]]
