"""Many operations at once: each is looked up in the matrix, and none slips in with the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import MATRIX, Role
from sed_tui.operations.registry import operations
from tests.handlers.any_request import any_request
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]


def lines(*more: str) -> bytes:
    """Return a line of `sedctl batch` for every operation there is."""
    asked = [
        {"operation": name, "request": any_request(one).model_dump(mode="json", exclude_unset=True)}
        for name, one in operations().items()
    ]
    return "\n".join([*map(json.dumps, asked), *more]).encode()


def answers(done: Outcome) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def is_refused(answer: dict[str, Any]) -> bool:
    return not answer["ok"] and answer["error"]["code"] == "not_permitted"


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("role", list(Role))
def test_of_a_batch_of_everything_each_role_gets_what_the_matrix_gives(
    sedctl: Run, settings: Settings, role: Role
) -> None:
    add_people(settings, ("actor", "Деев Дей Деевич", role.value, None))
    before = sedctl("audit", "verify", "--format", "json").data

    done = sedctl("--as", "actor", "batch", "--dry-run", stdin=lines())

    allowed = {
        name: not is_refused(answer)
        for name, answer in zip(operations(), answers(done), strict=True)
    }
    assert allowed == {name: role in MATRIX[name] for name in operations()}
    assert done.status == 9
    assert sedctl("audit", "verify", "--format", "json").data == before
