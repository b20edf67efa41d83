"""Tokens of profiles: in the keyring of the system, or in files that their owner alone reads."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sed_tui.errors.network import TokenFileOpen

if TYPE_CHECKING:
    from pathlib import Path

_SERVICE = "sed-tui"
_OTHERS = 0o077


def keep_token(folder: Path, profile: str, token: str, *, in_keyring: bool) -> str:
    """Keep the token of a profile under a folder and return where: `keyring` or a path."""
    forget_token(folder, profile)
    if in_keyring:
        _keyring().set_password(_SERVICE, profile, token)
        return "keyring"
    path = _path(folder, profile)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as file:
        file.write(token)
    return str(path)


def kept_token(folder: Path, profile: str, *, in_keyring: bool) -> str | None:
    """Return the token of a profile. Raises `TokenFileOpen` where others can read it."""
    if in_keyring:
        token: str | None = _keyring().get_password(_SERVICE, profile)
        return token
    path = _path(folder, profile)
    try:
        if os.name != "nt" and path.stat().st_mode & _OTHERS:
            raise TokenFileOpen(path=str(path))
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def forget_token(folder: Path, profile: str, *, in_keyring: bool = False) -> None:
    """Forget the token of a profile; where there is none it is no failure."""
    if in_keyring:
        keyring = _keyring()
        with suppress(keyring.errors.PasswordDeleteError):
            keyring.delete_password(_SERVICE, profile)
    _path(folder, profile).unlink(missing_ok=True)


def has_keyring() -> bool:
    """Tell whether the package `keyring` is installed and finds a keyring that works."""
    if find_spec("keyring") is None:
        return False
    priority: float = getattr(_keyring().get_keyring(), "priority", 0)
    return priority > 0


def _keyring() -> Any:
    return import_module("keyring")


def _path(folder: Path, profile: str) -> Path:
    return folder / "tokens" / re.sub(r"[^\w.-]", "_", profile)
