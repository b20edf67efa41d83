"""The list of correspondents: found as people type them, by an index, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from sed_tui.operations import correspondent_list
from sed_tui.operations.correspondent_list import ListCorrespondents
from sed_tui.storage.database import open_database
from tests.handlers.correspondents import INN, add, found

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


def test_the_list_puts_beginnings_first_and_then_parts(gateway: LocalGateway) -> None:
    for name in ("Областной минздрав", "Минздрав", "Минздрав Коми", "Минфин"):
        add(gateway, name)
    add(gateway, "Сбербанк", inn=INN)

    assert found_names(gateway, "МИНЗД") == ["Минздрав", "Минздрав Коми", "Областной минздрав"]
    assert found_names(gateway, "коми минз") == ["Минздрав Коми"]
    assert found_names(gateway, "770708") == ["Сбербанк"]
    assert found_names(gateway, "083893") == ["Сбербанк"]
    assert found_names(gateway, "nobody") == []


def test_a_query_typed_on_the_other_layout_is_understood(gateway: LocalGateway) -> None:
    add(gateway, "Минздрав")
    add(gateway, "Google")

    assert found_names(gateway, "vbyplhfd") == ["Минздрав"]
    assert found_names(gateway, "пщщпду") == ["Google"]


def test_signs_of_patterns_are_plain_text(gateway: LocalGateway) -> None:
    add(gateway, "Скидка 100%")
    add(gateway, "Скидка 1000")

    assert found_names(gateway, "0%") == ["Скидка 100%"]
    assert found_names(gateway, "_") == []


@pytest.mark.parametrize("query", ["", "трест", "рест", "nhtcn"])
def test_pages_hold_every_row_once(gateway: LocalGateway, query: str) -> None:
    for number in range(5):
        add(gateway, f"Трест {number}")
        add(gateway, f"Новый трест {number}")
    together = found_names(gateway, query)

    names, cursor = [], None
    while True:
        request = ListCorrespondents(query=query, limit=3, after=cursor)
        page = gateway.call(correspondent_list.LIST, request)
        names += [row.name for row in page.rows]
        cursor = page.next
        if cursor is None:
            break

    assert len(together) == 10
    assert names == together
    for skip in (2, 7, 10):
        request = ListCorrespondents(query=query, skip=skip)
        page = gateway.call(correspondent_list.LIST, request)
        assert [row.name for row in page.rows] == together[skip:]


@pytest.mark.local_only("looks at the statements of this process")
def test_fifty_thousand_names_are_searched_by_index(
    gateway: LocalGateway, settings: Settings, engine: str
) -> None:
    statements = spied(gateway, ListCorrespondents(query="трест 49", limit=10))
    plan = explained(settings, engine, statements[0])

    assert "ix_correspondent_name" in plan
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan


def explained(settings: Settings, engine: str, statement: tuple[str, Any]) -> str:
    """Fill the directory and return how the database runs a statement over it."""
    opened = open_database(settings.database)
    with opened.begin() as db:
        organization = db.scalar(text("SELECT id FROM organization"))
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
        new_id = "i" if engine == "sqlite" else "gen_random_uuid()"
        db.execute(
            text(
                f"{numbers}INSERT INTO correspondent (id, organization_id, kind, name, "
                f"folded_name, state, created_at, version) SELECT {new_id}, :organization, "
                "'organization', 'Трест ' || i, 'трест ' || i, 'active', "
                "'2026-01-01 00:00:00', 1 FROM n"
            ),
            {"organization": organization},
        )
        db.execute(text("ANALYZE correspondent"))
        sql, parameters = statement
        explain = "EXPLAIN QUERY PLAN " if engine == "sqlite" else "EXPLAIN "
        rows = db.exec_driver_sql(explain + sql, parameters).all()
    opened.dispose()
    return "\n".join(str(row) for row in rows)


def spied(gateway: LocalGateway, request: ListCorrespondents) -> list[tuple[str, Any]]:
    """Return the statements on correspondents that a list really runs."""
    from sqlalchemy import event

    statements: list[tuple[str, Any]] = []

    def keep(_db: Any, _cursor: Any, sql: str, parameters: Any, *_rest: Any) -> None:
        if "FROM correspondent" in sql:
            statements.append((sql, parameters))

    event.listen(gateway._engine, "before_cursor_execute", keep)
    gateway.call(correspondent_list.LIST, request)
    event.remove(gateway._engine, "before_cursor_execute", keep)
    return statements


def found_names(gateway: LocalGateway, query: str) -> list[str]:
    return [row.name for row in found(gateway, query)]
