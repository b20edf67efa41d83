"""Signatures as rows for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.verdicts import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.session import Session
    from sed_tui.operations.signature import SignatureRow

COLUMNS = ("result", "signer", "signed_at", "file", "signature", "valid_until", "number")


def show_signatures(
    session: Session, rows: Sequence[SignatureRow], columns: Sequence[str] = COLUMNS
) -> None:
    """Print signatures; outside JSON the signer is a name and reasons are words."""
    records = [row.model_dump(mode="json") for row in rows]
    if not session.format.is_json:
        for record, row in zip(records, rows, strict=True):
            record["signer"] = row.signer.subject if row.signer else None
            record["reasons"] = [tell(reason) for reason in row.reasons]
    session.show_records(records, columns)
