"""A paper of joining printed: filled in, typeset here, kept there as this very file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.operations.joining_papers import ISSUE, PAPER, IssuePaper, ShowPaper

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.domain.joining_papers import Paper
    from sed_tui.gateway import Gateway
    from sed_tui.operations.joining import Application
    from sed_tui.operations.joining_papers import PaperText
    from sed_tui.operations.registry import CallOptions


@dataclass(frozen=True, slots=True)
class Printed:
    """The application afterwards, the name of the file and what it holds."""

    card: Application
    name: str
    content: bytes


def print_paper(
    gateway: Gateway,
    application: str | None,
    paper: Paper,
    typeset: Callable[[PaperText], bytes],
    options: CallOptions,
) -> Printed:
    """Print a paper and let the system keep it: only this very file is signed."""
    text = gateway.call(PAPER, ShowPaper(application=application, paper=paper))
    content = typeset(text)
    request = IssuePaper(
        application=text.application,
        paper=paper,
        edition=text.edition,
        name=text.name,
        token=gateway.stage(io.BytesIO(content)),
    )
    return Printed(gateway.call(ISSUE, request, options), text.name, content)
