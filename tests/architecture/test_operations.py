"""Every operation is whole: handler, rights, a command or a reason, a test."""

from __future__ import annotations

import inspect
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from sed_tui.domain.access import MATRIX
from sed_tui.handlers.work import Work
from sed_tui.operations.registry import operations

ROOT = Path(__file__).resolve().parents[2]

# operations without a verb of their own, and why; `sedctl call` reaches them all
WITHOUT_COMMAND = {
    "session.changes": "the lists of the interface ask whether to renew themselves",
    "assignment.count": "the counters of My work",
    "report.ageing": "a chart of the screen of reports",
    "document.duplicates": "the form asks while one types; `document register` looks by itself",
}


@cache
def constants() -> dict[str, set[str]]:
    """Return the places `module.CONSTANT` under which each operation is declared."""
    found: dict[str, set[str]] = {}
    for name in sorted((ROOT / "sed_tui" / "operations").glob("*.py")):
        module = import_module(f"sed_tui.operations.{name.stem}")
        for constant, value in vars(module).items():
            operation = getattr(value, "name", None)
            if operation in operations() and operations()[operation] is value:
                found.setdefault(operation, set()).add(f"{name.stem}.{constant}")
    return found


@cache
def used(directory: str) -> set[str]:
    """Return every `module.CONSTANT` and every dotted name that the code of a directory holds."""
    found: set[str] = set()
    for path in (ROOT / directory).rglob("*.py"):
        text = path.read_text()
        found |= set(re.findall(r"[\"']([a-z_]+\.[a-z_]+)[\"']", text))
        found |= _imported(text)
        found |= set(re.findall(r"\b([a-z_]+\.[A-Z_]+)\b", text))
    return found


def _imported(text: str) -> set[str]:
    pattern = r"from sed_tui\.operations\.(\w+) import (\([^)]*\)|[^\n]*)"
    return {
        f"{module}.{constant}"
        for module, names in re.findall(pattern, text)
        for constant in re.findall(r"\b[A-Z][A-Z_]*\b", names)
    }


def named(operation: str, *directories: str) -> bool:
    names = {operation} | constants()[operation]
    return any(names & used(directory) for directory in directories)


def test_no_operation_shares_its_name() -> None:
    seen: dict[str, Any] = {}
    for path in (ROOT / "sed_tui" / "operations").glob("*.py"):
        module = import_module(f"sed_tui.operations.{path.stem}")
        for value in vars(module).values():
            name = getattr(value, "name", None)
            if name in operations():
                assert seen.setdefault(name, value) is value


@pytest.mark.parametrize("name", sorted(operations()))
def test_an_operation_has_a_handler_of_exactly_its_types(name: str) -> None:
    operation = operations()[name]
    module, function = operation.handler
    handler = getattr(import_module(module), function)
    hints = get_type_hints(handler, localns={"Work": Work, **_types(operation)})
    work, request = inspect.signature(handler).parameters

    assert hints[work] is Work
    assert hints[request] is operation.request
    assert hints["return"] is operation.result


def test_an_operation_that_plans_has_something_to_plan_with() -> None:
    planned = [operation for operation in operations().values() if operation.is_planned]

    assert planned
    for operation in planned:
        module, function = operation.handler
        plan = getattr(import_module(module), f"plan_{function}")
        assert list(inspect.signature(plan).parameters) == ["work", "request"]


def _types(operation: Any) -> dict[str, Any]:
    return {kind.__name__: kind for kind in (operation.request, operation.result)}


def test_the_matrix_has_a_row_for_each_operation_and_no_other() -> None:
    assert set(MATRIX) == set(operations())


@pytest.mark.parametrize("name", sorted(operations()))
def test_an_operation_has_a_command_or_a_reason(name: str) -> None:
    # an import or a mailing is several operations, which the face runs for one verb
    faces = ("commands", "sed_tui/gateway", "sed_tui/mailing")
    assert named(name, *faces) != (name in WITHOUT_COMMAND)


@pytest.mark.parametrize("name", sorted(operations()))
def test_an_operation_is_named_by_a_test(name: str) -> None:
    assert named(name, "tests")


@pytest.mark.parametrize("name", sorted(operations()))
def test_a_title_says_what_is_done(name: str) -> None:
    title = operations()[name].title

    assert title[:1].isupper()
    assert not title.endswith(".")
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name)
