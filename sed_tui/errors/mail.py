"""Failures of mail: its settings, its server, its letters."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused, SedError, Unavailable
from sed_tui.i18n import N_


class MailNotConfigured(Refused):
    """No mail server is named."""

    code = "mail_not_configured"
    message = N_("No mail server is named.")
    hint = N_("Set SED_SMTP_URL, or smtp_url in the profile: smtps://sed@mail.example.org")


class BadMailSettings(Invalid):
    """The settings of mail cannot be used."""

    code = "bad_mail_settings"
    message = N_("{setting}: {reason}")
    hint = N_("Mend the setting in the profile or the environment, and repeat.")


class MailUnavailable(Unavailable):
    """The mail server does not take letters; they stay in the outbox."""

    code = "mail_unavailable"
    message = N_("The mail server {server} does not take letters: {reason}")
    hint = N_("Letters that wait: {count}. `sedctl notify send` tries again; nothing is lost.")


class LettersWait(Unavailable):
    """Letters wait for their next try after the mail server failed."""

    code = "letters_wait"
    message = N_("Letters that wait for the next try: {count}, the first at {at}.")
    hint = N_("`sedctl notify send --again` tries now.")


class LettersRefused(SedError):
    """The mail server refused some letters for good (exit status 9)."""

    code = "letters_refused"
    exit_code = 9
    http_status = 207
    message = N_("Letters the mail server refused: {count}. The first, to {recipient}: {reason}")
    hint = N_(
        "`sedctl notify list --state failed` shows them; mend the addresses. "
        "`sedctl notify send --again` tries them once more."
    )


class NobodyToMail(Refused):
    """No head has an address of electronic mail."""

    code = "nobody_to_mail"
    message = N_("No head of {organization} has an address of electronic mail.")
    hint = N_("Give them addresses: sedctl user edit LOGIN --email ADDRESS")


class BadReminderRule(Invalid):
    """A rule of reminders does not say one moment."""

    code = "bad_reminder_rule"
    message = N_("A rule reminds either so many days before the term or every so many days after.")
    hint = N_("Give one of --before and --every; neither for a step told at once: {notices}.")
