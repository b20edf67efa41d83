"""What an author does with a draft, each step as a dialog: write, revise, register, dispatch."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.domain.files import TEXT_FILE, FileRole
from sed_tui.domain.flows import DRAFTED, Flow
from sed_tui.gateway.disk_files import opened
from sed_tui.i18n import _
from sed_tui.operations.draft import (
    ADD,
    DISCARD,
    REVISE,
    SHOW,
    DiscardDraft,
    Draft,
    DraftDocument,
    ReviseDraft,
    ShowDraft,
)
from sed_tui.operations.draft_registration import REGISTER, RegisterDraft
from sed_tui.operations.draft_version import ADD as ADD_VERSION
from sed_tui.operations.draft_version import AddVersion
from sed_tui.operations.file import FileContent
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.tui.dispatch_task import dispatch_task, parts_of
from sed_tui.tui.entry_dialog import REASON, Entry, Kind, Task
from sed_tui.tui.meanwhile import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import Request

_CARD = (
    "subject",
    "kind",
    "addressees",
    "signatory",
    "cosignatories",
    "amount",
    "delivery",
    "note",
)
_FLOWS = tuple(flow for flow in Flow if flow in DRAFTED)
# fields of requests -> the options of their commands
_OF_DRAFT = {
    "kind": "--kind",
    "signatory": "--signatory",
    "amount": "--amount",
    "delivery": "--delivery",
    "in_reply_to": "--in-reply-to",
}
_OF_REGISTRATION = {"journal": "--journal", "number": "--number", "case_index": "--case"}


def new_draft(gateway: Gateway) -> Task:
    """Draft a document with its first version: a file, a text, or both."""

    def request(values: Mapping[str, str]) -> Request:
        given = {name: values[name] or None for name in ("flow", "subject", *_OF_DRAFT)}
        files = _contents(gateway, values["files"], values["text"])
        addressees = parts_of(values["addressees"])
        others = parts_of(values["cosignatories"])
        return DraftDocument.model_validate(
            {**given, "addressees": addressees, "files": files, "cosignatories": others}
        )

    return Task(
        _("New draft"),
        ADD,
        _new_entries(),
        request,
        lambda values: (
            *("document", "draft", values["flow"], "--subject", values["subject"]),
            *_addressed(values),
            *(
                word
                for name in parts_of(values["cosignatories"])
                for word in ("--cosignatory", name)
            ),
            *_options(values, _OF_DRAFT),
            *_options(values, {"text": "--text", "files": "--file"}),
        ),
    )


def _new_entries() -> list[Entry]:
    flows = tuple((flow.value, shown_value("flow", flow.value)) for flow in _FLOWS)
    return [
        Entry("flow", label("flow"), Flow.OUTGOING.value, flows),
        Entry("subject", label("subject")),
        Entry("addressees", _("Addressees, with ; between them")),
        Entry("signatory", _("Who is to sign"), kind=Kind.PERSON),
        Entry("files", _("Path of its file")),
        Entry("text", _("Or its text"), kind=Kind.LONG),
        Entry("cosignatories", _("Who signs beside, with ; between them")),
        *(Entry(name, label(name)) for name in ("kind", "delivery", "amount", "in_reply_to")),
    ]


def revise(draft: Draft) -> Task:
    """Change the card of a draft."""

    def changes(values: Mapping[str, str]) -> dict[str, str | int | None]:
        return {name: values[name] or None for name in _CARD if values[name] != _text(draft, name)}

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        pairs = (f"{name}={value or ''}" for name, value in changes(values).items())
        return ("document", "revise", draft.short_id, *pairs)

    def again(gateway: Gateway) -> Task:
        return revise(gateway.call(SHOW, ShowDraft(document=str(draft.id))))

    return Task(
        _("Change the card of {name}").format(name=draft.short_id),
        REVISE,
        [
            Entry(
                name,
                label(name),
                _text(draft, name),
                kind=Kind.PERSON if name == "signatory" else Kind.LINE,
            )
            for name in _CARD
        ],
        lambda values: ReviseDraft(
            document=str(draft.id), changes=changes(values), card_version=draft.card_version
        ),
        words,
        again=again,
        facts=facts_of(draft, {*_CARD, "card_version"}),
    )


def add_version(gateway: Gateway, draft: Draft, written: FileContent | None = None) -> Task:
    """Make the next version: from a file, or from a text that was written."""
    misprint = (("yes", _("a misprint: what was agreed to stays")),)
    named = [] if written is not None else [Entry("files", _("Path of the file"))]
    content = ("--text", "…") if written is not None else ()

    def request(values: Mapping[str, str]) -> AddVersion:
        given = (written,) if written is not None else _contents(gateway, values["files"], "")
        return AddVersion(
            document=str(draft.id),
            files=given,
            comment=values["comment"] or None,
            is_immaterial=bool(values["is_immaterial"]),
            seen=draft.version,
        )

    return Task(
        _("Version {number} of {name}").format(number=draft.version + 1, name=draft.short_id),
        ADD_VERSION,
        [
            *named,
            Entry("comment", _("What changed (may be left out)")),
            Entry("is_immaterial", _("The change is"), choices=misprint),
        ],
        request,
        lambda values: (
            *("document", "version", "add", draft.short_id, *content),
            *_options(values, {"files": "--file", "comment": "--comment"}),
            *(("--immaterial",) if values["is_immaterial"] else ()),
        ),
    )


def discard(draft: Draft) -> Task:
    """Give a draft up."""
    return Task(
        _("Discard the draft {name}").format(name=draft.short_id),
        DISCARD,
        [Entry(REASON, _("Reason"))],
        lambda _values: DiscardDraft(document=str(draft.id)),
        lambda values: ("document", "discard", draft.short_id, "--reason", values[REASON], "--yes"),
        draft.subject,
    )


def register(draft: Draft) -> Task:
    """Give a signed draft its number."""
    return Task(
        _("Register {name}").format(name=draft.short_id),
        REGISTER,
        [
            Entry("journal", _("Journal (the flow's own, when left out)")),
            Entry("number", _("Number by hand (reserved or skipped)")),
            Entry("case_index", label("case_index")),
        ],
        lambda values: RegisterDraft(
            document=str(draft.id), **{name: values[name] or None for name in _OF_REGISTRATION}
        ),
        lambda values: (
            *("document", "register-draft", draft.short_id),
            *_options(values, _OF_REGISTRATION),
        ),
        draft.subject,
    )


def dispatch(draft: Draft) -> Task:
    """Enter that a registered letter has gone out."""
    return dispatch_task(
        str(draft.id),
        draft.number or draft.short_id,
        draft.addressees,
        draft.delivery,
        draft.subject,
    )


def written_file(gateway: Gateway, name: str, text: str) -> FileContent:
    """Send a text that was written as a file. Blocks."""
    return FileContent(name=name, token=gateway.stage(io.BytesIO(text.encode())))


def _contents(gateway: Gateway, path: str, text: str) -> tuple[FileContent, ...]:
    found = [written_file(gateway, TEXT_FILE, text)] if text else []
    if path:
        place = Path(path).expanduser()
        role = FileRole.ANNEX if found else FileRole.MAIN
        with opened(place) as file:
            found.append(FileContent(name=place.name, token=gateway.stage(file), role=role))
    return tuple(found)


def _addressed(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(word for name in parts_of(values["addressees"]) for word in ("--to", name))


def _options(values: Mapping[str, str], options: Mapping[str, str]) -> tuple[str, ...]:
    """Return the options of a command whose fields are filled."""
    filled = ((option, values.get(name)) for name, option in options.items())
    return tuple(word for option, value in filled if value for word in (option, value))


def _text(draft: Draft, name: str) -> str:
    value = getattr(draft, name)
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)
