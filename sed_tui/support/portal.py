"""The portal of support over HTTPS: a ticket is put there once, whatever is repeated.

    POST {url}               a ticket as JSON, `Idempotency-Key` its own key → {"number": …}
    GET  {url}?key=SED-…     → {"number": …} of the ticket with this key, 404 for none
    GET  {url}/{number}      → {"status": …, "closed": bool, "answers": [{"at", "text"}]}
    POST {url}/{number}/comments   {"text": …}

Whatever else it answers, a page of login for instance, is no ticket.
"""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from sed_tui import __version__
from sed_tui.domain.mail import words_of_server
from sed_tui.gateway.authorities import trusting
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.support.settings import SupportSettings

PATIENCE_SECONDS = 5.0
_MOST_BYTES = 1 << 20
_MOST_ANSWERS, _LONGEST_ANSWER, _LONGEST_NUMBER = 100, 10_000, 60
_NOT_FOUND = 404


class PortalTrouble(Exception):
    """The portal cannot be used now; the text says why."""


@dataclass(frozen=True, slots=True)
class PortalTicket:
    """What the portal knows of a ticket."""

    status: str | None
    is_closed: bool
    answers: list[dict[str, str]]


class Portal:
    """A portal at an address."""

    def __init__(self, settings: SupportSettings, patience: float = PATIENCE_SECONDS) -> None:
        self._url = settings.url or ""
        self._patience = patience
        headers = {"Accept": "application/json", "User-Agent": f"sed-tui/{__version__}"}
        if settings.token:
            headers["Authorization"] = f"Bearer {settings.token}"
        # a redirect leads to a page of login; a token does not follow it
        self._client = httpx.Client(
            verify=trusting(settings.authority),
            timeout=patience,
            headers=headers,
            follow_redirects=False,
        )

    def put(self, key: str, ticket: dict[str, Any]) -> str:
        """Hand a ticket in and return its number. Raises `PortalTrouble`."""
        headers = {"Idempotency-Key": key}
        return self._number(self._asked("POST", self._url, json=ticket, headers=headers))

    def find(self, key: str) -> str | None:
        """Return the number of the ticket with this key, None where it is not known."""
        found = self._asked("GET", self._url, params={"key": key}, may_be_missing=True)
        return None if found is None else self._number(found)

    def read(self, number: str) -> PortalTicket | None:
        """Return how far a ticket has come. Raises `PortalTrouble`."""
        found = self._asked("GET", f"{self._url}/{quote(number, safe='')}", may_be_missing=True)
        if found is None:
            return None
        rows = found.get("answers")
        answers = [
            {"at": _text(row.get("at"), 40), "text": _text(row.get("text"), _LONGEST_ANSWER)}
            for row in (rows if isinstance(rows, list) else [])[:_MOST_ANSWERS]
            if isinstance(row, dict)
        ]
        status = _text(found.get("status"), 100) or None
        return PortalTicket(status, found.get("closed") is True, answers)

    def comment(self, number: str, text: str) -> None:
        """Add to a ticket that is there. Raises `PortalTrouble`."""
        path = f"{self._url}/{quote(number, safe='')}/comments"
        self._asked("POST", path, json={"text": text})

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _number(self, answer: dict[str, Any] | None) -> str:
        number = answer.get("number") if answer else None
        if isinstance(number, int) and not isinstance(number, bool):
            number = str(number)
        if not isinstance(number, str) or not number.strip():
            raise PortalTrouble(_("it answers without the number of a ticket"))
        return words_of_server(number)[:_LONGEST_NUMBER]

    def _asked(
        self, method: str, url: str, *, may_be_missing: bool = False, **options: Any
    ) -> dict[str, Any] | None:
        try:
            with self._client.stream(method, url, **options) as response:
                content = self._content(response)
        except httpx.TimeoutException:
            raise PortalTrouble(self._too_slow()) from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            raise PortalTrouble(words_of_server(str(error)) or type(error).__name__) from None
        if may_be_missing and response.status_code == _NOT_FOUND:
            return None
        if not response.is_success:
            raise PortalTrouble(_("it answers {status}").format(status=response.status_code))
        return _object(response, content)

    def _content(self, response: httpx.Response) -> bytes:
        """Read an answer for so long and no longer: a byte a second keeps every time-out quiet."""
        until = time.monotonic() + self._patience
        content = b""
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _MOST_BYTES:
                raise PortalTrouble(_("its answer has no end"))
            if time.monotonic() > until:
                raise PortalTrouble(self._too_slow())
        return content

    def _too_slow(self) -> str:
        return _("no answer in {seconds} seconds").format(seconds=round(self._patience))


def _object(response: httpx.Response, content: bytes) -> dict[str, Any]:
    import json

    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        kind = response.headers.get("content-type", "").partition(";")[0] or "—"
        raise PortalTrouble(
            _("it answers with a page ({kind}) instead of a ticket, perhaps of login").format(
                kind=words_of_server(kind)
            )
        )
    return found


def _text(value: object, limit: int) -> str:
    from sed_tui.domain.letter_text import readable

    text = value if isinstance(value, str) else ""
    return readable(text.encode(errors="replace"), "utf-8")[:limit]
