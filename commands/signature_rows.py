"""Signatures as rows for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.errors.verdicts import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.session import Session
    from sed_tui.operations.content import SpoiledFile
    from sed_tui.operations.signature import SignatureRow

COLUMNS = ("result", "signer", "signed_at", "file", "signature", "valid_until", "number")


def show_signatures(
    session: Session, rows: Sequence[SignatureRow], columns: Sequence[str] = COLUMNS
) -> None:
    """Print signatures; outside JSON the signer is a name and reasons are words."""
    session.show_records(signature_records(session, rows), columns)


def signature_records(session: Session, rows: Sequence[SignatureRow]) -> list[dict[str, Any]]:
    """Return signatures as records to be printed."""
    records = [row.model_dump(mode="json") for row in rows]
    if not session.format.is_json:
        for record, row in zip(records, rows, strict=True):
            record["signer"] = row.signer.subject if row.signer else None
            record["reasons"] = [tell(reason) for reason in row.reasons]
    return records


def spoiled_records(session: Session, rows: Sequence[SpoiledFile]) -> list[dict[str, Any]]:
    """Return spoiled files as records of the same protocol: what a signature has is empty."""
    from sed_tui.operations.signature import SignatureRow

    empty = dict.fromkeys(SignatureRow.model_fields)
    records = [{**empty, **row.model_dump(mode="json")} for row in rows]
    if not session.format.is_json:
        for record, row in zip(records, rows, strict=True):
            record["number"] = row.number or f"{row.document or row.id}"[:8]
            record["reasons"] = [tell(reason) for reason in row.reasons]
    return records
