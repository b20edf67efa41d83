"""`sedctl sign`: documents signed here, one result each. The key and its PIN are sent nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.approval_flow import ANSWER_TITLES
from sed_tui.errors.usage import OneDocumentOnly
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway.batch_signing import Tried
    from sed_tui.operations.signing import Signable

app = typer.Typer(rich_markup_mode=None)
COLUMNS = (
    *("outcome", "id", "subject", "version", "signatory", "others", "signatures", "problem"),
)
CALLED = {"signatures": N_("Files of signatures"), "signatory": N_("Has signed")}
_PARTLY = 9


@verb(app, "sign", Sort.WRITE, N_("Sign drafts with a key here, one result for each document."))
def sign(
    session: Session,
    documents: Annotated[
        list[str], typer.Argument(help=_("Drafts: short ids or ids."), metavar="DOCUMENT…")
    ],
    key: Annotated[
        Path | None,
        typer.Option("--key", envvar="SED_KEY", help=_("A key: PKCS#8 or PFX.")),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help=_("Its certificate, if not a known one."))
    ] = None,
    command: Annotated[
        str | None,
        typer.Option(
            "--command",
            envvar="SED_SIGN_COMMAND",
            help=_("cryptcp, csptest or a command with {input} and {output}."),
        ),
    ] = None,
    thumbprint: Annotated[
        str | None,
        typer.Option(
            "--thumbprint", envvar="SED_THUMBPRINT", help=_("SHA-1 of the command's certificate.")
        ),
    ] = None,
    pin_file: Annotated[
        Path | None, typer.Option("--pin-file", help=_("A file with the PIN, - for a pipe."))
    ] = None,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help=_("The version that you have read."))
    ] = None,
) -> None:
    """Check each document, ask for the PIN once, and sign them one after another."""
    from commands.signers import signer_of
    from sed_tui.domain.clock import SystemClock
    from sed_tui.gateway.batch_signing import Outcome, checked, sign_each
    from sed_tui.gateway.key_sources import KeySource

    if version is not None and (count := len(set(documents))) > 1:
        raise OneDocumentOnly(field="version", option="--version", count=count)
    batch = checked(session.gateway, documents, version)
    if all(one.outcome is Outcome.REFUSED for one in batch):
        _finish(session, batch)
        return
    for one in batch:
        if one.signable is not None:
            _tell(session, one.signable)
    source = KeySource(key, certificate, command, thumbprint)
    signer = signer_of(session, source, pin_file)
    tried = sign_each(session.gateway, batch, signer, SystemClock(), session.options)
    _finish(session, list(tried))


def _tell(session: Session, paper: Signable) -> None:
    """Say what is to be signed, with the remarks that were not taken into account."""
    names = ", ".join(file.name for file in paper.files)
    session.say(
        _("{id}, version {version}: {subject} ({names})").format(
            id=paper.short_id, version=paper.version, subject=paper.subject, names=names
        )
    )
    for remark in paper.disagreements:
        session.say(
            _("  disagreement {number}, {author}: {text} — {answer}").format(
                number=remark.number,
                author=remark.author,
                text=remark.text,
                answer=remark.answer or _(ANSWER_TITLES[remark.answer_state]),
            )
        )
    if paper.others:
        session.say(_("  to be signed by {names} as well").format(names=", ".join(paper.others)))


def _finish(session: Session, batch: Sequence[Tried]) -> None:
    """Print a result for each document; a single failure is the failure of the command."""
    failures = [one.failure for one in batch if one.failure is not None]
    if failures and len(batch) == 1:
        raise failures[0]
    session.show_records([_record(one) for one in batch], COLUMNS, called=CALLED)
    if len(failures) == len(batch):
        raise typer.Exit(failures[0].exit_code)
    if any(one.signed is None for one in batch):
        raise typer.Exit(_PARTLY)


def _record(one: Tried) -> dict[str, Any]:
    found = one.signed or one.signable
    return {
        "outcome": one.outcome.value,
        "document": one.document,
        "id": found.short_id if found else one.document,
        "subject": found.subject if found else None,
        "version": found.version if found else None,
        "signatory": one.signed.signatory if one.signed else None,
        "others": found.others if found else [],
        "signatures": [row.signature for row in one.signed.signatures] if one.signed else [],
        "code": one.failure.code if one.failure else None,
        "problem": str(one.failure) if one.failure else None,
        "hint": one.failure.advice if one.failure else None,
    }
