"""The passport of a transport container of editions 2.7 and 2.7.1.

No official schema is public: read from descriptions and implementations, and never written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.exchange import PartMissing
from sed_tui.exchange import iedms_names as names
from sed_tui.exchange.hardened_xml import parse_xml
from sed_tui.exchange.iedms_fields import Reader
from sed_tui.exchange.message import (
    AttachedFile,
    FileGroup,
    Letter,
    Link,
    LinkKind,
    Number,
    Person,
    Signatory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from sed_tui.exchange.profile import Profile
    from sed_tui.exchange.remarks import Remark

PASSPORT = "passport.xml"


def read_passport(data: bytes, profile: Profile) -> tuple[Letter, tuple[Remark, ...]]:
    """Return the letter of a container. Raises `BadMessage` and its kinds."""
    reader = Reader(profile, PASSPORT, names.CONTAINER_NAMESPACES)
    root = parse_xml(data, PASSPORT)
    requisites = reader.obligatory(root, "requisites")
    authors = reader.children(reader.obligatory(root, "authors"), "author")
    uid = reader.attribute(root, "uid").lower()
    if not uid or not authors:
        raise PartMissing(file=PASSPORT, part="container/@uid | author")
    document = reader.obligatory(root, "document")
    registration = reader.child(authors[0], "registration")
    number = reader.text(registration, "number")
    letter = Letter(
        uid=uid,
        number=Number(number, reader.day(registration, "date")) if number else None,
        annotation=reader.long_text(requisites, "annotation"),
        kind=reader.text(requisites, "documentKind"),
        classification=reader.text(requisites, "classification"),
        signatories=tuple(_signatories(reader, authors)),
        addressees=tuple(_addressees(reader, root)),
        pages=reader.count(document, "pagesQuantity") or 0,
        annex_pages=reader.count(document, "enclosurePagesQuantity"),
        links=tuple(_links(reader, requisites)),
        executor=_executor(reader, authors[0]),
        files=(_main_file(reader, authors, document), *_attachments(reader, root)),
    )
    return letter, tuple(reader.remarks)


def _signatories(reader: Reader, authors: list[_Element]) -> Iterator[Signatory]:
    for author in authors:
        signed_on = reader.day(reader.child(author, "registration"), "date")
        for sign in reader.children(author, "sign"):
            yield Signatory(_named(reader, author, reader.child(sign, "person")), signed_on)


def _named(reader: Reader, parent: _Element, person: _Element | None) -> Person:
    organization = reader.child(parent, "organization")
    return Person(
        organization=reader.text(organization, "title"),
        person=reader.text(person, "name"),
        post=reader.text(person, "post"),
        contact=reader.text(person, "phone"),
    )


def _addressees(reader: Reader, root: _Element) -> Iterator[Person]:
    for element in reader.children(reader.child(root, "addressees"), "addressee"):
        yield _named(reader, element, reader.child(element, "person"))


def _executor(reader: Reader, author: _Element) -> Person | None:
    element = reader.child(author, "executor")
    return None if element is None else _named(reader, author, element)


def _links(reader: Reader, requisites: _Element) -> Iterator[Link]:
    for element in reader.children(reader.child(requisites, "links"), "link"):
        registration = reader.child(element, "registration")
        number = reader.text(registration, "number")
        yield Link(
            kind=LinkKind.RELATED,
            uid=reader.attribute(element, "uid").lower(),
            number=Number(number, reader.day(registration, "date")) if number else None,
            organization=reader.text(reader.child(element, "organization"), "title"),
        )


def _main_file(reader: Reader, authors: list[_Element], document: _Element) -> AttachedFile:
    signatures = [
        reader.attribute(signature, "localName")
        for author in authors
        for sign in reader.children(author, "sign")
        for signature in reader.children(sign, "documentSignature")
    ]
    return AttachedFile(
        name=reader.attribute(document, "localName"),
        group=FileGroup.TEXT,
        kind="pdf",
        signatures=tuple(filter(None, signatures)),
    )


def _attachments(reader: Reader, root: _Element) -> list[AttachedFile]:
    """Return the annexes in the order that they name themselves."""
    found = [
        (
            reader.count(element, "order") or 0,
            AttachedFile(
                name=reader.attribute(element, "localName"),
                group=FileGroup.ANNEX,
                description=reader.text(element, "description"),
                signatures=tuple(
                    reader.attribute(one, "localName")
                    for one in reader.children(element, "signature")
                ),
            ),
        )
        for element in reader.children(reader.child(root, "attachments"), "attachment")
    ]
    return [file for _order, file in sorted(found, key=lambda pair: pair[0])]
