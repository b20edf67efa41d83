"""A letter read from a message of MEDO."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.exchange import PartMissing
from sed_tui.exchange import iedms_names as names
from sed_tui.exchange.message import AttachedFile, Clause, FileGroup, Letter, Link, LinkKind
from sed_tui.exchange.remarks import Oddity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from sed_tui.exchange.iedms_fields import Reader
    from sed_tui.exchange.message import Person

_LINKS = {value.casefold(): kind for kind, value in names.LINKS.items()}
_GROUPS = {value.casefold(): group for group, value in names.GROUPS.items()}


def read_letter(reader: Reader, document: _Element, files: _Element | None) -> Letter:
    """Return the letter. Raises `PartMissing` for one without an identifier."""
    uid = reader.attribute(document, "uid").lower()
    if not uid:
        raise PartMissing(file=reader.file, part="document/@uid")
    reader.note_stray_text(document)
    letter = Letter(
        uid=uid,
        number=reader.number(document, "num"),
        annotation=reader.long_text(document, "annotation"),
        kind=reader.text(document, "kind"),
        classification=reader.text(document, "classification"),
        urgency=reader.text(document, "urgency"),
        special_mark=reader.text(document, "specialMark"),
        signatories=tuple(
            reader.signatory(one)
            for one in reader.children(reader.child(document, "signatories"), "signatory")
        ),
        addressees=tuple(_people(reader, reader.child(document, "addressees"), "addressee")),
        pages=reader.count(document, "pages") or 0,
        annex_pages=reader.count(document, "enclosuresPages"),
        links=tuple(_links(reader, document)),
        clauses=tuple(_clauses(reader, document)),
        executor=reader.person_in(document, "executor"),
        comment=reader.long_text(document, "comment"),
        files=tuple(_files(reader, files)),
    )
    _note_gaps(reader, letter)
    return letter


def _note_gaps(reader: Reader, letter: Letter) -> None:
    """Note what a registrar will miss; a clerk decides, the letter is not refused for it."""
    gaps = (
        (letter.number, Oddity.NO_NUMBER),
        (letter.signatories, Oddity.NO_SIGNATORY),
        (letter.addressees, Oddity.NO_ADDRESSEE),
        (letter.annotation, Oddity.NO_ANNOTATION),
    )
    for value, oddity in gaps:
        if not value:
            reader.note(oddity)


def _people(reader: Reader, parent: _Element | None, name: str) -> Iterator[Person]:
    for element in reader.children(parent, name):
        yield reader.person(element)


def _links(reader: Reader, document: _Element) -> Iterator[Link]:
    for element in reader.children(reader.child(document, "links"), "link"):
        told = reader.text(element, "linkType")
        kind = _LINKS.get(told.casefold())
        if kind is None:
            reader.note(Oddity.UNKNOWN_LINK, told[:40])
        about = reader.child(element, "reference")
        if about is None:
            about = reader.child(element, "document")
        yield Link(
            kind=kind or LinkKind.RELATED,
            uid=reader.attribute(element, "uid").lower(),
            number=reader.number(about, "num"),
            organization=reader.text(about, "organization"),
        )


def _clauses(reader: Reader, document: _Element) -> Iterator[Clause]:
    for element in reader.children(reader.child(document, "clauses"), "clause"):
        helpers = reader.child(element, "parcipants")
        yield Clause(
            designation=reader.text(element, "designation"),
            text=reader.long_text(element, "text"),
            deadline=reader.day(element, "deadline"),
            principal=_principal(reader, element),
            participants=(
                *_people(reader, helpers, "parcipant"),
                *_listed(reader, reader.child(helpers, "parcipants")),
            ),
        )


def _principal(reader: Reader, clause: _Element) -> Person | None:
    """Return the responsible executor: the one named, or the first of the list."""
    one = reader.person_in(clause, "principal")
    return one or next(_listed(reader, reader.child(clause, "principals")), None)


def _listed(reader: Reader, people: _Element | None) -> Iterator[Person]:
    yield from _people(reader, reader.child(people, "contents"), "addressee")


def _files(reader: Reader, files: _Element | None) -> Iterator[AttachedFile]:
    for element in reader.children(files, "file"):
        group = reader.text(element, "group").casefold()
        yield AttachedFile(
            name=reader.attribute(element, "localName"),
            group=_GROUPS.get(group, FileGroup.ANNEX),
            kind=reader.attribute(element, "type"),
            description=reader.text(element, "description"),
            pages=reader.count(element, "pages"),
        )
