"""What a request says beside its body: who calls, how, and in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sed_tui.domain.identity import secret_hash
from sed_tui.errors.identity import BadToken
from sed_tui.errors.input import BadRequest
from sed_tui.gateway.protocol import (
    DRY_RUN_HEADER,
    KEY_HEADER,
    MASKED_HEADER,
    ORGANIZATION_HEADER,
    REASON_HEADER,
    SOURCE_HEADER,
    SOURCES,
)
from sed_tui.i18n import _
from sed_tui.operations.registry import CallOptions

if TYPE_CHECKING:
    from starlette.requests import Request

_LONGEST = 200
_SCHEME = "bearer "


@dataclass(frozen=True, slots=True)
class Asked:
    """A request apart from its body."""

    request_id: str
    language: str
    authorization: str
    organization: str | None
    headers: dict[str, str]
    told: dict[str, str]
    """What the line of the request in the log tells beside the usual."""

    @property
    def token_hash(self) -> str:
        """Return the hash of the token that was presented. Raises `BadToken`."""
        scheme, token = self.authorization[: len(_SCHEME)], self.authorization[len(_SCHEME) :]
        if scheme.lower() != _SCHEME or not token.isascii() or len(token) > _LONGEST:
            raise BadToken
        return secret_hash(token.strip())

    def options(self) -> CallOptions:
        """Return how the operation is to be run. Raises `BadRequest`."""
        source = self.headers.get(SOURCE_HEADER, "connector")
        if source not in SOURCES:
            reason = _("one of these is expected: {expected}.")
            told = reason.format(expected=", ".join(sorted(SOURCES)))
            raise BadRequest(field=SOURCE_HEADER, reason=told, advice="")
        return CallOptions(
            dry_run=self._flag(DRY_RUN_HEADER),
            reason=self._text(REASON_HEADER),
            idempotency_key=self._text(KEY_HEADER),
            source=source,
            masked=self._flag(MASKED_HEADER),
        )

    def _flag(self, name: str) -> bool:
        return self.headers.get(name, "") not in {"", "0", "false"}

    def _text(self, name: str) -> str | None:
        value = self.headers.get(name)
        return unquote(value, errors="replace") if value else None


def asked_by(request: Request) -> Asked:
    """Read the headers of a request."""
    names = (DRY_RUN_HEADER, KEY_HEADER, MASKED_HEADER, REASON_HEADER, SOURCE_HEADER)
    headers = request.headers
    organization = unquote(headers.get(ORGANIZATION_HEADER, ""))
    return Asked(
        request_id=request.scope.get("request_id", ""),
        language=asked_language(headers.get("accept-language", "")),
        authorization=headers.get("authorization", ""),
        organization=organization or None,
        headers={name: headers[name] for name in names if name in headers},
        told=request.scope.setdefault("told", {}),
    )


def asked_language(accepted: str) -> str:
    """Return the language of the answer: English for those who ask for it first, else Russian."""
    first = accepted.partition(",")[0].partition(";")[0].strip().lower()
    return "en" if first == "en" or first.startswith("en-") else "ru"
