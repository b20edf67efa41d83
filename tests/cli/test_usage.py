"""How a command was called wrongly: status 2, one sentence, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from commands.root import make_app
from commands.values import argument_name
from sed_tui import i18n
from tests.cli.conftest import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Outcome

WRONG = [
    (["frob"], "no_such_command", "There is no command “frob”.", "Нет команды «frob»."),
    (["jurnal", "list"], "no_such_command", "journal", "journal"),
    (["journal", "lst"], "no_such_command", "list", "list"),
    (["journal"], "missing_command", "journal: a command is missing", "не хватает команды"),
    (["init"], "missing_value", "--organization is missing.", "Не хватает --organization."),
    (["init", "--organization"], "bad_value", "a value is missing", "нужно значение"),
    (["init", "--organisation", "X"], "no_such_option", "--organization", "--organization"),
    (["init", "--database", "x"], "no_such_option", "before the command", "перед командой"),
    (["correspondent", "list", "--limit", "x"], "bad_value", "whole number", "целое число"),
    (["correspondent", "list", "--limit", "0"], "bad_value", "less than 1", "меньше 1"),
    (["correspondent", "list", "--limit", "99999"], "bad_value", "more than 10000", "больше 10000"),
    (["correspondent", "list", "-f", "xml"], "bad_value", "is none of: table", "допустимо только"),
    (["journal", "show"], "missing_value", "JOURNAL is missing", "Не хватает ЖУРНАЛ"),
    (["journal", "show", "a", "b"], "too_many_arguments", "b", "Лишние аргументы: b"),
    (["--lang", "de", "journal"], "bad_value", "is none of: ru, en", "is none of: ru, en"),
]


@pytest.mark.parametrize(("args", "code", "english", "russian"), WRONG)
def test_a_wrong_call_is_answered_in_one_sentence(
    anywhere: Callable[..., Outcome], args: list[str], code: str, english: str, russian: str
) -> None:
    answer = anywhere(*args)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("sedctl: ")
    assert english in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(("args", "code", "english", "russian"), WRONG)
def test_with_json_the_error_is_one_object(
    anywhere: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    code: str,
    english: str,
    russian: str,
) -> None:
    if "-f" in args:
        pytest.skip("the format itself is wrong")
    monkeypatch.setenv("SED_FORMAT", "json")
    answer = anywhere(*args)

    assert answer.status == 2
    assert list(answer.error) == ["code", "field", "message", "hint", "row"]
    assert answer.error["code"] == code


@pytest.mark.parametrize(("args", "code", "english", "russian"), WRONG)
def test_russian_users_read_russian(
    anywhere: Callable[..., Outcome],
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    code: str,
    english: str,
    russian: str,
) -> None:
    if "--lang" not in args:
        monkeypatch.setenv("SED_LANG", "ru")
    answer = anywhere(*args)

    assert russian in answer.err


@pytest.mark.parametrize("asked", [["--format", "json"], ["--format=jsonl"], ["-f", "json"]])
def test_the_format_of_errors_is_known_before_the_command(
    anywhere: Callable[..., Outcome], asked: list[str]
) -> None:
    answer = anywhere("journal", "list", "--nope", *asked)

    assert answer.error["code"] == "no_such_option"


def test_a_value_of_the_environment_is_called_by_its_variable(
    anywhere: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SED_FORMAT", "xml")
    answer = anywhere("correspondent", "list")

    assert answer.status == 2
    assert "SED_FORMAT: “xml” is none of" in answer.err


def test_nothing_at_all_shows_the_help_on_standard_error(
    anywhere: Callable[..., Outcome],
) -> None:
    answer = anywhere()

    assert (answer.status, answer.out) == (2, "")
    assert "Usage: sedctl" in answer.err


def test_the_help_is_russian_and_aligned() -> None:
    answer = program("correspondent", "list", "--help", env={"SED_LANG": "ru", "COLUMNS": "80"})

    assert answer.returncode == 0
    assert answer.stdout.startswith("Использование: sedctl correspondent list")
    options = answer.stdout.partition("Параметры:")[2].splitlines()[1:]
    columns = {len(line) - len(line.split("  ")[-1].lstrip()) for line in options if "  -" in line}
    assert len(columns) == 1
    for english in ("Usage", "Options", "Show this", "TEXT", "default"):
        assert english not in answer.stdout


def test_an_alias_is_the_group_itself(anywhere: Callable[..., Outcome]) -> None:
    for alias, name in (("doc", "document"), ("org", "organization")):
        short, long = anywhere(alias, "--help"), anywhere(name, "--help")

        assert short.status == long.status == 0
        assert short.out.replace(f"sedctl {alias} ", f"sedctl {name} ") == long.out


def test_bytes_that_are_no_text_are_refused(anywhere: Callable[..., Outcome]) -> None:
    answer = anywhere("init", "--organization", "\udcff", "--admin", "a")

    assert answer.status == 3
    assert "--organization: what was typed is not text in UTF-8" in answer.err


def test_arguments_have_russian_names() -> None:
    i18n.use("ru")
    root = get_command(make_app())
    named = dict(_arguments_below(root, root.context_class(root, info_name="sedctl")))
    english = {command: name for command, name in named.items() if name.strip("…").isascii()}

    assert english == {"sedctl config": "show|path"}


def _arguments_below(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    for param in command.params:
        if param.param_type_name == "argument":
            yield context.command_path, argument_name(param)
    for name in command.list_commands(context) if hasattr(command, "list_commands") else ():
        below = command.get_command(context, name)
        yield from _arguments_below(
            below, below.context_class(below, info_name=name, parent=context)
        )
