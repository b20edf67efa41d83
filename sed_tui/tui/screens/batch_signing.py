"""Signing many documents: a check of each, one PIN, a result for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.clock import SystemClock
from sed_tui.errors.signatures import SigningCommandFailed
from sed_tui.gateway.batch_signing import Outcome, Tried, checked, sign_each
from sed_tui.i18n import N_, _
from sed_tui.operations.registry import CallOptions
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.key_dialog import KeyDialog
from sed_tui.tui.signing_rows import signing_columns, signing_rows, signing_text, tally
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.domain.clock import Clock
    from sed_tui.gateway import Gateway
    from sed_tui.gateway.batch_signing import FileSigner
    from sed_tui.gateway.key_sources import KeySource

MOST = 500
"""How many documents are signed at once at most."""


class BatchSigningScreen(SedScreen["bool | None"]):
    """The documents of a batch; the answer tells whether any was signed."""

    PLACE = "approvals"
    AUTO_FOCUS = "#batch"
    CLOCK: ClassVar[Clock] = SystemClock()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("s,f2"), "sign", N_("Sign it"), id="signing.sign"),
        Binding("escape,backspace", "leave", N_("Back"), id="signing.leave"),
    ]

    def __init__(self, gateway: Gateway, documents: Sequence[str]) -> None:
        super().__init__(gateway)
        self._documents = list(dict.fromkeys(documents))
        self._batch: list[Tried] = []
        self._at_work = self._is_stopped = False

    def content(self) -> ComposeResult:
        """Put the documents over what is known of the one under the cursor."""
        yield VirtualTable(signing_columns(), empty=_("Checking…"), id="batch")
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Check every document before a PIN is asked for."""
        self.say_title(_("Signing"))
        self.say_counts("")
        self.action_reload()

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#batch", VirtualTable)

    def action_reload(self) -> None:
        """Check again what is not signed."""
        if self._at_work:
            return
        signed = {one.document: one for one in self._batch if one.signed is not None}
        names = [name for name in self._documents if name not in signed]

        def check() -> list[Tried]:
            found = {one.document: one for one in checked(self.gateway, names)} | signed
            return [found[name] for name in self._documents]

        self._opening = self.do(check, self._show, group="check")

    def _show(self, batch: list[Tried], at_work: str | None = None) -> None:
        self._batch = batch
        self.table.show(signing_rows(batch, at_work))
        self.say_title(_("Signing") + ": " + tally(batch).text)
        self.refresh_bindings()

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Say more of the document under the cursor."""
        row, total = self.table.row, self.table.total
        place = _("{number} of {total}")
        number = amount(self.table.cursor + 1 if total else 0)
        self.say_counts(place.format(number=number, total=amount(total)))
        text = ""
        if row is not None and isinstance(row.data, Tried):
            failure = row.data.failure
            text = "" if failure is None else "! " + explanation(failure).replace("\n", " ")
        self.query_one("#detail", Static).update(text, layout=False)

    @on(VirtualTable.Opened)
    def read(self, event: VirtualTable.Opened) -> None:
        """Show everything about the document: what exactly is signed, and why not."""
        if isinstance(event.row.data, Tried):
            self.app.push_screen(TextDialog(_("Signing"), signing_text(event.row.data)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to sign while something is left that can be."""
        if action == "sign":
            return not self._at_work and bool(self._left)
        return super().check_action(action, parameters)

    @property
    def _left(self) -> list[Tried]:
        return [one for one in self._batch if one.outcome is Outcome.NOT_TRIED]

    def action_sign(self) -> None:
        """Ask for the key and its PIN, once for all."""
        title = _("Sign: {count} of {total}")
        title = title.format(count=len(self._left), total=len(self._batch))
        self.app.push_screen(KeyDialog(self.gateway, title), self._begin)

    def _begin(self, chosen: tuple[KeySource, FileSigner] | None) -> None:
        if chosen is not None:
            self._at_work, self._is_stopped = True, False
            self.refresh_bindings()
            source, signer = chosen
            self.do(
                lambda: self._sign(signer, [*self._batch]),
                lambda tried: self._end(source, tried),
                group="sign",
            )

    def _sign(self, signer: FileSigner, batch: list[Tried]) -> list[Tried]:
        """Sign one after another in this thread, showing how far it has come."""
        places = {one.document: place for place, one in enumerate(batch)}
        waiting = [one for one in batch if one.outcome is Outcome.NOT_TRIED]
        tried = []
        for one in sign_each(
            self.gateway,
            waiting,
            signer,
            self.CLOCK,
            CallOptions(source="tui"),
            lambda one: self.app.call_from_thread(self._show, [*batch], one.document),
        ):
            batch[places[one.document]] = one
            tried.append(one)
            if self._is_stopped:
                break
        self.app.call_from_thread(self._show, [*batch])
        return tried

    def _end(self, source: KeySource, tried: Sequence[Tried]) -> None:
        self._at_work = False
        pins = self.sed_app.pin_tries
        if any(isinstance(one.failure, SigningCommandFailed) for one in tried):
            pins.wrong(source)  # a token does not say why: it may have been its PIN
        elif any(one.signed is not None for one in tried):
            pins.right(source)
        self.refresh_bindings()
        self.notify(tally(self._batch).text, title=_("Signing"), timeout=6)

    def action_leave(self) -> None:
        """Go back; while it signs, stop after the present document."""
        if self._at_work:
            self._is_stopped = True
            self.notify(_("Stops after the present document."), timeout=3)
            return
        signed = any(one.signed is not None for one in self._batch)
        self.dismiss(True if signed else None)

    def equivalents(self) -> list[Equivalent]:
        """Return the command that signs the same documents."""
        names = [one.signable.short_id for one in self._batch if one.signable is not None]
        return [Equivalent(_("Sign it"), ("sign", *names, "--key", "…"))] if names else []
