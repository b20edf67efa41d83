"""Failures about who is acting."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound
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
    """The caller works in several organizations."""

    code = "organization_not_chosen"
    message = N_("You work in several organizations: {organizations}.")
    hint = N_("Choose one with --org CODE.")


class LoginTaken(Conflict):
    """The login belongs to somebody else."""

    code = "login_taken"
    message = N_("The login “{login}” is already taken.")
    hint = N_("Choose another login.")
