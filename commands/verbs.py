"""A verb of the command line: the options every verb of its sort takes, added in one place."""

from __future__ import annotations

import inspect
from dataclasses import is_dataclass
from enum import StrEnum
from functools import cached_property, update_wrapper
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from commands.arguments import PROSE, piped
from commands.session import Format, Session
from commands.values import option_name, typed_options
from sed_tui.errors.input import UnreadableArgument
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PRINT: dict[str, Any] = {
    "output_format": (
        Format | None,
        ("--format", "-f"),
        {
            "envvar": "SED_FORMAT",
            "metavar": N_("FORMAT"),
            "help": N_("How to print: table, json, jsonl, csv or tsv."),
        },
        None,
    ),
    "fields": (str | None, ("--fields",), {"help": N_("Names of columns, with commas.")}, None),
}
_WRITE: dict[str, Any] = {
    "dry_run": (
        bool,
        ("--dry-run",),
        {"help": N_("Do everything, show the result, and change nothing.")},
        False,
    ),
    "reason": (str | None, ("--reason",), {"help": N_("Why, for the audit trail.")}, None),
    "idempotency_key": (
        str | None,
        ("--idempotency-key",),
        {"help": N_("The same key gives the same answer and changes nothing again.")},
        None,
    ),
}
_LIST: dict[str, Any] = {
    "limit": (
        int,
        ("--limit", "-n"),
        {"min": 1, "max": 10_000, "help": N_("How many rows at most.")},
        100,
    ),
    "after": (str | None, ("--after",), {"help": N_("The cursor of the previous page.")}, None),
}
_DESTROY: dict[str, Any] = {
    "yes": (bool, ("--yes", "-y"), {"help": N_("Do not ask for confirmation.")}, False),
}


class Sort(StrEnum):
    """What a verb does, hence which options it takes beside its own."""

    READ = "read"
    LIST = "list"
    WRITE = "write"
    DESTROY = "destroy"
    ANY = "any"  # which of them, only the arguments tell; the verb confirms by itself


_OPTIONS = {
    Sort.READ: _PRINT,
    Sort.LIST: _LIST | _PRINT,
    Sort.WRITE: _WRITE | _PRINT,
    Sort.DESTROY: _DESTROY | _WRITE | _PRINT,
    Sort.ANY: _DESTROY | _WRITE | _PRINT,
}


def verb(
    app: typer.Typer, name: str, sort: Sort, help_text: str, reason: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as a verb: its first parameter is the session, the rest options.

    A parameter whose type is a dataclass stands for the options that its fields are, after
    the function's own. The options of the sort are read into the session before the
    function runs; a destroying verb asks for confirmation first, or wants `--yes` without a
    terminal. `reason` is the help of `--reason` where it is more than a note for the audit.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        app.command(name, help=_(help_text))(_Run(function, sort, help_text, reason))
        return function

    return register


class _Run:
    """What a verb runs. Its options are read from the function when Typer asks for them.

    Typer asks when the command is built, and that is when it is called: a noun has forty
    verbs, and a run calls one.
    """

    def __init__(
        self, function: Callable[..., None], sort: Sort, help_text: str, reason: str | None
    ) -> None:
        update_wrapper(self, function, ("__module__", "__name__", "__qualname__", "__doc__"))
        self._function, self._sort = function, sort
        self._help, self._reason = help_text, reason

    def __call__(self, ctx: typer.Context, **values: Any) -> None:
        session: Session = ctx.obj
        session.option_names = {p.name: option_name(p) for p in ctx.command.params}
        session.typed |= typed_options(ctx)
        session.take({key: values.pop(key) for key in _OPTIONS[self._sort]})
        values = {name: _typed(name, value) for name, value in values.items()}
        for key, group in self._folded.items():
            values[key] = group(**{p.name: values.pop(p.name) for p in _parameters(group)})
        session.reason = _typed("reason", session.reason)
        if self._sort is Sort.DESTROY:
            session.confirm(_(self._help))
        try:
            self._function(session, **values)
        finally:
            session.say_if_dry()

    @cached_property
    def _own(self) -> list[inspect.Parameter]:
        return _parameters(self._function)[1:]

    @cached_property
    def _folded(self) -> dict[str, type[Any]]:
        return _groups(self._own)

    @cached_property
    def __signature__(self) -> inspect.Signature:
        shared = _of_sort(self._sort, self._reason)
        return inspect.Signature(_unfolded(self._own, self._folded, shared))

    @property
    def __annotations__(self) -> dict[str, Any]:  # type: ignore[override]
        return {p.name: p.annotation for p in self.__signature__.parameters.values()}


def _unfolded(
    own: Iterable[inspect.Parameter], groups: Mapping[str, type[Any]], shared: Mapping[str, Any]
) -> list[inspect.Parameter]:
    """Return the parameters of a command: the context, the function's, groups', the sort's."""
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(p for p in own if p.name not in groups),
        *(p for group in groups.values() for p in _parameters(group)),
        *(_parameter(key, *spec) for key, spec in shared.items()),
    ]
    return [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]


def _of_sort(sort: Sort, reason: str | None) -> Mapping[str, Any]:
    """Return the options of a sort; those of one verb may say more of the reason."""
    shared = _OPTIONS[sort]
    if reason is None:
        return shared
    kind, flags, settings, default = shared["reason"]
    return {**shared, "reason": (kind, flags, {**settings, "help": reason}, default)}


def _groups(parameters: Iterable[inspect.Parameter]) -> dict[str, type[Any]]:
    """Return the classes of those parameters that stand for several options."""
    classes = {p.name: p.annotation for p in parameters if isinstance(p.annotation, type)}
    return {name: found for name, found in classes.items() if is_dataclass(found)}


def _parameters(made: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return the parameters of a function or of a dataclass, with their types."""
    hints = get_type_hints(made, include_extras=True)
    parameters = inspect.signature(made).parameters.values()
    return [p.replace(annotation=hints.get(p.name, p.annotation)) for p in parameters]


def _typed(name: str, value: Any) -> Any:
    """Return what was typed; `-` for a prose is what was piped in."""
    if not isinstance(value, str):
        return value
    if value == "-" and name in PROSE:
        return piped(name)
    if not value.isascii() and any("\ud800" <= symbol <= "\udfff" for symbol in value):
        # bytes of the command line that are no UTF-8 come as surrogates
        raise UnreadableArgument(field=name)
    return value


def _parameter(
    name: str, kind: Any, flags: tuple[str, ...], settings: dict[str, Any], default: Any
) -> inspect.Parameter:
    translated = {
        key: _(value) if key in {"help", "metavar"} else value for key, value in settings.items()
    }
    annotation = Annotated[kind, typer.Option(*flags, **translated)]
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )
