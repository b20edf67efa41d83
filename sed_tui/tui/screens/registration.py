"""The registration form: one card of one flow, saved with a number or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.flows import FROM_OUTSIDE, Confidentiality, Flow
from sed_tui.domain.registration import check_dates
from sed_tui.errors import SedError
from sed_tui.errors.registration import AlreadyRegistered
from sed_tui.i18n import N_, _
from sed_tui.operations.registration import (
    DUPLICATES,
    REGISTER,
    DuplicatePolicy,
    FindDuplicates,
    PossibleDuplicate,
    Registered,
)
from sed_tui.operations.registry import CallOptions
from sed_tui.tui.screens.assignment_form import AssignmentScreen
from sed_tui.tui.screens.duplicates_strip import DuplicatesStrip
from sed_tui.tui.screens.form_screen import FormScreen
from sed_tui.tui.screens.registration_answers import (
    Answer,
    DuplicateAnswer,
    DuplicateDialog,
    FlowDialog,
    Next,
    RegisteredDialog,
)
from sed_tui.tui.screens.registration_command import register_command
from sed_tui.tui.screens.registration_fields import (
    ASSUMED,
    MORE,
    REPEATED,
    ROWS,
    STRIP,
    TITLES,
    FieldMaker,
    request_of,
)
from sed_tui.tui.staging import Stager
from widgets.form import Form
from widgets.form_dates import write_date
from widgets.form_field import Field, complaint
from widgets.form_fields import ChoiceField, DateField
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from textual.binding import BindingType

    from sed_tui.gateway import Gateway

_ALIKE = ("correspondent", "their_number", "their_date", "files")
_DATES = ("their_date", "received_on", "signed_on", "registered_on")


class RegistrationScreen(FormScreen[Registered | None]):
    """A registration card to be filled in.

    `previous` is the state of another form whose fields may be repeated; without it
    the last card registered here is.
    """

    PLACE = "documents"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "register", N_("Register"), priority=True, id="form.save"),
        Binding("f3", "register_and_issue", N_("and assign"), priority=True, id="form.issue"),
        Binding("f4", "repeat", N_("Repeat"), priority=True, id="form.repeat"),
        Binding("f5", "choose_flow", N_("Other flow"), show=False, priority=True, id="form.flow"),
        Binding("f7", "open_duplicate", N_("Duplicate"), priority=True, id="form.duplicate"),
        # bindings of their own: the bar shows the keys that every terminal sends
        *(
            Binding(both_layouts(key), action, title, show=False, priority=True, id=name)
            for key, action, title, name in (
                ("ctrl+enter", "register", "Register", "form.save.chord"),
                ("ctrl+r", "register_and_issue", "and assign", "form.issue.chord"),
                ("ctrl+d", "repeat", "Repeat", "form.repeat.chord"),
            )
        ),
    ]

    def __init__(
        self,
        gateway: Gateway,
        flow: Flow = Flow.INCOMING,
        previous: Mapping[str, Any] | None = None,
        **settings: Any,
    ) -> None:
        self.flow = flow
        self._stager = Stager(gateway)
        self._given: Registered | None = None
        super().__init__(gateway, f"registration-{flow}", **settings)
        self._previous = previous

    @property
    def title_text(self) -> str:
        """Return what the form is, for the title line."""
        return _("{title} · F5 other").format(title=_(TITLES[self.flow]))

    def make_form(self) -> Form:
        """Return the form."""
        self.strip = DuplicatesStrip()
        maker = FieldMaker(self.flow, self.gateway, self.today)
        rows: list[Any] = []
        for names in ROWS[self.flow]:
            if names == STRIP:
                rows.append(self.strip)
            elif names == MORE:
                rows.append(Static(_("Further"), classes="more", markup=False))
            elif isinstance(names, tuple):
                rows.append(tuple(maker.make(name) for name in names))
            else:
                rows.append(maker.make(names))
        return Form(rows)

    def open_form(self) -> None:
        """Begin with the draft that was left, or with what the last card had in common."""
        if self._previous is None:
            kept = self.drafts.load(self._previous_name)
            self._previous = kept.fields if kept else None
        super().open_form()
        self._read_choices()
        self._look_for_duplicates()

    def action_choose_flow(self) -> None:
        """Take the form of another flow; what stands in this one is kept as its draft."""
        self.app.push_screen(FlowDialog(self.flow), self._flow_chosen)

    async def _flow_chosen(self, flow: Flow | None) -> None:
        if flow is None or flow is self.flow:
            return
        await self.keep_draft()
        self.flow, self.draft, self._previous = flow, f"registration-{flow}", None
        form, self._blank = self.form, {}
        self.form = self.make_form()
        await self.mount(self.form, after=form)
        await form.remove()
        self.open_form()

    def fill_defaults(self) -> None:
        """Put in what stands in a new form without being asked for."""
        self.strip.offer(())
        if self.flow in FROM_OUTSIDE:
            self.form.fields["received_on"].raw = write_date(self.today())
        for name in ASSUMED:
            self._repeat(name)

    @property
    def outcome(self) -> Registered | None:
        """Return what was registered last."""
        return self._given

    def command(self) -> Sequence[str]:
        """Return the words of the command that does the same."""
        return register_command(self.flow, self.form)

    # registering

    def action_register(self) -> None:
        """Register the card."""
        self._submit(DuplicatePolicy.REFUSE, None, issue=False)

    def action_register_and_issue(self) -> None:
        """Register the card and go on to an assignment."""
        self._submit(DuplicatePolicy.REFUSE, None, issue=True)

    def _submit(self, policy: DuplicatePolicy, reason: str | None, *, issue: bool) -> None:
        values = self.values()
        if values is None:  # reading took back what was said of dates that do not go together
            for field in self.form.query(DateField):
                self._check_dates(field)
            return
        if not self.begin(_("Registering …")):
            return
        self._register(values, policy, reason or values.get("reason"), issue=issue)

    @work(thread=True, group="register", exit_on_error=False)
    def _register(
        self, values: dict[str, Any], policy: DuplicatePolicy, reason: str | None, *, issue: bool
    ) -> None:
        files = self._stager.stage(values.get("files", ()))
        request = request_of(self.flow, values, files, policy)
        try:
            result = self.gateway.call(REGISTER, request, CallOptions(source="tui", reason=reason))
        except AlreadyRegistered as error:
            self.app.call_from_thread(self._ask, error, issue=issue)
            return
        self._stager.forget()
        self.forget_draft()
        self.app.call_from_thread(self._registered, result, issue=issue)

    def _ask(self, error: AlreadyRegistered, *, issue: bool) -> None:
        self.end()
        document = str(error.details["id"])

        def answered(answer: DuplicateAnswer | None) -> None:
            """Do what was chosen."""
            choice = answer.answer if answer else Answer.CANCEL
            if choice is Answer.OPEN:
                self._open(document)
            elif choice is Answer.LINK:
                self._submit(DuplicatePolicy.LINK, None, issue=issue)
            elif choice is Answer.FORCE and answer is not None:
                self._submit(DuplicatePolicy.FORCE, answer.reason, issue=issue)

        self.app.push_screen(DuplicateDialog(error), answered)

    def _registered(self, result: Registered, *, issue: bool) -> None:
        self.end()
        self._given = result
        self._previous = self.form.state
        self._keep_previous(self._previous)
        self.start()
        if issue:
            screen = AssignmentScreen(self.gateway, result.id, result.number)
            self.app.push_screen(screen, lambda _issued: self._tell(result))
        else:
            self._tell(result)

    def _tell(self, result: Registered) -> None:
        def answered(answer: Next | None) -> None:
            """Do what was chosen."""
            if answer is Next.ANOTHER:
                self.form.focus_first()
                return
            self.dismiss(result)
            if answer is Next.OPEN:
                self._open(str(result.id))

        self.app.push_screen(RegisteredDialog(result), answered)

    # repeating

    @property
    def _previous_name(self) -> str:
        return f"{self.draft}-previous"

    def _keep_previous(self, state: Mapping[str, Any]) -> None:
        ticket = self.drafts.ticket()
        self.run_worker(
            lambda: self.drafts.save(self._previous_name, state, ticket),
            thread=True,
            group="draft",
            exit_on_error=False,
        )

    def action_repeat(self) -> None:
        """Fill the empty fields that the previous card has in common, and the one in hand."""
        if not self._previous:
            self.say(_("There is no previous card to repeat from."))
            return
        focused = self._focused_field()
        names = [*REPEATED, *([focused.key] if focused else [])]
        repeated = [name for name in names if self._repeat(name)]
        self.say(_("Repeated from the previous card.") if repeated else _("Nothing to repeat."))
        self.save_draft()
        self._look_for_duplicates()

    def _repeat(self, name: str) -> bool:
        field = self.form.fields.get(name)
        if field is None or not self._previous or field.raw.strip():
            return False
        state = self._previous.get(name)
        if not state:
            return False
        field.restore(state)
        return True

    def _focused_field(self) -> Field | None:
        if self.focused is None:
            return None
        return next((each for each in self.focused.ancestors if isinstance(each, Field)), None)

    # what is known while the form is being filled in

    @on(Field.Left)
    def _on_left(self, event: Field.Left) -> None:
        if event.field.key in _ALIKE:
            self._look_for_duplicates()
        if isinstance(event.field, DateField) and not event.field.wrong:
            self._check_dates(event.field)

    def _check_dates(self, field: Field) -> None:
        """Say at once which dates cannot be true together."""
        dates = {name: self.form.readable(name) for name in _DATES}
        try:
            check_dates(dates, self.today())
        except SedError as error:
            if error.field == field.key or error.field in self.form.fields:
                self.form.fields[error.field or field.key].complain(complaint(error))

    @on(Field.Changed, "#field-confidentiality")
    @on(Field.Left, "#field-confidentiality")
    def _tell_of_the_mark(self, event: Field.Changed | Field.Left) -> None:
        is_marked = event.field.raw == Confidentiality.OFFICIAL
        text = _("Kept without files; those without clearance do not see the subject.")
        event.field.say(text if is_marked else "")

    def _look_for_duplicates(self) -> None:
        correspondent = self.form.readable("correspondent")
        theirs, files = self.form.readable("their_number"), self.form.readable("files") or ()
        known = (correspondent and (theirs or self.flow is Flow.APPEAL)) or files
        if not known:
            self.strip.offer(())
            self.refresh_bindings()
            return
        request = FindDuplicates(
            flow=self.flow,
            correspondent=correspondent,
            their_number=theirs,
            their_date=self.form.readable("their_date"),
        )
        self._find_duplicates(request, files)

    @work(thread=True, exclusive=True, group="duplicates", exit_on_error=False)
    def _find_duplicates(self, request: FindDuplicates, files: Sequence[Path]) -> None:
        digests = tuple(self._stager.digests(files))
        found = self.gateway.call(DUPLICATES, request.model_copy(update={"sha256": digests})).rows
        self.app.call_from_thread(self._show_duplicates, request, found)

    def _show_duplicates(self, request: FindDuplicates, found: list[PossibleDuplicate]) -> None:
        if request.their_number == self.form.readable("their_number"):
            self.strip.offer(found)
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a duplicate only when there is one."""
        if action == "open_duplicate":
            return bool(self.strip.found)
        return super().check_action(action, parameters)

    def _open(self, document: str) -> None:
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this choice alone

        self.app.push_screen(DocumentCardScreen(self.gateway, document))

    def action_open_duplicate(self) -> None:
        """Open the first document of the strip."""
        self._open(str(self.strip.found[0].id))

    @work(thread=True, group="choices", exit_on_error=False)
    def _read_choices(self) -> None:
        # two lists for two fields: read when the form is there already
        from sed_tui.operations import document_kind, journal

        kinds = self.gateway.call(document_kind.LIST, document_kind.ListKinds(flow=self.flow)).rows
        journals = self.gateway.call(journal.LIST, journal.ListJournals(flow=self.flow)).rows
        self.app.call_from_thread(
            self._offer_choices,
            [(each.name, each.name) for each in kinds if each.state == "active"],
            [
                (each.code, f"{each.code} {each.name}")
                for each in journals
                if each.state == "active"
            ],
        )

    def _offer_choices(
        self, kinds: Sequence[tuple[str, str]], journals: Sequence[tuple[str, str]]
    ) -> None:
        for name, choices in (("kind", kinds), ("journal", journals)):
            field = self.form.fields[name]
            if isinstance(field, ChoiceField):
                field.offer(choices)
