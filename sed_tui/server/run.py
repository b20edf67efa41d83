"""Running the server: settings of the workers, and uvicorn around them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from sed_tui.config import Settings, settings
from sed_tui.errors.causes import system_cause
from sed_tui.errors.network import CannotListen, UnprotectedAddress
from sed_tui.errors.usage import BadValue
from sed_tui.i18n import _
from sed_tui.server.limits import SECONDS, Limits

if TYPE_CHECKING:
    from pathlib import Path

_APP = "sed_tui.server.app:from_environment"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_SECONDS = "SED_SERVE_SECONDS"
_GRACE_SECONDS = 30
# a worker that is starting on a busy machine answers its supervisor late: it is not hung
_HUNG_SECONDS = 60
_MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to listen, and how."""

    host: str
    port: int
    workers: int | None = None
    certificate: Path | None = None
    key: Path | None = None
    trusted_proxy: str | None = None
    seconds: int = SECONDS
    log_level: str = "info"


def check_serving(chosen: Settings, serving: Serving) -> None:
    """Refuse what every worker would fail at, one after another.

    Raises `UnprotectedAddress`, `CannotListen` and `BadValue`.
    """
    _workers(chosen, serving)
    if serving.host not in _LOOPBACK and not (serving.certificate or serving.trusted_proxy):
        raise UnprotectedAddress(host=serving.host)
    if serving.certificate is not None:
        _require_certificate(serving.certificate, serving.key)
    try:
        found = socket.getaddrinfo(serving.host, serving.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _name, place = found[0]
        with socket.socket(family, kind, protocol) as trial:
            if os.name != "nt":  # connections of the server before may still be ending
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as error:
        reason = system_cause(error)
        raise CannotListen(host=serving.host, port=serving.port, reason=reason) from error


def serve(chosen: Settings, serving: Serving) -> None:
    """Serve until a signal; calls under way are finished first, for half a minute at most."""
    import uvicorn

    from sed_tui.server.connection import BoundedConnection
    from sed_tui.server.logs import configuration

    workers = _workers(chosen, serving)
    os.environ.update(_environment(chosen, serving))
    uvicorn.run(
        _APP,
        factory=True,
        host=serving.host,
        port=serving.port,
        workers=workers,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
        proxy_headers=serving.trusted_proxy is not None,
        forwarded_allow_ips=serving.trusted_proxy or "",
        http=BoundedConnection,
        server_header=False,
        access_log=False,
        log_config=configuration(serving.log_level),
        log_level=serving.log_level,
        ws="none",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=75,
        timeout_worker_healthcheck=_HUNG_SECONDS,
    )


def _require_certificate(certificate: Path, key: Path | None) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except OSError as error:  # of OpenSSL too
        reason = _("{file} is no certificate with its key that can be read.")
        raise BadValue(
            option="--certificate",
            reason=reason.format(file=certificate),
            command="sedctl serve",
        ) from error


def end_with_supervisor() -> None:
    """Let a worker finish its calls and end when its supervisor was killed: nobody replaces it.

    Orphans would hold the port, and go on with the program of before an upgrade.
    """
    supervisor = multiprocessing.parent_process()
    if supervisor is None:  # the only worker is no child of anybody of ours
        return

    def watch() -> None:
        supervisor.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def worker_settings() -> Settings:
    """Return the settings of a worker, which its parent put into the environment."""
    return settings(database=os.environ["SED_DATABASE"])


def worker_limits() -> Limits:
    """Return the limits of a worker."""
    return Limits(seconds=float(os.environ.get(_SECONDS, SECONDS)))


def _workers(chosen: Settings, serving: Serving) -> int:
    """Return how many processes serve; one SQLite file is written by one at a time anyway."""
    if not chosen.is_file:
        return serving.workers or min(_MOST_WORKERS, os.cpu_count() or 1)
    if serving.workers not in {None, 1}:
        reason = _("SQLite is served by one worker; several want PostgreSQL.")
        raise BadValue(option="--workers", reason=reason, command="sedctl serve")
    return 1


def _environment(chosen: Settings, serving: Serving) -> dict[str, str]:
    values = {
        "SED_DATABASE": _limited(chosen.database, serving.seconds),
        "SED_FILES": str(chosen.files),
        "SED_MAX_FILE_SIZE": str(chosen.max_file_size),
        "SED_CRYPTOGRAPHY": chosen.cryptography,
        _SECONDS: str(serving.seconds),
    }
    named = {"SED_PROFILE": chosen.profile, "SED_OBJECTS": chosen.objects}
    return {**values, **{name: value for name, value in named.items() if value}}


def _limited(database: str, seconds: int) -> str:
    """Let PostgreSQL end what runs longer than anybody waits for."""
    url = make_url(database)
    if url.get_backend_name() != "postgresql" or "options" in url.query:
        return database
    options = f"-c lock_timeout=30s -c statement_timeout={seconds}s"
    return url.update_query_dict({"options": options}).render_as_string(hide_password=False)
