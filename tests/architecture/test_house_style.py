"""What the style guide asks of every file: short, documented, without leftovers."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sed_tui", "commands", "widgets")
LONGEST_FILE, LONGEST_FUNCTION = 400, 30
FORBIDDEN_NAMES = {"utils", "helpers", "helper", "manager", "common", "base", "misc"}

# path -> why it may be longer
LONG_FILES = {
    "sed_tui/storage/migrations/versions/0001_foundation.py": "the whole schema, written once",
    "sed_tui/storage/migrations/versions/0002_control.py": "the tables of control, written once",
    "sed_tui/storage/migrations/versions/0003_approval.py": "the tables of approval, written once",
    "sed_tui/operations/labels.py": "the name of every field, a line each",
}
OPTIONS = "the options of a command, a declaration for Typer"
TABLE = "a table of fields, a line for each"
QUERY = "one query, written out"
STEPS = "the order of the steps is the rule: it is read as a whole"
# path::function -> why it may be longer
LONG_FUNCTIONS = {
    "commands/root.py::make_app": OPTIONS,
    "commands/document_register.py::register": OPTIONS,
    "sed_tui/handlers/document_list.py::_rows": TABLE,
    "sed_tui/handlers/exchange_outbox.py::claim_messages": QUERY,
    "sed_tui/handlers/exchange_receiving.py::_row": TABLE,
    "sed_tui/handlers/importing/journals.py::_refuse_taken": QUERY,
    "sed_tui/handlers/importing/links.py::link_replies": STEPS,
    "sed_tui/handlers/registration.py::_registered": STEPS,
    "sed_tui/handlers/reregistration.py::reregister_document": STEPS,
    "sed_tui/handlers/reservations.py::reserve": STEPS,
    "sed_tui/storage/text_reader.py::_words_of_xml": "a parser and its three callbacks",
    "sed_tui/tui/card_text.py::_fields": TABLE,
}

# where a failure of any kind becomes an answer -> what answers
FACES = {
    "commands/root.py": "the status and the sentence on standard error",
    "commands/batch.py": "the line of its answer",
    "sed_tui/server/answering.py": "the problem that a caller gets",
    "sed_tui/server/envelope.py": "the problem of what failed before any operation",
}

FILES = sorted(
    str(path.relative_to(ROOT)) for package in PACKAGES for path in (ROOT / package).rglob("*.py")
)


@cache
def text(path: str) -> str:
    return (ROOT / path).read_text()


@cache
def tree(path: str) -> ast.Module:
    return ast.parse(text(path))


def functions(path: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its signature and its docstring."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_files_are_short_and_named_after_their_subject() -> None:
    long = {path: n for path in FILES if (n := text(path).count("\n")) > LONGEST_FILE}

    assert set(long) == set(LONG_FILES)
    assert [path for path in FILES if Path(path).stem in FORBIDDEN_NAMES] == []


def test_functions_are_short() -> None:
    long = {
        f"{path}::{function.name}": body_lines(function)
        for path in FILES
        for function in functions(path)
        if body_lines(function) > LONGEST_FUNCTION and "/migrations/versions/" not in path
    }

    assert long.keys() - LONG_FUNCTIONS.keys() == set()
    assert LONG_FUNCTIONS.keys() - long.keys() == set()


def test_public_things_say_what_they_are_for() -> None:
    silent = [
        f"{path}::{node.name}"
        for path in FILES
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
        and not is_described_elsewhere(node)
    ]

    assert silent == []
    assert [path for path in FILES if not ast.get_docstring(tree(path))] == []


def test_nothing_is_left_over() -> None:
    leftovers = ("TODO", "FIXME", "XXX", "breakpoint(", "type: ignore\n")

    assert [(p, word) for p in FILES for word in leftovers if word in text(p)] == []


def test_only_the_faces_answer_every_failure() -> None:
    broad = {
        path
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    }

    assert broad == set(FACES)


def is_described_elsewhere(node: ast.stmt) -> bool:
    """Tell whether a function is a command, whose help is an argument, or an overload."""
    decorators = [ast.unparse(one) for one in getattr(node, "decorator_list", [])]
    return any(one.startswith(("verb(", "app.command(", "overload")) for one in decorators)


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Tell whether an `except` clause takes any failure, our own bugs included."""
    caught = (
        {n.id for n in ast.walk(handler.type) if isinstance(n, ast.Name)} if handler.type else {""}
    )
    return not caught.isdisjoint({"", "Exception", "BaseException"})
