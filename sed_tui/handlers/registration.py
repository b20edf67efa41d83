"""Registration: a document gets its number, once and for good."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.card_texts import TEXT_LIMITS
from sed_tui.domain.duplicates import Likeness
from sed_tui.domain.flows import FROM_OUTSIDE, Confidentiality, Flow
from sed_tui.domain.links import LinkKind
from sed_tui.domain.numbering import period_key
from sed_tui.domain.registration import appeal_warnings, check_flow, first_execution
from sed_tui.errors.registration import (
    AddresseeRepeated,
    ExternalIdTaken,
    OfficialUseFile,
)
from sed_tui.handlers import duplicates
from sed_tui.handlers.card import DATES, NUMBERS, check_card, checked_texts, searched_text
from sed_tui.handlers.correspondent import (
    ResolvedCorrespondent,
    find_correspondent,
    resolve_correspondent,
)
from sed_tui.handlers.document_kind import find_kind
from sed_tui.handlers.duplicate_answers import answer_duplicates, duplicate_number
from sed_tui.handlers.employee import mentioned_employees, require_people
from sed_tui.handlers.link import add_link
from sed_tui.handlers.number_codes import number_context
from sed_tui.handlers.numbers import (
    Allotment,
    Journal,
    allot,
    check_open,
    chronology_warnings,
    find_journal,
    number_by_hand,
    taken,
)
from sed_tui.handlers.participants import add_to_document
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.operations.registration import (
    DuplicatePolicy,
    FindDuplicates,
    PossibleDuplicate,
    PossibleDuplicates,
    RegisterDocument,
    Registered,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.search import index_documents
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.participant import AddresseeTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sed_tui.domain.registration import SenderDays
    from sed_tui.handlers.work import Work

# the states of a card that is in force and has begun no other process
_FRESH = {
    "approval": "none",
    "exchange": "none",
    "control": "none",
    "historic": False,
    "version": 1,
}
# what the history tells in words instead
_HIDDEN = {"their_key", "journal_id", "correspondent_id", "period", "scope", "ordinal", "suffix"}


def register_document(work: Work, request: RegisterDocument) -> Registered:
    """Check the card, look for duplicates, give the number, store; all or nothing."""
    return _registered(work, request, None)


def _registered(work: Work, request: RegisterDocument, sender: SenderDays | None) -> Registered:
    """Register; the date of a sender whose days are known is judged by them."""
    check_flow(request.flow, (name for name in request.model_fields_set if getattr(request, name)))
    day = request.registered_on or work.today
    journal = find_journal(work, request.journal, request.flow)
    check_open(journal, day)
    outside = _outside(work, request)
    card = _card(work, request, day, outside, sender)
    earlier = _earlier(work, request, card)
    warnings = answer_duplicates(request, earlier, work.options.reason)
    if request.flow is Flow.APPEAL:
        card["appeal_repeat"] = _repeat(earlier)
        warnings += appeal_warnings(card)
    reply = find_document(work, request.in_reply_to, "in_reply_to") if request.in_reply_to else None
    people = _people(work, card)
    # from here to the commit everybody who wants a number of the journal waits for this one
    allotment = _number(work, request, journal, card, day, earlier)
    warnings += chronology_warnings(work, allotment, day)
    document = _store(work, card, allotment, day, outside)
    if request.flow is Flow.OUTGOING:
        store_addressees(work, document.id, outside)
    work.write_last(lambda: add_to_document(work, document.id, people))
    if reply is not None:
        add_link(work, document, LinkKind.REPLY_TO, reply)
    if request.on_duplicate is DuplicatePolicy.LINK and earlier:
        first = DocumentReference(earlier[0].id, 0, earlier[0].number)
        add_link(work, document, LinkKind.DUPLICATE_OF, first)
    if request.files:
        from sed_tui.handlers.file import (
            attach_files,
        )  # text extraction, for cards with files alone

        warnings += attach_files(work, document, request.files)
    text = searched_text({**card, "number": allotment.number}, *(one.name for one in outside))
    _index(work, document, text, with_files=bool(request.files))
    return Registered(
        id=document.id,
        number=allotment.number,
        registered_on=day,
        flow=request.flow,
        journal=journal.code,
        subject=card["subject"],
        warnings=warnings,
        stamp=stamp(allotment.number, day),
    )


def register_within(
    work: Work, request: RegisterDocument, sender: SenderDays | None = None
) -> Registered:
    """Register as a part of an operation that goes on with the document."""
    registered = _registered(work, request, sender)
    work.write_put_off()
    return registered


def find_duplicates(work: Work, request: FindDuplicates) -> PossibleDuplicates:
    """Return registered documents that look like the asked one, the most alike first."""
    card: dict[str, Any] = checked_texts({"subject": "—", "their_number": request.their_number})
    card["their_date"] = request.their_date
    card["correspondent_id"] = None
    if request.correspondent:
        found = find_correspondent(work, request.correspondent)
        card["correspondent_id"] = found.id if found else None
    return PossibleDuplicates(rows=duplicates.find(work, request.flow, card, request.sha256))


def resolve_outside(
    work: Work, flow: Flow, names: Sequence[str], field: str
) -> list[ResolvedCorrespondent]:
    """Return the correspondents that are named; an unknown name is a new one.

    Raises `AddresseeRepeated`.
    """
    kind = "citizen" if flow is Flow.APPEAL else "organization"
    found = [resolve_correspondent(work, name, kind=kind, field=field) for name in names]
    for place, one in enumerate(found):
        if any(one.id == other.id for other in found[:place]):
            raise AddresseeRepeated(field=field, name=one.name)
    return found


def store_addressees(work: Work, document_id: UUID, outside: list[ResolvedCorrespondent]) -> None:
    """Put the outside addressees of a letter beside its card, in their order."""
    rows = [
        {
            "document_id": document_id,
            "correspondent_id": one.id,
            "organization_id": work.organization_id,
            "position": place,
        }
        for place, one in enumerate(outside, start=1)
    ]
    if rows:
        work.db.execute(insert(AddresseeTable), rows)


def stamp(number: str, day: date) -> str:
    """Return the text of the registration stamp, to be copied onto the paper."""
    return f"№ {number} · {day:%d.%m.%Y}"


def _outside(work: Work, request: RegisterDocument) -> list[ResolvedCorrespondent]:
    """Return whom the document comes from or goes to."""
    names = request.addressees or ((request.correspondent,) if request.correspondent else ())
    field = "addressees" if request.addressees else "correspondent"
    return resolve_outside(work, request.flow, names, field)


def _card(
    work: Work,
    request: RegisterDocument,
    day: date,
    outside: list[ResolvedCorrespondent],
    sender: SenderDays | None,
) -> dict[str, Any]:
    """Return the columns of the checked card, without number and state."""
    if request.confidentiality is Confidentiality.OFFICIAL and request.files:
        raise OfficialUseFile(field="files")
    values = {name: getattr(request, name) for name in (*TEXT_LIMITS, *NUMBERS, *DATES)}
    if request.flow in FROM_OUTSIDE:
        values["received_on"] = request.received_on or day
    card: dict[str, Any] = {**values, **checked_texts(values)}
    named = {**card, "correspondent": outside, "addressees": outside}
    check_card(request.flow, named, registered_on=day, today=work.today, sender=sender)
    kind = find_kind(work, request.flow, request.kind, reason=work.options.reason)
    return {
        **card,
        "flow": request.flow,
        "kind": kind.name,
        "confidentiality": request.confidentiality,
        "correspondent_id": outside[0].id if outside else None,
    }


def _earlier(
    work: Work, request: RegisterDocument, card: dict[str, Any]
) -> list[PossibleDuplicate]:
    if card["their_key"] and card["correspondent_id"]:
        # two registrars with the same letter in hand: the second waits and then sees the first
        lock_name(work.db, work.organization_id, f"{card['correspondent_id']}/{card['their_key']}")
    digests = [work.files.staged(file.token).sha256 for file in request.files]
    return duplicates.find(work, request.flow, card, digests)


def _number(
    work: Work,
    request: RegisterDocument,
    journal: Journal,
    card: dict[str, Any],
    day: date,
    earlier: list[PossibleDuplicate],
) -> Allotment:
    context = number_context(
        work,
        journal,
        day,
        kind=(request.flow, card["kind"]),
        case_index=card["case_index"],
        correspondent_id=card["correspondent_id"],
        unit=request.unit,
        leading=request.leading,
    )
    number, suffix = number_by_hand(work, request.number, request.suffix)
    if request.on_duplicate is DuplicatePolicy.LINK and earlier and number is None:
        place = duplicate_number(work, journal, period_key(journal.period, day), earlier[0])
        if place is not None:
            number, suffix = journal.formula.number(place[0], context), place[1]
    return allot(work, journal, context, number=number, suffix=suffix)


def _store(
    work: Work,
    card: dict[str, Any],
    allotment: Allotment,
    day: date,
    outside: list[ResolvedCorrespondent],
) -> DocumentReference:
    """Insert the card; the database decides whether number and external id are free."""
    document_id = uuid4()
    row = {
        **card,
        **allotment.columns(),
        "registered_on": day,
        "lifecycle": "active",
        "registration": "registered",
        "execution": first_execution(card["flow"], historic=False),
    }
    stored = {
        **row,
        **_FRESH,
        "id": document_id,
        "organization_id": work.organization_id,
        "listed_on": day,
        "registered_at": work.now,
        "registrar_id": work.actor.employee_id,
        "created_at": work.now,
    }
    inserted = _inserted(work.db.dialect.name, tuple(stored)).one_or_none(work.db, stored)
    if inserted is None:
        raise _conflict(work, card, allotment)
    work.record("register", "document", document_id, None, _recorded(row, allotment, outside))
    return DocumentReference(document_id, inserted.key, allotment.number)


@cache
def _inserted(dialect: str, columns: tuple[str, ...]) -> Prepared:
    insert_new = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert_new(DocumentTable).on_conflict_do_nothing()
    return Prepared(statement.returning(col(DocumentTable.key)), columns)


def _index(work: Work, document: DocumentReference, text: str, *, with_files: bool) -> None:
    """Let the card be found by its words, last where the texts of files need not be read."""
    entry = [(document.key, text)]
    if with_files:
        index_documents(work.db, entry)
    else:
        work.write_last(lambda: index_documents(work.db, entry, is_new=True))


def _people(work: Work, card: dict[str, Any]) -> dict[str, list[UUID]]:
    """Return who of the office is to see the card, in which capacity."""
    # who signed an incoming letter works elsewhere
    own = ("addressee",) if card["flow"] in FROM_OUTSIDE else ("addressee", "signatory", "drafter")
    named = {
        name: (
            mentioned_employees(work, card[name])
            if name == "addressee"
            else require_people(work, card[name], name)
        )
        for name in own
        if card[name]
    }
    people = {capacity: [person.id for person in found] for capacity, found in named.items()}
    return {"registrar": [work.actor.employee_id], **people}


def _repeat(earlier: list[PossibleDuplicate]) -> str:
    """Tell a first appeal from a repeated one and from many (59-FZ art. 11.5)."""
    appeals = sum(one.likeness is Likeness.REPEATED_APPEAL for one in earlier)
    return ("primary", "repeated")[appeals] if appeals <= 1 else "multiple"


def _conflict(work: Work, card: dict[str, Any], allotment: Allotment) -> Exception:
    if card["external_id"] is not None:
        number = work.db.scalar(
            select(col(DocumentTable.number)).where(
                col(DocumentTable.organization_id) == work.organization_id,
                col(DocumentTable.external_id) == card["external_id"],
            )
        )
        if number is not None:
            return ExternalIdTaken(
                field="external_id", external_id=card["external_id"], number=number
            )
    return taken(work, allotment)


def _recorded(
    row: dict[str, Any], allotment: Allotment, outside: list[ResolvedCorrespondent]
) -> dict[str, Any]:
    """Return the card as its history tells it; a citizen stands there by id, not by name."""
    told = {name: value for name, value in row.items() if value is not None}
    told["journal"] = allotment.journal.code
    if outside:
        by_name = row["flow"] is not Flow.APPEAL
        told["correspondent"] = ", ".join(one.name if by_name else str(one.id) for one in outside)
    return {name: value for name, value in told.items() if name not in _HIDDEN}
