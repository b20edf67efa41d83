"""`sedctl serve`: the operations over HTTP."""

from __future__ import annotations

from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from commands.session import Session
from sed_tui.errors.installation import ExtraMissing
from sed_tui.i18n import _

app = typer.Typer(rich_markup_mode=None)


@app.command("serve", help=_("Serve the database over HTTPS."))
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option("--host", help=_("The address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=_("The port."))] = 8400,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help=_("How many processes serve."))
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help=_("The TLS certificate, PEM."))
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help=_("Its private key, PEM."))] = None,
    trusted_proxy: Annotated[
        str | None,
        typer.Option("--trust-proxy", help=_("The address of the proxy that has TLS before it.")),
    ] = None,
    seconds: Annotated[
        int, typer.Option("--time-limit", min=1, help=_("How many seconds a call may take."))
    ] = 120,
) -> None:
    if find_spec("uvicorn") is None or find_spec("fastapi") is None:
        raise ExtraMissing(extra="server")
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.server.run import Serving, check_serving, serve

    session: Session = ctx.obj
    settings = session.local_settings
    serving = Serving(host, port, workers, certificate, key, trusted_proxy, seconds)
    with closing(LocalGateway(settings)) as gateway:
        gateway.require_schema()  # said here, not by every worker
        check_serving(settings, serving)
        session.say(_("{database} is served.").format(database=gateway.place))
    serve(settings, serving)
