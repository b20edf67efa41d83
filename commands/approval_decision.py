"""`sedctl approval start`, `approve`, `remark` and the other steps of an approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.approval_route import show_stages
from commands.approval_sheet import Which, print_sheet
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.approval import RemarkGiven

Seen = Annotated[
    int, typer.Option("--version", min=1, help=_("The version you have read: the last one."))
]
Comment = Annotated[str | None, typer.Option("--comment", help=_("What to say about it."))]
Behalf = Annotated[
    str | None, typer.Option("--for", help=_("The absent person in whose place you decide."))
]
Remarks = Annotated[
    list[str] | None,
    typer.Option("--remark", help=_("A remark, “clause: text”; may be repeated.")),
]
REASON = N_("Why: obligatory, told to everybody who was asked, kept in the sheet.")


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of approvals."""
    verb(app, "start", Sort.WRITE, N_("Put a draft on approval, or begin its next round."))(start)
    verb(app, "approve", Sort.WRITE, N_("Agree to the version you have read."))(approve)
    verb(app, "remark", Sort.WRITE, N_("Agree with remarks."))(remark)
    verb(app, "rework", Sort.WRITE, N_("Send the draft back for rework."))(rework)
    verb(app, "refuse", Sort.WRITE, N_("Refuse to sign, for a reason: back for rework."))(refuse)
    verb(app, "redirect", Sort.WRITE, N_("Let somebody else decide."))(redirect)
    verb(app, "add", Sort.WRITE, N_("Ask one more approver while the approval runs."))(add)
    verb(app, "answer", Sort.WRITE, N_("Answer a remark of an approver."))(answer)
    verb(app, "withdraw", Sort.WRITE, N_("Take a draft off approval, for a reason."), REASON)(
        withdraw
    )


def start(
    session: Session,
    document: Which,
    route: Annotated[
        str | None, typer.Option("--route", help=_("Not the one that is chosen by its rule."))
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Ask again those who agreed as well."))
    ] = False,
) -> None:
    """Start an approval, and show first what was computed: people, terms, substitutes."""
    from sed_tui.operations.approval import START, StartApproval

    request = StartApproval(document=document, route=route, everybody=everybody)
    sheet = session.call(START, request)
    if sheet.planned and not session.fields:
        show_stages(session, sheet.planned)
        session.say("")
    print_sheet(session, sheet)


def approve(
    session: Session, document: Which, version: Seen, comment: Comment = None, behalf: Behalf = None
) -> None:
    """Agree."""
    from sed_tui.operations.approval import APPROVE, ApproveDraft

    request = ApproveDraft(document=document, version=version, comment=comment, on_behalf_of=behalf)
    print_sheet(session, session.call(APPROVE, request))


def remark(
    session: Session,
    document: Which,
    version: Seen,
    comment: Comment = None,
    remarks: Remarks = None,
    check: Annotated[
        bool, typer.Option("--check", help=_("Ask me again in the next round."))
    ] = False,
    behalf: Behalf = None,
) -> None:
    """Agree with remarks."""
    from sed_tui.operations.approval import REMARK, RemarkDraft

    request = RemarkDraft(
        document=document,
        version=version,
        comment=comment,
        remarks=_remarks(remarks),
        to_check=check,
        on_behalf_of=behalf,
    )
    print_sheet(session, session.call(REMARK, request))


def rework(
    session: Session,
    document: Which,
    version: Seen,
    comment: Comment = None,
    remarks: Remarks = None,
    behalf: Behalf = None,
) -> None:
    """Send back."""
    from sed_tui.operations.approval import REWORK, SendBackDraft

    request = SendBackDraft(
        document=document,
        version=version,
        comment=comment,
        remarks=_remarks(remarks),
        on_behalf_of=behalf,
    )
    print_sheet(session, session.call(REWORK, request))


def refuse(
    session: Session,
    document: Which,
    version: Seen,
    comment: Comment = None,
    remarks: Remarks = None,
) -> None:
    """Refuse to sign."""
    from sed_tui.operations.signing_refusal import REFUSE, RefuseSigning

    request = RefuseSigning(
        document=document, version=version, comment=comment, remarks=_remarks(remarks)
    )
    print_sheet(session, session.call(REFUSE, request))


def redirect(
    session: Session,
    document: Which,
    version: Seen,
    to: Annotated[str, typer.Option("--to", help=_("Who is to decide: a login or a name."))],
    comment: Comment = None,
    behalf: Behalf = None,
) -> None:
    """Redirect."""
    from sed_tui.operations.approval import REDIRECT, RedirectApproval

    request = RedirectApproval(
        document=document, version=version, to=to, comment=comment, on_behalf_of=behalf
    )
    print_sheet(session, session.call(REDIRECT, request))


def add(
    session: Session,
    document: Which,
    approver: Annotated[
        str, typer.Argument(help=_("Who is to be asked: a login or a name."), metavar="PERSON")
    ],
    stage: Annotated[
        str | None, typer.Option("--stage", help=_("In which stage, the present one by default."))
    ] = None,
    mandatory: Annotated[
        bool, typer.Option("--mandatory", help=_("Never skipped and never redirected."))
    ] = False,
) -> None:
    """Ask one more approver."""
    from sed_tui.operations.approval_addition import ADD, AddApprover

    request = AddApprover(document=document, approver=approver, stage=stage, mandatory=mandatory)
    print_sheet(session, session.call(ADD, request))


def answer(
    session: Session,
    document: Which,
    number: Annotated[
        int, typer.Argument(help=_("The number of the remark."), metavar="NUMBER", min=1)
    ],
    taken: Annotated[
        bool,
        typer.Option("--taken/--rejected", help=_("Taken into account, or rejected with --text.")),
    ],
    text: Annotated[str | None, typer.Option("--text", help=_("What was done, or why."))] = None,
) -> None:
    """Answer a remark."""
    from sed_tui.operations.approval import ANSWER, AnswerRemark

    request = AnswerRemark(document=document, remark=number, is_taken=taken, text=text)
    print_sheet(session, session.call(ANSWER, request))


def withdraw(session: Session, document: Which) -> None:
    """Withdraw."""
    from sed_tui.operations.approval import WITHDRAW, WithdrawApproval

    print_sheet(session, session.call(WITHDRAW, WithdrawApproval(document=document)))


def _remarks(written: list[str] | None) -> tuple[RemarkGiven, ...]:
    from sed_tui.operations.approval import RemarkGiven

    given = []
    for text in written or ():
        clause, colon, rest = text.partition(":")
        has_clause = bool(colon and rest.strip())
        given.append(
            RemarkGiven(
                text=rest.strip() if has_clause else text,
                clause=clause.strip() if has_clause else None,
            )
        )
    return tuple(given)
