"""Documents of the list by mail: the one under the cursor, or all that are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.mailing import MOST_DOCUMENTS, WAY_TITLES, Way
from sed_tui.i18n import _
from sed_tui.mailing.composing import chosen_templates
from sed_tui.mailing.folder import clean_up
from sed_tui.mailing.pieces import Form
from sed_tui.mailing.posting import Packing, Posted, Posting, post_documents
from sed_tui.operations.mailing import SEND, PrepareMailing
from sed_tui.operations.registry import CallOptions, Message
from sed_tui.tui.entry_dialog import Entry, EntryDialog, Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.document_list import DocumentRow

MOST = MOST_DOCUMENTS


class Mailed(Message):
    """What became of the letters, a line for each, and what to look at."""

    lines: list[str]
    warnings: list[str]


class MailDialog(EntryDialog):
    """Asks to whom and how; the mail program opens, or the letters go into the outbox."""

    def __init__(
        self,
        gateway: Gateway,
        rows: Sequence[DocumentRow],
        *,
        profile: str | None,
        base: str | None,
    ) -> None:
        super().__init__(gateway, _task(rows))
        self._ids = tuple(str(row.id) for row in rows)
        self._profile, self._base = profile, base

    def _call(self, values: Mapping[str, str]) -> Message:
        clean_up()
        posting = Posting(
            documents=self._ids,
            to=(values["to"],) if values["to"] else (),
            way=Way(values["way"]),
            form=Form(values["form"]),
            packing=Packing(values["packing"]),
            templates=chosen_templates(self._profile, values["subject"] or None, None),
            base=self._base,
        )
        posted, warnings = post_documents(self._gateway, posting, CallOptions(source="tui"))
        return Mailed(lines=[_line(one) for one in posted], warnings=warnings)


def _task(rows: Sequence[DocumentRow]) -> Task:
    names = [row.number or str(row.id) for row in rows]
    title = names[0] if len(names) == 1 else _("documents: {count}").format(count=len(names))

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        to = ("--to", values["to"]) if values["to"] else ()
        subject = ("--subject", values["subject"]) if values["subject"] else ()
        marked = ("--with-mark",) if values["form"] == Form.MARKED else ()
        whole = values["packing"] == Packing.WHOLE
        packed = () if whole else (f"--{values['packing']}",)
        way = ("--via", values["way"])
        return ("document", "mail", *names, *to, *way, *subject, *marked, *packed)

    return Task(
        _("Mail {name}").format(name=title),
        SEND,
        [
            Entry("to", _("To whom; several with commas")),
            Entry("way", _("How"), Way.CLIENT.value, _choices(WAY_TITLES, Way.CLIENT, Way.SMTP)),
            Entry("form", _("Signed documents"), Form.ORIGINAL.value, _forms()),
            Entry("packing", _("Files"), Packing.WHOLE.value, _packings()),
            Entry("subject", _("Subject (by itself: number, date, subject)")),
        ],
        lambda _values: PrepareMailing(documents=tuple(names)),
        words,
    )


def _choices(titles: Mapping[str, str], *ways: Way) -> tuple[tuple[str, str], ...]:
    return tuple((way.value, _(titles[way])) for way in ways)


def _forms() -> tuple[tuple[str, str], ...]:
    return (
        (Form.ORIGINAL.value, _("the original and its signature")),
        (Form.MARKED.value, _("a copy with the mark")),
    )


def _packings() -> tuple[tuple[str, str], ...]:
    return (
        (Packing.WHOLE.value, _("as they are")),
        (Packing.ZIP.value, _("in one archive")),
        (Packing.SPLIT.value, _("in several letters if need be")),
        (Packing.LINK.value, _("links instead of files")),
    )


def _line(posted: Posted) -> str:
    if posted.program is not None:
        return _("Opened in {program}: {files}").format(
            program=posted.program, files=", ".join(posted.files) or "—"
        )
    count = len(posted.sent.letters)
    return _("Letters in the outbox: {count}. The next `sedctl notify send` sends them.").format(
        count=count
    )
