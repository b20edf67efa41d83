"""Usage errors in the user's language: Typer's own are English sentences without a catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from typer._click import exceptions as typers

from commands.values import option_name
from sed_tui.errors.usage import (
    BadValue,
    MissingValue,
    NoSuchOption,
    TooManyArguments,
    Usage,
)
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer import TyperException

    from sed_tui.errors import SedError

_EXTRA = re.compile(r"Got unexpected extra argument\(s\) \((?P<arguments>.*)\)", re.DOTALL)
_ROOT = {"--profile", "--database", "--server", "--as", "--org", "--lang", "--verbose", "--quiet"}
_NO_VALUE = re.compile(r"Option .* does not take a value\.")


def usage_failure(error: TyperException) -> SedError:
    """Return Typer's usage error as one of ours, which has words in every language."""
    command = _command(error)
    match error:
        case typers.MissingParameter():
            return _missing(error, command)
        case typers.NoSuchOption():
            return NoSuchOption(option=error.option_name, advice=_advice(error, command))
        case typers.BadOptionUsage():
            takes_none = _NO_VALUE.fullmatch(error.message)
            reason = _("takes no value.") if takes_none else _("a value is missing.")
            return BadValue(option=error.option_name, reason=reason, command=command)
        case typers.BadParameter():
            named = option_name(error.param, error.ctx) if error.param is not None else command
            field = error.param.name if error.param is not None else None
            return BadValue(field=field, option=named, reason=error.message, command=command)
    if extra := _EXTRA.fullmatch(error.message):
        return TooManyArguments(arguments=extra["arguments"], command=command)
    return Usage(text=error.format_message())


def did_you_mean(names: Iterable[str]) -> str:
    """Return the question after a slip of the finger, nothing without a likely name."""
    found = ", ".join(sorted(names))
    return _("Did you mean {names}?").format(names=found) if found else ""


def see_help(command: str) -> str:
    """Return the advice to read the command's help."""
    return _("See {command} --help").format(command=command)


def _advice(error: typers.NoSuchOption, command: str) -> str:
    if error.option_name in _ROOT:
        return _("It stands before the command: sedctl {option} … {command}").format(
            option=error.option_name, command=command.partition(" ")[2]
        )
    return did_you_mean(error.possibilities or ()) or see_help(command)


def _missing(error: typers.MissingParameter, command: str) -> SedError:
    if error.param is None:
        return MissingValue(option=command, advice=see_help(command))
    choices = error.param.type_descriptor.choices
    advice = see_help(command)
    if choices:
        values = ", ".join(str(getattr(choice, "value", choice)) for choice in choices)
        advice = _("One of: {commands}").format(commands=values)
    return MissingValue(field=error.param.name, option=option_name(error.param), advice=advice)


def _command(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context is not None else "sedctl"
