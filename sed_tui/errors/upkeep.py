"""Failures of the upkeep of a database: upgrade, backup, restore."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, Refused, Unavailable
from sed_tui.i18n import N_


class BackupToolMissing(Refused):
    """The PostgreSQL client that makes backups is not installed."""

    code = "backup_tool_missing"
    message = N_("{tool} is not installed: the database cannot be backed up or restored.")
    hint = N_("Install the PostgreSQL client; or upgrade with --no-backup after a backup of yours.")


class BackupFailed(Unavailable):
    """The copy could not be made."""

    code = "backup_failed"
    message = N_("The backup {file} was not made: {reason}")
    hint = N_("Nothing was changed.")


class BackupExists(Conflict):
    """The file to write the backup to is there already."""

    code = "backup_exists"
    message = N_("{file} is there already.")
    hint = N_("Choose another name; without one the backup is named by date and time.")


class NotABackup(Invalid):
    """The file is not a backup of a database of this program."""

    code = "not_a_backup"
    message = N_("{file} is not a backup of this program's database: {reason}")
    hint = N_("Choose a file that sedctl db backup made.")


class UpgradeFailed(Refused):
    """The upgrade did not come to its end and was undone."""

    code = "upgrade_failed"
    message = N_("The upgrade to schema {needed} failed and was undone: {reason}")
    hint = N_("The database is as it was. Backup: {backup}")


class RestoreFailed(Unavailable):
    """The backup could not be put in place."""

    code = "restore_failed"
    message = N_("The backup was not restored: {reason}")
    hint = N_("The database is as it was.")


class WritersAtWork(Unavailable):
    """Somebody is writing to the database that is to be replaced, and does not finish."""

    code = "writers_at_work"
    message = N_("Somebody has been writing to the database for {seconds} seconds.")
    hint = N_("Nothing was changed. Stop the servers, or try again.")


class RolesNeeded(Refused):
    """The server lacks the roles that part organizations, and we may not make them."""

    code = "roles_needed"
    message = N_("The server of the database lacks roles that this program works as.")
    hint = N_("Let its administrator run, then repeat:\n{statements}")
