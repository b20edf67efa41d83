"""The root command: finds a group by its name and imports only that one."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from commands.failures import failure_of, wants_json
from commands.groups import group_of
from commands.help import Group, translated
from commands.session import Session, chosen_place
from commands.values import typed_options
from sed_tui import __version__, i18n
from sed_tui.errors.installation import NoDatabase
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
    "resolution": (
        "commands.resolution",
        N_("Draft resolutions, which take force on a head's approval."),
    ),
    "acquaintance": (
        "commands.acquaintance",
        N_("Who has to read a document, and who has."),
    ),
    "approval": (
        "commands.approval",
        N_("Approve drafts by routes, which are texts."),
    ),
    "sign": ("commands.sign", N_("Sign drafts with a key that stays here.")),
    "verify": ("commands.verify", N_("Verify signatures of files and documents.")),
    "certificate": ("commands.certificate", N_("Certificates, trust and cryptography.")),
    "report": ("commands.report", N_("Overdue and other reports.")),
    "notify": ("commands.notify", N_("Reminders, digests and other letters.")),
    "calendar": ("commands.calendar", N_("The production calendar and terms.")),
    "import": ("commands.imports", N_("Load cards, assignments, people from a file.")),
    "export": ("commands.export", N_("Write cards, correspondents and people to a file.")),
    "organization": ("commands.organization", N_("Organizations and their tree.")),
    "joining": ("commands.joining", N_("Organizations join the system: the queue, the steps.")),
    "user": ("commands.user", N_("People, their logins and roles.")),
    "workstation": ("commands.workstation", N_("Check this machine, mend it, collect reports.")),
    "exchange": ("commands.exchange", N_("Letters to and from other systems.")),
    "connector": ("commands.connector", N_("Exchange with other systems: check their packages.")),
    "audit": ("commands.audit", N_("The audit trail: list, verify, export.")),
    "db": ("commands.db", N_("The database: upgrade, back up, restore, check.")),
    "support": ("commands.support", N_("Tickets of support: new, their answers.")),
    "open": ("commands.open", N_("Open a link to a document or an assignment.")),
    "link": ("commands.link", N_("Print the links to a document or an assignment.")),
    "serve": ("commands.serve", N_("Serve the database over HTTPS.")),
    "login": ("commands.login", N_("Sign in to a server and keep it as a profile.")),
    "logout": ("commands.logout", N_("End the session on the server and forget its token.")),
    "call": ("commands.call", N_("Run any operation with JSON.")),
    "batch": ("commands.batch", N_("Run many operations from JSON lines.")),
    "spec": ("commands.spec", N_("Print every operation with its JSON Schema.")),
    "guide": ("commands.guide", N_("Guides: what is done where, step by step.")),
    "duma": ("commands.duma", N_("Sittings of the Duma and what is submitted to them.")),
    "law": ("commands.law", N_("The legal reference: acts and editions.")),
    "news": ("commands.news", N_("What is new, and who has taken note.")),
    "keys": ("commands.keys", N_("Show what the terminal sends for a key.")),
    "config": ("commands.config", N_("Show where each setting comes from.")),
    "completion": ("commands.completion", N_("Print the completion script of a shell.")),
}
ALIASES = {"doc": "document", "task": "assignment", "org": "organization"}
INTERFACE = "sed-tui"
USAGE = 2


class Language(StrEnum):
    """A language of messages."""

    RU = "ru"
    EN = "en"


class LazyGroup(Group):
    """A group whose subcommands are imported when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all groups."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import one group and build it; None for a name that nobody knows."""
        known = ALIASES.get(cmd_name, cmd_name) in COMMANDS
        return _built_group(cmd_name, i18n.active_language()) if known else None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage of either program."""
        rest = "" if ctx.info_name == INTERFACE else _("GROUP COMMAND …")
        formatter.write_usage(ctx.command_path, f"{_('[OPTIONS]')} {rest}", prefix=_("Usage: "))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of groups from the table, not from the modules."""
        if ctx.info_name != INTERFACE:
            with formatter.section(_("Groups")):
                formatter.write_dl([(name, _(text)) for name, (_m, text) in COMMANDS.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete the name of a group without importing any."""
        from typer._click.shell_completion import CompletionItem

        names = [*COMMANDS, *ALIASES]
        found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return found if found else super(Group, self).shell_complete(ctx, incomplete)


# many command lines in one process (first run, tests): the options of each verb are read once
@cache
def _built_group(called: str, _of_language: str) -> Any:
    name = ALIASES.get(called, called)
    app = translated(import_module(COMMANDS[name][0]).app)
    alone = [command.name for command in app.registered_commands] == [name]
    command = get_command(app) if alone and not app.registered_groups else group_of(app)
    command.name, command.help = called, _(COMMANDS[name][1])
    return command


@cache
def _built_root(_of_language: str) -> Any:
    return get_command(make_app())


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
        server: Annotated[
            str | None,
            typer.Option(envvar="SED_SERVER", help=_("A server: https://sed.example.org")),
        ] = None,
        ca_file: Annotated[
            str | None,
            typer.Option(
                "--ca-file", envvar="SED_CA_FILE", help=_("The certificate of its authority, PEM.")
            ),
        ] = None,
        login: Annotated[
            str | None,
            typer.Option(
                "--as",
                envvar="SED_USER",
                help=_("Who is acting: a login; on a server, one who is signed in."),
            ),
        ] = None,
        organization: Annotated[
            str | None, typer.Option("--org", envvar="SED_ORG", help=_("A code of organization."))
        ] = None,
        _language: Annotated[
            Language | None,
            typer.Option("--lang", envvar="SED_LANG", help=_("The language of messages.")),
        ] = None,
        verbose: Annotated[
            int, typer.Option("--verbose", "-v", count=True, help=_("Say more."))
        ] = 0,
        quiet: Annotated[int, typer.Option("--quiet", "-q", count=True, help=_("Say less."))] = 0,
        _version: Annotated[
            bool,
            typer.Option(
                "--version", is_eager=True, callback=_show_version, help=_("The version.")
            ),
        ] = False,
    ) -> None:
        session: Session = ctx.obj
        session.profile, session.ca_file = profile, ca_file
        session.login, session.organization = login, organization
        session.verbosity = verbose - quiet
        session.typed = typed_options(ctx)
        session.database, session.server = chosen_place(database, server, session.typed)

    return app


def run(args: Sequence[str], program: str = "sedctl") -> int:
    """Run the command line and return the exit status, whatever happened."""
    _prepare_streams()
    i18n.use(_asked_language(args))
    session = Session(as_json=wants_json(args))
    try:
        code = _invoke(args, program, session)
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        # whoever read us has enough: `sedctl … | head` is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:
        return _answer(error, session, args, program)
    finally:
        session.close()
    return code


def _invoke(args: Sequence[str], program: str, session: Session) -> int:
    command = _built_root(i18n.active_language())
    completing = os.environ.get("_SEDCTL_COMPLETE")
    if completing is not None:
        from commands.completion import complete

        return complete(command, program, completing, session)
    if not args:
        context = command.context_class(command, info_name=program, **command.context_settings)
        sys.stderr.write(command.get_help(context) + "\n")
        return USAGE
    # not `command()`: that would swallow Ctrl-C and broken pipes, and answer in English
    with command.make_context(program, list(args), obj=session) as context:
        command.invoke(context)
    return 0


def _answer(error: BaseException, session: Session, args: Sequence[str], program: str) -> int:
    from commands.failure_report import report

    if isinstance(error, NoDatabase) and not session.as_json:
        from commands.first_run import offered

        try:
            if offered(error, session):
                return run(args, program)
        except (Exception, KeyboardInterrupt) as another:
            error = another
    failure = failure_of(error, verbose=session.verbosity > 0)
    report(failure, session, program)
    return failure.exit_code


def _prepare_streams() -> None:
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # `>&-`: the next file opened must not take its place
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # a terminal of another encoding shows `\u2116` where it has no sign
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


def _asked_language(args: Sequence[str]) -> str | None:
    # before anything is parsed: help and usage errors must be in it already
    for place, word in enumerate(args):
        name, _equals, value = word.partition("=")
        if name == "--lang":
            value = value or next(iter(args[place + 1 :]), "")
            return value if value in i18n.LANGUAGES else None
    return None


def _show_version(show: bool) -> None:
    if show:
        sys.stdout.write(f"sedctl {__version__}\n")
        raise typer.Exit
