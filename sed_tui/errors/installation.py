"""Failures of the installation: the database, its schema, its lock, the configuration."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused, SedError, Unavailable
from sed_tui.i18n import N_


class NoDatabase(Refused):
    """There is no database yet."""

    code = "no_database"
    whereabouts = ("database",)
    message = N_("There is no database at {database} yet.")
    hint = N_(
        "Make one: sedctl init --organization NAME --admin LOGIN; or sign in to a server: "
        "sedctl login URL"
    )


class AlreadyInitialized(Refused):
    """The database already holds organizations."""

    code = "already_initialized"
    whereabouts = ("database",)
    message = N_("The database {database} already holds data.")
    hint = N_("Choose another one with --database, or add an organization: sedctl organization add")


class SchemaOutdated(Refused):
    """The tables were made by an older version of the program."""

    code = "schema_outdated"
    whereabouts = ("database",)
    message = N_("The database {database} has schema {found}, this program needs {needed}.")
    hint = N_("Upgrade it (a backup is made first): sedctl db upgrade")


class SchemaNewer(Refused):
    """The tables were made by a newer version of the program."""

    code = "schema_newer"
    whereabouts = ("database",)
    message = N_("The database {database} has schema {found}, which this program does not know.")
    hint = N_("Install the newer version of the program.")


class DatabaseUnavailable(Unavailable):
    """The database does not answer."""

    code = "database_unavailable"
    whereabouts = ("database", "reason")
    message = N_("The database {database} does not answer: {reason}")
    hint = N_("Check the address, that the server runs, and that you may connect.")


class LoginTooWeak(Unavailable):
    """The login of the database lacks the roles that the program works as."""

    code = "login_too_weak"
    whereabouts = ("database", "reason")
    message = N_("The login may not work with the database {database}: {reason}")
    hint = N_(
        "Let its administrator run: GRANT sed_application, sed_everywhere TO the login; "
        "then, as the owner of the tables: sedctl db upgrade"
    )


class NotADatabase(Refused):
    """The file is something else, or is damaged."""

    code = "not_a_database"
    whereabouts = ("database", "reason")
    message = N_("{database} is not a database of this program: {reason}")
    hint = N_("Choose another file with --database, or restore a backup: sedctl db restore")


class LockHeld(Unavailable):
    """Another process has been writing for too long."""

    code = "lock_held"
    whereabouts = ("database",)
    message = N_("Another program has been writing to {database} for over {seconds} seconds.")
    hint = N_("Wait for it to finish (a large import?) and try again.")


class ReadOnlyStorage(Unavailable):
    """The disk is full or the place cannot be written."""

    code = "storage_failed"
    whereabouts = ("place",)
    message = N_("{place} cannot be written: {reason}")
    hint = N_("Free space or mend the rights; nothing was changed.")


class ObjectsUnavailable(Unavailable):
    """The storage of file contents does not answer, or does not let us in."""

    code = "objects_unavailable"
    whereabouts = ("place", "reason")
    message = N_("The storage of files {place} cannot be used: {reason}")
    hint = N_(
        "Check the address, the bucket and the keys (AWS_ACCESS_KEY_ID); nothing was changed."
    )


class ExtraMissing(Unavailable):
    """A part of the program that was not installed is asked for."""

    code = "extra_missing"
    message = N_("This needs a part of the program that is not installed: {extra}.")
    hint = N_("Install it: pip install 'sed-tui[{extra}]'")


class Collision(Conflict):
    """Somebody else has taken or removed at the same moment what the change needs."""

    code = "collision"
    message = N_("Somebody else changed the same thing at the same moment: {reason}")
    hint = N_("Nothing was changed. Look at it again and repeat.")


class ValueRefused(Invalid):
    """The database has no room for a value."""

    code = "value_refused"
    message = N_("The database cannot hold a value: {reason}")
    hint = N_("Shorten the longest value, or mend the number, and repeat.")


class OutputLost(Unavailable):
    """The result cannot be written to standard output."""

    code = "output_lost"
    message = N_("The result cannot be written out: {reason}")
    hint = N_("A change that was asked for has been made all the same: look before repeating it.")


class FileTrouble(Invalid):
    """A file that was named cannot be opened."""

    code = "file_trouble"
    message = N_("{path}: {reason}")
    hint = N_("Compare the path and your rights to it; nothing was changed.")


class InternalError(SedError):
    """Our own bug; the traceback is in the log."""

    code = "internal"
    message = N_("An internal error: {error}")
    hint = N_("{advice}")


class UnknownProfile(NotFound):
    """The configuration names no such profile."""

    code = "unknown_profile"
    message = N_("The configuration has no profile “{profile}”.")
    hint = N_("Profiles are tables [profile.NAME] in {path}.")


class BadConfiguration(Invalid):
    """The configuration file cannot be read."""

    code = "bad_configuration"
    message = N_("The configuration {path} cannot be read: {reason}")
    hint = N_("Mend the file, or move it away to do without it.")


class UnsupportedDatabase(Invalid):
    """The database URL names a system we do not work with."""

    code = "unsupported_database"
    message = N_("“{database}” is not a database this program works with.")
    hint = N_("Use a path, sqlite:///PATH or postgresql://USER@HOST/NAME.")
