"""The ways out on the screen: a complete export, a disconnection, successors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.domain.dates import parse_date
from sed_tui.domain.joining import FORM_TITLES, SuccessionForm
from sed_tui.i18n import N_, _
from sed_tui.operations.joining_evidence import (
    EXPORTED,
    REORGANIZE,
    RecordExport,
    ReorganizeOrganizations,
)
from sed_tui.operations.labels import label
from sed_tui.tui.entry_dialog import Entry, Kind, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.joining import Application

_LEAVING = (("", N_("no")), ("yes", N_("yes")))


def leaving_entry(value: str = "") -> Entry:
    """Return the field that leaves work open, with the reason in the remark."""
    choices = tuple((key, _(title)) for key, title in _LEAVING)
    return Entry("leaving", _("Leave work open"), value, choices)


def export_task(card: Application, gateway: Gateway) -> Task:
    """Return the form of a complete export: the applicant makes it, either side records it."""
    entries = (Entry("folder", _("The folder of the export."), f"{card.application}-export"),)

    def request(values: Mapping[str, str]) -> RecordExport:
        from sed_tui.gateway.joining_export import verified_export

        folder = Path(values["folder"]).expanduser()
        if not folder.exists() and not card.is_operator:
            gateway.export_organization(folder)
        return verified_export(folder, str(card.id)).request

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("joining", "exported", values["folder"], card.application)

    own = _("A folder that is not there yet is written now; it takes a while.")
    note = _("The folder that the applicant has exported.") if card.is_operator else own
    return Task(_("Record a complete export"), EXPORTED, entries, request, words, note)


def reorganize_task(card: Application) -> Task:
    """Return the form by which organizations go over into their successors."""
    forms = tuple((one.value, _(FORM_TITLES[one])) for one in SuccessionForm)
    entries = (
        Entry("applications", _("Those that go over."), card.application),
        Entry("into", _("Codes of the successors")),
        Entry("form", _("Form"), SuccessionForm.ACCESSION.value, forms),
        Entry("since", label("since")),
        Entry("remark", _("By which act."), kind=Kind.LONG),
        leaving_entry(),
    )

    def request(values: Mapping[str, str]) -> ReorganizeOrganizations:
        day = values["since"]
        return ReorganizeOrganizations(
            applications=tuple(_codes(values["applications"])),
            successors=tuple(_codes(values["into"])),
            form=SuccessionForm(values["form"]),
            since=parse_date(day, "since") if day else None,
            remark=values["remark"],
            leaving=bool(values["leaving"]),
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        into = [w for code in _codes(values["into"]) for w in ("--into", code)]
        more = ("--leaving",) if values["leaving"] else ()
        told = ("--form", values["form"], "--remark", values["remark"], *more, "--yes")
        return ("joining", "reorganize", *_codes(values["applications"]), *into, *told)

    title = _("Reorganize organizations with successors")
    note = _("Registrars of the successors read the old papers by their old numbers.")
    return Task(title, REORGANIZE, entries, request, words, note)


def _codes(text: str) -> list[str]:
    return text.replace(",", " ").split()
