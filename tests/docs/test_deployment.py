"""The page on deployment: its units and its proxy, as they stand there.

PostgreSQL of the page, its standby and its archive are tried in tests/storage/test_recovery.py.
The programs of this module are no Python: where systemd or nginx is not installed, its test
is skipped and says so.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from sed_tui.domain.flows import Flow
from sed_tui.gateway.remote import RemoteGateway
from sed_tui.operations.file import ADD, AddFile, FileContent
from sed_tui.operations.registration import REGISTER, RegisterDocument
from tests.mail.server import AUTHORITY, FOLDER
from tests.patience import LONGEST
from tests.served import secret_of
from tests.server.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
UNIT = re.compile(
    r"```ini\n# /etc/systemd/system/([\w.-]+\.(?:service|timer)).*?\n(.*?)```", re.DOTALL
)
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")

pytestmark = pytest.mark.slow


def page(name: str) -> str:
    return (HOW_TO / name).read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units_as_they_stand(tmp_path: Path) -> None:
    program = str(Path(sys.executable).with_name("sedctl"))
    units = [*UNIT.findall(page("deploy.md")), *UNIT.findall(page("reminders-by-cron.md"))]
    for name, text in units:
        (tmp_path / name).write_text(re.sub(r"/opt/sed-tui/\S*sedctl", program, text))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / name for name, _text in units)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(units) == 5
    assert (done.returncode, done.stderr) == (0, "")


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def nginx(upstream: str, place: Path) -> Iterator[str]:
    """Run nginx with the configuration of the page before a server; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    [text] = re.findall(r"```nginx\n(.*?)```", page("deploy.md"), re.DOTALL)
    text = text.replace("127.0.0.1:8400", upstream.removeprefix("http://"))
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    text = re.sub(r"/etc/ssl/\S+(?=;)", str(FOLDER / "server.pem"), text)
    scratch = "".join(f"{name}_temp_path {place / name};" for name in ("client_body", "proxy"))
    (place / "nginx.conf").write_text(
        f"daemon off; pid {place / 'pid'}; error_log {place / 'errors'};"
        f"events {{}} http {{ access_log off; {scratch}\n{text}\n}}"
    )
    process = subprocess.Popen([str(NGINX), "-e", place / "errors", "-c", place / "nginx.conf"])
    try:
        end = time.monotonic() + LONGEST
        while not listens(port):
            assert process.poll() is None, (place / "errors").read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        yield f"https://localhost:{port}"
    finally:
        process.terminate()
        process.wait(LONGEST)


@pytest.mark.skipif(NGINX is None, reason="no nginx here")
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_client_works_through_the_proxy_of_the_page(
    settings: Settings, clock: FixedClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "sed_tui.server")
    secret, content = secret_of(settings, clock), os.urandom(3_000_000)
    digest = hashlib.sha256(content).hexdigest()
    with (
        running(settings, clock, proxy_headers=True, forwarded_allow_ips="127.0.0.1") as server,
        nginx(server, tmp_path) as address,
    ):
        known = replace(settings, server=address, token=secret, login=None, ca_file=str(AUTHORITY))
        client = RemoteGateway(known)
        letter = RegisterDocument(flow=Flow.INTERNAL, subject="Через прокси")
        document = str(client.call(REGISTER, letter).id)
        file = FileContent(name="letter.bin", token=client.stage(io.BytesIO(content)))
        client.call(ADD, AddFile(document=document, files=(file,)))
        with client.fetch(digest) as source:
            fetched = source.read()
        client.close()
        asking = {"Authorization": f"Bearer {secret}", "X-Forwarded-For": "192.0.2.1"}
        trusted = ssl.create_default_context(cafile=AUTHORITY)
        with httpx.Client(base_url=address, verify=trusted, headers=asking) as web:
            part = web.get(f"/v1/files/{digest}", headers={"Range": "bytes=1000-1999"})
            card = web.get(f"/d/{document}")
            large = web.post("/v1/document.list", content=b" " * 17_000_000)
    told = [one.__dict__["told"] for one in caplog.records if one.getMessage() == "request"]

    assert fetched == content
    assert (part.status_code, part.content) == (206, content[1000:2000])
    assert (card.status_code, card.json()["subject"]) == (200, "Через прокси")
    assert large.status_code == 413
    assert {one["from"] for one in told} == {"127.0.0.1"}  # not what the client said of itself
