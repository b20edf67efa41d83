"""A server of the protocol of S3 on the loopback: OpenStack Swift, from the wheel `swift`.

The four servers of the smallest cluster, one disk and one copy, as `s3api` serves them.
"""

from __future__ import annotations

import base64
import getpass
import hashlib
import hmac
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCESS_KEY, SECRET_KEY = "sed:files", "secret"
BUCKET = "sed"
_START_SECONDS = 90
_KEEPERS = ("account", "container", "object")
_PROXY = f"""
[pipeline:main]
pipeline = catch_errors listing_formats bulk s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_{ACCESS_KEY.replace(":", "_")} = {SECRET_KEY} .admin
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""


@contextmanager
def object_storage() -> Iterator[str]:
    """Run the servers with a bucket `sed`, and give the address of the protocol."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sed-swift-")))
        (home / "disk" / "d1").mkdir(parents=True)
        secrets = "[swift-hash]\nswift_hash_path_suffix = a\nswift_hash_path_prefix = b\n"
        (home / "swift.conf").write_text(secrets)
        for name in _KEEPERS:
            port = _configured(home, name, _keeper(name))
            _make_ring(home, name, port)
            stack.callback(_end, _started(home, name))
        port = _configured(home, "proxy", _PROXY)
        stack.callback(_end, _started(home, "proxy"))
        address = f"http://127.0.0.1:{port}"
        _make_bucket(address, home)
        yield address


def _keeper(name: str) -> str:
    return (
        f"[pipeline:main]\npipeline = {name}-server\n[app:{name}-server]\nuse = egg:swift#{name}\n"
    )


def _configured(home: Path, name: str, pipeline: str) -> int:
    """Write the configuration of a server and return its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    shared = {
        "bind_ip": "127.0.0.1",
        "bind_port": port,
        "workers": 0,
        "user": getpass.getuser(),
        "swift_dir": home,
        "devices": home / "disk",
        "mount_check": "false",
        "disable_fallocate": "true",
        "log_udp_host": "127.0.0.1",  # no syslog is there; nobody listens at the port
        "log_udp_port": 9,
    }
    lines = "".join(f"{key} = {value}\n" for key, value in shared.items())
    (home / f"{name}.conf").write_text(f"[DEFAULT]\n{lines}{pipeline}")
    return port


def _make_ring(home: Path, name: str, port: int) -> None:
    from swift.common.ring import RingBuilder  # type: ignore[import-untyped]

    builder = RingBuilder(part_power=1, replicas=1, min_part_hours=0)
    disk = {"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "d1", "weight": 1.0}
    builder.add_dev({**disk, "id": 0, "replication_ip": "127.0.0.1", "replication_port": port})
    builder.rebalance()
    builder.get_ring().save(str(home / f"{name}.ring.gz"))


def _started(home: Path, name: str) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name(f"swift-{name}-server")
    with (home / f"{name}.log").open("wb") as log:
        command = [sys.executable, str(program), str(home / f"{name}.conf"), "--verbose"]
        return subprocess.Popen(command, stdout=log, stderr=log)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(LONGEST)


def _make_bucket(address: str, home: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            answer = httpx.put(f"{address}/{BUCKET}", headers=_signed(f"/{BUCKET}"), timeout=30)
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.is_success:
            return
        logs = "\n".join(log.read_text()[-2000:] for log in home.glob("*.log"))
        assert time.monotonic() < end, logs
        time.sleep(0.1)


def _signed(path: str) -> dict[str, str]:
    """Return the headers of a request to make a bucket, which the client of ours cannot."""
    date = formatdate(usegmt=True)
    digest = hmac.new(SECRET_KEY.encode(), f"PUT\n\n\n{date}\n{path}".encode(), hashlib.sha1)
    signature = base64.b64encode(digest.digest()).decode()
    return {"Date": date, "Authorization": f"AWS {ACCESS_KEY}:{signature}"}
