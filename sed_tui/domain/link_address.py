"""Links that last: `sed://task/UID`, `https://…/t/UID`; nothing but an id stands in them.

What follows from a link is decided by the id alone, and by whoever opens it: a link to
what is not his to see, or to nothing, looks the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from sed_tui.errors.link_address import BadLinkBase, NotOurLink

SCHEME = "sed"
_LONGEST = 500
_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class Target(StrEnum):
    """What a link leads to, by the word of the scheme."""

    DOCUMENT = "document"
    TASK = "task"


_SHORT = {Target.DOCUMENT: "d", Target.TASK: "t"}
_BY_SHORT = {short: target for target, short in _SHORT.items()}


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """A link: what it leads to, and its id."""

    target: Target
    id: UUID

    def as_scheme(self) -> str:
        """Return the link for programs: `sed://task/UID`."""
        return f"{SCHEME}://{self.target.value}/{self.id}"

    def as_page(self, base: str) -> str:
        """Return the link for a browser, under the address of the server."""
        return f"{checked_base(base)}/{_SHORT[self.target]}/{self.id}"


def parse_link(text: str) -> LinkAddress:
    """Read either form of a link. Raises `NotOurLink` for anything else, whatever it holds."""
    trimmed = text.strip()
    if len(trimmed) <= _LONGEST and trimmed.isascii():
        found = _of_scheme(trimmed) or _of_page(trimmed)
        if found is not None:
            return found
    raise NotOurLink(field="url")


def checked_base(base: str) -> str:
    """Return the address of the server without a slash at its end. Raises `BadLinkBase`."""
    try:
        parts = urlsplit(base.strip())
    except ValueError:
        raise BadLinkBase(address=base) from None
    extra = parts.query or parts.fragment or parts.username
    if parts.scheme not in {"https", "http"} or not parts.hostname or extra:
        raise BadLinkBase(address=base)
    return base.strip().rstrip("/")


def _of_scheme(text: str) -> LinkAddress | None:
    # desktops may put a slash after it; nothing else may stand there
    match = re.fullmatch(rf"(?i:{SCHEME})://(\w+)/([^/]+)/?", text)
    if match is None or match[1].lower() not in set(Target):
        return None
    return _address(Target(match[1].lower()), match[2])


def _of_page(text: str) -> LinkAddress | None:
    match = re.fullmatch(r"(?i:https?)://[^\s/?#@]+(?:/[\w.~-]+)*/([td])/([^/]+)/?", text)
    return _address(_BY_SHORT[match[1]], match[2]) if match else None


def _address(target: Target, uid: str) -> LinkAddress | None:
    return LinkAddress(target, UUID(uid)) if _UID.fullmatch(uid) else None
