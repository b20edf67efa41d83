"""Which fields each flow has, in the order of the paper, and the request they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.card_texts import TEXT_LIMITS
from sed_tui.domain.correspondents import CorrespondentKind
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.text import clean, optional
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.registration import RegisterDocument
from sed_tui.tui.suggestions import correspondents, employees, known, names
from widgets.completion import CompletionField
from widgets.completion_list import CompletionListField
from widgets.form_dates import Leaning
from widgets.form_fields import (
    ChoiceField,
    DateField,
    IntegerField,
    LongTextField,
    SheetsField,
    TextField,
)
from widgets.form_files import FilesField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sed_tui.gateway import Gateway
    from sed_tui.operations.file import FileContent
    from sed_tui.operations.registration import DuplicatePolicy
    from widgets.form_field import Field

STRIP = "possible duplicates"
MORE = "further fields"

Names = str | tuple[str, ...]
_MORE: tuple[Names, ...] = (
    MORE,
    ("kind", "journal"),
    ("registered_on", "confidentiality"),
    ("number", "suffix"),
    ("unit", "leading"),
)
ROWS: dict[Flow, tuple[Names, ...]] = {
    Flow.INCOMING: (
        "correspondent",
        ("their_number", "their_date"),
        STRIP,
        "received_on",
        "subject",
        "addressee",
        ("sheets", "copies"),
        "delivery",
        "files",
        "case_index",
        *_MORE,
        ("signatory", "drafter"),
        ("in_reply_to", "postal_number"),
        "topic",
        "note",
        "reason",
    ),
    Flow.OUTGOING: (
        "addressees",
        "subject",
        ("signatory", "signed_on"),
        ("drafter", "drafter_phone"),
        ("sheets", "copies"),
        "delivery",
        "in_reply_to",
        "files",
        "case_index",
        *_MORE,
        "postal_number",
        "topic",
        "note",
        "reason",
    ),
    Flow.INTERNAL: (
        "subject",
        "addressee",
        ("signatory", "signed_on"),
        ("drafter", "drafter_phone"),
        ("sheets", "copies"),
        "files",
        "case_index",
        *_MORE,
        "in_reply_to",
        "topic",
        "note",
        "reason",
    ),
    Flow.ORDER: (
        "subject",
        ("signatory", "signed_on"),
        ("drafter", "drafter_phone"),
        ("sheets", "copies"),
        "files",
        "case_index",
        *_MORE,
        "in_reply_to",
        "topic",
        "note",
        "reason",
    ),
    Flow.APPEAL: (
        "correspondent",
        "reply_address",
        ("appeal_kind", "signatures_count"),
        STRIP,
        "received_on",
        "subject",
        "topic",
        "addressee",
        ("their_number", "their_date"),
        ("sheets", "copies"),
        "delivery",
        "files",
        "case_index",
        *_MORE,
        ("in_reply_to", "postal_number"),
        "note",
        "reason",
    ),
}
TITLES: dict[Flow, str] = {
    Flow.INCOMING: N_("Registration of an incoming document"),
    Flow.OUTGOING: N_("Registration of an outgoing document"),
    Flow.INTERNAL: N_("Registration of an internal document"),
    Flow.ORDER: N_("Registration of an order"),
    Flow.APPEAL: N_("Registration of an appeal"),
}
# what the next card of the same pile has in common with this one
REPEATED = (
    "correspondent",
    "addressees",
    "addressee",
    "delivery",
    "kind",
    "journal",
    "confidentiality",
    "case_index",
    "signatory",
    "signed_on",
    "drafter",
    "drafter_phone",
    "their_date",
    "received_on",
    "topic",
    "appeal_kind",
)
# of these, what stands in a new card without being asked for
ASSUMED = ("delivery", "kind", "journal")
DELIVERIES = (
    N_("post"),
    N_("registered post"),
    N_("courier"),
    N_("e-mail"),
    N_("electronic exchange"),
    N_("fax"),
    N_("by hand"),
    N_("personal reception"),
)
APPEALS = (N_("statement"), N_("complaint"), N_("proposal"))
_LIMITS = {
    **TEXT_LIMITS,
    "number": 100,
    "suffix": 4,
    "unit": 32,
    "leading": 100,
    "in_reply_to": 100,
    "reason": 500,
    "correspondent": 500,
}
_SIGNED = (Flow.OUTGOING, Flow.ORDER)


class FieldMaker:
    """Makes the fields of one flow."""

    def __init__(self, flow: Flow, gateway: Gateway, today: Callable[[], date]) -> None:
        self._flow, self._gateway, self._today = flow, gateway, today

    def make(self, name: str) -> Field:
        """Return the field of that name."""
        makers: dict[str, Callable[[str], Field]] = {
            **dict.fromkeys(
                ("their_date", "received_on", "signed_on", "registered_on"), self._date
            ),
            **dict.fromkeys(("addressee", "signatory", "drafter"), self._person),
            **dict.fromkeys(("kind", "journal", "confidentiality"), self._choice),
            **dict.fromkeys(("subject", "note"), self._long),
            **dict.fromkeys(("sheets", "copies", "signatures_count"), self._count),
            **dict.fromkeys(("delivery", "appeal_kind"), self._known),
            "correspondent": self._correspondent,
            "addressees": self._addressees,
            "files": self._files,
        }
        return makers.get(name, self._text)(name)

    def _choice(self, key: str) -> Field:
        if key != "confidentiality":  # what may be chosen is read when the form is there
            return ChoiceField(key, label(key), (), hint=_("by default"))
        choices = [
            (Confidentiality.NONE, _("none")),
            (Confidentiality.OFFICIAL, _("official use")),
        ]
        return ChoiceField(key, label(key), choices, value=Confidentiality.NONE)

    def _long(self, key: str) -> Field:
        multiline = key == "note"
        check = _text_check(key, multiline=multiline)
        return LongTextField(
            key, label(key), multiline=multiline, required=key == "subject", check=check
        )

    def _count(self, key: str) -> Field:
        if key == "sheets":
            return SheetsField(key, label(key), hint="1+7")
        if key == "signatures_count":
            return IntegerField(key, label(key), least=1, most=1_000_000)
        return IntegerField(key, label(key))

    def _known(self, key: str) -> Field:
        values = DELIVERIES if key == "delivery" else APPEALS
        return CompletionField(
            key,
            label(key),
            known([_(each) for each in values]),
            at_hand=True,
            check=_text_check(key),
        )

    def _files(self, key: str) -> Field:
        return FilesField(key, label(key), hint=_("a path; Enter adds it"))

    def _text(self, key: str) -> Field:
        needed = key == "their_number" and self._flow is Flow.INCOMING
        hint = {"their_number": _("or б/н")}.get(key, "")
        return TextField(key, label(key), required=needed, hint=hint, check=_text_check(key))

    def _date(self, key: str) -> Field:
        return DateField(
            key,
            label(key),
            today=self._today,
            leaning=Leaning.PAST,
            required=key == "signed_on" and self._flow in _SIGNED,
            hint=_("DD.MM.YYYY"),
        )

    def _person(self, key: str) -> Field:
        return CompletionField(
            key,
            label(key),
            names(employees(self._gateway)),
            required=key == "signatory" and self._flow in _SIGNED,
            check=_text_check(key),
        )

    def _correspondent(self, key: str) -> Field:
        appeal = self._flow is Flow.APPEAL
        return CompletionField(
            key,
            label(key),
            correspondents(self._gateway, CorrespondentKind.CITIZEN if appeal else None),
            required=not appeal,
            unknown=_unknown,
            hint=_("surname, name, patronymic") if appeal else _("name or INN"),
            check=_text_check(key),
        )

    def _addressees(self, key: str) -> Field:
        return CompletionListField(
            key,
            label(key),
            correspondents(self._gateway),
            required=True,
            unknown=_unknown,
            hint=_("name or INN; Enter adds it"),
            check=_text_check("correspondent"),
        )


def request_of(
    flow: Flow,
    values: Mapping[str, Any],
    files: Sequence[FileContent],
    on_duplicate: DuplicatePolicy,
) -> RegisterDocument:
    """Return the request that the values of a form make."""
    fields = {key: value for key, value in values.items() if key not in {"files", "reason"}}
    if "sheets" in fields:
        fields["sheets"], fields["annex_sheets"] = fields["sheets"]
    return RegisterDocument(flow=flow, files=tuple(files), on_duplicate=on_duplicate, **fields)


def _text_check(key: str, *, multiline: bool = False) -> Callable[[Any], object]:
    # an empty text of spaces is a mistake where something was typed
    if key == "subject":
        return lambda value: clean(value, key, limit=_LIMITS[key])
    return lambda value: optional(str(value), key, limit=_LIMITS[key], multiline=multiline)


def _unknown(name: str) -> str:
    return _("New: “{name}” will be added to the directory.").format(name=name)
