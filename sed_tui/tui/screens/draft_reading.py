"""A draft of one's own: written, approved, signed, registered, dispatched, in that order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding

from sed_tui.domain.draft_flow import (
    OF_APPROVERS,
    SIGNED_STAGES,
    STEP_TITLES,
    DraftStanding,
    DraftStep,
    refusal,
)
from sed_tui.domain.files import TEXT_FILE
from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.operations.draft import SHOW, ShowDraft
from sed_tui.operations.draft_version import DIFF, DiffVersions, VersionDiff
from sed_tui.operations.labels import label
from sed_tui.operations.registration import Registered
from sed_tui.operations.route import PREVIEW, PreviewRoute, RoutePlan
from sed_tui.operations.values import shown_value
from sed_tui.tui import approval_tasks, draft_tasks
from sed_tui.tui.approval_text import difference_text, plan_text, sheet_text
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.screens.version_reading import READING_KEYS, Read, VersionReadingScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import moment, short_name
from sed_tui.tui.writing_dialog import WritingDialog
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from sed_tui.operations.draft import Draft
    from sed_tui.operations.draft_version import VersionRow
    from sed_tui.operations.file import FileContent
    from sed_tui.tui.entry_dialog import Task

_TEXTS = (".txt", ".md")
_TWO = 2
# action of a step -> the step, the operation that has to be permitted
_STEPS = {
    "revise": (DraftStep.REVISE, "draft.revise"),
    "write": (DraftStep.ADD_VERSION, "version.add"),
    "attach": (DraftStep.ADD_VERSION, "version.add"),
    "start": (DraftStep.START, "approval.start"),
    "withdraw": (DraftStep.WITHDRAW, "approval.withdraw"),
    "sign": (DraftStep.SIGN, "signature.sign"),
    "register": (DraftStep.REGISTER, "draft.register"),
    "dispatch": (DraftStep.DISPATCH, "dispatch.add"),
    "discard": (DraftStep.DISCARD, "draft.discard"),
}


class DraftScreen(VersionReadingScreen):
    """A draft with what can be done about it now; every other step says what it lacks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("g"), "register", N_("Register"), id="draft.register"),
        Binding(both_layouts("o"), "dispatch", N_("Dispatch"), id="draft.dispatch"),
        Binding(both_layouts("p"), "start", N_("Put on approval"), id="approval.start"),
        Binding(both_layouts("n"), "answer", N_("Answer"), id="approval.answer"),
        Binding(both_layouts("i"), "write", N_("Write"), id="draft.write"),
        Binding(both_layouts("a,insert"), "attach", N_("File"), id="draft.attach"),
        Binding(both_layouts("m,f4"), "revise", N_("Card"), id="draft.revise"),
        Binding(both_layouts("b,f3"), "versions", N_("Versions"), id="draft.versions"),
        Binding(both_layouts("s"), "sign", N_("Sign it"), id="draft.sign"),
        Binding(both_layouts("X"), "withdraw", N_("Withdraw"), id="approval.withdraw"),
        Binding("delete", "discard", N_("Discard"), show=False, id="draft.discard"),
        *READING_KEYS,
    ]

    @property
    def draft(self) -> Draft | None:
        """Return the draft that is shown."""
        return self.reading.draft if self.reading is not None else None

    def read(self) -> Read:
        """Read the draft beside its version. Blocks."""
        request = ShowDraft(document=self.paper.document_id)
        return replace(super().read(), draft=self.gateway.call(SHOW, request))

    def aside(self, read: Read) -> str | Text:
        """Return where the draft stands, its card, and what was said about it."""
        text = Text()
        if (draft := read.draft) is not None:
            stage = shown_value("stage", draft.stage.value)
            text.append(f"{stage} {draft.number or ''}".rstrip() + "\n", "bold")
            own = [step for step in draft.steps if step not in OF_APPROVERS]
            steps = ", ".join(_(STEP_TITLES[step]) for step in own) or "—"
            text.append(_("Next: {steps}").format(steps=steps) + "\n", "dim")
            text.append_text(_card(draft))
        never = Text("\n" + _("Not on approval yet. p shows who would be asked."))
        sheet = read.seen.sheet
        return text + (never if sheet is None else Text("\n") + sheet_text(sheet))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no step be taken before the draft is read."""
        if action == "answer":
            return self.reading is not None and self.reading.seen.open_remark is not None
        if action in _STEPS:
            return self.draft is not None
        return super().check_action(action, parameters)

    def offers(self, action: str) -> bool:
        """Tell whether a step is possible now, and the user's to take."""
        if action not in _STEPS or self.draft is None:
            return super().offers(action)
        step, operation = _STEPS[action]
        return step in self.draft.steps and self.sed_app.may(operation)

    def _begin(self, action: str) -> Draft | None:
        """Return the draft when a step can be taken; else say what it lacks."""
        step, operation = _STEPS[action]
        draft = self.draft
        if draft is None:
            return None
        if not self.sed_app.may(operation):
            self.sed_app.say_not_permitted()
            return None
        if step not in draft.steps:
            reason = refusal(step, DraftStanding(draft.flow, draft.stage, draft.needs_approval))
            if isinstance(reason, SedError):
                self.fail(reason)
            return None
        return draft

    def _step(self, action: str, task: Callable[[Draft], Task], *, leaves: bool = False) -> None:
        if (draft := self._begin(action)) is not None:
            self.take(task(draft), leaves=leaves)

    def action_revise(self) -> None:
        """Change the card."""
        self._step("revise", draft_tasks.revise)

    def action_attach(self) -> None:
        """Make the next version from a file."""
        self._step("attach", lambda draft: draft_tasks.add_version(self.gateway, draft))

    def action_write(self) -> None:
        """Make the next version from a text that is written here."""
        draft, reading = self._begin("write"), self.reading
        if draft is None or reading is None:
            return
        texts = [one for one in reading.seen.version.files if one.name.endswith(_TEXTS)]
        name = texts[0].name if texts else TEXT_FILE
        before = (texts[0].text or "") if texts else ""
        title = _("Version {number} of {name}").format(number=draft.version + 1, name=name)

        def written(text: str | None) -> None:
            if text is not None and text != before:
                self.do(
                    lambda: draft_tasks.written_file(self.gateway, name, text),
                    lambda file: self._keep(draft, file),
                    group="write",
                )

        self.app.push_screen(WritingDialog(title, before), written)

    def _keep(self, draft: Draft, file: FileContent) -> None:
        self.take(draft_tasks.add_version(self.gateway, draft, file))

    def action_versions(self) -> None:
        """Choose two versions and show what differs between them."""
        draft = self.draft
        if draft is None:
            return
        if len(draft.versions) < _TWO:
            self.notify(_("This is the first version."), timeout=3)
            return
        choices = [(row.number, _version(row)) for row in draft.versions]

        def against(new: object) -> None:
            others = [(number, line) for number, line in choices if number != new]
            title = _("Compare version {number} with").format(number=new)
            self.app.push_screen(
                ChoiceDialog(title, others),
                lambda old: None if old is None else self._compare(int(str(old)), int(str(new))),
            )

        self.app.push_screen(
            ChoiceDialog(_("Versions: which one is to be compared?"), choices),
            lambda new: None if new is None else against(new),
        )

    def _compare(self, old: int, new: int) -> None:
        old, new = sorted((old, new))
        request = DiffVersions(document=self.paper.document_id, old=old, new=new)

        def show(found: VersionDiff) -> None:
            self.app.push_screen(TextDialog(self.paper.subject, difference_text(found)))

        self.open(DIFF, request, show)

    def action_start(self) -> None:
        """Show who would be asked, and put the document on approval."""
        if self._begin("start") is not None:
            self.open(PREVIEW, PreviewRoute(document=self.paper.document_id), self._planned)

    def _planned(self, plan: RoutePlan) -> None:
        if plan.obstacles:
            self.app.push_screen(TextDialog(_("It cannot start yet"), plan_text(plan)))
        elif self.reading is not None:
            self.take(approval_tasks.start(self.reading.seen, plan))

    def action_answer(self) -> None:
        """Answer the first remark that has no answer."""
        if self.reading is not None and (given := self.reading.seen.open_remark) is not None:
            self.take(approval_tasks.answer(self.reading.seen, given))

    def action_withdraw(self) -> None:
        """Take the document off approval."""
        if self.reading is not None and self._begin("withdraw") is not None:
            self.take(approval_tasks.withdraw(self.reading.seen))

    def action_sign(self) -> None:
        """Sign the document, when that is one's own to do."""
        from sed_tui.tui.screens.batch_signing import BatchSigningScreen  # for this key alone

        if self._begin("sign") is not None:
            screen = BatchSigningScreen(self.gateway, [self.paper.document_id])
            self.app.push_screen(screen, self.changed)

    def action_register(self) -> None:
        """Give the signed document its number."""
        if (draft := self._begin("register")) is not None:
            self.take(draft_tasks.register(draft))

    def changed(self, result: object) -> None:
        """Tell the number that was given, and read again."""
        if isinstance(result, Registered):
            lines = [_("Registered: {number}").format(number=result.number), *result.warnings]
            self.notify("\n".join(lines), timeout=8, markup=False)
            self.action_reload()
        else:
            super().changed(result)

    def action_dispatch(self) -> None:
        """Enter that the letter has gone out."""
        self._step("dispatch", draft_tasks.dispatch)

    def action_discard(self) -> None:
        """Give the draft up."""
        self._step("discard", draft_tasks.discard, leaves=True)


def _card(draft: Draft) -> Text:
    text = Text()
    shown = {
        "kind": draft.kind,
        "addressees": ", ".join(draft.addressees),
        "signatory": short_name(draft.signatory) if draft.signatory else "",
        "amount": str(draft.amount) if draft.amount is not None else "",
        "delivery": draft.delivery or "",
    }
    for name, value in shown.items():
        if value:
            is_ahead = name == "signatory" and draft.stage not in SIGNED_STAGES
            called = _("Who is to sign") if is_ahead else label(name)
            text.append(f"{called}: ", "dim").append(f"{value}\n")
    return text


def _version(row: VersionRow) -> str:
    parts = (moment(row.made_at), short_name(row.made_by), row.comment or "")
    return f"{row.number:>3}  " + " · ".join(filter(None, parts))
