"""Registration cards from a table: looked up, numbered and stored a chunk at a time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sed_tui.domain.file_name import checked_name
from sed_tui.domain.flows import FROM_OUTSIDE, Confidentiality, Flow
from sed_tui.domain.registration import first_execution
from sed_tui.errors import SedError
from sed_tui.errors.files import SameFileTwice
from sed_tui.errors.imports import InnOfAnother
from sed_tui.errors.registration import AddresseeRepeated, OfficialUseFile
from sed_tui.handlers.card import searched_text
from sed_tui.handlers.importing.card import CardReader, default_flow
from sed_tui.handlers.importing.correspondents import Directory, Found, Wanted
from sed_tui.handlers.importing.journals import Journals
from sed_tui.handlers.importing.known import settle_known
from sed_tui.handlers.importing.links import link_replies, store_people
from sed_tui.handlers.importing.row import ImportedRow, dashed, undecided
from sed_tui.handlers.references import DocumentReference
from sed_tui.operations.imports import Outcome
from sed_tui.storage import bulk
from sed_tui.storage.search import index_new_documents
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sed_tui.handlers.work import Work

# columns of a card that differ from row to row
_COLUMNS = (
    "flow",
    "kind",
    "subject",
    "confidentiality",
    "journal_id",
    "period",
    "scope",
    "ordinal",
    "suffix",
    "number",
    "registered_on",
    "listed_on",
    "correspondent_id",
    "their_number",
    "their_key",
    "their_date",
    "received_on",
    "delivery",
    "postal_number",
    "addressee",
    "signatory",
    "signed_on",
    "drafter",
    "drafter_phone",
    "sheets",
    "copies",
    "annex_sheets",
    "case_index",
    "topic",
    "note",
    "reply_address",
    "appeal_kind",
    "signatures_count",
    "execution",
    "external_id",
    "historic",
)
_DATES = frozenset({"registered_on", "listed_on", "their_date", "received_on", "signed_on"})
# what an import fills in beside the columns of its table
_ALWAYS = frozenset(
    {
        *("flow", "kind", "confidentiality", "journal_id", "period", "scope", "ordinal", "suffix"),
        *("number", "registered_on", "listed_on", "correspondent_id", "their_key", "their_date"),
        *("received_on", "signed_on", "annex_sheets", "execution", "external_id", "historic"),
    }
)
_UNSEEN = frozenset({"their_key", "listed_on", "scope"})


class DocumentImporter:
    """Imports cards in the transaction of one call."""

    def __init__(self, work: Work, columns: Sequence[str], run: UUID) -> None:
        self._work = work
        self._run = run
        asked = _ALWAYS.union(columns)
        self._filled = tuple(name for name in _COLUMNS if name in asked)
        self._reader = CardReader(columns, default_flow(columns), work.today)
        self._journals = Journals(work)
        self._directory = Directory(work, run)

    def take(self, rows: Sequence[ImportedRow]) -> None:
        """Decide and store a chunk of rows."""
        bulk.count_anew(self._work.db, DocumentTable, CorrespondentTable)
        for row in undecided(rows):
            self._reader.read(row)
        for row in undecided(rows):
            self._attempt(row, self._place)
        left = undecided(rows)
        self._directory.look_up(wanted for row in left for wanted in _wanted(row.fields))
        for row in left:
            self._attempt(row, self._name)
        settle_known(self._work, undecided(rows))
        self._journals.give_numbers(undecided(rows))
        self._store(undecided(rows))
        for row in rows:
            row.settle_with_first()

    def _attempt(self, row: ImportedRow, step: Any) -> None:
        try:
            step(row)
        except SedError as error:
            row.refuse(error)

    def _place(self, row: ImportedRow) -> None:
        """Find the journal and the kind; check what the flow demands."""
        fields = row.fields
        journal_flow = self._journals.flow_of(fields.get("journal"))
        flow = self._reader.settle_flow(fields, journal_flow)
        self._journals.place(fields, flow)
        self._reader.check(fields, flow)
        if row.files:
            _check_files(self._work, row)
        if "external_id" not in fields and "number" not in fields:
            # the card's own content is its name, so that a second run finds it
            made_of = "\n".join(f"{key}={fields[key]}" for key in sorted(fields))
            fields["external_id"] = f"row:{hashlib.sha256(made_of.encode()).hexdigest()[:32]}"

    def _name(self, row: ImportedRow) -> None:
        fields = row.fields
        wanted = _wanted(fields)
        found = [self._directory.get(one) for one in wanted]
        for place, one in enumerate(found):
            if any(one.id == other.id for other in found[:place]):
                raise AddresseeRepeated(field="correspondent", name=one.name)
        if found:
            if found[0].by_inn:
                row.note(
                    InnOfAnother(
                        field="inn",
                        inn=wanted[0].inn,
                        name=found[0].name,
                        written=wanted[0].name,
                    )
                )
            fields["correspondent_id"] = found[0].id
            fields["correspondent_code"] = found[0].code
            fields["outside"] = found
        self._journals.read_number(fields)

    def _store(self, rows: list[ImportedRow]) -> None:
        if not rows:
            return
        work = self._work
        self._directory.store(one for row in rows for one in row.fields.get("outside", ()))
        keys = bulk.reserve_keys(work.db, DocumentTable, "key", len(rows))
        for row, identity in zip(rows, bulk.new_ids(len(rows)), strict=True):
            row.settle(Outcome.CREATED, identity, row.fields["number"])
        columns = ("key", "id", *self._filled)
        stored = self._recorded(rows, keys)
        bulk.insert_rows(work.db, DocumentTable, columns, stored, self._shared())
        found_by = [
            (key, row.fields["day"], _searched(row.fields))
            for key, row in zip(keys, rows, strict=True)
        ]
        index_new_documents(work.db, found_by)
        store_people(work, rows)
        link_replies(work, rows)
        self._attach(rows, keys)

    def _recorded(self, rows: list[ImportedRow], keys: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """Yield the cards as bulk writing takes them, each put into the audit trail."""
        seen = [name for name in self._filled if name not in _UNSEEN]
        for key, row in zip(keys, rows, strict=True):
            fields = row.fields
            yield (key, row.id, *_card(fields, self._filled))
            shown = {name: fields[name] for name in seen if fields.get(name) is not None}
            self._work.record("import", "document", dashed(cast("str", row.id)), None, shown)

    def _shared(self) -> dict[str, Any]:
        work = self._work
        return {
            "organization_id": work.organization_id,
            "registration": "registered",
            "lifecycle": "active",
            "approval": "none",
            "exchange": "none",
            "control": "none",
            "registered_at": work.now,
            "registrar_id": work.actor.employee_id,
            "created_at": work.now,
            "import_run_id": self._run,
            "version": 1,
        }

    def _attach(self, rows: list[ImportedRow], keys: Sequence[int]) -> None:
        for key, row in zip(keys, rows, strict=True):
            if row.files:
                from sed_tui.handlers.file import attach_files  # rows with files alone
                from sed_tui.handlers.search_entry import reindex_document

                document = DocumentReference(UUID(row.id), key, row.number)
                attach_files(self._work, document, row.files)
                reindex_document(self._work, document)


def _check_files(work: Work, row: ImportedRow) -> None:
    """Refuse before anything is stored what storing would refuse."""
    if row.fields.get("confidentiality") is Confidentiality.OFFICIAL:
        raise OfficialUseFile(field="files")
    digests: dict[str, str] = {}
    for file in row.files:
        name = checked_name(file.name)
        first = digests.setdefault(work.files.staged(file.token).sha256, name)
        if first is not name:
            raise SameFileTwice(field="files", name=name, other=first)


def _wanted(fields: dict[str, Any]) -> list[Wanted]:
    """Return whom a card names; only outgoing letters have several addressees."""
    flow: Flow = fields["flow"]
    kind = "citizen" if flow is Flow.APPEAL else "organization"
    name, inn = fields.get("correspondent"), fields.get("inn")
    if name is None:
        return [Wanted(None, inn, kind)] if inn is not None else []
    if flow in FROM_OUTSIDE or inn is not None or ";" not in name:
        return [Wanted(name, inn, kind)]
    return [Wanted(part.strip(), None, kind) for part in name.split(";") if part.strip()]


def _card(fields: dict[str, Any], columns: Sequence[str]) -> list[Any]:
    """Return the columns of a card as bulk writing takes them."""
    fields["day"] = fields["listed_on"] = fields["registered_on"]
    fields["historic"] = bool(fields.get("historic"))
    fields["execution"] = first_execution(fields["flow"], historic=fields["historic"])
    fields.setdefault("confidentiality", Confidentiality.NONE)
    get = fields.get
    for name in _DATES:
        value = get(name)
        if value is not None:
            fields[name] = value.isoformat()
    return [get(name) for name in columns]


def _searched(fields: dict[str, Any]) -> str:
    outside: list[Found] = fields.get("outside", [])
    return searched_text(fields, *(one.name for one in outside))
