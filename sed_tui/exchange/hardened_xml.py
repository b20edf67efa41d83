"""XML of somebody else: no document type, no entities, no network, bounded in size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sed_tui.errors.exchange import (
    DeclarationForbidden,
    MessageTooLarge,
    NotWellFormed,
    XmlBroken,
)
from sed_tui.exchange.limits import MESSAGE_BYTES
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from lxml.etree import _Element

_OTHERWISE = N_("it breaks the rules of XML")
_FOREIGN_BYTES = N_("it has bytes that its encoding does not have")
_UNCLOSED = N_("it ends in the middle: an element is not closed")
_BAD_SIGN = N_("a sign stands in a text as it is: write &amp; or &lt; for it")
_E = etree.ErrorTypes
_BREAKS: dict[int, str] = {
    _E.ERR_TAG_NOT_FINISHED: _UNCLOSED,
    _E.ERR_GT_REQUIRED: _UNCLOSED,
    _E.ERR_ATTRIBUTE_NOT_FINISHED: _UNCLOSED,
    _E.ERR_TAG_NAME_MISMATCH: N_("an element is closed under the name of another one"),
    _E.ERR_DOCUMENT_EMPTY: N_("it is empty or does not begin with an element"),
    _E.ERR_DOCUMENT_END: N_("something follows its last element"),
    _E.ERR_UNDECLARED_ENTITY: N_("it names an entity that XML does not have"),
    _E.ERR_NAME_REQUIRED: _BAD_SIGN,
    _E.ERR_INVALID_CHAR: N_("it has a character that XML does not permit"),
    _E.ERR_INVALID_ENCODING: _FOREIGN_BYTES,
    _E.ERR_UNSUPPORTED_ENCODING: N_("it declares an encoding that is not known"),
    _E.ERR_ATTRIBUTE_REDEFINED: N_("an element has the same attribute twice"),
    _E.NS_ERR_UNDEFINED_NAMESPACE: N_("a prefix belongs to no namespace"),
}
"""What the parser finds (codes of libxml2, parserErrors), in our words."""


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
        raise _failure(error, file, data) from error
    # a declaration is refused even where nothing uses it: no format of ours has one
    if root.getroottree().docinfo.internalDTD is not None:
        raise DeclarationForbidden(file=file)
    return root


def _failure(error: Exception, file: str, data: bytes) -> NotWellFormed:
    """Return where the XML breaks and how, in our words: the parser's stay in the chain."""
    if isinstance(error, etree.XMLSyntaxError):
        line, column = error.position
        found = _BREAKS.get(error.code, _OTHERWISE)
        # cut within a name or a reference it looks like a bad one
        is_cut = not data.rstrip(b" \t\r\n\0").endswith(b">")
        reason = _UNCLOSED if is_cut and found in (_BAD_SIGN, _OTHERWISE) else found
        return XmlBroken(file=file, line=line, column=column, reason=_(reason))
    is_encoding = isinstance(error, UnicodeError)
    return NotWellFormed(file=file, reason=_(_FOREIGN_BYTES if is_encoding else _OTHERWISE))


def is_of_encoding(error: NotWellFormed) -> bool:
    """Tell whether it is the bytes that the parser could not read, not what they say."""
    cause = error.__cause__
    codes = (_E.ERR_INVALID_ENCODING, _E.ERR_UNSUPPORTED_ENCODING, _E.ERR_INVALID_CHAR)
    return not isinstance(cause, etree.XMLSyntaxError) or cause.code in codes
