"""Signing on the client: the key stays here, signatures alone are sent.

Every document is a call of its own: one that is refused neither stops the others nor marks
them. Only what would be refused for each, a wrong PIN or a token that is gone, stops the rest,
before a token locks itself.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from sed_tui.errors import SedError
from sed_tui.errors.files import ContentDamaged, ContentLost
from sed_tui.errors.signatures import SigningCommandFailed, WrongKeyPassword
from sed_tui.operations.signing import (
    CHECK,
    SIGN,
    CheckSigning,
    FileSignature,
    Signable,
    SignedVersion,
    SignVersion,
)
from sed_tui.storage.contents import as_file, named_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from sed_tui.domain.clock import Clock
    from sed_tui.gateway import Gateway
    from sed_tui.operations.draft_version import VersionFile
    from sed_tui.operations.registry import CallOptions

_STOPS = (WrongKeyPassword, SigningCommandFailed)


class FileSigner(Protocol):
    """Makes detached signatures, with a key at hand or by an external command."""

    def sign(self, content: Path, at: datetime) -> bytes:
        """Return a signature of a file made at this moment."""


class Outcome(StrEnum):
    """What became of a document of a batch."""

    SIGNED = "signed"
    REFUSED = "refused"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class Tried:
    """A document of a batch: what is to be signed, what was, or why not."""

    document: str
    outcome: Outcome
    signable: Signable | None = None
    signed: SignedVersion | None = None
    failure: SedError | None = None


def checked(gateway: Gateway, documents: Iterable[str], version: int | None = None) -> list[Tried]:
    """Ask of each document whether it may be signed, before a PIN is asked for."""
    found = []
    for document in dict.fromkeys(documents):
        try:
            signable = gateway.call(CHECK, CheckSigning(document=document, version=version))
            found.append(Tried(document, Outcome.NOT_TRIED, signable))
        except SedError as failure:
            found.append(Tried(document, Outcome.REFUSED, failure=failure))
    return found


def sign_each(
    gateway: Gateway,
    batch: Sequence[Tried],
    signer: FileSigner,
    clock: Clock,
    options: CallOptions,
    progress: Callable[[Tried], None] | None = None,
) -> Iterator[Tried]:
    """Sign what was checked, one document after another, and yield what became of each."""
    stopped = False
    seen: set[UUID] = set()
    for one in batch:
        if one.signable is None or stopped or one.signable.id in seen:
            yield one
            continue
        seen.add(one.signable.id)
        if progress:
            progress(one)
        try:
            signed = _sign(gateway, one.signable, signer, clock, options)
            yield replace(one, outcome=Outcome.SIGNED, signed=signed)
        except SedError as failure:
            stopped = isinstance(failure, _STOPS)
            yield replace(one, outcome=Outcome.REFUSED, failure=failure)


def _sign(
    gateway: Gateway, what: Signable, signer: FileSigner, clock: Clock, options: CallOptions
) -> SignedVersion:
    signatures = tuple(
        FileSignature(
            file=file.id,
            token=gateway.stage(io.BytesIO(_signature(gateway, what, file, signer, clock))),
        )
        for file in what.files
    )
    request = SignVersion(document=str(what.id), version=what.version, signatures=signatures)
    return gateway.call(SIGN, request, options)


def _signature(
    gateway: Gateway, what: Signable, file: VersionFile, signer: FileSigner, clock: Clock
) -> bytes:
    """Sign the very bytes that the version names. Raises `FileLost`, `FileDamaged`."""
    try:
        with as_file(gateway.fetch(file.sha256), file.sha256) as path:
            return signer.sign(path, clock.now())
    except (ContentLost, ContentDamaged) as fault:
        raise named_fault(fault, what.short_id, file.name) from fault
