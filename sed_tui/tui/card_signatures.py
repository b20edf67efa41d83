"""Signatures of a card: shown with their verdicts, verified again, saved, marked on a copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import TabbedContent

from sed_tui.errors.files import FileExists
from sed_tui.i18n import _
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.signature import LIST as SIGNATURES
from sed_tui.operations.signature import (
    VERIFY,
    ListSignatures,
    SignatureList,
    SignatureRow,
    VerifyDocument,
)
from sed_tui.tui.card_papers import CardPapers
from sed_tui.tui.line_dialog import LineDialog
from sed_tui.tui.signature_text import signature_rows, signature_text, worst_sign
from sed_tui.tui.text_dialog import TextDialog

if TYPE_CHECKING:
    from sed_tui.operations.approval import ApprovalSheet
    from sed_tui.operations.document import CardFile, DocumentCard

_OF_DOCUMENT = frozenset({"assign", "resolve", "acquaint", "edit"})
_OPTIONS = CallOptions(source="tui")


class CardSignatures(CardPapers):
    """What the screen of a card does with signatures, and with the approval before them."""

    @property
    def tab(self) -> str:
        """Return the tab that is shown."""
        raise NotImplementedError

    @property
    def signature(self) -> SignatureRow | None:
        """Return the signature under the cursor."""
        row = self.table("signatures").row
        return row.data if row is not None and isinstance(row.data, SignatureRow) else None

    @property
    def file(self) -> CardFile | None:
        """Return the file under the cursor: of a signature, the file that it is."""
        if self.tab != "signatures":
            return super().file
        files = self.card.files if self.card is not None else []
        name = self.signature.signature if self.signature is not None else None
        return next((one for one in files if one.name == name), None)

    def offers(self, action: str) -> bool:
        """Leave the line of actions to signatures while they are shown."""
        of_another = self.tab == "signatures" and action in _OF_DOCUMENT
        return not of_another and super().offers(action)

    def read_signatures(self, card: DocumentCard) -> None:
        """Read what the last verification found; the tab is shown once there is a signature."""
        if self.sed_app.may(SIGNATURES.name):
            request = ListSignatures(document=str(card.id))
            self.call(SIGNATURES, request, self._show_signatures)

    def _show_signatures(self, found: SignatureList) -> None:
        self.table("signatures").show(signature_rows(found.rows))
        title = _("E-signatures")
        self.name_tab("signatures", f"{title} {worst_sign(found.rows)}", len(found.rows))
        if found.rows:
            self.query_one("#tabs", TabbedContent).show_tab("signatures")
        self.refresh_bindings()

    def show_signature(self, row: SignatureRow) -> None:
        """Show everything known of a signature."""
        self.app.push_screen(TextDialog(row.signature, signature_text(row)))

    def action_verify(self) -> None:
        """Verify every signature of the document anew."""
        if self.card is not None:
            request = VerifyDocument(document=str(self.card.id))
            self.call(VERIFY, request, self._verified, options=_OPTIONS)

    def _verified(self, found: SignatureList) -> None:
        self._show_signatures(found)
        results = [row.result for row in found.rows]
        text = _("Valid {0}, not valid {1}, not proven {2}.")
        counts = (results.count(name) for name in ("valid", "invalid", "unknown"))
        self.notify(text.format(*counts), title=_("Verified"), timeout=5)

    def action_mark(self) -> None:
        """Ask where to, and write a copy of the signed PDF with the mark of its signatures."""
        row, card = self.signature, self.card
        if row is None or card is None or row.file is None:
            return
        name = row.file
        place = Path.cwd() / f"{Path(name).stem}.marked.pdf"

        def save(answer: str | None) -> None:
            if answer is not None:
                target = Path(answer).expanduser()
                self.do(lambda: self._write_marked(card, name, target), saved, group="mark")

        def saved(path: Path) -> None:
            self.notify(str(path), title=_("Saved"), markup=False)

        title = _("Save a copy of {name} with the mark of its signatures as").format(name=name)
        self.app.push_screen(LineDialog(title, str(place)), save)

    def _write_marked(self, card: DocumentCard, name: str, target: Path) -> Path:
        from sed_tui.rendering.marked_copy import marked_copy  # 100 ms of PDF
        from sed_tui.rendering.saved import replaced

        if target.exists():
            raise FileExists(field="path", path=str(target))
        copy = marked_copy(self.gateway, str(card.id), name, _OPTIONS)
        with replaced(target) as file:
            file.write(copy.content)
        return target

    def action_sheet(self) -> None:
        """Open the approval sheet."""
        from sed_tui.operations.approval import SHOW, ShowApproval

        if self.card is not None:
            self.open(SHOW, ShowApproval(document=str(self.card.id)), self._show_sheet_of)

    def _show_sheet_of(self, sheet: ApprovalSheet) -> None:
        from sed_tui.tui.screens.approval_sheet import ApprovalSheetScreen

        self.app.push_screen(ApprovalSheetScreen(self.gateway, sheet))
