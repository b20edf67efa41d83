"""Failures of importing and exporting: of a row, of a run."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused, SedError
from sed_tui.i18n import N_


class DigitsLost(Invalid):
    """A table rounded a long number."""

    code = "digits_lost"
    message = N_("{field}: the last digits of “{value}” are lost: the table took it for a number.")
    hint = N_("Format the column as text and type the number again.")


class NotYesOrNo(Invalid):
    """The text says neither yes nor no."""

    code = "not_yes_or_no"
    message = N_("{field}: “{value}” is neither yes nor no.")
    hint = N_("Write да or нет, yes or no, 1 or 0.")


class UnknownValue(Invalid):
    """The text is none of the values that a field has."""

    code = "unknown_value"
    message = N_("{field}: “{value}” is not known.")
    hint = N_("One of these is expected: {known}. Other names go into a mapping file: --map")


class TwoDates(Invalid):
    """One cell says one date and the next one another."""

    code = "two_dates"
    message = N_("{field}: {value} in its own column, {other} beside the number.")
    hint = N_("Leave one of them, the right one.")


class OutsideFolder(Invalid):
    """A file lies outside the folder of the table."""

    code = "outside_folder"
    message = N_("The file “{path}” lies outside the folder of the table.")
    hint = N_("Put the files beside the table or below it and name them by relative paths.")


class RowTwice(Invalid):
    """Two rows of one table claim the same."""

    code = "row_twice"
    message = N_("{field}: “{value}” stands in row {other} already.")
    hint = N_("Delete one of the two rows, or mend the value.")


class DiffersFromStored(Invalid):
    """A row names a card that is there already and says something else."""

    code = "differs_from_stored"
    message = N_("The card is there already and says something else: {fields}.")
    hint = N_("An import changes no cards: sedctl document edit")


class LooksAlike(Conflict):
    """The same sender's number came within days."""

    code = "looks_alike"
    message = N_("It looks like {number} of {day}: the same sender, a like number.")
    hint = N_("Compare the two: if they are one letter, cancel the second.")


class InnOfAnother(Conflict):
    """The INN and the name of a row belong to different correspondents; the INN was followed."""

    code = "inn_of_another"
    message = N_("INN {inn} is “{name}”, the row names “{written}”: it was put under “{name}”.")
    hint = N_("Compare both with the letter; mend the INN or the name where they are not one.")


class ReplyNotFound(NotFound):
    """The letter that a card answers is not there."""

    code = "reply_not_found"
    message = N_(
        "{field}: the document “{value}” was not found; the card was stored without a link."
    )
    hint = N_("Load the other document, then link them: sedctl document link")


class NotStoredWithOthers(Refused):
    """The row is right, but another one is not, and all or nothing was asked."""

    code = "not_stored_with_others"
    message = N_("Not stored, because other rows were refused.")
    hint = N_("Mend the refused rows, or load the right ones with --keep-going.")


class ImportRefused(Invalid):
    """An import of all or nothing stored nothing."""

    code = "import_refused"
    message = N_("Nothing was stored: {refused} of {read} rows were refused.")
    hint = N_("--result FILE.xlsx gives the refused rows with what is wrong with them.")


class PartlyImported(SedError):
    """Some rows were refused, the others are stored."""

    code = "partly_imported"
    exit_code = 9
    http_status = 207
    message = N_("{refused} of {read} rows were refused.")
    hint = N_("--result FILE.xlsx gives them with what is wrong, to be mended and loaded again.")


class NoSuchImport(NotFound):
    """There is no such import."""

    code = "no_such_import"
    message = N_("There is no import “{run}”.")
    hint = N_("Imports: sedctl import list")


class ImportOvertaken(Conflict):
    """Another import of the same file went on meanwhile, or this one is over."""

    code = "import_overtaken"
    message = N_("The import {run} is at row {row} now and not where this one was.")
    hint = N_("Another import of the same file is under way, or took over: sedctl import list")


class WrittenMeanwhile(Conflict):
    """Somebody stored the same at the same moment."""

    code = "written_meanwhile"
    message = N_("Somebody else wrote the same cards or correspondents at the same moment.")
    hint = N_("Continue with --resume.")


class ImportDependedOn(Refused):
    """Something was done with what an import brought."""

    code = "import_depended_on"
    message = N_("The import cannot be undone: {what}")
    hint = N_("Cancel single registrations instead: sedctl document cancel")


class ImportUndone(Refused):
    """The import was undone already."""

    code = "import_undone"
    message = N_("The import {run} was undone already.")
    hint = N_("Load the file again if it is needed: sedctl import")


class BadResultName(Invalid):
    """The name of the file for results or for an export says no known kind."""

    code = "bad_result_name"
    exit_code = 2
    message = N_("“{path}”: the name must end in {kinds}.")
    hint = N_("Name the file by its kind: result.xlsx")
