"""Exports give out what the reader may see, in pages, as an import reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import Role
from sed_tui.errors import NotPermitted
from sed_tui.operations import export
from sed_tui.operations.export import ExportCorrespondents, ExportDocuments, ExportPeople
from sed_tui.operations.import_columns import Noun
from tests.handlers.hired_people import gateway_of, hire
from tests.handlers.tables import card, load, outcomes

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.export import ExportedRows
    from sed_tui.operations.registry import Operation, Request
    from tests.conftest import FixedClock

REGISTER = [
    card("01-23/2", registered_on="04.02.2025", external_id="Б"),
    card("01-23/1", sheets="1+7", confidentiality="дсп", subject="О секрете", note="тайна"),
    card(
        "05-11/1",
        flow="исходящий",
        registered_on="05.02.2025",
        correspondent="Минфин; Минтруд",
        their_number="",
        in_reply_to="01-23/2",
    ),
]


def documents(gateway: LocalGateway, query: str = "") -> list[dict[str, str]]:
    return dicts(gateway.call(export.DOCUMENTS, ExportDocuments(query=query)))


def dicts(page: ExportedRows) -> list[dict[str, str]]:
    return [dict(zip(page.columns, row, strict=True)) for row in page.rows]


def test_cards_come_oldest_first_with_what_they_answer(gateway: LocalGateway) -> None:
    load(gateway, *REGISTER)

    first, second, third = documents(gateway)
    assert (first["number"], first["sheets"], first["annex_sheets"]) == ("01-23/1", "1", "7")
    assert first["confidentiality"] == "official"
    assert (second["external_id"], second["historic"]) == ("Б", "yes")
    assert (third["correspondent"], third["inn"]) == ("Минфин; Минтруд", "")
    assert third["in_reply_to"] == "01-23/2 от 04.02.2025"


def test_every_table_imports_again_without_a_change(gateway: LocalGateway) -> None:
    load(gateway, *REGISTER)
    pages = {
        Noun.DOCUMENTS: gateway.call(export.DOCUMENTS, ExportDocuments()),
        Noun.CORRESPONDENTS: gateway.call(export.CORRESPONDENTS, ExportCorrespondents()),
        Noun.PEOPLE: gateway.call(export.PEOPLE, ExportPeople()),
    }

    for noun, page in pages.items():
        again = load(gateway, *dicts(page), noun=noun)
        assert set(outcomes(again)) == {"unchanged"}
        assert [result.errors for result in again.results] == [[]] * len(again.results)


@pytest.mark.parametrize("limit", [1, 2])
def test_pages_follow_each_other_without_loss(gateway: LocalGateway, limit: int) -> None:
    load(gateway, *REGISTER)
    load(gateway, *({"name": f"К{n}"} for n in range(5)), noun=Noun.CORRESPONDENTS)
    exports: tuple[
        tuple[Operation[Any, ExportedRows], type[ExportDocuments | ExportCorrespondents]], ...
    ] = (
        (export.DOCUMENTS, ExportDocuments),
        (export.CORRESPONDENTS, ExportCorrespondents),
    )
    for operation, request in exports:
        whole = gateway.call(operation, request()).rows
        rows, after = [], None
        while True:
            page = gateway.call(operation, request(limit=limit, after=after))
            rows += page.rows
            after = page.next
            if after is None:
                break

        assert rows == whole


def test_a_query_chooses(gateway: LocalGateway) -> None:
    load(gateway, *REGISTER)

    assert [row["number"] for row in documents(gateway, "flow:outgoing")] == ["05-11/1"]
    assert [row["number"] for row in documents(gateway, "from:Минздрав секрет")] == ["01-23/1"]


def test_official_use_is_masked_without_clearance(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    load(gateway, *REGISTER)
    hire(settings, "reader", Role.REGISTRAR, Role.EXPORTER)
    reader = gateway_of(settings, "reader", clock)

    [masked] = [row for row in documents(reader) if row["number"] == "01-23/1"]
    reader.close()

    assert (masked["subject"], masked["note"]) == ("[For official use only]", "")


def test_giving_out_everything_is_a_right_of_its_own(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    hire(settings, "executor", Role.EXECUTOR)
    executor = gateway_of(settings, "executor", clock)

    exports: tuple[tuple[Operation[Any, ExportedRows], Request], ...] = (
        (export.DOCUMENTS, ExportDocuments()),
        (export.CORRESPONDENTS, ExportCorrespondents()),
        (export.PEOPLE, ExportPeople()),
    )
    for operation, request in exports:
        with pytest.raises(NotPermitted):
            executor.call(operation, request)
    executor.close()
