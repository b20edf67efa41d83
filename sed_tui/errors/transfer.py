"""Failures of moving a whole organization from one database to another."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid
from sed_tui.i18n import N_


class FolderTaken(Conflict):
    """The folder to write to holds something."""

    code = "folder_taken"
    message = N_("{folder} is there already.")
    hint = N_("Name a folder that is not there yet; it is made.")


class NotAnExport(Invalid):
    """The folder does not hold what an export of an organization writes."""

    code = "not_an_organization"
    message = N_("{folder} is no export of an organization: {reason}")
    hint = N_("Name the folder that sedctl export organization made.")


class ExportOfOtherVersion(Invalid):
    """The export was written by a version of the program that stores other tables."""

    code = "export_of_other_version"
    message = N_("The export has the format {found}, this program reads {needed}.")
    hint = N_("Export again with this version: upgrade that database first, sedctl db upgrade.")


class ExportTampered(Invalid):
    """A file of the export is not the one that was written."""

    code = "export_tampered"
    message = N_("The export is not as it was written, {path}: {reason}")
    hint = N_("Nothing was imported. Copy the export anew and compare its digest.")


class PathLeavesExport(Invalid):
    """The list of files names one that is not in the folder."""

    code = "path_leaves_export"
    message = N_("The export names {path}, which leads out of its folder.")
    hint = N_("Nothing was imported or read. Do not trust this export.")


class ForeignRows(Invalid):
    """The export holds rows of another organization than its own."""

    code = "foreign_rows"
    message = N_("The export has rows of another organization, {path}.")
    hint = N_("Nothing was imported. Do not trust this export; ask for it anew.")


class ExportedTrailBroken(Invalid):
    """The audit trail of the export is not the one that was recorded."""

    code = "exported_trail_broken"
    message = N_("The audit trail of the export is broken at entry {entry}.")
    hint = N_("Nothing was imported. Ask for it anew; there sedctl audit verify tells more.")


class RowsHere(Conflict):
    """The database holds rows of other organizations in the place of those of the export."""

    code = "rows_here"
    message = N_(
        "A row of {path} does not fit into this database, others have its id or name: {name}"
    )
    hint = N_(
        "Nothing was imported. Import it into an empty database: sedctl --database FILE import …"
    )


class OrganizationHere(Conflict):
    """The database holds the organization."""

    code = "organization_here"
    message = N_("The organization {code} is in this database already.")
    hint = N_("Import it into another database, or an empty one: sedctl --database FILE import …")
