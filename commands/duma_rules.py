"""`sedctl duma rule | sitting`: what must be in by when, and when the Duma sits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.session import Format, Session, dumped
from commands.verbs import Sort, verb
from sed_tui.domain.duma import RuleSort
from sed_tui.domain.terms import Unit
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.duma import DumaRuleRow, Sitting

RULE = (
    *("code", "sort", "kind", "title", "amount", "counted_in", "is_required", "source"),
    *("checked_on", "version"),
)
SITTING = ("short_id", "day", "title", "submissions", "version")
TERM = ("day", "title", "is_over", "explanation")
_Version = Annotated[
    int | None,
    typer.Option("--version", help=_("The version that was seen.")),
]


def add_to(app: typer.Typer) -> None:
    """Add the groups of rules and of sittings."""
    rules = typer.Typer(rich_markup_mode=None, help=_("Terms before a sitting, and papers."))
    sittings = typer.Typer(rich_markup_mode=None, help=_("Sittings and their terms."))
    verb(rules, "list", Sort.READ, N_("List the rules with their sources."))(_rules)
    verb(rules, "set", Sort.WRITE, N_("Add a rule or change one."))(_set_rule)
    verb(sittings, "list", Sort.READ, N_("List sittings, each term explained."))(_sittings)
    verb(sittings, "add", Sort.WRITE, N_("Enter a sitting."))(_add)
    verb(sittings, "move", Sort.WRITE, N_("Move a sitting: terms follow, people are told."))(_move)
    app.add_typer(rules, name="rule")
    app.add_typer(sittings, name="sitting")


def _rules(
    session: Session,
    all_states: Annotated[bool, typer.Option("--all", help=_("Closed ones as well."))] = False,
) -> None:
    from sed_tui.operations.duma import RULES, ListDumaRules

    rows = session.call(RULES, ListDumaRules(all_states=all_states)).rows
    session.show_rows(rows, RULE, worded=_in_words)


def _in_words(rule: DumaRuleRow) -> dict[str, Any]:
    """Return a rule for the eyes: an amount where there are days, the step that words mean."""
    from sed_tui.operations.values import shown_value

    record = dumped(rule)
    if rule.sort is not RuleSort.TERM:
        record |= {"amount": None, "counted_in": None}
    if rule.sort is RuleSort.NOTICE:
        record["kind"] = shown_value("passage_state", rule.kind)
    return record


def _set_rule(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("The code of the rule."), metavar="CODE")],
    sort: Annotated[
        RuleSort | None,
        typer.Option("--sort", help=_("A term, a paper, words of a notice, a partner.")),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help=_("The title."))] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help=_("The submissions of a paper, or the step that words mean.")),
    ] = None,
    amount: Annotated[
        int | None, typer.Option("--amount", min=0, max=366, help=_("So many days before."))
    ] = None,
    counted_in: Annotated[
        Unit | None, typer.Option("--counted-in", help=_("Calendar or working days."))
    ] = None,
    required: Annotated[
        bool | None, typer.Option("--required/--optional", help=_("Whether it must be there."))
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help=_("Which act or letter says so."))
    ] = None,
    checked_on: Annotated[
        str | None, typer.Option("--checked-on", help=_("When it was compared with the source."))
    ] = None,
    closed: Annotated[
        bool | None, typer.Option("--close/--reopen", help=_("Whether it applies no more."))
    ] = None,
    version: _Version = None,
) -> None:
    from sed_tui.domain.dates import parse_date
    from sed_tui.operations.duma import SET_RULE, SetDumaRule

    request = SetDumaRule(
        code=code,
        sort=sort,
        title=title,
        kind=kind,
        amount=amount,
        counted_in=counted_in,
        is_required=required,
        source=source,
        checked_on=parse_date(checked_on, "checked_on") if checked_on else None,
        is_closed=closed,
        version=version,
    )
    session.show(session.call(SET_RULE, request), RULE)


def _sittings(
    session: Session,
    past: Annotated[bool, typer.Option("--past", help=_("Those that were held as well."))] = False,
) -> None:
    from sed_tui.operations.duma import SITTINGS, ListSittings

    rows = session.call(SITTINGS, ListSittings(past=past)).rows
    if session.format is not Format.TABLE:
        session.show_rows(rows, SITTING)
        return
    for sitting in rows:
        _show(session, sitting)


def _add(
    session: Session,
    day: Annotated[str, typer.Argument(help=_("The day."))],
    title: Annotated[str, typer.Option("--title", help=_("The title."))] = "Заседание Думы",
) -> None:
    from sed_tui.domain.dates import parse_date
    from sed_tui.operations.duma import ADD_SITTING, AddSitting

    request = AddSitting(day=parse_date(day, "day"), title=title)
    _show(session, session.call(ADD_SITTING, request))


def _move(
    session: Session,
    sitting: Annotated[str, typer.Argument(help=_("The day or the id of a sitting."))],
    day: Annotated[str, typer.Argument(help=_("The new day."))],
    version: _Version = None,
) -> None:
    from sed_tui.domain.dates import parse_date
    from sed_tui.operations.duma import MOVE_SITTING, MoveSitting

    request = MoveSitting(
        sitting=sitting, day=parse_date(day, "day"), reason=session.reason or "", version=version
    )
    _show(session, session.call(MOVE_SITTING, request))


def _show(session: Session, sitting: Sitting) -> None:
    """Print a sitting; for people its terms and moves as tables below it."""
    if session.format is not Format.TABLE:
        session.show(sitting)
        return
    session.show(sitting, (*SITTING, "told"))
    session.show_rows(sitting.terms, TERM)
    if sitting.moves:
        session.show_rows(sitting.moves, ("old_day", "new_day", "reason", "moved_at", "moved_by"))
