"""Partners of the exchange: a list of any length takes the same few queries."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event

from sed_tui.operations.exchange_partner import LIST, ListPartners
from tests.handlers.exchange_partners import add_partner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.gateway.local import LocalGateway


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note the statements that are run meanwhile."""
    seen: list[str] = []

    def see(_db: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", see)


@pytest.mark.local_only("counts the statements of this process, and a server notes its session")
def test_a_list_of_many_partners_asks_no_more_than_one_of_one(gateway: LocalGateway) -> None:
    uids = [(str(uuid4()), str(uuid4())) for _number in range(5)]
    add_partner(gateway, code="P0", name="Партнёр 0", uids=uids[0])
    with statements() as of_one:
        gateway.call(LIST, ListPartners())
    for number in range(1, 5):
        add_partner(gateway, code=f"P{number}", name=f"Партнёр {number}", uids=uids[number])
    with statements() as of_many:
        rows = gateway.call(LIST, ListPartners()).rows

    assert len(of_many) == len(of_one)
    assert [(row.code, row.correspondent, tuple(row.uids)) for row in rows] == [
        (f"P{number}", f"Партнёр {number}", uids[number]) for number in range(5)
    ]
