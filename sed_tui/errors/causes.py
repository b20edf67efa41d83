"""Why something failed that is not ours: systems and libraries speak English, users do not.

The words of others stay in the chain of the exception, which `-v` prints.
"""

from __future__ import annotations

import errno
import json
import re

from sed_tui.i18n import N_, _

_OF_SYSTEM = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it is there already"),
    errno.EACCES: N_("there is no right to it"),
    errno.EPERM: N_("the system does not permit it"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EFBIG: N_("the file would be too large"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EINVAL: N_("the system does not take such a name or value"),
    errno.ELOOP: N_("the links run in a circle"),
    errno.EIO: N_("the disk does not answer properly"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.EBUSY: N_("another program uses it"),
    errno.ETXTBSY: N_("another program uses it"),
    errno.EPIPE: N_("the reader has gone"),
    errno.EBADF: N_("it is closed"),
    errno.ECONNREFUSED: N_("nobody listens there"),
    errno.EADDRINUSE: N_("another program listens there"),
    errno.EADDRNOTAVAIL: N_("the machine has no such address"),
    errno.ETIMEDOUT: N_("no answer came in time"),
    errno.EHOSTUNREACH: N_("there is no way to the host"),
    errno.ENETUNREACH: N_("there is no way to the host"),
    errno.ESTALE: N_("the network folder has gone"),
}
_NO_HOST = {-2, -3, -5, 11001}  # what resolvers answer: three of POSIX, one of Windows
# how databases and their tools put it -> our words; the first that is found
_OF_DATABASE = (
    # first, for one of several servers may not listen at all
    ("too many (clients|connections)|connection slots", N_("the server has no connection left")),
    ("root certificate file .* does not exist",
     N_("the certificate of its authority is not named: sslrootcert=FILE")),
    ("server certificate for .* does not match host name",
     N_("its certificate was given to another name")),
    ("certificate verify failed", N_("its certificate is not trusted")),
    ("server does not support SSL", N_("it does not speak TLS")),
    ("connection refused|no such file or directory.*socket|is the server running",
     N_("no server listens there")),
    ("translate host name|name or service not known|resolve host|nodename nor servname",
     N_("the name of the host is not known")),
    ("timeout|timed out", N_("no answer came in time")),
    ("no route to host|network is unreachable", N_("there is no way to the host")),
    ("password authentication failed|no password supplied",
     N_("the user or the password is wrong")),
    ("pg_hba.conf|authentication failed", N_("the server does not let this user in from here")),
    ("role .* does not exist", N_("the server has no such user")),
    ("database .* does not exist", N_("the server has no such database")),
    ("starting up|shutting down|terminating connection|closed the connection|connection.* lost"
     "|connection is closed|bad connection",
     N_("the server broke the connection off")),
    ("server version mismatch|unsupported version", N_("the client is older than the server")),
    ("permission denied|must be owner", N_("there is no right to it")),
    ("readonly|read-only", N_("it is read-only")),
    ("disk is full|no space left", N_("the disk is full")),
    ("disk i/o error|input/output error", N_("the disk does not answer properly")),
    ("unable to open database file", N_("the file or its folder cannot be opened")),
    ("not a database|malformed|corrupt|not appear to be a valid archive|could not read from input",
     N_("it is damaged, or something else")),
    ("unique|duplicate key", N_("the value is taken already")),
    ("foreign key", N_("something refers to what is not there")),
    ("too long|out of range|too large|overflow", N_("a value is too long or too large")),
    ("nul|0x00|encoding", N_("a text holds characters that it cannot keep")),
    ("locked|lock timeout", N_("another program has locked it")),
    ("already exists", N_("something that is to be made is there already")),
    ("no such (table|column)|(relation|column) .* does not exist",
     N_("a table or a column is missing")),
)  # fmt: skip
_OF_JSON = {
    "Expecting value": N_("a value is missing"),
    "Expecting property name enclosed in double quotes": N_("a name in double quotes is missing"),
    "Expecting ':' delimiter": N_("a colon is missing"),
    "Expecting ',' delimiter": N_("a comma is missing"),
    "Illegal trailing comma before end of object": N_("there is a comma too many"),
    "Illegal trailing comma before end of array": N_("there is a comma too many"),
    "Unterminated string starting at": N_("a text has no closing quotation mark"),
    "Invalid control character at": N_("a text holds a line break or a control character"),
    "Extra data": N_("something follows after the end"),
}
_PLACE = re.compile(r"at line (?P<line>\d+), column (?P<column>\d+)")


def system_cause(error: BaseException) -> str:
    """Return why a file or a connection failed, by the number the system gave."""
    if isinstance(error, UnicodeError):
        return _("the text is not UTF-8")
    if not isinstance(error, OSError):  # pathlib tells of a circle so
        return _("the links run in a circle")
    if error.errno in _NO_HOST:
        return _("the name of the host is not known")
    known = _OF_SYSTEM.get(error.errno or 0)
    return _(known) if known else _("the system gave the error {code}").format(code=error.errno)


def database_cause(said: str) -> str:
    """Return why a database or one of its tools failed, by what it said in English."""
    for pattern, cause in _OF_DATABASE:
        if re.search(pattern, said, re.IGNORECASE):
            return _(cause)
    return _("the reason is in its own words only: repeat with sedctl -v")


def json_cause(error: ValueError) -> str:
    """Return what is wrong with a text that is to be JSON, and where."""
    if isinstance(error, UnicodeError):
        return _("the text is not UTF-8")
    if not isinstance(error, json.JSONDecodeError):
        return _("a number is too long")
    known = _OF_JSON.get(error.msg)
    cause = _(known) if known else _("it breaks the rules of JSON")
    return _("line {line}, character {column}: {cause}").format(
        line=error.lineno, column=error.colno, cause=cause
    )


def toml_cause(error: BaseException) -> str:
    """Return what is wrong with a file that is to be TOML, and where."""
    if isinstance(error, (OSError, UnicodeError)):
        return system_cause(error)
    place = _PLACE.search(str(error))
    if place is None:
        return _("it ends too early, or breaks the rules of TOML")
    return _("line {line}, character {column}: it breaks the rules of TOML").format(
        line=place["line"], column=place["column"]
    )
