"""Values of options, read without pydantic: its import costs 50 ms, a key press and a half."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from typer._coercion import RuntimeParam

from sed_tui.errors.usage import BadValue
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from typer._click import Context

_YES = {"1", "true", "yes", "y", "on", "да", "д"}
_NO = {"0", "false", "no", "n", "off", "нет", "н", ""}
_PLAIN = (str, int, bool, Path)


class PlainValue(RuntimeParam):
    """Reads text, whole numbers, flags, choices and paths, and lists of them."""

    def _coerce_value(self, value: Any, param: Any, ctx: Context) -> Any:
        if isinstance(value, (list, tuple)):
            return [self._one(item, param, ctx) for item in value]
        return self._one(value, param, ctx)

    def _one(self, value: Any, param: Any, ctx: Context) -> Any:
        kind = _kind(self.annotation)
        if isinstance(value, kind):
            return value
        try:
            return self._read(kind, str(value))
        except _Unfit as unfit:
            raise BadValue(
                field=param.name,
                option=option_name(param, ctx),
                reason=str(unfit),
                command=ctx.command_path,
            ) from None

    def _read(self, kind: Any, text: str) -> Any:
        if issubclass(kind, Enum):
            return _choice(kind, text)
        if kind is int:
            return self._number(text)
        if kind is bool:
            return _flag(text)
        return kind(text)

    def _number(self, text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise _Unfit(_("“{value}” is not a whole number.").format(value=text)) from None
        least, most = self.parameter_info.min, self.parameter_info.max
        if least is not None and number < least:
            raise _Unfit(_("{value} is less than {least}.").format(value=number, least=least))
        if most is not None and number > most:
            raise _Unfit(_("{value} is more than {most}.").format(value=number, most=most))
        return number


def make_plain(param: Any) -> None:
    """Make an option of a plain type read its value here; others keep Typer's way."""
    annotation = param.type_descriptor.annotation
    info = param.type_descriptor.parameter_info
    kind = _kind(annotation)
    if not isinstance(kind, type) or info.parser is not None or getattr(info, "exists", False):
        return
    if issubclass(kind, (*_PLAIN, Enum)):
        param._runtime_param = PlainValue(parameter_info=info, annotation=annotation)


# what stands in the code as a `metavar`, or is made of the name of an argument
_ARGUMENTS = (
    *(N_("ASSIGNMENT"), N_("CODE"), N_("CORRESPONDENT"), N_("DAY"), N_("DOCUMENT")),
    N_("DOCUMENT|FILE"),
    N_("DOCUMENT…"),
    *(N_("FIELD=VALUE…"), N_("FILE"), N_("FILE…"), N_("FLOW"), N_("ID"), N_("JOURNAL")),
    *(N_("KIND"), N_("LOGIN"), N_("NAME"), N_("NUMBER"), N_("OPERATION"), N_("ORGANIZATION")),
    *(N_("PERIOD"), N_("PERSON"), N_("POINT"), N_("QUERY"), N_("REQUEST"), N_("RESOLUTION")),
    *(N_("ACT"), N_("VERSION"), N_("FOLDER"), N_("TOPIC"), N_("LETTER"), N_("LINK")),
    *(N_("SERVER"), N_("CODE…"), N_("STATE"), N_("WORDS"), N_("MESSAGE"), N_("PARTNER")),
    *(N_("ANSWERS"), N_("FOLDER|URL"), N_("SUBMISSION")),
    *(N_("ROUTE"), N_("RUN"), N_("SCHEDULE"), N_("SIZE"), N_("SOURCE"), N_("TARGET"), N_("YEAR")),
)


def option_name(param: Any, ctx: Context | None = None) -> str:
    """Return what a person calls a parameter: its long option, or the argument's name.

    A value that came from the environment is called by its variable.
    """
    source = ctx.get_parameter_source(param.name) if ctx is not None else None
    if source is not None and source.name == "ENVIRONMENT":
        return str(param.envvar)
    if param.param_type_name == "argument":
        return argument_name(param).rstrip("…")
    return max(param.opts, key=len, default=str(param.name))


def argument_name(param: Any) -> str:
    """Return what the help calls an argument, in the user's language."""
    return _(str(param.metavar or param.name.upper()).strip("[]"))


def typed_options(ctx: Context) -> set[str]:
    """Return the long names of the options that stand on the command line itself."""
    sources = {p: ctx.get_parameter_source(p.name) for p in ctx.command.params}
    return {
        option_name(param)
        for param, source in sources.items()
        if source is not None and source.name == "COMMANDLINE"
    }


class _Unfit(Exception):
    """A value does not fit; the text says why."""


def _kind(annotation: Any) -> Any:
    arguments = get_args(annotation)
    return arguments[0] if arguments else annotation


def _choice(kind: type[Enum], text: str) -> Enum:
    for member in kind:
        if str(member.value).casefold() == text.casefold():
            return member
    choices = ", ".join(str(member.value) for member in kind)
    raise _Unfit(_("“{value}” is none of: {choices}").format(value=text, choices=choices))


def _flag(text: str) -> bool:
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise _Unfit(_("“{value}” is neither yes nor no.").format(value=text))
