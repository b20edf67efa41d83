"""What can be done about a document: edit, link, add and save files, cancel."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.links import NAMES, LinkKind
from sed_tui.gateway.disk_files import opened
from sed_tui.i18n import _
from sed_tui.operations.document import EDIT, SHOW, DocumentCard, EditDocument, ShowDocument
from sed_tui.operations.file import ADD, AddFile, FileContent
from sed_tui.operations.labels import label
from sed_tui.operations.link import LINK, UNLINK, LinkDocuments, UnlinkDocuments
from sed_tui.operations.reregistration import CANCEL, CancelRegistration
from sed_tui.operations.values import shown_value
from sed_tui.tui.card_tables import ROLES
from sed_tui.tui.entry_dialog import REASON, Entry, Task
from sed_tui.tui.meanwhile import facts_of
from sed_tui.tui.wording import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.document import CardLink

_EDITED = (
    *("subject", "addressee", "their_number", "their_date", "delivery", "case_index", "note"),
    "confidentiality",
)


def edit(card: DocumentCard) -> Task:
    """Change the fields most often mended; number, date and journal need re-registration."""

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        pairs = (f"{name}={value or ''}" for name, value in _changed(card, values).items())
        reason = ("--reason", values[REASON]) if values[REASON] else ()
        seen = ("--version", str(card.version))
        return ("document", "edit", _name(card), *pairs, *reason, *seen)

    def again(gateway: Gateway) -> Task:
        return edit(gateway.call(SHOW, ShowDocument(document=str(card.id))))

    fields = [Entry(name, label(name), _text(card, name), _choices_of(name)) for name in _EDITED]
    return Task(
        _("Edit {name}").format(name=_name(card)),
        EDIT,
        [*fields, Entry(REASON, _("Reason (the mark wants one)"))],
        lambda values: EditDocument(
            document=str(card.id), changes=_changed(card, values), version=card.version
        ),
        words,
        again=again,
        facts=facts_of(card, _EDITED),
    )


def _changed(card: DocumentCard, values: Mapping[str, str]) -> dict[str, str | int | None]:
    return {name: values[name] or None for name in _EDITED if values[name] != _text(card, name)}


def _choices_of(name: str) -> tuple[tuple[str, str], ...]:
    if name != "confidentiality":
        return ()
    return tuple(
        (mark.value, shown_value("confidentiality", mark.value)) for mark in Confidentiality
    )


def link(card: DocumentCard) -> Task:
    """Say what the document is to another."""
    kinds = tuple((kind.value, _(NAMES[kind])) for kind in LinkKind)
    return Task(
        _("Link {name}").format(name=_name(card)),
        LINK,
        [
            Entry("kind", _("What this document is to the other"), choices=kinds),
            Entry("target", _("Number of the other document")),
        ],
        lambda values: (
            LinkDocuments(
                document=str(card.id), kind=LinkKind(values["kind"]), target=values["target"]
            )
            if values["kind"]
            else LinkDocuments.model_validate(
                {"document": str(card.id), "target": values["target"]}
            )
        ),
        lambda values: ("document", "link", _name(card), values["kind"], values["target"]),
    )


def unlink(card: DocumentCard, gone: CardLink) -> Task:
    """Take a link away."""
    kind = LinkKind(gone.kind)
    request = UnlinkDocuments(document=str(card.id), kind=kind, target=str(gone.id))
    return Task(
        _("Unlink {name}").format(name=_name(card)),
        UNLINK,
        [Entry(REASON, _("Reason (may be left out)"))],
        lambda _values: request,
        lambda _values: ("call", UNLINK.name, request.model_dump_json()),
        f"{_(NAMES[kind])} {gone.number or ''} {gone.subject}",
    )


def add_file(gateway: Gateway, card: DocumentCard) -> Task:
    """Add a file; a name that is there already gets its next version."""

    def request(values: Mapping[str, str]) -> AddFile:
        path = Path(values["files"]).expanduser()
        token = _sent(gateway, path)
        content = FileContent(name=path.name, token=token, role=FileRole(values["role"]))
        return AddFile(document=str(card.id), files=(content,))

    roles = tuple((role.value, _(ROLES[role.value])) for role in FileRole)
    return Task(
        _("Add a file to {name}").format(name=_name(card)),
        ADD,
        [
            Entry("files", _("Path of the file")),
            Entry("role", _("Role"), FileRole.MAIN.value, choices=roles),
        ],
        request,
        lambda values: (
            "document",
            "file",
            "add",
            _name(card),
            values["files"],
            "--role",
            values["role"],
        ),
    )


def cancel(card: DocumentCard) -> Task:
    """Take the number off; it stays in the list of gaps."""
    return Task(
        _("Cancel the registration of {name}").format(name=_name(card)),
        CANCEL,
        [Entry(REASON, _("Reason"))],
        lambda _values: CancelRegistration(document=str(card.id)),
        lambda values: ("document", "cancel", _name(card), "--reason", values[REASON], "--yes"),
        card.subject,
    )


def _name(card: DocumentCard) -> str:
    return card.number or str(card.id)


def _text(card: DocumentCard, name: str) -> str:
    value = getattr(card, name)
    if isinstance(value, date):
        return long_day(value)
    return "" if value is None else str(value)


def _sent(gateway: Gateway, path: Path) -> str:
    with opened(path) as file:
        return gateway.stage(file)
