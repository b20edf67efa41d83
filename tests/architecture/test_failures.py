"""Every failure says what to do about it."""

from __future__ import annotations

import errno
import json
import sqlite3
import subprocess
import sys
import tomllib
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from sed_tui import errors, i18n
from sed_tui.errors import SedError
from sed_tui.errors.causes import database_cause, json_cause, system_cause, toml_cause
from sed_tui.errors.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

for module in iter_modules(errors.__path__):
    import_module(f"sed_tui.errors.{module.name}")
ROOTS: set[type[SedError]] = {SedError, errors.Conflict, errors.Refused, errors.Unavailable, Usage}


def descendants(root: type[SedError] = SedError) -> Iterator[type[SedError]]:
    for one in root.__subclasses__():
        if one.__module__.startswith("sed_tui."):
            yield one
        yield from descendants(one)


OWN = sorted(set(descendants()) - ROOTS, key=lambda one: one.code)


def test_every_failure_is_known_by_its_code_without_being_looked_for() -> None:
    # run apart: other tests have loaded what they needed
    said = "import sed_tui.errors as e; print(*sorted(e.by_code()))"
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)

    assert set(told.stdout.split()) >= {one.code for one in OWN}


@pytest.mark.parametrize("failure", OWN)
def test_a_failure_has_a_hint_of_its_own(failure: type[SedError]) -> None:
    assert vars(failure).get("hint")


@pytest.mark.parametrize("failure", OWN)
def test_both_languages_name_the_same_values(failure: type[SedError]) -> None:
    i18n.use("ru")
    for text in (failure.message, vars(failure)["hint"]):
        named = {name for _text, name, _form, _how in Formatter().parse(text) if name}
        told = {name for _text, name, _form, _how in Formatter().parse(i18n._(text)) if name}
        assert told == named


def test_no_two_failures_have_one_code() -> None:
    """A client of a server makes the failure again from its code: it would tell another one."""
    codes = [vars(one)["code"] for one in OWN if "code" in vars(one)]

    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def is_russian(text: str) -> bool:
    return not any("a" <= letter.lower() <= "z" for letter in text.replace("JSON", ""))


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.ENOSPC, 4095])
def test_what_a_system_says_is_said_in_russian(number: int) -> None:
    i18n.use("ru")

    assert is_russian(system_cause(OSError(number, "Something in English")))


@pytest.mark.parametrize("text", ["", "{", '{"a" 1}', "{'a': 1}", '{"a": "b', "{}{}", '{"a": 1,}'])
def test_what_is_wrong_with_json_is_said_in_russian(text: str) -> None:
    i18n.use("ru")
    with pytest.raises(json.JSONDecodeError) as failure:
        json.loads(text)

    told = json_cause(failure.value)
    assert is_russian(told)
    assert f"знак {failure.value.colno}" in told


def test_the_line_of_a_mistake_in_toml_is_named() -> None:
    i18n.use("ru")
    with pytest.raises(tomllib.TOMLDecodeError) as failure:
        tomllib.loads("a = 1\nb = = 2\n")

    assert toml_cause(failure.value) == "строка 2, знак 5: нарушены правила TOML"


@pytest.mark.parametrize(
    "said",
    [
        "connection to server at 10.0.0.1, port 5432 failed: Connection refused",
        'FATAL:  database "sed" does not exist',
        "could not translate host name",
        str(sqlite3.DatabaseError("file is not a database")),
        "something nobody has seen yet",
    ],
)
def test_what_a_database_says_is_said_in_russian(said: str) -> None:
    i18n.use("ru")

    assert is_russian(database_cause(said).replace("sedctl -v", ""))
