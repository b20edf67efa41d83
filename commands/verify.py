"""`sedctl verify`: signatures of a file, of a document, of everything. Exit 0, 3 or 6."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Format, Session
from commands.signature_rows import show_signatures
from commands.verbs import Sort, verb
from sed_tui.errors.signing import NothingToVerify
from sed_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sed_tui.operations.signature import SignatureRow, TrustUsed, VerifiedPage

app = typer.Typer(rich_markup_mode=None)
_INVALID, _UNKNOWN = 3, 6


@verb(app, "verify", Sort.READ, N_("Verify signatures: of a file, of a document, or of all."))
def verify(
    session: Session,
    target: Annotated[
        str | None,
        typer.Argument(help=_("A document, or a file on disk."), metavar="DOCUMENT|FILE"),
    ] = None,
    signature: Annotated[
        Path | None, typer.Option("--signature", help=_("The detached signature of the file."))
    ] = None,
    trust: Annotated[
        list[Path] | None,
        typer.Option("--trust", help=_("A root or an authority to trust; may be repeated.")),
    ] = None,
    crl: Annotated[
        list[Path] | None,
        typer.Option("--crl", help=_("A list of revoked certificates; may be repeated.")),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=_("Every signature of every document."))
    ] = False,
) -> None:
    """Verify and leave with the status of the worst verdict."""
    if every:
        _verify_all(session)
    elif target is None:
        raise NothingToVerify(field="target")
    elif signature is not None or Path(target).is_file():
        # 60 ms of cryptography, for files alone
        from commands.verify_file import verify_file

        rows, used = verify_file(session, Path(target), signature, trust or [], crl or [])
        _tell_trust(session, used)
        if session.format is Format.JSON and len(rows) == 1:
            session.show(rows[0])
        else:
            show_signatures(session, rows)
        _tell(session, rows)
        _leave({row.result for row in rows})
    else:
        _verify_document(session, target)


def _verify_document(session: Session, document: str) -> None:
    from sed_tui.operations.signature import VERIFY, VerifyDocument

    found = session.call(VERIFY, VerifyDocument(document=document))
    _tell_trust(session, found.trust)
    show_signatures(session, found.rows)
    _tell(session, found.rows)
    _leave({row.result for row in found.rows})


def _verify_all(session: Session) -> None:
    """Print a line per signature as it is verified; other forms are printed whole."""
    session.prefer(Format.JSONL)
    results: list[str] = []
    waiting: list[SignatureRow] = []
    for page in _pages(session):
        if not results:
            _tell_trust(session, page.trust)
        results += [row.result for row in page.rows]
        if session.format is Format.JSONL:
            show_signatures(session, page.rows)
        else:
            waiting += page.rows
    if session.format is not Format.JSONL:
        show_signatures(session, waiting)
    counted = (results.count(name) for name in ("valid", "invalid", "unknown"))
    session.say(_("Valid {0}, not valid {1}, not proven {2}.").format(*counted))
    _leave(set(results))


def _pages(session: Session) -> Iterator[VerifiedPage]:
    from sed_tui.operations.signature import VERIFY_ALL, VerifySignatures

    after: str | None = None
    while True:
        page = session.call(VERIFY_ALL, VerifySignatures(after=after))
        yield page
        after = page.next
        if after is None:
            return


def _tell_trust(session: Session, used: TrustUsed) -> None:
    """Say what the verdicts rest on: nothing is asked of the network."""
    roots = ngettext("{count} root", "{count} roots", used.roots).format(count=used.roots)
    lists = ngettext("{count} list", "{count} lists", used.lists).format(count=used.lists)
    oldest = f"{used.lists_of:%d.%m.%Y}" if used.lists_of else "—"
    session.say(
        _("Verified offline by {roots} and {lists} of revoked certificates, since {day}.").format(
            roots=roots, lists=lists, day=oldest
        )
    )


def _tell(session: Session, rows: Iterable[SignatureRow]) -> None:
    """Say in words why a signature is not valid, and what else is to be known of it."""
    from sed_tui.errors.verdicts import tell, verdict_title

    for row in rows if not session.format.is_json else ():
        name = row.signer.subject if row.signer else row.signature
        for reason in row.reasons:
            session.say(f"! {name}: {verdict_title(row.result)}: {tell(reason)}")
        if not row.is_cades and row.signer is not None:
            session.say(_("{name}: CMS, not CAdES.").format(name=name))
        if row.is_test:
            session.say(_("{name}: a test certificate, without legal force.").format(name=name))


def _leave(results: set[str]) -> None:
    if "invalid" in results:
        raise typer.Exit(_INVALID)
    if "unknown" in results:
        raise typer.Exit(_UNKNOWN)
