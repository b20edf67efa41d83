"""Documents of a batch as rows: checked, being signed, signed, refused with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.gateway.batch_signing import Outcome, Tried
from sed_tui.i18n import N_, _, ngettext
from sed_tui.operations.values import shown_value
from sed_tui.tui.wording import explanation, translated
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = (
    Column(N_("Result"), 12),
    Column(N_("Document"), 10),
    Column(N_("Subject"), 20, share=2),
    Column(N_("Version"), 7),
    Column(N_("Files"), 6),
    Column(N_("Why"), 20, share=1),
)
_TONES = {Outcome.SIGNED: "", Outcome.REFUSED: "alarm", Outcome.NOT_TRIED: ""}


@dataclass(frozen=True, slots=True)
class Tally:
    """How the documents of a batch stand."""

    signed: int
    refused: int
    left: int

    @property
    def text(self) -> str:
        """Say it in a line."""
        text = _("signed {signed}, refused {refused}, left {left}")
        return text.format(signed=self.signed, refused=self.refused, left=self.left)


def tally(batch: Sequence[Tried]) -> Tally:
    """Count what became of the documents."""
    outcomes = [one.outcome for one in batch]
    return Tally(*(outcomes.count(one) for one in Outcome))


def signing_columns() -> list[Column]:
    """Return the columns of a batch."""
    return translated(_COLUMNS)


def signing_rows(batch: Sequence[Tried], at_work: str | None = None) -> FixedRows:
    """Return the documents of a batch; `at_work` is being signed now."""
    return FixedRows([_row(one, is_at_work=one.document == at_work) for one in batch])


def signing_text(one: Tried) -> str:
    """Return everything known of a document of the batch."""
    found = one.signed or one.signable
    lines = [found.subject] if found is not None else [one.document]
    if one.signable is not None:
        what = one.signable
        basis = shown_value("basis", what.basis.value)
        lines.append(_("By right of: {basis}").format(basis=f"{basis} {what.power or ''}".strip()))
        if what.on_behalf_of:
            lines.append(_("In place of: {name}").format(name=what.on_behalf_of))
        if what.others:
            lines.append(_("To sign as well: {names}").format(names=", ".join(what.others)))
        for remark in what.disagreements:
            told = _("! Remark not taken into account: {author}: {text}")
            lines.append(told.format(author=remark.author, text=remark.text))
        lines += [f"{file.name}  SHA-256 {file.sha256}" for file in what.files]
    if one.signed is not None:
        lines += [f"✓ {row.signature}" for row in one.signed.signatures]
    if one.failure is not None:
        lines.append("! " + explanation(one.failure))
    return "\n".join(lines)


def _row(one: Tried, *, is_at_work: bool) -> Row:
    found = one.signed or one.signable
    files = one.signable.files if one.signable is not None else ()
    cells = (
        _("… being signed") if is_at_work else _outcome(one),
        found.short_id if found is not None else one.document[:8],
        found.subject.replace("\n", " ") if found is not None else "",
        str(found.version) if found is not None else "",
        str(len(files)) if files else "",
        str(one.failure).replace("\n", " ") if one.failure is not None else _who(one),
    )
    return Row(one.document, cells, "notice" if is_at_work else _TONES[one.outcome], one)


def _outcome(one: Tried) -> str:
    match one.outcome:
        case Outcome.SIGNED:
            return "✓ " + _("signed")
        case Outcome.REFUSED:
            return "! " + _("not signed")
    return "· " + _("can be signed")


def _who(one: Tried) -> str:
    if one.signed is not None:
        if others := one.signed.others:
            return _("also to be signed by {names}").format(names=", ".join(others))
        count = len(one.signed.signatures)
        return ngettext("{count} signature", "{count} signatures", count).format(count=count)
    if one.signable is not None and one.signable.disagreements:
        count = len(one.signable.disagreements)
        text = ngettext("! {count} disagreement", "! {count} disagreements", count)
        return text.format(count=count)
    if one.signable is not None and one.signable.on_behalf_of:
        return _("for {name}").format(name=one.signable.on_behalf_of)
    return ""
