"""A letter as a message of MEDO describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.exchange import CannotBeSent
from sed_tui.exchange import iedms_names as names
from sed_tui.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

    from sed_tui.exchange.iedms_parts import Writer
    from sed_tui.exchange.message import AttachedFile, Clause, Letter, Link


def write_letter(writer: Writer, root: _Element, letter: Letter) -> None:
    """Append the document and its files, in the order of the schema."""
    document = writer.element(root, "document")
    writer.attribute(document, "uid", letter.uid)
    _write_requisites(writer, document, letter)
    _write_people(writer, document, letter)
    writer.text(document, "pages", str(letter.pages))
    if letter.annex_pages is not None:
        writer.text(document, "enclosuresPages", str(letter.annex_pages))
    writer.text(document, "annotation", letter.annotation, names.TEXT_LENGTH)
    if letter.links:
        links = writer.element(document, "links")
        for link in letter.links:
            _write_link(writer, links, link)
    if letter.clauses:
        clauses = writer.element(document, "clauses")
        for place, clause in enumerate(letter.clauses):
            _write_clause(writer, clauses, place, clause)
    if letter.executor is not None:
        writer.person(document, "executor", letter.executor)
    writer.optional(document, "comment", letter.comment, names.COMMENT_LENGTH)
    files = writer.element(root, "files")
    for place, file in enumerate(letter.files):
        _write_file(writer, files, place, file)


def _write_requisites(writer: Writer, document: _Element, letter: Letter) -> None:
    writer.optional(document, "kind", letter.kind, names.NAME_LENGTH)
    writer.number(document, "num", writer.filled(letter.number, _("number")))
    writer.optional(document, "classification", letter.classification, names.NAME_LENGTH)
    writer.optional(document, "urgency", letter.urgency, names.NAME_LENGTH)
    writer.optional(document, "specialMark", letter.special_mark, names.NAME_LENGTH)


def _write_people(writer: Writer, document: _Element, letter: Letter) -> None:
    signatories = writer.element(document, "signatories")
    for signatory in writer.filled(letter.signatories, _("signatory")):
        writer.signatory(signatories, "signatory", signatory)
    addressees = writer.element(document, "addressees")
    for addressee in writer.filled(letter.addressees, _("addressee")):
        writer.person(addressees, "addressee", addressee)


def _write_link(writer: Writer, links: _Element, link: Link) -> None:
    element = writer.element(links, "link")
    if link.uid:
        writer.attribute(element, "uid", link.uid)
    writer.text(element, "linkType", names.LINKS[link.kind])
    reference = writer.element(element, "reference")
    writer.optional(reference, "organization", link.organization, names.NAME_LENGTH)
    writer.number(reference, "num", writer.filled(link.number, _("number")))


def _write_clause(writer: Writer, clauses: _Element, place: int, clause: Clause) -> None:
    element = writer.element(clauses, "clause")
    writer.attribute(element, "localId", str(place))
    writer.optional(element, "designation", clause.designation, names.DESIGNATION_LENGTH)
    writer.optional(element, "text", clause.text, names.TEXT_LENGTH)
    if clause.deadline is not None:
        writer.text(element, "deadline", clause.deadline.isoformat())
    if clause.principal is not None:
        writer.person(element, "principal", clause.principal)
    if clause.participants:
        # the schema spells it so
        participants = writer.element(element, "parcipants")
        for person in clause.participants:
            writer.person(participants, "parcipant", person)


def _write_file(writer: Writer, files: _Element, place: int, file: AttachedFile) -> None:
    if len(file.name) > names.FILE_NAME_LENGTH:
        raise CannotBeSent(part=file.name, limit=names.FILE_NAME_LENGTH, found=len(file.name))
    element = writer.element(files, "file")
    writer.attribute(element, "localName", file.name)
    writer.attribute(element, "localId", str(place))
    if file.kind in names.FILE_KINDS[writer.profile.version]:
        writer.attribute(element, "type", file.kind)
    writer.text(element, "group", names.GROUPS[file.group])
    writer.optional(element, "description", file.description, names.NAME_LENGTH)
    if file.pages is not None:
        writer.text(element, "pages", str(file.pages))
