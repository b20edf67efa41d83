"""Answers kept under idempotency keys: a repeated call changes nothing."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from sed_tui.errors.idempotency import KeyReused
from sed_tui.gateway.protocol import AUTOMATIC
from sed_tui.storage.tables.idempotency import IdempotencyTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sed_tui.domain.actor import Actor
    from sed_tui.handlers.work import Work
    from sed_tui.operations.registry import CallOptions, Message, Operation, RequestT, ResultT

_AUTOMATIC_LIFE = timedelta(days=2)


def stored_answer(
    db: Connection,
    actor: Actor,
    operation: Operation[RequestT, ResultT],
    request: RequestT,
    options: CallOptions,
) -> ResultT | None:
    """Return the answer given under the call's key. Raises `KeyReused` for another request."""
    if options.idempotency_key is None:
        return None
    row = db.execute(
        select(
            col(IdempotencyTable.operation),
            col(IdempotencyTable.request_hash),
            col(IdempotencyTable.result),
        ).where(
            col(IdempotencyTable.organization_id) == actor.organization_id,
            col(IdempotencyTable.key) == options.idempotency_key,
        )
    ).one_or_none()
    if row is None:
        return None
    if (row.operation, row.request_hash) != (operation.name, _fingerprint(actor, request)):
        raise KeyReused(field="idempotency_key", key=options.idempotency_key)
    return operation.result.model_validate_json(row.result)


def claim_key(work: Work, operation: Operation[RequestT, ResultT], request: RequestT) -> None:
    """Take the call's key first: a twin waits here, and then finds the answer."""
    if str(work.options.idempotency_key).startswith(AUTOMATIC):
        _forget_automatic(work)
    work.db.execute(
        insert(IdempotencyTable).values(
            organization_id=work.organization_id,
            key=work.options.idempotency_key,
            operation=operation.name,
            request_hash=_fingerprint(work.actor, request),
            result="",
            at=work.now,
        )
    )


def store_answer(work: Work, result: Message) -> None:
    """Keep the answer in the transaction of the change itself."""
    work.db.execute(
        update(IdempotencyTable)
        .where(
            col(IdempotencyTable.organization_id) == work.organization_id,
            col(IdempotencyTable.key) == work.options.idempotency_key,
        )
        .values(result=result.model_dump_json(context="kept"))
    )


def _forget_automatic(work: Work) -> None:
    """Remove answers that no repetition asks for any more: clients give a key to every call."""
    work.db.execute(
        delete(IdempotencyTable).where(
            col(IdempotencyTable.at) < work.now - _AUTOMATIC_LIFE,
            col(IdempotencyTable.organization_id) == work.organization_id,
            col(IdempotencyTable.key).startswith(AUTOMATIC),
        )
    )


def _fingerprint(actor: Actor, request: RequestT) -> str:
    # files are recognized by their bytes, not by the token of one sending; another person's
    # answer is nobody's, whoever guesses the key
    text = request.model_dump_json(context="fingerprint")
    return hashlib.sha256(f"{actor.employee_id}{text}".encode()).hexdigest()
