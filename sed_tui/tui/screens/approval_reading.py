"""Reading a version that one is to decide about, or to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from sed_tui.i18n import N_
from sed_tui.tui.approval_tasks import approve, redirect, refuse, remark, rework
from sed_tui.tui.screens.version_reading import READING_KEYS, VersionReadingScreen
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.binding import BindingType

_DECISIONS = {"approve": approve, "remark": remark, "redirect": redirect}


class ApprovalReadingScreen(VersionReadingScreen):
    """One document of the queue of an approver or of a signatory."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("a,f2"), "decide('approve')", N_("Agree"), id="approval.approve"),
        Binding(both_layouts("m"), "decide('remark')", N_("With remarks"), id="approval.remark"),
        Binding(both_layouts("w"), "rework", N_("Rework"), id="approval.rework"),
        Binding(both_layouts("t"), "decide('redirect')", N_("Redirect"), id="approval.redirect"),
        Binding(both_layouts("s"), "sign", N_("Sign it"), id="approval.sign"),
        *READING_KEYS,
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what this user may do about the document now."""
        match action:
            case "decide":
                return self.reading is not None and self.reading.is_asked
            case "rework":
                is_refusal = self.paper.queue.is_of_signatory
                return self.reading is not None and (self.reading.is_asked or is_refusal)
            case "sign":
                return self.reading is not None and self.paper.queue.is_of_signatory
        return super().check_action(action, parameters)

    def action_decide(self, step: str) -> None:
        """Ask for what a decision needs, and make it."""
        if self.reading is not None:
            self.take(_DECISIONS[step](self.reading.seen), leaves=True)

    def action_rework(self) -> None:
        """Send the version back: as an approver, or as the signatory who refuses."""
        if self.reading is not None:
            step = refuse if self.paper.queue.is_of_signatory else rework
            self.take(step(self.reading.seen), leaves=True)

    def action_sign(self) -> None:
        """Sign the document."""
        from sed_tui.tui.screens.batch_signing import BatchSigningScreen  # for this key alone

        screen = BatchSigningScreen(self.gateway, [self.paper.document_id])
        self.app.push_screen(screen, self.left)
