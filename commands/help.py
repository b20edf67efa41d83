"""Help in the user's language: Typer writes its own in English alone."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from commands.usage import did_you_mean, see_help
from commands.values import argument_name, make_plain
from sed_tui.errors.usage import MissingCommand, NoSuchCommand
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    import typer
    from typer._click import Context, HelpFormatter
    from typer.core import TyperOption

_KINDS: dict[type, str] = {str: N_("TEXT"), int: N_("NUMBER"), Path: N_("FILE")}
_FIRST_COLUMN = 32
# `-приказ` and `-from:Минздрав`, but not `-n20` and `-fjson`
_EXCLUSION = re.compile(r"-(?!-|n\d+$|f=?(table|jsonl?|csv|tsv)$)..+", re.DOTALL)
# parameter -> what completes it from the database
_COMPLETED = {
    "document": "document",
    "in_reply_to": "document",
    "leading": "document",
    "journal": "journal",
    "correspondent": "correspondent",
    "sender": "correspondent",
    "to": "correspondent",
    "executor": "employee",
    "co_executor": "employee",
    "co_executors": "employee",
    "controller": "employee",
    "author": "employee",
    "login": "employee",
}


class _Translated:
    """What commands and groups have in common."""

    if TYPE_CHECKING:
        params: list[Any]

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option that shows the help, itself described in the language."""
        option: TyperOption | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this help.")
            option.opts.sort(key=len)
            make_plain(option)
        return option

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write how the command is put together."""
        pieces = [_("[OPTIONS]"), *map(_argument, _arguments(self.params))]
        if isinstance(self, TyperGroup):
            pieces.append(_("COMMAND …"))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, the options and, for a group, its commands."""
        everything = self.get_params(ctx)  # type: ignore[attr-defined]
        arguments = [(_argument(p), _described(p)) for p in _arguments(everything)]
        options = [
            (_option(p), _described(p))
            for p in everything
            if p.param_type_name == "option" and not p.hidden
        ]
        _section(formatter, _("Arguments"), arguments)
        _section(formatter, _("Options"), options)
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)


class Verb(_Translated, TyperCommand):
    """A command whose help and usage errors are translated."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **settings)
        for param in self.params:
            make_plain(param)
            kind = _COMPLETED.get(param.name)
            if kind is not None and param._custom_shell_complete is None:
                param._custom_shell_complete = _completer(kind)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words; in a query `-word` is no bundle of options but leaves the word out."""
        if any(param.name == "query" for param in self.params):
            args = _with_exclusions(args, self.params)
        return super().parse_args(ctx, args)


class Group(_Translated, TyperGroup):
    """A group whose help and usage errors are translated."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for param in self.params:
            make_plain(param)

    def format_commands(self, ctx: Any, formatter: HelpFormatter) -> None:
        """Write the commands of the group."""
        names = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        rows = [(name, command.help or "") for name, command in names if not command.hidden]
        _section(formatter, _("Commands"), rows)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command; a slip of the finger is answered with the likely names."""
        command = self.get_command(ctx, args[0])
        if command is not None or ctx.resilient_parsing:
            return args[0], command, args[1:]
        likely = get_close_matches(args[0], self.list_commands(ctx))
        raise NoSuchCommand(name=args[0], advice=did_you_mean(likely) or see_help(ctx.command_path))

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        if not (ctx._protected_args or self.invoke_without_command):
            raise MissingCommand(
                command=ctx.command_path, commands=", ".join(self.list_commands(ctx))
            )
        return super().invoke(ctx)


def translated(app: typer.Typer) -> typer.Typer:
    """Make an application and its groups build translated commands."""
    app.info.cls = Group
    app._add_completion = False  # `sedctl completion` prints the scripts
    for command in app.registered_commands:
        command.cls = Verb
    for group in app.registered_groups:
        group.cls = Group
        if group.typer_instance is not None:
            translated(group.typer_instance)
    return app


def _completer(kind: str) -> Any:
    def complete(context: Context, param: Any, incomplete: str) -> list[Any]:
        from commands.completion import completed  # for a key press alone

        return completed(kind, incomplete, context)

    return complete


def _arguments(params: list[Any]) -> list[Any]:
    return [p for p in params if p.param_type_name == "argument" and not p.hidden]


def _argument(param: Any) -> str:
    name = argument_name(param)
    many = "…" if param.nargs != 1 and not name.endswith("…") else ""
    return f"{name}{many}" if param.required else f"[{name}]{many}"


def _option(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len) + param.secondary_opts)
    return names if param.is_flag or param.count else f"{names} {_kind(param)}"


def _kind(param: Any) -> str:
    if param.metavar:
        return _(str(param.metavar))
    if param.type_descriptor.choices:
        return "|".join(str(getattr(c, "value", c)) for c in param.type_descriptor.choices)
    annotation = param.type_descriptor.annotation
    return _(_KINDS.get(getattr(annotation, "__args__", (annotation,))[0], _KINDS[str]))


def _described(param: Any) -> str:
    notes = []
    if param.envvar:
        notes.append(str(param.envvar))
    if param.default not in (None, "", False, 0, ()) and not callable(param.default):
        shown = getattr(param.default, "value", param.default)
        notes.append(_("{value} by default").format(value=shown))
    if param.required:
        notes.append(_("required"))
    return " ".join(filter(None, (param.help, f"[{'; '.join(notes)}]" if notes else "")))


def _with_exclusions(args: list[str], params: list[Any]) -> list[str]:
    """Return the words with a minus that no option begins with before what a query leaves out."""
    from sed_tui.domain.query import MINUS  # for commands that take a query alone

    valued = {
        name for param in params if not getattr(param, "is_flag", True) for name in param.opts
    }
    taken = {place + 1 for place, word in enumerate(args) if word in valued}
    return [
        f"{MINUS}{word[1:]}" if place not in taken and _EXCLUSION.fullmatch(word) else word
        for place, word in enumerate(args)
    ]


def _section(formatter: HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows, col_max=_FIRST_COLUMN)
