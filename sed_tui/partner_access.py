"""How this machine gets in at servers of partners: tokens that they gave, each in a file of 0600.

They stand beside the tokens of profiles and never in the database, which is copied and restored.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from sed_tui.errors.network import TokenFileOpen
from sed_tui.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class PartnerAccess:
    """A token, where it goes, and the authority that the server's certificate is checked by.

    The card of a partner is changed from afar; what was given to one address goes to no other.
    """

    token: str = field(repr=False)
    address: str
    ca_file: str | None = None


def keep_access(folder: Path, own_uid: str, partner: str, access: PartnerAccess) -> Path:
    """Keep how the organization of an identifier gets in at a partner, and return where."""
    path = _path(folder, own_uid, partner)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, json.dumps(asdict(access)).encode())
    return path


def kept_access(folder: Path, own_uid: str, partner: str) -> PartnerAccess | None:
    """Return how to get in at a partner, or None. Raises `TokenFileOpen` where others can read."""
    path = _path(folder, own_uid, partner)
    try:
        if os.name != "nt" and path.stat().st_mode & _OTHERS:
            raise TokenFileOpen(path=str(path))
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    # one of before it was kept where it goes is asked for anew
    return PartnerAccess(**kept) if "address" in kept else None


def _path(folder: Path, own_uid: str, partner: str) -> Path:
    return folder / "tokens" / re.sub(r"[^\w.-]", "_", f"partner-{own_uid}-{partner}")
