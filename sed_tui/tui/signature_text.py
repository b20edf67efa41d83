"""Signatures as people read them: a verdict with its sign, the signer, when, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.verdicts import tell, verdict_title
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.tui.wording import long_day, moment, translated
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sed_tui.operations.signature import SignatureRow

SIGNS = {"valid": "✓", "invalid": "✗", "unknown": "?"}
_TONES = {"valid": "", "invalid": "alarm", "unknown": "notice"}
_COLUMNS = (
    Column(N_("Verdict"), 18),
    Column(N_("Signer"), 18, share=1),
    Column(N_("Signed"), 16),
    Column(N_("File"), 12, share=1),
    Column(N_("Certificate till"), 11, optional=True),
    Column(N_("Why"), 16, share=2, optional=True),
)


def signature_columns() -> list[Column]:
    """Return the columns of the signatures of a document."""
    return translated(_COLUMNS)


def signature_rows(rows: Sequence[SignatureRow]) -> FixedRows:
    """Return the signatures of a document."""
    return FixedRows([_row(str(place), row) for place, row in enumerate(rows)])


def worst_sign(rows: Sequence[SignatureRow]) -> str:
    """Return the sign of the verdict that matters most."""
    found = {row.result for row in rows}
    return next((SIGNS[one] for one in ("invalid", "unknown", "valid") if one in found), "")


def signature_text(row: SignatureRow) -> str:
    """Return everything known of a signature, the verdict with its reasons first."""
    lines = [f"{SIGNS[row.result]} {verdict_title(row.result)}"]
    lines += [f"! {tell(reason)}" for reason in row.reasons]
    if row.is_test:
        lines.append("! " + _("a test certificate, without legal force"))
    if row.signer is not None and not row.is_cades:
        lines.append(_("CMS, not CAdES"))
    return "\n".join([*lines, "", *(f"{name}: {value}" for name, value in _facts(row) if value)])


def _facts(row: SignatureRow) -> Iterator[tuple[str, str]]:
    if row.signer is not None:
        yield _("Signer"), row.signer.subject
        yield _("Number of the certificate"), row.signer.serial
        yield _("Issued by"), row.signer.issuer
    if row.valid_since is not None and row.valid_until is not None:
        days = (long_day(one.date()) for one in (row.valid_since, row.valid_until))
        yield _("In force"), " – ".join(days)
    yield _("Chain"), " → ".join(row.chain)
    yield _("Revocation"), shown_value("revocation", row.revocation)
    yield _("Lists of"), moment(row.lists_of) if row.lists_of else ""
    yield _("Signed"), moment(row.signed_at) if row.signed_at else ""
    yield _("Received"), moment(row.received_at) if row.received_at else ""
    yield _("Judged as of"), moment(row.judged_at)
    yield _("Verified"), moment(row.checked_at)
    yield label("version"), str(row.version or "")
    yield _("File"), row.file or ""
    yield _("File of the signature"), row.signature


def _row(key: str, row: SignatureRow) -> Row:
    cells = (
        f"{SIGNS[row.result]} {verdict_title(row.result)}",
        row.signer.subject if row.signer is not None else "—",
        moment(row.signed_at) if row.signed_at else "—",
        row.file or row.signature,
        long_day(row.valid_until.date()) if row.valid_until else "",
        "; ".join(tell(reason) for reason in row.reasons),
    )
    return Row(key, cells, _TONES[row.result], row)
