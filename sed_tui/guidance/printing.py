"""Guides on paper: one page of HTML, or plain text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sed_tui import __version__
from sed_tui.i18n import _, active_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.guidance.guides import Guide

_STYLE = """
body { font: 11pt/1.45 "PT Serif", Georgia, serif; max-width: 46em; margin: 2em auto; }
h1 { page-break-before: always; } h1:first-of-type { page-break-before: auto; }
h2 { page-break-after: avoid; } pre, table { page-break-inside: avoid; }
code, pre { font: 10pt/1.4 "PT Mono", monospace; background: #f3f3f3; padding: 0 .2em; }
pre { padding: .6em; white-space: pre-wrap; } table { border-collapse: collapse; }
td, th { border: 1px solid #999; padding: .2em .6em; text-align: left; }
footer { color: #666; font-size: 9pt; margin-top: 3em; }
"""


def as_html(guides: Sequence[Guide]) -> str:
    """Return a page that prints: each guide begins a sheet, tags in a text stay text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = "\n".join(markdown.render(guide.text) for guide in guides)
    title = escape(guides[0].title if len(guides) == 1 else _("Guides"))
    return (
        f'<!DOCTYPE html>\n<html lang="{active_language()}">\n<head><meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style></head>\n<body>\n{body}"
        f"<footer>sed-tui {escape(__version__)}</footer>\n</body>\n</html>\n"
    )


def as_text(guides: Sequence[Guide]) -> str:
    """Return the guides one after another, as they are written."""
    return "\n\n".join(guide.text.rstrip() for guide in guides) + "\n"
