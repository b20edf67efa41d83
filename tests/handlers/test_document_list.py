"""Lists of documents: conditions, pages, masks."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event

from sed_tui.domain.access import Role
from sed_tui.domain.flows import Confidentiality, Execution, Flow, Registration
from sed_tui.errors.input import BadCursor
from sed_tui.errors.query import BadQuery
from sed_tui.operations.document_list import COUNT, LIST, CountDocuments, ListDocuments
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.reregistration import CANCEL, CancelRegistration
from sed_tui.storage.database import open_database
from tests.handlers.hired_people import gateway_of, hire
from tests.handlers.letters import appeal, letter, order, outgoing

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock


def numbers(gateway: LocalGateway, query: str = "", **asked: object) -> list[str | None]:
    page = gateway.call(LIST, ListDocuments.model_validate({"query": query, **asked}))
    return [row.number for row in page.rows]


def plan_of(gateway: LocalGateway, settings: Settings, query: str) -> str:
    """Return how the database reads the second page of a list."""
    seen: list[tuple[str, Any]] = []

    def see(_db: object, _cursor: object, sql: str, values: object, *_rest: object) -> None:
        seen.append((sql, values))

    first = gateway.call(LIST, ListDocuments(query=query, limit=1))
    event.listen(Engine, "before_cursor_execute", see)
    try:
        gateway.call(LIST, ListDocuments(query=query, limit=1, after=first.next))
    finally:
        event.remove(Engine, "before_cursor_execute", see)
    [(sql, values)] = [(sql, values) for sql, values in seen if "document.subject" in sql]
    engine = open_database(settings.database)
    with engine.connect() as db:
        if engine.dialect.name == "sqlite":
            rows = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
            plan = "\n".join(row.detail for row in rows)
        else:
            # a handful of rows is read whole and sorted: what matters is that the index can serve
            for other_way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                db.exec_driver_sql(f"SET enable_{other_way} = off")
            plan = "\n".join(row[0] for row in db.exec_driver_sql(f"EXPLAIN {sql}", values))
    engine.dispose()
    return plan


@pytest.fixture
def office(gateway: LocalGateway) -> dict[str, str]:
    """Register a few documents and return their numbers."""
    documents = {
        "school": letter(subject="О ремонте трёх школ", their_number="08-11/1456"),
        "budget": letter(
            subject="О бюджете больницы",
            correspondent="ООО «Ромашка»",
            their_number="77",
            registered_on=date(2026, 3, 2),
            received_on=date(2026, 3, 2),
            their_date=date(2026, 3, 1),
            addressee="Губернатор",
            case_index="05-12",
        ),
        "order": order(),
        "answer": outgoing(addressees=["Минздрав", "Росздравнадзор"]),
        "appeal": appeal(),
    }
    return {name: gateway.call(REGISTER, request).number for name, request in documents.items()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "appeal answer order school budget"),
        ("ремонта", "appeal school"),
        ('"ремонта трех"', "school"),
        ("ремонт -школа", "appeal"),
        ("-ремонт", "answer order budget"),
        ("бюдж*", "budget"),
        ("flow:incoming", "school budget"),
        ("поток:приказы", "order"),
        ("-flow:incoming", "appeal answer order"),
        ("from:минздрав", "answer school"),
        ("from:росздравнадзор", "answer"),
        ("от:ромашка", "budget"),
        ("-from:минздрав", "appeal order budget"),
        ("number:08-11/1456", "school"),
        ("number:1456", "school"),
        ("number:08-11/*", "school"),
        ("number:ромашка", ""),
        ("-number:77 flow:incoming", "school"),
        ("addressee:губернатору", "budget"),
        ("since:2026-04 flow:incoming", "school"),
        ("until:2026-03", "budget"),
        ("on:02.03.2026", "budget"),
        ("за:2026 ремонт", "appeal school"),
        ("journal:nowhere", ""),
        ("kind:письмо flow:incoming", "school budget"),
        ("registrar:admin until:03.2026", "budget"),
        ("registrar:me flow:order", "order"),
        ("registrar:иванова flow:order", "order"),
        ("-registrar:я", ""),
        ("executor:me", ""),
        ("case:05-12", "budget"),
        ("case:05*", "budget"),
        ("-case:05-12 flow:incoming", "school"),
        ("has:file", ""),
        ("-has:assignment flow:order", "order"),
        ("has:link", ""),
        ("overdue", ""),
        ("registered flow:order", "order"),
        ("unregistered", ""),
        ("— …", "appeal answer order school budget"),
    ],
)
def test_a_query_selects(
    gateway: LocalGateway, office: dict[str, str], query: str, expected: str
) -> None:
    assert numbers(gateway, query) == [office[name] for name in expected.split()]
    total = gateway.call(COUNT, CountDocuments(query=query)).total
    assert total == len(expected.split())


def test_a_row_tells_what_lists_show(gateway: LocalGateway, office: dict[str, str]) -> None:
    page = gateway.call(LIST, ListDocuments(query="number:77"))
    [row] = page.rows

    assert row.number == office["budget"]
    assert (row.flow, row.kind, row.journal) == (Flow.INCOMING, "письмо", row.journal)
    assert (row.correspondent, row.their_number) == ("ООО «Ромашка»", "77")
    assert (row.registered_on, row.their_date) == (date(2026, 3, 2), date(2026, 3, 1))
    assert (row.subject, row.addressee) == ("О бюджете больницы", "Губернатор")
    assert (row.registration, row.execution) == (Registration.REGISTERED, Execution.REVIEW)
    assert page.model_dump(mode="json")["rows"][0]["flow"] == "incoming"


@pytest.mark.parametrize("query", ["", "ремонт", "flow:incoming"])
def test_pages_follow_each_other_without_gap_or_repetition(
    gateway: LocalGateway, query: str
) -> None:
    days = [date(2026, 11, day) for day in (3, 20, 3, 11, 20, 3, 23)]
    for place, day in enumerate(days):
        request = letter(
            subject=f"О ремонте {place}",
            their_number=f"{place}-р",
            registered_on=day,
            received_on=day,
            their_date=day,
        )
        gateway.call(REGISTER, request)
    whole = numbers(gateway, query)
    cursor, read = None, []
    while True:
        page = gateway.call(LIST, ListDocuments(query=query, limit=2, after=cursor))
        read += [row.number for row in page.rows]
        if (cursor := page.next) is None:
            break

    assert read == whole
    assert len(set(whole)) == len(days)
    for skip in range(len(days) + 2):
        assert numbers(gateway, query, skip=skip, limit=2) == whole[skip : skip + 2]


def test_rows_skipped_are_counted_from_the_cursor(
    gateway: LocalGateway, office: dict[str, str]
) -> None:
    first = gateway.call(LIST, ListDocuments(limit=1))

    assert numbers(gateway, after=first.next, skip=2) == [office["school"], office["budget"]]


def test_a_cursor_of_somebody_elses_making_is_refused(gateway: LocalGateway) -> None:
    with pytest.raises(BadCursor):
        numbers(gateway, after="сюда")


def test_counting_stops_where_it_is_told_to(gateway: LocalGateway, office: dict[str, str]) -> None:
    assert gateway.call(COUNT, CountDocuments(limit=3)).model_dump() == {"total": 3, "more": True}
    assert gateway.call(COUNT, CountDocuments(limit=5)).model_dump() == {"total": 5, "more": False}


def test_a_query_that_is_not_clear_says_where(gateway: LocalGateway) -> None:
    with pytest.raises(BadQuery, match=r"“цвет:красный” \(character 8\)"):
        numbers(gateway, "ремонт цвет:красный")


def test_a_cancelled_document_is_found_but_not_by_its_former_number(
    gateway: LocalGateway, office: dict[str, str]
) -> None:
    gateway.call(
        CANCEL, CancelRegistration(document=office["school"]), CallOptions(reason="дважды")
    )

    assert numbers(gateway, "ремонт школ") == [None]
    assert numbers(gateway, f'"{office["school"]}" flow:incoming') == []
    assert numbers(gateway, "unregistered") == []


class TestOfficialUse:
    """Titles are masked for those without clearance, and give nothing away."""

    @pytest.fixture
    def secret(self, gateway: LocalGateway, settings: Settings) -> str:
        hire(settings, "reader", Role.HEAD)
        hire(settings, "cleared", Role.HEAD, clearance=True)
        gateway.call(REGISTER, letter(subject="Открытое письмо", their_number="1"))
        request = letter(
            subject="Схема охраны здания",
            their_number="9-дсп",
            confidentiality=Confidentiality.OFFICIAL,
        )
        return gateway.call(REGISTER, request).number

    def test_the_title_is_masked(self, settings: Settings, clock: FixedClock, secret: str) -> None:
        with closing(gateway_of(settings, "reader", clock)) as reader:
            rows = reader.call(LIST, ListDocuments()).rows

        assert [row.subject for row in rows] == ["[For official use only]", "Открытое письмо"]
        assert rows[0].number == secret

    def test_its_words_neither_find_it_nor_hide_it(
        self, settings: Settings, clock: FixedClock, secret: str
    ) -> None:
        with closing(gateway_of(settings, "reader", clock)) as reader:
            assert numbers(reader, "охрана") == []
            assert numbers(reader, '"схема охраны"') == []
            assert reader.call(COUNT, CountDocuments(query="охрана")).total == 0
            assert len(numbers(reader, "-охрана")) == 2
            assert numbers(reader, "number:9-дсп") == [secret]

    def test_who_is_cleared_reads_and_finds_it(
        self, settings: Settings, clock: FixedClock, secret: str
    ) -> None:
        with closing(gateway_of(settings, "cleared", clock)) as cleared:
            assert numbers(cleared, "охрана") == [secret]
            assert cleared.call(LIST, ListDocuments()).rows[0].subject == "Схема охраны здания"


def test_an_executor_sees_only_what_he_takes_part_in(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, office: dict[str, str]
) -> None:
    hire(settings, "worker", Role.EXECUTOR)
    hire(settings, "keeper", Role.ADMINISTRATOR)
    with closing(gateway_of(settings, "worker", clock)) as worker:
        assert numbers(worker) == []
        assert numbers(worker, "ремонт") == []
        assert worker.call(COUNT, CountDocuments()).total == 0


@pytest.mark.parametrize("query", ["", "flow:incoming", "registered"])
def test_a_page_is_a_range_of_the_index_of_the_list(
    gateway: LocalGateway, settings: Settings, office: dict[str, str], query: str
) -> None:
    plan = plan_of(gateway, settings, query)

    assert "ix_document_order" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN document" not in plan


@pytest.mark.parametrize("engine", ["sqlite"])
def test_found_entries_come_in_the_order_of_the_list_already(
    gateway: LocalGateway, settings: Settings, office: dict[str, str], engine: str
) -> None:
    plan = plan_of(gateway, settings, "ремонт")

    assert plan.index("SCAN document_search VIRTUAL TABLE") < plan.index("SEARCH document USING")
    assert "TEMP B-TREE" not in plan
