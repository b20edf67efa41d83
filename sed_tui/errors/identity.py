"""Failures about who is acting."""

from __future__ import annotations

from typing import Any

from sed_tui.errors.failure import Conflict, Invalid, NotFound, NotPermitted, Refused, Unavailable
from sed_tui.i18n import N_


class UnknownLogin(NotFound):
    """Nobody works under this login."""

    code = "unknown_login"
    message = N_("Nobody works under the login “{login}”.")
    hint = N_("Name yourself with --as LOGIN; an administrator adds people: sedctl user add")


class NobodyNamed(NotFound):
    """The program cannot tell who is acting."""

    code = "nobody_named"
    message = N_("No employee belongs to the operating-system user “{user}”.")
    hint = N_("Name yourself with --as LOGIN.")


class UnknownOrganization(NotFound):
    """There is no such organization, or the caller does not work there."""

    code = "unknown_organization"
    message = N_("Organization “{organization}” was not found.")
    hint = N_("Your organizations: sedctl organization list")


class OrganizationNotChosen(Invalid):
    """The caller works in several organizations; `own` is the code of the one that employs him."""

    code = "organization_not_chosen"
    message = N_("You work in several organizations: {organizations}.")
    hint = N_("Choose one with --org CODE.")


class LoginTaken(Conflict):
    """The login belongs to somebody else."""

    code = "login_taken"
    message = N_("The login “{login}” is already taken.")
    hint = N_("Choose another login.")


class BadToken(NotFound):
    """The token is unknown, expired or revoked, or its owner may not act any more."""

    code = "bad_token"
    http_status = 401
    message = N_("The token is unknown, expired or revoked.")
    hint = N_(
        "Sign in again, another window will do: {command}; or set a valid token in SED_TOKEN."
    )

    def __init__(self, *, command: str = "sedctl login URL", **details: Any) -> None:
        """Take the command that signs in, where it is known in full."""
        super().__init__(command=command, **details)


class WorksNowhere(NotPermitted):
    """The password is right, and there is no organization in which its owner may act."""

    code = "works_nowhere"
    message = N_("“{login}” works nowhere: there is no role, or the organization is closed.")
    hint = N_("Ask your administrator, or the operator of the system.")


class EmptyToken(NotFound):
    """A token was to be given, and is empty: nobody else's session takes its place."""

    code = "empty_token"
    http_status = 401
    message = N_("SED_TOKEN is set, and empty: who calls is not known.")
    hint = N_("Give it a token; or take it away and sign in: unset SED_TOKEN")


class OutsideScope(NotPermitted):
    """The token was not made for the operation, whatever its owner may do."""

    code = "outside_scope"
    message = N_("“{operation}” is not among what the token was made for.")
    hint = N_("Make a token with the scope {scope}: sedctl user token add --scope {scope}")


class WrongPassword(NotFound):
    """The login and the password do not belong together; which is wrong is not told."""

    code = "wrong_password"
    http_status = 401
    message = N_("The login or the password is wrong.")
    hint = N_("Try again; an administrator sets a new one: sedctl user password LOGIN")


class TooManyAttempts(Unavailable):
    """Somebody guesses: nobody may try for a while."""

    code = "too_many_attempts"
    http_status = 429
    message = N_("Too many failed attempts: wait {seconds} seconds.")
    hint = N_("The right password is not looked at before then either.")


class PasswordUnread(Invalid):
    """What was to be a password is none."""

    code = "password_unread"
    message = N_("The password or token was not read: {reason}")
    hint = N_("Give it as one line in UTF-8; nothing was changed.")


class PasswordTooWeak(Invalid):
    """The password would be guessed soon."""

    code = "password_too_weak"
    message = N_("The password does not do: {reason}")
    hint = N_("Take a few words that do not belong together.")


class NoPassword(Refused):
    """A system user signs in with tokens alone."""

    code = "no_password"
    message = N_("“{login}” is a system user: it has tokens and no password.")
    hint = N_("Give it a token: sedctl user token add --for {login} --name NAME")


class NotOneself(NotFound):
    """Tokens of people are made by themselves: whoever holds one is that person."""

    code = "not_oneself"
    message = N_("A token of “{login}” can be made by that person alone.")
    hint = N_("An administrator makes tokens of system users, and sets passwords of people.")


class BadScope(Invalid):
    """A token cannot be given for this."""

    code = "bad_scope"
    message = N_("“{scope}” is not a scope of tokens.")
    hint = N_("Write read, write, a name of an operation, or a noun such as document.*")


class RolesElsewhere(Refused):
    """The person works for another organization too, whose rows a new secret would open."""

    code = "roles_elsewhere"
    message = N_("“{login}” also holds roles in organizations that you do not administer.")
    hint = N_("Ask the administrator of all of them, or have those roles revoked first.")


class PasswordsDiffer(Invalid):
    """The password was not typed twice the same."""

    code = "passwords_differ"
    message = N_("The two passwords are not the same.")
    hint = N_("Type it again; nothing was changed.")
