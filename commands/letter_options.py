"""The options with which a letter that waits is given its number, whatever way it came.

A verb takes them as a parameter of the class, which `verb` unfolds into options.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sed_tui.i18n import _

if TYPE_CHECKING:
    from commands.session import Session
    from sed_tui.operations.registration import DuplicatePolicy, Registered

_SHOWN = ("number", "registered_on", "journal", "subject", "stamp", "id")


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """What stands on the card instead of what the letter says."""

    sender: Annotated[
        str | None, typer.Option("--from", help=_("The correspondent, by default the sender."))
    ] = None
    subject: Annotated[
        str | None, typer.Option("--subject", help=_("The subject, by default that of the letter."))
    ] = None
    their_date: Annotated[
        str | None, typer.Option("--their-date", help=_("The sender's date."))
    ] = None
    journal: Annotated[str | None, typer.Option("--journal", help=_("The journal."))] = None
    kind: Annotated[str | None, typer.Option("--kind", help=_("The kind of document."))] = None
    addressee: Annotated[
        str | None, typer.Option("--addressee", help=_("To whom it is addressed here."))
    ] = None
    in_reply_to: Annotated[
        str | None, typer.Option("--in-reply-to", help=_("Our document that it answers."))
    ] = None
    force: Annotated[
        bool, typer.Option("--force", help=_("Register although it is there; give --reason."))
    ] = False
    as_duplicate: Annotated[
        bool, typer.Option("--as-duplicate", help=_("Register it as a duplicate of the first."))
    ] = False

    @property
    def fields(self) -> dict[str, Any]:
        """Return the fields of the request."""
        from commands.arguments import day

        given = asdict(self)
        sender = given.pop("sender")
        policy = duplicate_policy(force=given.pop("force"), as_duplicate=given.pop("as_duplicate"))
        return {
            **given,
            "correspondent": sender,
            "their_date": day(self.their_date, "their_date"),
            "on_duplicate": policy,
        }


def duplicate_policy(*, force: bool, as_duplicate: bool) -> DuplicatePolicy:
    """Return what two options say of a letter that is there already. Raises `OptionsExclude`."""
    from sed_tui.errors.usage import OptionsExclude
    from sed_tui.operations.registration import DuplicatePolicy

    if force and as_duplicate:
        raise OptionsExclude(first="--force", second="--as-duplicate")
    if force:
        return DuplicatePolicy.FORCE
    return DuplicatePolicy.LINK if as_duplicate else DuplicatePolicy.REFUSE


def show_registered(session: Session, registered: Registered) -> None:
    """Print the number that a letter got, and what was doubtful."""
    for warning in registered.warnings:
        session.say(f"! {warning}")
    session.show(registered, _SHOWN)
