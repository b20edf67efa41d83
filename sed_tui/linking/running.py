"""The local socket of a running interface: another program of the same user hands it a link.

It stands in a folder that nobody else enters (0700, the socket 0600), its name tells the
database and who is acting, and what comes through it is a link of ours or nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.domain.link_address import parse_link

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.domain.link_address import LinkAddress

LONGEST_REQUEST = 1024
_PATIENCE_SECONDS = 3.0
_LONGEST_PATH = 100  # bytes that the name of a socket may have on every system


def socket_path(settings: Settings) -> Path | None:
    """Return where an interface of this process listens; None where it cannot."""
    folder = _folder()
    return folder / f"{_office(settings)}-{os.getpid()}.sock" if folder is not None else None


def hand_link_over(settings: Settings, link: LinkAddress) -> bool:
    """Give a link to an interface that runs on the same database; tell whether one took it."""
    folder = _folder()
    if folder is None or not hasattr(socket, "AF_UNIX"):
        return False
    # the interface that was opened last is the one that is looked at
    found = sorted(folder.glob(f"{_office(settings)}-*.sock"), key=_opened_at, reverse=True)
    return any(_given(path, link) for path in found)


def link_of_request(request: bytes) -> LinkAddress:
    """Return the link that another program asks to open. Raises `NotOurLink`."""
    try:
        asked = json.loads(request)
        text = asked["open"] if isinstance(asked, dict) else ""
    except (ValueError, KeyError):
        text = ""
    return parse_link(text if isinstance(text, str) else "")


def _given(path: Path, link: LinkAddress) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(_PATIENCE_SECONDS)
            client.connect(str(path))
            client.sendall(json.dumps({"open": link.as_scheme()}).encode() + b"\n")
            return client.recv(LONGEST_REQUEST).startswith(b"ok")
    except ConnectionRefusedError:
        with suppress(OSError):  # what listened there was killed
            path.unlink()
    except OSError:
        return False
    return False


def _office(settings: Settings) -> str:
    place = settings.server or settings.database
    who = f"{place}\n{settings.login or ''}\n{settings.organization or ''}"
    return hashlib.sha256(who.encode()).hexdigest()[:12]


def _folder() -> Path | None:
    """Return the folder of sockets, made if need be; None where another user could enter it."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    user = os.getuid() if hasattr(os, "getuid") else 0
    shared = Path(tempfile.gettempdir()) / f"sed-tui-{user}"
    folder = Path(runtime) / "sed-tui" if runtime else shared
    if len(str(folder).encode()) > _LONGEST_PATH - 30:
        folder = shared
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == user
    return folder if is_ours and not stat.S_IMODE(found.st_mode) & 0o077 else None


def _opened_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
