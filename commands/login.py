"""`sedctl login` and `sedctl logout`: a session on a server, kept in a profile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from commands.passwords import password_from
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.config import Settings, default_profile, home, kept_authority, stored_profile
from sed_tui.errors.network import SignInNeeded
from sed_tui.errors.usage import NobodyToAsk
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None)
_EXAMPLE = "sedctl login URL --login LOGIN --stdin < FILE"


@verb(app, "login", Sort.READ, N_("Sign in to a server and keep it as a profile."))
def login(
    session: Session,
    server: Annotated[
        str, typer.Argument(help=_("The address: https://sed.example.org"), metavar="SERVER")
    ],
    who: Annotated[str | None, typer.Option("--login", help=_("Your login."))] = None,
    stdin: Annotated[
        bool, typer.Option("--stdin", help=_("Read the password from standard input."))
    ] = False,
    ca_file: Annotated[
        str | None, typer.Option("--ca-file", help=_("The certificate of its authority, PEM."))
    ] = None,
    plain: Annotated[
        bool, typer.Option("--no-keyring", help=_("Keep the token in a file, not in the keyring."))
    ] = False,
) -> None:
    from sed_tui.gateway.remote import RemoteGateway
    from sed_tui.gateway.remote_sign_in import open_session, server_answers
    from sed_tui.operations.session import SHOW, ShowSession
    from sed_tui.token_store import has_keyring, keep_token

    profile = session.profile or urlsplit(server).hostname or "server"
    # named before the command or after it, or by the sign-in of before
    session.ca_file = ca_file or session.ca_file or kept_authority(profile, server)
    server_answers(server, session.ca_file)  # before anybody types a password in vain
    name = who or session.person or _asked_login(stdin=stdin)
    password = password_from(stdin=stdin, command="sedctl login", example=_EXAMPLE)
    token = open_session(server, session.ca_file, name, password)
    trial = replace(session.server_settings(server), token=token, login=name)
    gateway = RemoteGateway(trial)
    shown = gateway.call(SHOW, ShowSession())
    gateway.close()
    in_keyring = not plain and has_keyring()
    where = keep_token(home(), profile, token, in_keyring=in_keyring)
    _keep_profile(profile, trial, shown.login, in_keyring=in_keyring)
    record = {"profile": profile, "server": trial.server, "login": shown.login, "token": where}
    session.show_record({**record, "organization": shown.organization})
    if not session.as_json:
        session.say(_("Work there with: sedctl --profile {profile} …").format(profile=profile))


def _keep_profile(profile: str, settings: Settings, login: str, *, in_keyring: bool) -> None:
    from sed_tui.profile_writing import write_profile

    write_profile(
        profile,
        {
            "server": settings.server,
            "login": login,
            # the profile is used from any folder
            "ca_file": str(Path(settings.ca_file).absolute()) if settings.ca_file else None,
            "keyring": in_keyring or None,
        },
    )


def log_out(session: Session) -> None:
    """End the session of a profile on its server, and forget its token here."""
    from sed_tui.gateway.remote import RemoteGateway
    from sed_tui.token_store import forget_token

    settings: Settings = session.settings
    if not settings.server or not settings.token:
        raise SignInNeeded(server=settings.server or "URL")
    profile = settings.profile or default_profile()
    forget_token(home(), profile, in_keyring=bool(stored_profile(settings.profile).get("keyring")))
    gateway = RemoteGateway(settings)
    try:
        gateway.sign_out()
    finally:
        gateway.close()
    session.show_record({"profile": profile, "server": settings.server})


def _asked_login(*, stdin: bool) -> str:
    import getpass
    import sys

    if stdin or not sys.stdin.isatty():
        raise NobodyToAsk(command="sedctl login", example=_EXAMPLE)
    user = getpass.getuser()
    sys.stderr.write(f"{_('Your login')} [{user}]: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() or user
