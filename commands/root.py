"""The root command: finds a group by its name and imports only that one."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from commands.session import Format, Session
from commands.usage import usage_text
from sed_tui import __version__, i18n
from sed_tui.errors import SedError
from sed_tui.errors.usage import Usage
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

# name -> (module, help). The help stands here so that `sedctl --help` imports no group.
COMMANDS = {
    "init": ("commands.init", N_("Make a database with its first organization.")),
    "demo": ("commands.demo", N_("Fill an empty database with the example administration.")),
    "tui": ("commands.tui", N_("Open the full-screen interface.")),
    "document": ("commands.document", N_("Register, find and change documents.")),
    "journal": ("commands.journal", N_("Journals, their numbers and gaps.")),
    "correspondent": ("commands.correspondent", N_("Outside organizations and citizens.")),
    "assignment": ("commands.assignment", N_("Issue, report and accept assignments.")),
    "report": ("commands.report", N_("Overdue and other reports.")),
    "calendar": ("commands.calendar", N_("The production calendar and terms.")),
    "import": ("commands.imports", N_("Load cards, correspondents and people from a file.")),
    "export": ("commands.export", N_("Write cards, correspondents and people to a file.")),
    "organization": ("commands.organization", N_("Organizations and their tree.")),
    "user": ("commands.user", N_("People, their logins and roles.")),
    "audit": ("commands.audit", N_("The audit trail: list, verify, export.")),
    "db": ("commands.db", N_("The database: upgrade, back up, restore, check.")),
    "call": ("commands.call", N_("Run any operation with JSON.")),
    "batch": ("commands.batch", N_("Run many operations from JSON lines.")),
    "spec": ("commands.spec", N_("Print every operation with its JSON Schema.")),
    "keys": ("commands.keys", N_("Show what the terminal sends for a key.")),
    "config": ("commands.config", N_("Show where each setting comes from.")),
    "completion": ("commands.completion", N_("Print the completion script of a shell.")),
}
ALIASES = {"doc": "document", "task": "assignment", "org": "organization"}


class LazyGroup(TyperGroup):
    """A group whose subcommands are imported when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        command = get_command(import_module(COMMANDS[name][0]).app)
        command.name = cmd_name
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the list of groups from the table, not from the modules."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] GROUP COMMAND …")
        self.format_options(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the groups under the options."""
        with formatter.section(_("Groups")):
            formatter.write_dl([(name, _(text)) for name, (_m, text) in COMMANDS.items()])


def make_app() -> typer.Typer:
    """Build the root once the language is known: help texts are translated here."""
    app = typer.Typer(
        cls=LazyGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )

    @app.callback()
    def root(
        ctx: typer.Context,
        profile: Annotated[
            str | None,
            typer.Option(envvar="SED_PROFILE", help=_("A profile of the configuration.")),
        ] = None,
        database: Annotated[
            str | None,
            typer.Option(envvar="SED_DATABASE", help=_("A path, or postgresql://USER@HOST/NAME.")),
        ] = None,
        login: Annotated[
            str | None, typer.Option("--as", envvar="SED_USER", help=_("Who is acting: a login."))
        ] = None,
        organization: Annotated[
            str | None, typer.Option("--org", envvar="SED_ORG", help=_("A code of organization."))
        ] = None,
        language: Annotated[
            str | None, typer.Option("--lang", envvar="SED_LANG", help=_("ru or en."))
        ] = None,
        verbose: Annotated[
            int, typer.Option("--verbose", "-v", count=True, help=_("Say more."))
        ] = 0,
        quiet: Annotated[int, typer.Option("--quiet", "-q", count=True, help=_("Say less."))] = 0,
        version: Annotated[
            bool,
            typer.Option(
                "--version", is_eager=True, callback=_show_version, help=_("The version.")
            ),
        ] = False,
    ) -> None:
        session: Session = ctx.obj
        session.profile, session.database = profile, database
        session.login, session.organization = login, organization
        session.verbosity = verbose - quiet

    return app


def run(args: Sequence[str], program: str = "sedctl") -> int:
    """Run the command line and return the exit status, whatever happened."""
    i18n.use(_language(args))
    session = Session()
    try:
        code = get_command(make_app())(
            args=list(args), prog_name=program, standalone_mode=False, obj=session
        )
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read us has enough: `sedctl … | head` is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        failure = _as_failure(error)
        _tell(failure, session, args)
        return failure.exit_code
    finally:
        session.close()
    return code if isinstance(code, int) else 0


def _as_failure(error: Exception) -> SedError:
    if isinstance(error, SedError):
        return error
    if isinstance(error, typer.TyperException):
        return Usage(text=usage_text(error))
    from commands.failures import translated_failure

    return translated_failure(error)


def _tell(failure: SedError, session: Session, args: Sequence[str]) -> None:
    from commands.output import report

    # a usage error comes before the options are read, hence the look at the arguments
    asked = {Format.JSON.value, Format.JSONL.value, "--format=json", "--format=jsonl"}
    report(failure, as_json=session.format.is_json or not asked.isdisjoint(args))


def _language(args: Sequence[str]) -> str | None:
    # before anything is parsed: help and usage errors must be in it already
    for place, word in enumerate(args):
        if word == "--lang" and place + 1 < len(args):
            return args[place + 1] if args[place + 1] in i18n.LANGUAGES else None
        if word.startswith("--lang=") and word[7:] in i18n.LANGUAGES:
            return word[7:]
    return None


def _show_version(show: bool) -> None:
    if show:
        typer.echo(f"sedctl {__version__}")
        raise typer.Exit
