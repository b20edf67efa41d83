"""Failures of files: their names, their sizes, their place in the store."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Unavailable
from sed_tui.i18n import N_

RESTORE = N_("`sedctl db check --deep` finds all such files; restore them from a backup.")


class BadFileName(Invalid):
    """The name could lead out of a folder, or does not fit a file system."""

    code = "bad_file_name"
    message = N_("“{name}” cannot be the name of a file: {reason}")
    hint = N_("Rename the file.")


class FileTooLarge(Invalid):
    """The file is larger than the office keeps."""

    code = "file_too_large"
    message = N_("The file {path} is too large: less than {limit} MiB are kept.")
    hint = N_("An administrator changes the limit: max_file_size in the profile.")


class LinkLeadsOut(Invalid):
    """A symbolic link leads to a file of another folder."""

    code = "link_leads_out"
    message = N_("{path} is a link that leads out of its folder, to {target}.")
    hint = N_("Name the file itself.")


class SameFileTwice(Conflict):
    """The document has these very bytes already."""

    code = "same_file_twice"
    message = N_("“{name}” is the same file as “{other}”, byte for byte.")
    hint = N_("Leave it out.")


class NothingStaged(NotFound):
    """The bytes that the request names were never sent, or are gone."""

    code = "nothing_staged"
    message = N_("The content of the file has not been sent.")
    hint = N_("Send the file again.")


class SeveralFiles(Conflict):
    """It is not clear which file is meant."""

    code = "several_files"
    message = N_("The document has several files: {names}")
    hint = N_("Name one: sedctl document file get DOCUMENT NAME")


class SeveralFilesOfLetter(Conflict):
    """It is not clear which file of a letter is meant."""

    code = "several_files_of_letter"
    message = N_("The letter has several files: {names}")
    hint = N_("Name one of them after the letter.")


class ContentLost(Unavailable):
    """The store has lost the bytes of a file."""

    code = "content_lost"
    whereabouts = ("place",)
    message = N_("The content {sha256} is not in the store {place}.")
    hint = RESTORE


class ContentDamaged(Unavailable):
    """The bytes in the store are not those that were put there."""

    code = "content_damaged"
    message = N_("The content {sha256} is damaged: its bytes are not those that were added.")
    hint = RESTORE


class FileLost(Unavailable):
    """The store has lost a file that is known by its name."""

    code = "file_lost"
    message = N_("{place}, “{name}”: the file is missing, the store has lost it.")
    hint = RESTORE


class FileDamaged(Unavailable):
    """The bytes of a file that is known by its name are not those that were put there."""

    code = "file_damaged"
    message = N_(
        "{place}, “{name}”: the store is damaged, the bytes are not those that were added."
    )
    hint = RESTORE


class FileExists(Conflict):
    """Something stands where the file is to be written."""

    code = "file_exists"
    message = N_("{path} is there already.")
    hint = N_("Choose another place, or --overwrite it.")
