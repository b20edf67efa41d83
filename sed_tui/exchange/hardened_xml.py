"""XML of somebody else: no document type, no entities, no network, bounded in size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sed_tui.errors.exchange import DeclarationForbidden, MessageTooLarge, NotWellFormed
from sed_tui.exchange.limits import MESSAGE_BYTES
from sed_tui.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes, file: str) -> _Element:
    """Return the root. Raises `NotWellFormed`, `DeclarationForbidden` or `MessageTooLarge`."""
    if len(data) > MESSAGE_BYTES:
        raise MessageTooLarge(file=file, limit=MESSAGE_BYTES)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NotWellFormed(file=file, reason=_cause(error)) from error
    # a declaration is refused even where nothing uses it: no format of ours has one
    if root.getroottree().docinfo.internalDTD is not None:
        raise DeclarationForbidden(file=file)
    return root


def _cause(error: Exception) -> str:
    """Return where the XML breaks, in our words, and how in those of the parser."""
    if not isinstance(error, etree.XMLSyntaxError):
        return _("it breaks the rules of XML ({said})").format(said=str(error)[:100])
    line, column = error.position
    said = (error.msg or "").splitlines()
    return _("line {line}, character {column}: it breaks the rules of XML ({said})").format(
        line=line, column=column, said=said[0].partition(", line ")[0] if said else "—"
    )
