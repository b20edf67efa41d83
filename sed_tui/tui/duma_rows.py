"""Submissions to the Duma, sittings and rules as rows of one screen."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.duma import OPEN, PASSAGE_TITLES, Passage, RuleSort
from sed_tui.i18n import N_, _
from sed_tui.operations import duma, duma_submission
from sed_tui.operations.duma import DumaRuleRow, ListDumaRules, ListSittings, Sitting
from sed_tui.operations.duma_submission import ListSubmissions, SubmissionRow
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.wording import amount, day, long_day, translated
from widgets.rows import Column, Row, WholeRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.duma_submission import PaperRow


class View(StrEnum):
    """What the screen of the Duma lists."""

    UNDER_WAY = "under_way"
    ALL = "all"
    SITTINGS = "sittings"
    RULES = "rules"


VIEWS = {
    View.UNDER_WAY: N_("submissions under way"),
    View.ALL: N_("all submissions"),
    View.SITTINGS: N_("sittings"),
    View.RULES: N_("rules"),
}
# as many columns in every view: the old rows are drawn until the new ones have come
_SUBMISSIONS = (
    Column(N_("Sitting"), 10),
    Column(N_("Send by"), 10),
    Column(N_("Passage"), 18),
    Column(N_("Document"), 10, optional=True, copied=True),
    Column(N_("Title"), 14, share=1),
)
_SITTINGS = (
    Column(N_("Sitting"), 10, copied=True),
    Column(N_("Next term"), 10),
    Column(N_("What must be done"), 20, share=1),
    Column(N_("Submissions"), 8),
    Column(N_("Was on"), 10, optional=True),
)
_RULES = (
    Column(N_("Code"), 16, copied=True),
    Column(N_("What it is"), 10),
    Column(N_("Title"), 20, share=1),
    Column(N_("Of what"), 20),
    Column(N_("Compared"), 10, optional=True),
)
_PAPERS = (
    Column("", 2),
    Column(N_("Paper"), 22, share=1),
    Column(N_("File"), 18, share=1, copied=True),
    Column(N_("Edition"), 8, optional=True),
    Column(N_("Lacks"), 18),
)


def columns_of(view: View) -> Sequence[Column]:
    """Return the columns of a view."""
    return translated({View.SITTINGS: _SITTINGS, View.RULES: _RULES}.get(view, _SUBMISSIONS))


def paper_columns() -> Sequence[Column]:
    """Return the columns of a checklist."""
    return translated(_PAPERS)


def duma_rows(gateway: Gateway, view: View, query: str) -> WholeRows:
    """Return the rows of a view whose cells hold all the words."""
    wanted = query.casefold().split()

    def read() -> list[Row]:
        rows = ((row, " ".join(row.cells).casefold()) for row in _read(gateway, view))
        return [row for row, text in rows if all(word in text for word in wanted)]

    return WholeRows(read)


def _read(gateway: Gateway, view: View) -> list[Row]:
    call = gateway.call
    if view is View.SITTINGS:
        return [_sitting(one) for one in call(duma.SITTINGS, ListSittings()).rows]
    if view is View.RULES:
        return [_rule(one) for one in call(duma.RULES, ListDumaRules(all_states=True)).rows]
    asked = ListSubmissions(all_states=view is View.ALL)
    return [_submission(one) for one in call(duma_submission.LIST, asked).rows]


def paper_row(paper: PaperRow) -> Row:
    """Return a line of the checklist: its sign first, what is wrong with it last."""
    lacks = printable(paper.lacks or "")
    if paper.lacks:
        sign, tone = "!", "alarm"
    elif paper.file is None:
        sign, tone, lacks = "·", "muted", _("may be left out")
    else:
        sign, tone = "✓", ""
    edition = amount(paper.edition) if paper.edition is not None else ""
    cells = (sign, printable(paper.title), printable(paper.file or "—"), edition, lacks)
    return Row(paper.code, cells, tone, paper)


def _submission(one: SubmissionRow) -> Row:
    due = f"! {day(one.due)}" if one.is_late else long_day(one.due)
    state = _(PASSAGE_TITLES[one.passage_state])
    title = " ".join(printable(one.title).split())
    cells = (long_day(one.sitting_day), due, state, one.document or "—", title)
    tone = "alarm" if one.is_late else "" if one.passage_state in OPEN else "muted"
    return Row(str(one.id), cells, tone, one)


def _sitting(one: Sitting) -> Row:
    term = next((term for term in one.terms if not term.is_over), None)
    cells = (
        long_day(one.day),
        long_day(term.day) if term else "—",
        printable(term.title if term else _("every term is over")),
        amount(one.submissions),
        long_day(one.moves[-1].old_day) if one.moves else "—",
    )
    return Row(str(one.id), cells, "", one)


def _rule(one: DumaRuleRow) -> Row:
    compared = long_day(one.checked_on) if one.checked_on else "! " + _("no")
    sort = str(shown_value("sort", one.sort.value))
    cells = (one.code, sort, printable(one.title), rule_scope(one), compared)
    return Row(one.code, cells, "muted" if one.is_closed else "", one)


def rule_scope(rule: DumaRuleRow) -> str:
    """Return how a rule counts, what it belongs to, or what its words mean."""
    if rule.sort is RuleSort.TERM:
        unit = str(shown_value("counted_in", rule.counted_in.value))
        return f"−{amount(rule.amount)} {unit}"
    if rule.sort is RuleSort.NOTICE:
        return _(PASSAGE_TITLES[Passage(rule.kind)])
    return printable(rule.kind)
