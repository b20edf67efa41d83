"""Asks what to sign with, and for the PIN: it is opened here, and kept nowhere."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from sed_tui.errors import SedError
from sed_tui.errors.signatures import KeyPasswordNeeded, WrongKeyPassword
from sed_tui.i18n import N_, _, ngettext
from sed_tui.tui.preferences import remember, remembered
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.gateway.batch_signing import FileSigner
    from sed_tui.gateway.key_sources import KeySource
    from sed_tui.tui.app import SedApp

# what is remembered between runs: where a key is, never what opens it
_FIELDS = (
    ("key", N_("File of the key (PKCS#8 or PFX)"), "SED_KEY"),
    ("certificate", N_("Its certificate, if not a known one"), ""),
    (
        "command",
        N_("Or a command: cryptcp, csptest, or any with {input}, {output}"),
        "SED_SIGN_COMMAND",
    ),
    ("thumbprint", N_("SHA-1 of the certificate of the command"), "SED_THUMBPRINT"),
)


class KeyDialog(ModalScreen["tuple[KeySource, FileSigner] | None"]):
    """The place of a key, remembered, and its PIN; the answer is what signs."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+enter", "submit", N_("Sign it"), priority=True, id="key.submit"),
        Binding("escape", "dismiss", N_("Leave"), id="key.leave"),
        Binding(both_layouts("ctrl+s"), "submit", N_("Sign it"), show=False, id="key.save"),
    ]

    def __init__(self, gateway: Gateway, title: str) -> None:
        super().__init__()
        self._gateway, self._title = gateway, title
        self._busy = False

    def compose(self) -> ComposeResult:
        """Put the PIN under where the key is."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                for name, label, variable in _FIELDS:
                    value = os.environ.get(variable) or remembered(f"sign.{name}") or ""
                    yield Label(_(label), classes="field-label", markup=False)
                    yield Input(value, id=f"key-{name}", compact=True, select_on_focus=False)
                yield Label(_("PIN (kept nowhere)"), classes="field-label", markup=False)
                yield Input(password=True, id="key-pin", compact=True)
            yield Label("", id="error", classes="dialog-error", markup=False)
            yield Label(
                _("F2 or Enter at the PIN signs, Esc leaves."), classes="dialog-hint", markup=False
            )

    def on_mount(self) -> None:
        """Begin at the PIN when it is known where the key is."""
        known = self._value("key") or self._value("command")
        self.query_one("#key-pin" if known else "#key-key", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; at the PIN, sign."""
        if event.input.id == "key-pin":
            self.action_submit()
        else:
            self.focus_next()

    def is_reading(self, key: str) -> bool:
        """Tell whether the key is being opened."""
        return self._busy

    def action_submit(self) -> None:
        """Open the key."""
        if not self._busy:
            self._busy = True
            self._open(self._value("pin"))

    @work(group="key")
    async def _open(self, pin: str) -> None:
        from sed_tui.gateway.key_sources import KeySource  # 60 ms of cryptography

        if (key := self._path("key")) is not None:
            source = KeySource(key, self._path("certificate"))
        else:
            named = (self._value(name) or None for name in ("command", "thumbprint"))
            source = KeySource(None, None, *named)
        try:
            signer = await asyncio.to_thread(self._opened, source, pin)
        except SedError as error:
            self._refuse(source, error)
        else:
            self._remember()
            self.dismiss((source, signer))
        finally:
            self._busy = False

    def _opened(self, source: KeySource, pin: str) -> FileSigner:
        from sed_tui.gateway.key_sources import open_key

        app = cast("SedApp", self.app)
        app.pin_tries.require(source)
        signer = open_key(self._gateway, source, app.cryptography, pin or None, _no_pin)
        if source.key is not None:
            app.pin_tries.right(source)
        return signer

    def _refuse(self, source: KeySource, error: SedError) -> None:
        text = explanation(error)
        if isinstance(error, WrongKeyPassword):
            tries = cast("SedApp", self.app).pin_tries
            tries.wrong(source)
            left = tries.left(source)
            more = ngettext("{count} try is left.", "{count} tries are left.", left)
            text += "\n" + more.format(count=left)
        pin = self.query_one("#key-pin", Input)
        pin.value = ""
        field = error.field if error.field in {name for name, _l, _v in _FIELDS} else "pin"
        self.query_one(f"#key-{field}", Input).focus()
        self.query_one("#error", Label).update(f"! {text}")

    def _remember(self) -> None:
        for name, _label, _variable in _FIELDS:
            remember(f"sign.{name}", self._value(name))

    def _value(self, name: str) -> str:
        value = self.query_one(f"#key-{name}", Input).value
        return value if name == "pin" else value.strip()

    def _path(self, name: str) -> Path | None:
        value = self._value(name)
        return Path(value).expanduser() if value else None


def _no_pin() -> str:
    raise KeyPasswordNeeded(field="pin")
