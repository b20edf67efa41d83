"""The register of eight hundred organizations is entered from a table (stories ORG-5)."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.joining import JoiningState, Subsystem
from sed_tui.errors.imports import ImportDependedOn
from sed_tui.errors.joining import OperatorOnly
from sed_tui.gateway.table_import import TableImport
from sed_tui.operations import imports, joining, joining_list, joining_upkeep, organization
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.registry import CallOptions
from sed_tui.spreadsheet.table import open_table
from tests.handlers.callers import acting
from tests.handlers.tables import codes, load, outcomes

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.gateway.table_import import Imported
    from tests.conftest import FixedClock

S = JoiningState
COUNT = 800
HEADING = {
    "name": "Наименование",
    "inn": "ИНН",
    "kpp": "КПП",
    "ogrn": "ОГРН",
    "oktmo": "ОКТМО",
    "head_name": "Руководитель",
    "email": "Эл. почта",
    "subsystem": "Подсистема",
    "front": "Фронт-система",
    "exchange_address": "Адрес в обмене",
}
_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def member(place: int, **fields: str) -> dict[str, str]:
    """Return a row with numbers that stand their control digits."""
    inn, ogrn = f"7203{place:05}", f"10272{place:07}"
    control = sum(w * int(d) for w, d in zip(_WEIGHTS, inn, strict=True)) % 11 % 10
    row = {
        "name": f"Школа № {place}",
        "inn": f"{inn}{control}",
        "kpp": "720301001",
        "ogrn": f"{ogrn}{int(ogrn) % 11 % 10}",
        "oktmo": "71701000",
        "head_name": "Смирнова Анна Петровна",
        "email": f"school{place}@example.ru",
        "subsystem": "образование",
        "front": "Бюрократ",
        "exchange_address": f"SCHOOL~{place}",
    }
    return row | fields


@pytest.fixture
def operator(gateway: LocalGateway) -> LocalGateway:
    """Return the gateway of the operator."""
    gateway.call(joining_upkeep.NAME_OPERATOR, joining_upkeep.NameOperator(organization="01"))
    return gateway


def enter(operator: LocalGateway, *rows: dict[str, str], **more: Any) -> imports.ImportedRows:
    return load(operator, *rows, noun=Noun.ORGANIZATIONS, **more)


def show(gateway: LocalGateway, application: str) -> joining.Application:
    return gateway.call(joining.SHOW, joining.ShowApplication(application=application))


def test_eight_hundred_rows_are_entered_once(operator: LocalGateway, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    rows = [member(place) for place in range(COUNT)]
    rows[7]["inn"] = "7203000000"
    rows[9]["subsystem"] = "космическая"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([list(HEADING.values()), *([row[c] for c in HEADING] for row in rows)])

    assert counts(send(operator, path)) == {"created": COUNT - 2, "refused": 2}
    assert counts(send(operator, path)) == {"unchanged": COUNT - 2, "refused": 2}
    listed = operator.call(joining_list.LIST, joining_list.ListApplications(limit=1000)).rows
    assert len(listed) == COUNT - 2
    card = show(operator, rows[-1]["ogrn"])
    assert (card.application, card.joining) == (rows[-1]["ogrn"], S.DRAFT)
    assert (card.subsystem, card.exchange_address) == (Subsystem.EDUCATIONAL, "SCHOOL~799")


def test_bad_rows_are_told_and_the_others_taken(operator: LocalGateway) -> None:
    rows = (
        member(1, code="101"),
        member(1, code="102", name="Филиал"),
        member(2, code="101"),
        member(3, ogrn=""),
        member(4, inn="500100732259"),
        member(5, code="01"),
        member(6, connected_on="24.11.2026"),
        member(7, connected_on="01.11.2026"),
    )
    answer = enter(operator, *(row | {"code": row.get("code", "")} for row in padded(rows)))

    assert outcomes(answer) == [
        *("created", "duplicate", "refused", "refused", "refused", "unchanged", "refused"),
        "created",
    ]
    assert codes(answer)[2] == ["row_twice"]
    assert codes(answer)[4:] == [
        *(["inn_of_person"], ["operator_joins_nobody"], ["connection_in_future"]),
        ["nobody_works_there_yet"],
    ]
    again = enter(operator, member(1, name="Другое имя"))
    assert (outcomes(again), codes(again)) == (["unchanged"], [["differs_from_stored"]])


def test_who_works_here_already_is_entered_as_connected(
    operator: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    school = organization.AddOrganization(code="09", name="Школа № 9")
    operator.call(organization.ADD, school)
    row = member(9, code="09", connected_on="01.09.2024")

    with acting(settings, clock, "admin", "01") as again:
        assert outcomes(enter(again, row)) == ["created"]
        card = show(again, "09")
    assert (card.joining, f"{card.connected_on}") == (S.CONNECTED, "2024-09-01")
    with acting(settings, clock, "admin", "09") as admin:
        assert show(admin, "09").name == "Школа № 9"
        with pytest.raises(OperatorOnly):
            enter(admin, member(10))


def test_a_dry_run_and_all_or_nothing_leave_no_trace(operator: LocalGateway) -> None:
    assert outcomes(enter(operator, member(1), dry_run=True)) == ["created"]
    assert outcomes(enter(operator, member(1), member(2, ogrn="1"), atomic=True)) == [
        *("refused", "refused")
    ]
    assert operator.call(joining_list.LIST, joining_list.ListApplications()).rows == []
    run = enter(operator, member(1)).run
    with pytest.raises(ImportDependedOn, match="withdraw"):
        operator.call(imports.UNDO, imports.UndoImport(run=str(run)))


def padded(rows: tuple[dict[str, str], ...]) -> list[dict[str, str]]:
    """Give all rows the same columns."""
    names = {name: "" for row in rows for name in row}
    return [names | row for row in rows]


def send(operator: LocalGateway, path: Path) -> Imported:
    table = open_table(path, Noun.ORGANIZATIONS)
    return TableImport(operator, table, CallOptions(), lambda _l, _r: None).in_batches(resume=False)


def counts(done: Imported) -> dict[str, int]:
    return {outcome.value: count for outcome, count in done.outcomes.items() if count}
