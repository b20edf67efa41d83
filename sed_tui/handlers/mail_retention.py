"""Letters sent long ago are forgotten, some at a time, so that nobody waits for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.operations.mail_retention import LettersForgotten
from sed_tui.storage.mail_retention import remove_letters, remove_reminders

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.mail_retention import ForgetLetters


def forget_letters(work: Work, request: ForgetLetters) -> LettersForgotten:
    """Remove letters that were taken long ago, and what is known of closed assignments."""
    age = timedelta(days=request.kept_days)
    removed = remove_letters(work.db, work.organization_id, work.now - age, request.most)
    reminders = remove_reminders(work.db, work.organization_id, work.today - age)
    if removed or reminders:
        told = {"kept_days": request.kept_days, "letters": removed, "reminders": reminders}
        work.record("forget", "organization", work.organization_id, told, None)
    return LettersForgotten(
        organization=work.actor.organization,
        organization_id=work.organization_id,
        letters=removed,
        reminders=reminders,
        more=removed == request.most,
    )
