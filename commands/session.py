"""One run of the command line: its settings, its gateway, its way of printing."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from commands.confirmation import ask
from sed_tui.config import Settings, settings
from sed_tui.errors.usage import OptionsExclude
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import CallOptions, Message, Operation, RequestT, ResultT


class Format(StrEnum):
    """How a command prints its data."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"

    @property
    def is_json(self) -> bool:
        """Tell whether errors are to be JSON objects as well."""
        return self in {Format.JSON, Format.JSONL}


def dumped(message: Message) -> dict[str, Any]:
    """Return an answer as plain values; those of a closed list still know of which."""
    found = message.model_dump(mode="json")
    listed = {name: getattr(message, name, None) for name in found}
    return found | {name: one for name, one in listed.items() if isinstance(one, StrEnum)}


def chosen_place(
    database: str | None, server: str | None, typed: set[str]
) -> tuple[str | None, str | None]:
    """Return the database or the server of the run: what was typed wins over the environment.

    Raises `OptionsExclude` for both at once.
    """
    if database and server:
        is_typed = {"--database" in typed, "--server" in typed}
        if len(is_typed) == 1:
            raise OptionsExclude(first="--database", second="--server")
        return (database, None) if "--database" in typed else (None, server)
    return database, server


@dataclass
class Session:
    """What the root options say, and then the options of the verb."""

    profile: str | None = None
    database: str | None = None
    server: str | None = None
    ca_file: str | None = None
    login: str | None = None
    organization: str | None = None
    verbosity: int = 0
    format: Format = Format.TABLE
    fields: tuple[str, ...] = ()
    dry_run: bool = False
    reason: str | None = None
    idempotency_key: str | None = None
    masked: bool = False
    limit: int = 100
    after: str | None = None
    yes: bool = False
    format_given: bool = False
    as_json: bool = False
    typed: set[str] = field(default_factory=set)
    _has_shown: bool = False
    option_names: dict[str, str] = field(default_factory=dict)
    _opened: list[Gateway] = field(default_factory=list)

    def take(self, values: Mapping[str, Any]) -> None:
        """Read the options that the sort of the verb brings."""
        for name, value in values.items():
            match name:
                case "output_format":
                    self.format = value or Format.TABLE
                    self.format_given = value is not None
                    self.as_json = self.format.is_json
                case "fields":
                    self.fields = tuple(part.strip() for part in (value or "").split(",") if part)
                case _:
                    setattr(self, name, value)

    def prefer(self, form: Format) -> None:
        """Print in this form unless `--format` or `SED_FORMAT` asked for one."""
        if not self.format_given:
            self.format, self.as_json = form, form.is_json

    @property
    def person(self) -> str | None:
        """Return who is to act as it was typed: the environment speaks of databases alone."""
        return self.login if "--as" in self.typed else None

    @cached_property
    def settings(self) -> Settings:
        """Return the resolved settings of the run."""
        return settings(
            profile=self.profile,
            database=self.database,
            server=self.server,
            ca_file=self.ca_file,
            login=self.login,
            organization=self.organization,
            person=self.person,
        )

    @property
    def local_settings(self) -> Settings:
        """Return the settings of a run on a database itself. Raises `NotOverServer`."""
        if self.settings.server:
            from sed_tui.errors.network import NotOverServer

            raise NotOverServer(server=self.settings.server)
        return self.settings

    def server_settings(self, server: str) -> Settings:
        """Return the settings of a run that works with a server."""
        chosen = settings(server=server, ca_file=self.ca_file, organization=self.organization)
        return replace(chosen, profile=self.profile)

    @property
    def gateway(self) -> Gateway:
        """Return the gateway, opened when it is first needed."""
        if not self._opened:
            from sed_tui.gateway import connect

            self._opened.append(connect(self.settings))
        return self._opened[0]

    @property
    def options(self) -> CallOptions:
        """Return the options of a call that follow from the options of the verb."""
        from sed_tui.operations.registry import CallOptions

        return CallOptions(
            dry_run=self.dry_run,
            reason=self.reason,
            idempotency_key=self.idempotency_key,
            masked=self.masked,
        )

    def call(self, operation: Operation[RequestT, ResultT], request: RequestT) -> ResultT:
        """Run one operation with the options of the verb."""
        return self.gateway.call(operation, request, self.options)

    def confirm(self, what: str) -> None:
        """Ask on a terminal; raise `ConfirmationNeeded` elsewhere without `--yes`."""
        if not (self.yes or self.dry_run):
            ask(what)

    def show(
        self,
        result: Message,
        columns: Sequence[str] = (),
        called: Mapping[str, str] | None = None,
    ) -> None:
        """Print one result; `columns` choose and order what a table shows of it.

        `called` are labels of columns that mean something else here than everywhere.
        """
        self.show_record(dumped(result), columns, called)

    def show_record(
        self,
        record: Mapping[str, Any],
        columns: Sequence[str] = (),
        called: Mapping[str, str] | None = None,
    ) -> None:
        """Print one object that is not the result of an operation."""
        from commands.output import write_object

        extra = {"dry_run": True} if self.dry_run else {}
        write_object({**record, **extra}, self.format, self.fields, tuple(columns), called)
        self._has_shown = True

    def show_rows(
        self,
        rows: Sequence[Message],
        columns: Sequence[str],
        cursor: str | None = None,
        called: Mapping[str, str] | None = None,
        worded: Callable[[Any], dict[str, Any]] | None = None,
    ) -> None:
        """Print rows; JSON holds every field of a row, a table the columns.

        `worded` makes what a table shows of a row where its own values are for programs.
        """
        made = dumped if worded is None or self.format is not Format.TABLE else worded
        records = [made(row) for row in rows]
        self.show_records(records, columns, cursor, called)

    def show_records(
        self,
        records: Sequence[dict[str, Any]],
        columns: Sequence[str],
        cursor: str | None = None,
        called: Mapping[str, str] | None = None,
        beside: Mapping[str, Any] | None = None,
    ) -> None:
        """Print rows that are not results of an operation; JSON holds what is `beside` them."""
        from commands.output import write_rows

        write_rows(
            records,
            tuple(columns),
            self.format,
            self.fields,
            cursor=cursor,
            extra={**(beside or {}), **({"dry_run": True} if self.dry_run else {})},
            called=called,
        )
        self._has_shown = True

    def say(self, text: str) -> None:
        """Print a message about the data to standard error, unless `-q` keeps it quiet."""
        from sed_tui.rendering.cells import printable

        if self.verbosity >= 0:
            sys.stderr.write(f"{printable(text)}\n")

    def close(self) -> None:
        """Close what was opened."""
        for gateway in self._opened:
            gateway.close()

    def say_if_dry(self) -> None:
        """Say once, under everything that a dry run has shown, that nothing was changed."""
        if self._has_shown and self.dry_run and not self.as_json:
            self._has_shown = False
            self.say(_("Nothing was changed: this was a dry run, its numbers are preliminary."))
