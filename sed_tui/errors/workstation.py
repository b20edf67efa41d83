"""Failures of the check of a workplace and of its requirements."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused, Unavailable
from sed_tui.i18n import N_


class BadRequirements(Invalid):
    """The file is not an edition of the requirements."""

    code = "bad_requirements"
    message = N_("This is not an edition of the requirements: {reason}")
    hint = N_("Take the file as the operator publishes it, or mend the place named.")


class OlderRequirements(Conflict):
    """A newer edition is already in use."""

    code = "older_requirements"
    message = N_("The edition {edition} is of {date}, no newer than {known} of {known_date}.")
    hint = N_("Compare them: sedctl workstation requirements compare FILE. --force imports it.")


class NoPublishedRequirements(NotFound):
    """Nobody has published an edition in the database."""

    code = "no_published_requirements"
    message = N_("No edition of the requirements is published in this database.")
    hint = N_("An administrator does it: sedctl workstation requirements publish FILE")


class NoSuchSymptom(NotFound):
    """Nothing is known of the symptom."""

    code = "no_such_symptom"
    message = N_("Nothing is known of “{text}”.")
    hint = N_("Type the words of the message as they stand on the screen, or see: {known}")


class NothingToUndo(Refused):
    """No step of `workstation fix` is remembered."""

    code = "nothing_to_undo"
    message = N_("There is nothing to undo: no step is remembered on this machine.")
    hint = N_("`sedctl workstation fix` remembers what it changes; see what is set now by `check`.")


class MendingFailed(Unavailable):
    """A step did not change what it was to change."""

    code = "mending_failed"
    message = N_("{what}: {reason}")
    hint = N_("Do it by hand: {command}")
