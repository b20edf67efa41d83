"""Failures of loading workbooks of Directum RX, and what is written beside their rows."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound, Refused, SedError
from sed_tui.i18n import N_


class NothingRecognized(Invalid):
    """No sheet of the workbook is one of the import utility's."""

    code = "directum_nothing_recognized"
    message = N_("{path}: no sheet is one of Directum RX's import utility.")
    hint = N_("Sheets are known by name and headings in row 1: docs/how-to/load-from-directum.md")


class TooManyColumns(Invalid):
    """The columns of results lie where nothing is read."""

    code = "directum_too_many_columns"
    message = N_("{path}, sheet “{sheet}”: only the first {most} columns are read.")
    hint = N_("Delete the empty columns between the data and the results.")


class BadDirectumMap(Invalid):
    """The file of names cannot be followed."""

    code = "directum_bad_map"
    message = N_("The file of names {path} is wrong: {reason}")
    hint = N_('It has [organizations], [journals] and [kinds] with lines like "4" = "ВХ".')


class SeveralResults(Invalid):
    """One name was given for the results of several files."""

    code = "directum_several_results"
    exit_code = 2
    message = N_("--output names a folder when several files are loaded.")
    hint = N_("Name a folder that is there, or load one file.")


class PartlyLoaded(SedError):
    """Some rows could not be loaded; the others are stored."""

    code = "directum_partly_loaded"
    exit_code = 9
    http_status = 207
    message = N_("{refused} of {read} rows were not loaded.")
    hint = N_("The copies of the workbooks say why, row by row. Mend them and load them again.")


class NoPlace(Refused):
    """The system keeps nothing of the kind."""

    code = "directum_no_place"
    message = N_("Not loaded: the system keeps no {what}.")
    hint = N_("Keep the workbook: the rows are not lost in it.")


class ColumnWithoutPlace(Refused):
    """A column was filled and the system has no field for it."""

    code = "directum_column_without_place"
    message = N_("Columns that are not kept: {names}.")
    hint = N_("Keep the workbook: they are not lost in it.")


class FieldLeftOut(Invalid):
    """A value is wrong; the row was loaded without it."""

    code = "directum_field_left_out"
    message = N_("“{heading}” was left out: {reason}")
    hint = N_("Mend the value in the card.")


class NeededCell(Invalid):
    """A cell that a row cannot do without is empty."""

    code = "directum_needed_cell"
    message = N_("“{heading}” is empty.")
    hint = N_("Fill it in and load the file again.")


class NotRegistered(Invalid):
    """The document has no number in the other system."""

    code = "directum_not_registered"
    message = N_("Not loaded: the document was not registered there, a number would be invented.")
    hint = N_("Register it here: sedctl document register")


class UnknownOwn(NotFound):
    """A row names an organization that is not there or not the caller's."""

    code = "directum_unknown_own"
    message = N_("Organization “{organization}” was not found.")
    hint = N_("Load its row first, or name its code in the file of names: --map")


class UnknownJournal(NotFound):
    """A row names a journal of the other system that none here is known by."""

    code = "directum_unknown_journal"
    message = N_("There is no journal “{journal}” in {organization}.")
    hint = N_(
        "Load the sheet of journals too, or say in the file of names which one is meant "
        '([journals] "{journal}" = "CODE"): --map'
    )


class UnknownPerson(NotFound):
    """A row names a person who does not work here."""

    code = "directum_unknown_person"
    message = N_("Nobody of the name “{name}” works in {organization}.")
    hint = N_("Load the people first, or compare the name letter by letter.")


class OtherLogin(Refused):
    """The person has another login here."""

    code = "directum_other_login"
    message = N_("{name} has the login {login} here; a login is never changed.")
    hint = N_("Load logins together with the people to whom they belong.")


class OtherUnit(Refused):
    """The person is there already, in another unit."""

    code = "directum_other_unit"
    message = N_("{name} is there already, in another unit: {unit}.")
    hint = N_("If it is the same person, move him: sedctl user edit")


class FilesLeftOut(Refused):
    """A row names a file and no folder was given."""

    code = "directum_files_left_out"
    message = N_("Loaded without the file “{name}”: no folder of files was given.")
    hint = N_("Give it with --files, or add it later: sedctl document file add")


class UnknownLetter(NotFound):
    """An addressee names a letter that was not loaded."""

    code = "directum_unknown_letter"
    message = N_("No letter of the Id “{letter}” is among the loaded files.")
    hint = N_("Add a column “ИД” to the sheet of letters and load both sheets together.")


class AddresseeMissing(Refused):
    """The letter was loaded earlier without this addressee."""

    code = "directum_addressee_missing"
    message = N_("The letter {number} is there already, without this addressee.")
    hint = N_("An import changes no cards: sedctl document edit")


class NotTried(Refused):
    """A trial run cannot look into an organization that it only would have made."""

    code = "directum_not_tried"
    message = N_("Not tried: {organization} would be made first.")
    hint = N_("Load the structure, then try again.")


class LoadedEarlier(Refused):
    """The same is there already."""

    code = "directum_loaded_earlier"
    message = N_("It was there already.")
    hint = N_("Nothing was stored twice.")


class OtherOrganization(Refused):
    """A substitute works in another organization."""

    code = "directum_other_organization"
    message = N_("{name} works in another organization and cannot stand in here.")
    hint = N_("Name a substitute of the same organization.")


class UnknownParent(NotFound):
    """The unit above was not loaded."""

    code = "directum_unknown_parent"
    message = N_("Loaded at the top: there is no unit “{parent}” above it.")
    hint = N_("Load the row of the unit above first.")
