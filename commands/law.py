"""`sedctl law`: the legal reference, what applies an act, and what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import law_upkeep
from commands.report_options import FailIf
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.legal import STALE_DAYS, ActArea, ActLevel, ActProblem, ActStatus
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.law import ListActs

app = typer.Typer(rich_markup_mode=None, help=_("The legal reference: acts and editions."))

COLUMNS = ("code", "act", "title", "shown_status", "checked_on", "terms")
CARD = (
    *("code", "act", "level", "area", "title", "subject", "shown_status", "status", "edition"),
    *("checked_on", "url", "note", "owner", "terms", "guides", "same_number", "version"),
)
Which = Annotated[str, typer.Argument(help=_("A code or a number: 59-fz, 59-ФЗ."), metavar="ACT")]
Level = Annotated[ActLevel | None, typer.Option("--level", help=_("Whose acts."))]
Area = Annotated[ActArea | None, typer.Option("--area", help=_("What they are about."))]
Status = Annotated[
    ActStatus | None, typer.Option("--status", help=_("Of this status, as it may be shown today."))
]
Used = Annotated[
    bool | None, typer.Option("--used/--unused", help=_("Whether the program applies them."))
]
OlderThan = Annotated[
    int, typer.Option("--older-than", min=0, help=_("After so many days a check is over."))
]


@verb(app, "list", Sort.READ, N_("List the acts."))
def list_acts(
    session: Session,
    query: Annotated[
        list[str] | None, typer.Argument(help=_("Words in any form."), metavar="QUERY")
    ] = None,
    level: Level = None,
    area: Area = None,
    status: Status = None,
    used: Used = None,
    older_than: OlderThan = STALE_DAYS,
) -> None:
    from sed_tui.operations.law import ListActs

    words = " ".join(query or []) or None
    request = ListActs(
        query=words, level=level, area=area, status=status, used=used, older_than=older_than
    )
    _show_found(session, request)


@verb(app, "search", Sort.READ, N_("Find acts by words in any form."))
def search(
    session: Session,
    query: Annotated[list[str], typer.Argument(help=_("Words in any form."), metavar="QUERY")],
) -> None:
    from sed_tui.operations.law import ListActs

    _show_found(session, ListActs(query=" ".join(query)))


@verb(app, "show", Sort.READ, N_("Show an act: what follows it, and the texts loaded."))
def show(session: Session, act: Which) -> None:
    from sed_tui.operations.law import SHOW, ShowAct

    card = session.call(SHOW, ShowAct(act=act))
    session.show(card, CARD)
    if not session.as_json:
        for term in card.following:
            session.say(f"{term.title}: {term.paragraph or '—'}")
        for edition in card.editions:
            session.say(f"{edition.edition}: {edition.name}")


@verb(app, "text", Sort.READ, N_("Write the loaded text of an act to disk."))
def text(
    session: Session,
    act: Which,
    edition: Annotated[
        str | None, typer.Option("--edition", help=_("Which edition; the last one loaded."))
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help=_("A file or a folder."))
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=_("Replace a file that is there."))
    ] = False,
) -> None:
    from commands.saved_file import save
    from sed_tui.operations.law import TEXT, GetEdition

    row = session.call(TEXT, GetEdition(act=act, edition=edition))
    with session.gateway.fetch(row.sha256) as content:
        path = save(content, row.sha256, row.name, output, overwrite=overwrite)
    session.show_record({**row.model_dump(mode="json"), "path": str(path)})


@verb(app, "check", Sort.READ, N_("Say what needs attention: old checks, repealed acts in use."))
def check(
    session: Session,
    older_than: OlderThan = STALE_DAYS,
    problem: Annotated[
        list[ActProblem] | None, typer.Option("--problem", help=_("Only these; may be repeated."))
    ] = None,
    fail_if: FailIf = None,
) -> None:
    from commands.report_output import fail_from, threshold
    from sed_tui.operations.law import CHECK, CheckActs

    least = threshold(fail_if)
    found = session.call(CHECK, CheckActs(older_than=older_than, problems=tuple(problem or ())))
    session.show_rows(found.rows, ("problem", "code", "act", "detail"))
    fail_from(least, len(found.rows))


def _show_found(session: Session, request: ListActs) -> None:
    from sed_tui.operations.law import LIST

    found = session.call(LIST, request)
    if found.searched is not None:
        session.say(
            _("Nothing holds “{asked}”; shown for “{searched}”.").format(
                asked=request.query, searched=found.searched
            )
        )
    session.show_rows(found.rows, COLUMNS)


law_upkeep.add_to(app)
