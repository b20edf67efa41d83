"""Messages of MEDO, editions 2.2 and 2.6, written as their schemas want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sed_tui.errors.exchange import NotInEdition, PartNotFilled
from sed_tui.exchange import iedms_names as names
from sed_tui.exchange.iedms_letter import write_letter
from sed_tui.exchange.iedms_parts import Writer
from sed_tui.exchange.message import Acknowledgment, Container, Event, Letter, Notification
from sed_tui.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

    from sed_tui.exchange.message import Message, Participant
    from sed_tui.exchange.profile import Profile


def write_message(message: Message, profile: Profile) -> bytes:
    """Return the XML. Raises `CannotBeSent` and `PartNotFilled` for what the format refuses.

    A character that the encoding lacks is written as a reference, never as a question mark.
    """
    writer = Writer(profile)
    root = etree.Element(writer.tag("communication"), nsmap={"xdms": names.NAMESPACE})
    writer.attribute(root, "version", profile.version)
    _write_header(writer, root, message)
    match message.body:
        case Letter() as letter:
            write_letter(writer, root, letter)
        case Notification() as notification:
            _write_notification(writer, root, notification)
        case Acknowledgment() as acknowledgment:
            _write_acknowledgment(writer, root, acknowledgment)
        case Container():
            raise TypeError("containers are read, never written")
    if message.destinations:
        index = writer.element(root, "deliveryIndex")
        for one in message.destinations:
            # the schema nests an element into one of the same name
            _write_participant(writer, writer.element(index, "destination"), "destination", one)
    return etree.tostring(root, encoding=profile.encoding, xml_declaration=True)


def message_type(message: Message) -> str:
    """Return what the header calls the message."""
    match message.body:
        case Letter():
            return names.DOCUMENT
        case Notification():
            return names.NOTIFICATION
        case Acknowledgment():
            return names.ACKNOWLEDGMENT
        case Container():
            return names.CONTAINER


def _write_header(writer: Writer, root: _Element, message: Message) -> None:
    header = writer.element(root, "header")
    writer.attribute(header, "type", message_type(message))
    if message.uid:
        writer.attribute(header, "uid", message.uid)
    if message.created is not None:
        writer.attribute(header, "created", writer.instant(message.created))
    _write_participant(writer, header, "source", message.source)
    writer.optional(header, "comment", message.comment, names.COMMENT_LENGTH)


def _write_participant(writer: Writer, parent: _Element, tag: str, one: Participant) -> None:
    element = writer.element(parent, tag)
    writer.attribute(element, "uid", one.uid)
    if not one.organization and writer.profile.version == "2.6":
        raise PartNotFilled(part=_("organization"))
    writer.text(element, "organization", one.organization, names.NAME_LENGTH)


def _write_notification(writer: Writer, root: _Element, notification: Notification) -> None:
    kind, tag = names.EVENTS[notification.event]
    if notification.event not in names.EVENTS_OF[writer.profile.version]:
        raise NotInEdition(event=kind, version=writer.profile.version)
    element = writer.element(root, "notification")
    writer.attribute(element, "type", kind)
    writer.attribute(element, "uid", notification.document)
    told = writer.element(element, tag)
    writer.text(told, "time", writer.instant(notification.at))
    if notification.foundation is not None:
        writer.number(writer.element(told, "foundation"), "num", notification.foundation)
    _write_told(writer, told, notification)
    writer.optional(element, "comment", notification.comment, names.COMMENT_LENGTH)


def _write_told(writer: Writer, told: _Element, notification: Notification) -> None:
    match notification.event:
        case Event.REGISTERED:
            writer.number(told, "num", writer.filled(notification.number, _("number")))
        case Event.REFUSED:
            known = notification.reason in names.REASONS[writer.profile.version]
            reason = writer.filled(notification.reason if known else "", _("reason"))
            writer.text(told, "reason", reason)
        case Event.EXECUTOR_ASSIGNED:
            for tag in ("secretary", "manager", "executor"):
                person = writer.filled(getattr(notification, tag), _("executor"))
                writer.person(told, tag, person)
        case Event.REPORT_PREPARED:
            signatory = writer.filled(notification.signatory, _("signatory"))
            writer.signatory(told, "signatory", signatory)
        case Event.REPORT_SENT:
            report = writer.element(told, "report")
            writer.number(report, "num", writer.filled(notification.number, _("number")))
        case Event.PUBLISHED:
            number = writer.filled(notification.number, _("number"))
            writer.number_of_instant(told, "num", number)
            point = writer.filled(notification.point, _("publication point"))
            writer.text(told, "publicationPoint", point, names.NAME_LENGTH)
        case _:
            text = writer.filled(notification.text, _("text"))
            writer.text(told, "courseText", text, names.TEXT_LENGTH)


def _write_acknowledgment(writer: Writer, root: _Element, acknowledgment: Acknowledgment) -> None:
    element = writer.element(root, "acknowledgment")
    writer.attribute(element, "uid", acknowledgment.message)
    writer.text(element, "time", writer.instant(acknowledgment.at))
    writer.text(element, "accepted", "true" if acknowledgment.accepted else "false")
    writer.optional(element, "comment", acknowledgment.comment, names.COMMENT_LENGTH)
