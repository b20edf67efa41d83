"""Resolutions and acquaintances of a card: listed, opened, begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widgets import TabbedContent

from sed_tui.i18n import _
from sed_tui.operations.acquaintance_list import LIST as ACQUAINTANCES
from sed_tui.operations.acquaintance_list import (
    AcquaintancePage,
    AcquaintanceRow,
    ListAcquaintances,
)
from sed_tui.operations.resolution_list import LIST as RESOLUTIONS
from sed_tui.operations.resolution_list import ListResolutions, ResolutionPage, ResolutionRow
from sed_tui.tui.acquaintance_rows import sheet_rows
from sed_tui.tui.card_files import CardFiles
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.resolution_rows import resolution_rows

if TYPE_CHECKING:
    from sed_tui.operations.acquaintance import Acquaintance
    from sed_tui.operations.document import DocumentCard
    from sed_tui.operations.resolution import ResolutionCard
    from sed_tui.tui.resolution_tasks import Reading

_MOST = 200
PAPER_TABS = ("resolutions", "acquaintances")


@dataclass(frozen=True, slots=True)
class Papers:
    """What was decided about a document, and who was given it to read."""

    resolutions: ResolutionPage
    acquaintances: AcquaintancePage


class CardPapers(CardFiles):
    """What the screen of a card does with resolutions and acquaintances."""

    card: DocumentCard | None

    def name_tab(self, tab: str, title: str, count: int) -> None:
        """Write the number of rows beside the name of a tab."""
        raise NotImplementedError

    def read_papers(self, card: DocumentCard) -> None:
        """Read the lists; a tab is shown once there is something in it."""
        if not (self.sed_app.may(RESOLUTIONS.name) and self.sed_app.may(ACQUAINTANCES.name)):
            return
        name = str(card.id)

        def read() -> Papers:
            return Papers(
                self.gateway.call(RESOLUTIONS, ListResolutions(document=name, limit=_MOST)),
                self.gateway.call(ACQUAINTANCES, ListAcquaintances(document=name, limit=_MOST)),
            )

        self.do(read, self._show_papers, group="papers")

    def _show_papers(self, papers: Papers) -> None:
        lists = (
            (resolution_rows(papers.resolutions), _("Resolutions")),
            (sheet_rows(papers.acquaintances), _("Acquaintance")),
        )
        for tab, (rows, title) in zip(PAPER_TABS, lists, strict=True):
            self.table(tab).show(rows)
            count = rows.count(None).rows
            self.name_tab(tab, title, count)
            if count:
                self.query_one("#tabs", TabbedContent).show_tab(tab)

    def open_paper(self, row: ResolutionRow | AcquaintanceRow) -> None:
        """Open a resolution or a sheet."""
        if isinstance(row, ResolutionRow):
            self.open_resolution(row)
            return
        from sed_tui.operations.acquaintance import SHOW, ShowAcquaintance

        self.open(SHOW, ShowAcquaintance(acquaintance=str(row.id)), self.show_sheet)

    def open_resolution(self, row: ResolutionRow | ResolutionCard) -> None:
        """Open a resolution."""
        from sed_tui.tui.resolution_tasks import read_resolution  # for this key alone

        self._opening = self.do(
            lambda: read_resolution(self.gateway, str(row.id)),
            self._show_resolution,
            group="resolution",
        )

    def _show_resolution(self, reading: Reading) -> None:
        from sed_tui.tui.resolution_dialog import ResolutionDialog

        self.app.push_screen(ResolutionDialog(self.gateway, reading), self._paper_changed)

    def show_sheet(self, sheet: Acquaintance) -> None:
        """Show who has read and who has not."""
        from sed_tui.tui.acquaintance_dialog import AcquaintanceDialog  # for this key alone

        self.app.push_screen(AcquaintanceDialog(self.gateway, sheet), self._paper_changed)

    def _paper_changed(self, is_changed: bool | None) -> None:
        if is_changed:
            self.action_reload()

    def action_resolve(self) -> None:
        """Draft a resolution, and show what it lacks and who is away."""
        from sed_tui.tui.screens.resolution_form import ResolutionScreen  # for this key alone

        if self.card is not None:
            form = ResolutionScreen.on_document(self.gateway, self.card)
            self.app.push_screen(form, self._drafted)

    def _drafted(self, card: ResolutionCard | None) -> None:
        if card is not None:
            self.action_reload()
            self.open_resolution(card)

    def action_acquaint(self) -> None:
        """Give the document to people to read, and show the sheet."""
        from sed_tui.tui.acquaintance_tasks import start  # for this key alone

        if self.card is not None:
            self.app.push_screen(EntryDialog(self.gateway, start(self.card)), self._started)

    def _started(self, result: object) -> None:
        from sed_tui.operations.acquaintance import Acquaintance

        if isinstance(result, Acquaintance):
            self.action_reload()
            self.show_sheet(result)
