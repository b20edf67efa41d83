"""The root of every failure a user can meet: one class, one code, one message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

_TELL = N_(
    "Try again in a minute; if it stays so, tell whoever runs the server: request {request}."
)
BY_CODE: dict[str, type[SedError]] = {}


class SedError(Exception):
    """A failure the user can understand and act on.

    Faces never invent wording: the command line maps `exit_code`, the server
    `http_status`, the interface shows `str(error)` and the hint. `field` names
    the field of the request that is wrong, `row` the row of an import. `whereabouts` are
    the details that tell of the machine: a server writes them into its log alone.
    `request` is the number under which the log of a server has the call that failed.
    """

    code: ClassVar[str] = "internal"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    message: ClassVar[str] = N_("Internal error.")
    hint: ClassVar[str] = ""
    whereabouts: ClassVar[tuple[str, ...]] = ()
    request: str | None = None

    def __init_subclass__(cls) -> None:
        """Make the class findable by its code, so that a remote client can rebuild it."""
        BY_CODE[cls.code] = cls

    def __init__(self, *, field: str | None = None, row: int | None = None, **details: Any) -> None:
        self.field = field
        self.row = row
        self.details = details
        # no arguments for the exception itself, so that it can be copied and pickled
        super().__init__()

    def __str__(self) -> str:
        return _(self.message).format_map(self._values)

    def about(self, name: str) -> str:
        """Return the message with its field called by a name that the reader knows."""
        return _(self.message).format_map({**self._values, "field": name})

    @property
    def advice(self) -> str:
        """Say what to do next, or nothing where there is nothing to do."""
        if "request" in self.details:  # the server's trouble, which its users cannot mend
            return _(_TELL).format(request=self.details["request"])
        return _(self.hint).format_map(self._values) if self.hint else ""

    def told_afar(self, said: Mapping[str, str]) -> SedError:
        """Return the failure for whoever is not on the machine; `said` stands for its details.

        With `request` in it, the advice is to tell that number.
        """
        hidden = {name: said.get(name, said[""]) for name in self.whereabouts}
        afar = type(self)(field=self.field, row=self.row, **{**self.details, **hidden})
        if "request" in said:
            afar.details["request"] = said["request"]
        afar.__cause__ = self.__cause__
        return afar

    @property
    def _values(self) -> dict[str, Any]:
        return {"field": self.field, "row": self.row, **self.details}

    def as_problem(self) -> dict[str, Any]:
        """Return the error object that `--format json` prints on standard error."""
        told = {
            "code": self.code,
            "field": self.field,
            "message": str(self),
            "hint": self.advice or None,
            "row": self.row,
        }
        return told if self.request is None else {**told, "request": self.request}


class Invalid(SedError):
    """What was asked does not describe a possible action (exit status 3)."""

    code = "invalid"
    exit_code = 3
    http_status = 422
    message = N_("{field}: {reason}")
    hint = N_("Mend it and repeat: nothing was changed.")


class NotFound(SedError):
    """There is no such thing, or it is not the caller's to see (exit status 4)."""

    code = "not_found"
    exit_code = 4
    http_status = 404
    message = N_("{kind} “{key}” was not found.")
    hint = N_(
        "Compare it letter by letter; what other offices hold is not shown. Look in the list."
    )


class NotPermitted(SedError):
    """The caller's roles do not allow the operation (exit status 4)."""

    code = "not_permitted"
    exit_code = 4
    http_status = 404
    message = N_("“{operation}” is not permitted to {login}.")
    hint = N_("An administrator grants roles with `sedctl user role`.")


class Conflict(SedError):
    """Something else is already there (exit status 5)."""

    code = "conflict"
    exit_code = 5
    http_status = 409


class Refused(SedError):
    """The state of things does not allow it now (exit status 6)."""

    code = "refused"
    exit_code = 6
    http_status = 409


class Unavailable(SedError):
    """The other side does not answer (exit status 7)."""

    code = "unavailable"
    exit_code = 7
    http_status = 503
