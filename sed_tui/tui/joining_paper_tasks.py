"""Papers of an application printed and signed from the screen."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.domain.dates import parse_date
from sed_tui.domain.joining import Side
from sed_tui.domain.joining_papers import PAPER_RULES, Paper, SigningWay
from sed_tui.i18n import _
from sed_tui.operations.joining_papers import (
    ISSUE,
    PAPER,
    SIGN,
    IssuePaper,
    ShowPaper,
    SignPaper,
)
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.tui.entry_dialog import Entry, Task
from sed_tui.tui.staging import staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.joining import Application


def paper_tasks(card: Application, gateway: Gateway) -> list[Task]:
    """Return the papers that have their turn: to be printed, to be signed either way."""
    printed = {one.paper for one in card.papers}
    found = []
    for paper, rule in PAPER_RULES.items():
        if card.joining not in rule.states:
            continue
        found.append(print_task(card, gateway, paper))
        if paper in printed:
            sides = [side for side in rule.sides if side is Side.APPLICANT or card.is_operator]
            found += [
                sign_task(card, gateway, paper, side, way) for side in sides for way in SigningWay
            ]
    return found


def print_task(card: Application, gateway: Gateway, paper: Paper) -> Task:
    """Return the form that prints a paper into a file."""
    entries = (Entry("file", _("File to write"), f"{card.application}-{paper.value}.pdf"),)

    def request(values: Mapping[str, str]) -> IssuePaper:
        from sed_tui.rendering.joining_paper import paper_pdf
        from sed_tui.rendering.saved import replaced

        text = gateway.call(PAPER, ShowPaper(application=str(card.id), paper=paper))
        content = paper_pdf(text)
        with replaced(Path(values["file"]).expanduser()) as place:
            place.write(content)
        return IssuePaper(
            application=str(card.id),
            paper=paper,
            edition=text.edition,
            name=text.name,
            token=gateway.stage(io.BytesIO(content)),
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("joining", "print", paper.value, card.application, "-o", values["file"])

    title = _("Print: {paper}").format(paper=shown_value("paper", paper.value))
    return Task(title, ISSUE, entries, request, words)


def sign_task(
    card: Application, gateway: Gateway, paper: Paper, side: Side, way: SigningWay
) -> Task:
    """Return the form that keeps a signature: a detached one, or the scan of one on paper."""
    is_gost = way is SigningWay.GOST
    file = Entry("token", _("Signature .p7s: path") if is_gost else _("Scan: path of the file"))
    head = (card.head_name or "") if side is Side.APPLICANT else ""
    told = (
        Entry("signatory", label("signatory"), head),
        Entry("signed_on", label("signed_on")),
    )
    entries = (file,) if is_gost else (file, *told)

    def request(values: Mapping[str, str]) -> SignPaper:
        path = Path(values["token"]).expanduser()
        day = values.get("signed_on")
        return SignPaper(
            application=str(card.id),
            paper=paper,
            side=side,
            way=way,
            name=path.name,
            token=staged(gateway, path),
            signatory=values.get("signatory") or None,
            signed_on=parse_date(day, "signed_on") if day else None,
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        start = ("joining", "sign", paper.value, card.application, "--side", side.value)
        return (*start, *_signed(values, is_gost=is_gost))

    return Task(_signing(paper, side, way), SIGN, entries, request, words)


def _signing(paper: Paper, side: Side, way: SigningWay) -> str:
    return _("Sign: {paper}, {side}, {way}").format(
        paper=shown_value("paper", paper.value),
        side=shown_value("side", side.value),
        way=shown_value("way", way.value),
    )


def _signed(values: Mapping[str, str], *, is_gost: bool) -> tuple[str, ...]:
    if is_gost:
        return ("--signature", values["token"])
    who = ("--signatory", values["signatory"], "--signed-on", values["signed_on"])
    return ("--scan", values["token"], *who)
