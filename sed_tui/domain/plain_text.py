"""The text in a file that does not say in which encoding it was written."""

from __future__ import annotations

import codecs

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(content: bytes, *, is_cut: bool = False) -> str:
    """Return bytes as text: UTF-16 by its mark, UTF-8 where they are that, else windows-1251.

    Of what `is_cut` the last letter may have been cut in two: it is left out. Nothing
    is refused, a byte that means nothing becomes U+FFFD.
    """
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content, final=not is_cut)
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")
