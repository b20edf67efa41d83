"""Where things are: flag, then environment, then profile, then the default of the platform."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sed_tui.errors.causes import toml_cause
from sed_tui.errors.identity import EmptyToken
from sed_tui.errors.installation import BadConfiguration, UnknownProfile
from sed_tui.errors.network import NotSignedInAs
from sed_tui.errors.usage import BadValue, EmptyVariable
from sed_tui.i18n import _

MAX_FILE_SIZE = 2 * 1024**3
_PLATFORM: str = sys.platform


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run of the program works on.

    `database` is a URL (`sqlite:///…` or `postgresql+psycopg://…`), `files` the
    directory of file contents that belongs to it; `login` and `organization` are
    None where the program is to find them out. Files of `max_file_size` bytes and more
    are refused. `cryptography` is the provider that computes signatures. `link_base` is the
    address of the server under which links for browsers are made. With `server` operations
    run there, by `token`; `ca_file` holds the certificate of its authority. With `objects`
    (`s3://bucket/prefix?endpoint=…`) contents stay there, and `files` is for what is received.
    """

    database: str
    files: Path
    profile: str | None = None
    login: str | None = None
    organization: str | None = None
    max_file_size: int = MAX_FILE_SIZE
    cryptography: str = "auto"
    link_base: str | None = None
    server: str | None = None
    token: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    objects: str | None = None

    @property
    def is_file(self) -> bool:
        """Tell whether the data is a file, which protects nothing but the rights to it."""
        return self.server is None and self.database.startswith("sqlite:")


def home() -> Path:
    """Return the directory of the user's data: `SED_HOME`, else the platform's."""
    if chosen := os.environ.get("SED_HOME"):
        return Path(chosen).expanduser()
    if _PLATFORM == "linux":
        # what platformdirs would say, without the 10 ms of its import
        shared = os.environ.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
        return Path(shared).expanduser() / "sed-tui"
    import platformdirs

    return platformdirs.user_data_path("sed-tui", appauthor=False)


def settings(
    *,
    profile: str | None = None,
    database: str | None = None,
    server: str | None = None,
    ca_file: str | None = None,
    login: str | None = None,
    organization: str | None = None,
    person: str | None = None,
) -> Settings:
    """Resolve the options of a run against the environment and the chosen profile.

    A server that was named wins over a database of the profile, and the other way round.
    `person` is the login of whoever is to act on a server: one who is signed in there.
    Raises `UnknownProfile`, `BadConfiguration`, `NotSignedInAs`, `EmptyVariable`, `EmptyToken`
    and `BadValue` for an option without a value.
    """
    _require_filled(server, "--server (SED_SERVER)")
    _require_filled(database, "--database (SED_DATABASE)")
    name = profile or os.environ.get("SED_PROFILE")
    stored = stored_profile(name)
    if server is None and database is None:
        server = _named("SED_SERVER")
        if not server and not _named("SED_DATABASE"):
            server = stored.get("server")
    if server and person:
        name, stored = _signed_in(person, server, name, stored)
    if server:
        token = None if person else _given_token()
        return _of_server(server, ca_file, name, organization, stored, token)
    url = database_url(
        database or _named("SED_DATABASE") or stored.get("database") or str(home() / "sed.db")
    )
    return Settings(
        database=url,
        files=files_directory(url, os.environ.get("SED_FILES") or stored.get("files")),
        profile=name,
        login=login or os.environ.get("SED_USER") or stored.get("login"),
        organization=organization or os.environ.get("SED_ORG") or stored.get("organization"),
        max_file_size=_size(os.environ.get("SED_MAX_FILE_SIZE") or stored.get("max_file_size")),
        cryptography=os.environ.get("SED_CRYPTOGRAPHY") or stored.get("cryptography") or "auto",
        link_base=os.environ.get("SED_LINK_BASE") or stored.get("link_base"),
        objects=_objects(os.environ.get("SED_OBJECTS") or stored.get("objects")),
    )


def _require_filled(given: str | None, option: str) -> None:
    if given is not None and not given.strip():
        raise BadValue(option=option, reason=_("it is empty."), command="sedctl")


def _named(variable: str) -> str | None:
    """Return what a variable names. One that is there and empty is a script's mistake.

    What it was to name is not replaced by what a profile says. Raises `EmptyVariable`.
    """
    value = os.environ.get(variable)
    if value is not None and not value.strip():
        raise EmptyVariable(variable=variable)
    return value


def _given_token() -> str | None:
    """Return the token of the environment. Raises `EmptyToken`."""
    token = os.environ.get("SED_TOKEN")
    if token is not None and not token.strip():
        raise EmptyToken
    # a file of a secret ends with a new line
    return token.strip() if token else None


def _of_server(
    server: str,
    ca_file: str | None,
    profile: str | None,
    organization: str | None,
    stored: dict[str, Any],
    given: str | None,
) -> Settings:
    """Return the settings of a run that works with a server, which knows who calls by a token."""
    is_stored, token = _is_of(stored, server), given
    if not token and is_stored:
        from sed_tui.token_store import kept_token

        in_keyring = bool(stored.get("keyring"))
        token = kept_token(home(), profile or default_profile(), in_keyring=in_keyring)
    return Settings(
        database="",
        files=home() / "files",
        profile=profile,
        login=stored.get("login") if is_stored and not given else None,
        organization=organization or os.environ.get("SED_ORG") or stored.get("organization"),
        max_file_size=_size(os.environ.get("SED_MAX_FILE_SIZE") or stored.get("max_file_size")),
        cryptography=os.environ.get("SED_CRYPTOGRAPHY") or stored.get("cryptography") or "auto",
        link_base=os.environ.get("SED_LINK_BASE") or stored.get("link_base") or server,
        server=server,
        token=token,
        ca_file=ca_file or os.environ.get("SED_CA_FILE") or stored.get("ca_file"),
    )


def _signed_in(
    person: str, server: str, name: str | None, stored: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Return the profile in which a person is signed in to a server, the chosen one first."""
    profiles = configuration().get("profile", {})
    for one, said in ((name or default_profile(), stored), *profiles.items()):
        if said.get("login") == person and _is_of(said, server):
            return one, dict(said)
    raise NotSignedInAs(login=person, server=server)


def kept_authority(profile: str, server: str) -> str | None:
    """Return the certificate that a profile keeps for the authority of a server."""
    stored = configuration().get("profile", {}).get(profile, {})
    found: str | None = stored.get("ca_file") if _is_of(stored, server) else None
    return found


def token_of_now(settings: Settings) -> str | None:
    """Return the token that the profile of a run has by now, of the same person on the server."""
    stored = stored_profile(settings.profile)
    is_same = stored.get("login") == settings.login and _is_of(stored, settings.server or "")
    if settings.login is None or not is_same:
        return None
    from sed_tui.token_store import kept_token

    profile, in_keyring = settings.profile or default_profile(), bool(stored.get("keyring"))
    return kept_token(home(), profile, in_keyring=in_keyring)


def _is_of(stored: dict[str, Any], server: str) -> bool:
    return server.rstrip("/") == str(stored.get("server", "")).rstrip("/")


def database_url(text: str) -> str:
    """Turn what a person types into a URL: a bare path is an SQLite file."""
    if text.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + _named_one_by_one(text.partition("://")[2])
    if "://" in text:
        return text
    return f"sqlite:///{Path(text).expanduser().absolute()}"


def _named_one_by_one(text: str) -> str:
    """Turn several servers as libpq names them, `HOST:PORT,HOST:PORT`, into parameters."""
    place, slash, rest = text.partition("/")
    login, at, hosts = place.rpartition("@")
    if "," not in hosts:
        return text
    name, _mark, query = rest.partition("?")
    servers = [f"host={one}" for one in hosts.split(",")]
    return f"{login}{at}{slash}{name}?{'&'.join([*servers, *filter(None, [query])])}"


def files_directory(url: str, chosen: str | None = None) -> Path:
    """Return where contents are kept: the chosen place, else beside an SQLite file."""
    if chosen:
        return Path(chosen).expanduser().absolute()
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///") + ".files")
    return home() / "files"


def configuration_path() -> Path:
    """Return the path of the configuration file, which need not exist."""
    return home() / "config.toml"


def configuration() -> dict[str, Any]:
    """Return the whole configuration file, empty where there is none.

    Raises `BadConfiguration`.
    """
    path = configuration_path()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfiguration(path=str(path), reason=toml_cause(error)) from error


def stored_profile(name: str | None) -> dict[str, Any]:
    """Return what the configuration file says of a profile, or of the default one.

    Raises `UnknownProfile` and `BadConfiguration`.
    """
    content = configuration()
    profiles = content.get("profile", {})
    if name is None:
        return dict(profiles.get(content.get("default_profile", "default"), {}))
    if name not in profiles:
        raise UnknownProfile(profile=name, path=str(configuration_path()))
    return dict(profiles[name])


def _objects(chosen: str | None) -> str | None:
    if chosen and not re.match(r"s3://[^/?]+", chosen):
        reason = _("objects: “{value}” is not s3://BUCKET/PREFIX?endpoint=URL").format(value=chosen)
        raise BadConfiguration(path=str(configuration_path()), reason=reason)
    return chosen or None


def default_profile() -> str:
    """Return the name of the profile that a run without one uses."""
    name: str = configuration().get("default_profile", "default")
    return name


def _size(chosen: Any) -> int:
    text = str(chosen or MAX_FILE_SIZE)
    if not text.isdecimal():
        reason = _("max_file_size: “{value}” is not a number of bytes").format(value=text)
        raise BadConfiguration(path=str(configuration_path()), reason=reason)
    return int(text)
