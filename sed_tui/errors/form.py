"""Failures of what stands in a field of a form."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Unavailable
from sed_tui.i18n import N_


class NotAWholeNumber(Invalid):
    """The text is not a whole number."""

    code = "not_a_whole_number"
    message = N_("{field}: “{value}” is not a whole number.")
    hint = N_("Write digits only: 12")


class NumberOutOfRange(Invalid):
    """The number lies outside what the field takes."""

    code = "number_out_of_range"
    message = N_("{field}: {value} is not between {least} and {most}.")
    hint = N_("Write a number from {least} to {most}.")


class NotASheetCount(Invalid):
    """The text does not count sheets."""

    code = "not_a_sheet_count"
    message = N_("{field}: “{value}” is not a count of sheets.")
    hint = N_("Write the sheets of the letter and of its annexes: 1+7")


class NoSuchFile(Invalid):
    """There is no file at the path."""

    code = "no_such_file"
    message = N_("There is no file {path}.")
    hint = N_("Compare the path; a relative one begins at the current folder.")


class NotARegularFile(Invalid):
    """The path leads to a directory or a device."""

    code = "not_a_regular_file"
    message = N_("{path} is not a file but a directory or a device.")
    hint = N_("Name a file.")


class EmptyFile(Invalid):
    """The file has no bytes."""

    code = "empty_file"
    message = N_("The file {path} is empty.")
    hint = N_("Save or scan it anew: nothing is in it.")


class UnreadableFile(Invalid):
    """The file may not be read."""

    code = "unreadable_file"
    message = N_("The file {path} cannot be read: {reason}")
    hint = N_("Mend the rights or copy the file to another place, then repeat.")


class DraftNotKept(Unavailable):
    """What was typed cannot be written to the disk."""

    code = "draft_not_kept"
    message = N_("The draft cannot be kept: {reason}")
    hint = N_("Do not close the form before saving it; free space in the home directory.")


class EditorFailed(Unavailable):
    """The editor did not open, or left the text in another encoding."""

    code = "editor_failed"
    message = N_("The editor {command} failed: {reason}")
    hint = N_("Name another one in VISUAL or EDITOR, or write here.")
