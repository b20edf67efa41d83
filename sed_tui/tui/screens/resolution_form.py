"""The form of a draft resolution: whose it is, and its points one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding

from sed_tui.domain.text import clean
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.resolution import (
    DRAFT,
    EDIT,
    SHOW,
    DraftResolution,
    EditResolution,
    PointGiven,
    ResolutionCard,
    ShowResolution,
)
from sed_tui.tui.meanwhile import changed_facts, told
from sed_tui.tui.resolution_tasks import facts_of_resolution
from sed_tui.tui.screens.points_field import LISTS, POINT_FIELDS, PointsField, WrittenPoint
from sed_tui.tui.screens.term_form import TermField, TermForm
from sed_tui.tui.suggestions import employees
from sed_tui.tui.text_dialog import TextDialog
from widgets.completion import CompletionField
from widgets.completion_list import CompletionListField
from widgets.form import Form
from widgets.form_fields import LongTextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.operations.document import DocumentCard

_TEXT_LIMIT = 4000


class ResolutionScreen(TermForm[ResolutionCard | None]):
    """A draft on a document; a draft that is being mended is `card`."""

    PLACE = "documents"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "draft", N_("Save the draft"), priority=True, id="form.save"),
        Binding("ctrl+enter", "draft", N_("Save the draft"), show=False, priority=True),
        Binding("f4", "add_point", N_("One more point"), priority=True, id="form.point"),
    ]

    def __init__(
        self,
        gateway: Gateway,
        document: str,
        number: str,
        card: ResolutionCard | None = None,
        **settings: Any,
    ) -> None:
        self._document, self._number, self._card = document, number, card
        self._begun = {row.number for row in card.points} if card else set()
        self.points = PointsField("points", label("points"))
        super().__init__(gateway, f"resolution-{card.id if card else document}", **settings)

    @classmethod
    def on_document(cls, gateway: Gateway, card: DocumentCard) -> ResolutionScreen:
        """Return the form of a new draft on a document."""
        return cls(gateway, str(card.id), card.number or str(card.id))

    @classmethod
    def mending(cls, gateway: Gateway, card: ResolutionCard) -> ResolutionScreen:
        """Return the form of a draft that is there already."""
        return cls(gateway, str(card.document_id), card.document_number or card.short_id, card)

    @property
    def title_text(self) -> str:
        """Return what the form is, for the title line."""
        return _("Draft resolution on {name}").format(name=self._number)

    def make_form(self) -> Form:
        """Return the form: what is common, the point in hand, the points before it."""
        people = employees(self.gateway)
        author = CompletionField(
            "author", label("author"), people, hint=_("the head; you, if you are one")
        )
        return Form(
            [
                *([author] if self._card is None else []),
                LongTextField(
                    "text",
                    label("text"),
                    required=True,
                    multiline=True,
                    check=lambda value: clean(value, "text", limit=_TEXT_LIMIT, multiline=True),
                ),
                CompletionField("executor", label("executor"), people, required=True),
                CompletionListField(
                    "co_executors", label("co_executors"), people, hint=_("Enter adds")
                ),
                TermField("due", self, required=True),
                self.explanation,
                TermField("co_due", self, title=_("Helpers' term")),
                CompletionField("own_controller", label("controller"), people),
                CompletionListField("observers", label("observers"), people, hint=_("Enter adds")),
                self.points,
                CompletionField("controller", _("Of all points"), people),
            ]
        )

    def explain(self) -> None:
        """Show when the term would end once there is one: a point has no usual term."""
        if self.form.fields["due"].raw.strip():
            super().explain()
        else:
            self.explanation.update("")

    def fill_defaults(self) -> None:
        """Put in the points of the draft that is being mended."""
        if self._card is not None:
            self.points.restore([WrittenPoint.of(row).state for row in self._card.points])
            controller = self.form.fields["controller"]
            controller.restore(self._card.controller or "")

    @property
    def _is_point_blank(self) -> bool:
        fields = self.form.fields
        return not any(fields[name].raw.strip() for name in POINT_FIELDS) and not any(
            self.form.readable(name) for name in LISTS
        )

    def _written(self) -> list[WrittenPoint] | None:
        """Return the points with the one in hand, or say what is wrong with it."""
        if self.points.items and self._is_point_blank:
            return self.points.items
        values = self.values()
        if values is None:
            return None
        return [*self.points.items, self._in_hand(values)]

    def _in_hand(self, values: dict[str, Any]) -> WrittenPoint:
        fields = {name: self.form.fields[name].state for name in POINT_FIELDS}
        given = {field: values.get(name) or "" for name, field in POINT_FIELDS.items()}
        given |= {name: "; ".join(values.get(name) or ()) for name in LISTS}
        others = self.form.fields["co_executors"]
        names = others.texts if isinstance(others, CompletionListField) else ()
        people = ", ".join([self.form.fields["executor"].raw.strip(), *names])
        return WrittenPoint(self.points.number, given, people, fields)

    def action_add_point(self) -> None:
        """Put the point in hand into the list, and begin the next one."""
        values = self.values()
        if values is not None:
            self.points.add(self._in_hand(values))
            self._take({})
            self.say(_("Enter on a point takes it back to be changed."))

    @on(PointsField.TakenBack)
    def _take_back(self, event: PointsField.TakenBack) -> None:
        if not self._is_point_blank:
            self.say(_("F4 puts the point in hand into the list first."), wrong=True)
            return
        self.points.take_out(event.place)
        self._take(event.point.fields)

    def _take(self, fields: dict[str, Any]) -> None:
        for name in POINT_FIELDS:
            self.form.fields[name].restore(fields.get(name))
            self.form.fields[name].forget_touch()
        self.form.fields["text"].focus_editor()
        self.explain()
        self.save_draft()

    def _request(self, points: Sequence[WrittenPoint]) -> DraftResolution | EditResolution:
        controller = self.form.readable("controller")
        if self._card is not None:
            kept = {point.number for point in points}
            return EditResolution(
                resolution=str(self._card.id),
                points=tuple(PointGiven(**point.given_fields) for point in points),
                drop=tuple(
                    row.number
                    for row in self._card.points
                    # what somebody else has added meanwhile was never taken out here
                    if row.number in self._begun - kept
                ),
                controller=controller or "",
                version=self._card.version,
            )
        common: dict[str, Any] = {}
        given = [point.given_fields for point in points]
        if len(given) == 1:  # what lists show of a resolution is its common text
            common = {name: given[0].pop(name) for name in ("text", "due")}
        return DraftResolution(
            document=self._document,
            author=self.form.readable("author"),
            controller=controller,
            points=tuple(PointGiven(**fields) for fields in given),
            **common,
        )

    def command(self) -> Sequence[str]:
        """Return the words of the command that does the same."""
        words = ["sedctl", "resolution"]
        words += ["edit", self._card.short_id] if self._card else ["draft"]
        if self._card is None:
            words += ["--document", self._number]
        for name in ("author", "controller"):
            if value := self.form.readable(name):
                words += [f"--{name}", str(value)]
        points = self.points.items
        if not self._is_point_blank:
            values = {name: self.form.readable(name) for name in POINT_FIELDS}
            points = [*points, self._in_hand(values)]
        for point in points:
            fields = point.given_fields
            words += ["--point", "; ".join(f"{k}={v}" for k, v in fields.items() if v)]
        return words

    def action_draft(self) -> None:
        """Save the draft; it waits for its head then."""
        points = self._written()
        if points is not None and self.begin(_("Saving …")):
            self._save(self._request(points))

    @work(thread=True, group="draft resolution", exit_on_error=False)
    def _save(self, request: DraftResolution | EditResolution) -> None:
        options = CallOptions(source="tui")
        if isinstance(request, EditResolution):
            card = self.gateway.call(EDIT, request, options)
        else:
            card = self.gateway.call(DRAFT, request, options)
        self.forget_draft()
        self.app.call_from_thread(self._saved, card)

    def refuse(self, error: SedError) -> None:
        """Show a refusal; one because of somebody else's change with that change."""
        super().refuse(error)
        if isinstance(error, ChangedMeanwhile) and self._card is not None:
            request = ShowResolution(resolution=str(self._card.id))
            self.call(SHOW, request, lambda fresh: self._meet(error, fresh))

    def _meet(self, error: ChangedMeanwhile, fresh: ResolutionCard) -> None:
        """Tell what the other has changed; what stands in the form is saved over it."""
        if self._card is None:
            return
        seen, now = facts_of_resolution(self._card), facts_of_resolution(fresh)
        self._card = fresh
        self.say(_("Your text is kept. F2 saves it over what has changed."), wrong=True)
        self.app.push_screen(TextDialog(str(error), told(changed_facts(seen, now))))

    def _saved(self, card: ResolutionCard) -> None:
        self.end()
        text = _("The draft waits for {name}.").format(name=card.author)
        self.app.notify("\n".join([text, *card.notes]), markup=False)
        self.dismiss(card)
