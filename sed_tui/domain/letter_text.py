"""Text of letters made readable: charsets that are told wrong, HTML without its marks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# in the order of trust: UTF-8 recognizes itself, cp1251 is what is left of Windows
_GUESSES = ("utf-8", "cp1251")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_HIDDEN = {"script", "style", "head", "title", "template"}
_BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table"}
# of one kind alone: rot13 and zip are codecs of Python as well
_KNOWN = re.compile(
    r"(?i)(utf-?(8|16|32)\w*|us-ascii|ascii|iso-?8859-\d+|koi8-[ru]|cp\d+"
    r"|windows-\d+|x-mac-cyrillic|mac-?cyrillic|ibm866|gb\w+|big5)"
)


def readable(content: bytes, charset: str | None) -> str:
    """Return bytes as text: by the charset that is told where it fits, else by a guess."""
    told = charset if charset and _KNOWN.fullmatch(charset) else None
    for name in (told, *_GUESSES):
        if name is None:
            continue
        try:
            return _cleaned(content.decode(name))
        except (UnicodeError, LookupError):
            continue
    return _cleaned(content.decode("utf-8", errors="replace"))


def plain_of_html(text: str) -> str:
    """Return the words of HTML; nothing in it is fetched or run."""
    reader = _Words()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN and self._hidden:
            self._hidden -= 1
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _cleaned(text: str) -> str:
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
