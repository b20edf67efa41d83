"""Failures of people, their roles and the organizations they work in."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotPermitted, Refused
from sed_tui.errors.references import Ambiguous
from sed_tui.i18n import N_


class AmbiguousPerson(Ambiguous):
    """Several people answer to the name."""

    code = "ambiguous_person"
    hint = N_("Write the login.")


class BadLogin(Invalid):
    """The text cannot be a login."""

    code = "bad_login"
    message = N_("{field}: “{login}” cannot be a login.")
    hint = N_("Use letters, digits and . _ - @, without spaces: petrov.vs")


class OsUserTaken(Conflict):
    """Two people cannot be told apart by one operating-system user."""

    code = "os_user_taken"
    message = N_("The operating-system user “{os_user}” belongs to {login}.")
    hint = N_("Leave it out, or take it from {login} first.")


class LastAdministrator(Refused):
    """Nobody would be left who can give rights in the organization."""

    code = "last_administrator"
    message = N_("{login} is the last administrator of organization {organization}.")
    hint = N_("Make somebody else an administrator first: sedctl user role LOGIN --grant …")


class PersonDismissed(Refused):
    """The person does not work here any more."""

    code = "person_dismissed"
    message = N_("{login} is dismissed.")
    hint = N_("Take the person back first: sedctl user enable {login}")


class RoleNeeded(Invalid):
    """Nothing is to be granted or revoked."""

    code = "role_needed"
    message = N_("No role is named.")
    hint = N_("Roles: {roles}")


class ClearanceOnCard(Invalid):
    """Of one's own people the clearance is a field of the card."""

    code = "clearance_on_card"
    message = N_("{login} works here: the clearance of one's own people is on their card.")
    hint = N_("Set it there: sedctl user edit --clearance")


class RoleOfPeople(Refused):
    """A system user would hold a role by which people act."""

    code = "role_of_people"
    message = N_("{login} would be a system user and hold roles of people: {roles}.")
    hint = N_(
        "Beside system a program may hold: {beside}. Give the other roles to a user of its own."
    )


class ProgramForPeople(NotPermitted):
    """A system user calls what people do, by a role it should not hold."""

    code = "program_for_people"
    message = N_("“{operation}” is done by people: {login} is a system user.")
    hint = N_("Let a person do it; a program has a user of its own with the role system.")


class ProgramNamed(Invalid):
    """A system user is named where a person signs, executes, decides or stands in."""

    code = "program_named"
    message = N_("{field}: {login} is a system user, and a program acts for nobody.")
    hint = N_("Name a person.")


class ReachFixed(Invalid):
    """How far such a role sees is not chosen for each person."""

    code = "reach_fixed"
    message = N_("How far the role {role} sees cannot be chosen: {scope}.")
    hint = N_("organization, department or own is chosen for the roles: {roles}")


class DepartmentNeeded(Refused):
    """Somebody of no department cannot see as far as his department."""

    code = "department_needed"
    message = N_("{login} works in no department of this organization.")
    hint = N_("Name it first: sedctl user edit {login} --unit CODE")


class OrganizationExists(Conflict):
    """The code belongs to another organization of the database."""

    code = "organization_exists"
    message = N_("There is an organization with the code {organization} already.")
    hint = N_("Choose another code: sedctl organization list")


class OrganizationsOfOperator(NotPermitted):
    """Organizations are added by who keeps the system: one more is one more quota."""

    code = "organizations_of_operator"
    message = N_("An organization is added by the operator of the system, {operator}.")
    hint = N_("Ask its administrator, or apply for joining: sedctl joining --help")


class UnitExists(Conflict):
    """The code belongs to another unit of the organization."""

    code = "unit_exists"
    message = N_("There is a unit with the code {unit} already.")
    hint = N_("Choose another code, or use that unit.")


class CircularTree(Invalid):
    """An organization would be subordinate to itself."""

    code = "circular_tree"
    message = N_("{organization} cannot be subordinate to {parent}, which is below it.")
    hint = N_("Choose a parent that stands above: sedctl organization tree")


class AmbiguousUnit(Ambiguous):
    """Several units answer to the name."""

    code = "ambiguous_unit"
    hint = N_("Write the code of the unit.")


class OwnSubstitute(Invalid):
    """A person cannot stand in for himself."""

    code = "own_substitute"
    message = N_("Nobody stands in for himself.")
    hint = N_("Name somebody else, or leave the substitute out to enter an absence alone.")


class PeriodOver(Invalid):
    """The period of a substitution is over."""

    code = "substitution_past"
    message = N_("The period ended on {end}.")
    hint = N_("A substitution begins today or later, or began and still lasts.")


class SubstituteTaken(Conflict):
    """The absent person has a substitute in that period."""

    code = "substitute_taken"
    message = N_("There is a substitution from {start} to {end} already.")
    hint = N_("End it first: sedctl user substitutions")


class CircularSubstitution(Conflict):
    """Two people would stand in for each other at once."""

    code = "circular_substitution"
    message = N_("The substitute is absent from {start} to {end}, and replaced by the same person.")
    hint = N_("Name somebody who is there.")


class ForeignSubstitution(NotPermitted):
    """The substitution is somebody else's to set."""

    code = "foreign_substitution"
    message = N_("You may not set the substitution of {name}.")
    hint = N_("One sets one's own; heads, assistants, registrars and administrators set others'.")


class SubstitutionOver(Refused):
    """The substitution was ended or is over."""

    code = "substitution_over"
    message = N_("The substitution is over already.")
    hint = N_("Look at those in force: sedctl user substitutions")
