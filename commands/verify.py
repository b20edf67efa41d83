"""`sedctl verify`: signatures of a file, of a document, and all that is stored. Exit 0, 3, 6."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.session import Format, Session
from commands.signature_rows import (
    COLUMNS,
    show_signatures,
    signature_records,
    spoiled_records,
)
from commands.verbs import Sort, verb
from sed_tui.errors.signing import NothingToVerify
from sed_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sed_tui.operations.content import SpoiledFile, VerifiedContents
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
        bool, typer.Option("--all", help=_("Every signature and every stored file."))
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
    """Print a line per signature as it is verified, then one per file that the store spoiled.

    Forms other than lines are printed whole.
    """
    session.prefer(Format.JSONL)
    protocol = _Protocol(session)
    for place, page in enumerate(_pages(session)):
        if not place:
            _tell_trust(session, page.trust)
        protocol.add(signature_records(session, page.rows))
    signatures = [protocol.results[name] for name in ("valid", "invalid", "unknown")]
    read, spoiled = 0, 0
    for contents in _contents(session):
        _tell_spoiled(session, contents.rows)
        protocol.add(spoiled_records(session, contents.rows))
        read, spoiled = read + contents.read, spoiled + len(contents.rows)
    protocol.finish()
    session.say(_("Signatures: valid {0}, not valid {1}, not proven {2}.").format(*signatures))
    session.say(
        _("Files read and compared: {read}; damaged or missing: {spoiled}.").format(
            read=read, spoiled=spoiled
        )
    )
    _leave(set(protocol.results))


class _Protocol:
    """What is printed of everything: line by line as it comes, or whole at the end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: list[dict[str, Any]] = []
        self.results = Counter[str]()

    def add(self, records: Sequence[dict[str, Any]]) -> None:
        self.results.update(record["result"] for record in records)
        if self._session.format is Format.JSONL:
            self._session.show_records(records, COLUMNS)
        else:
            self._waiting += records

    def finish(self) -> None:
        if self._session.format is not Format.JSONL:
            self._session.show_records(self._waiting, COLUMNS)


def _pages(session: Session) -> Iterator[VerifiedPage]:
    from sed_tui.operations.signature import VERIFY_ALL, VerifySignatures

    after: str | None = None
    while True:
        page = session.call(VERIFY_ALL, VerifySignatures(after=after))
        yield page
        after = page.next
        if after is None:
            return


def _contents(session: Session) -> Iterator[VerifiedContents]:
    from sed_tui.operations.content import VERIFY, VerifyContents

    after: str | None = None
    while True:
        page = session.call(VERIFY, VerifyContents(after=after))
        yield page
        after = page.next
        if after is None:
            return


def _tell_spoiled(session: Session, rows: Iterable[SpoiledFile]) -> None:
    """Say in words which file is spoiled."""
    from sed_tui.errors.verdicts import tell

    for row in rows if not session.format.is_json else ():
        told = "; ".join(map(tell, row.reasons))
        number = row.number or str(row.document or row.id)[:8]
        session.say(f"! {number}, {row.file}: {told}")


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
