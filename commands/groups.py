"""Groups whose commands are built when they are called: Typer builds all forty of a noun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from typer.main import get_command_from_info, get_command_name, get_group_from_info
from typer.models import TyperInfo

if TYPE_CHECKING:
    import typer
    from typer.core import TyperGroup
    from typer.models import CommandInfo


class _Below(Mapping[str, Any]):
    """The commands of a group by name, each built when it is first asked for."""

    def __init__(self, app: typer.Typer) -> None:
        self._told: dict[str, CommandInfo | TyperInfo] = {
            **{_name(info): info for info in app.registered_commands},
            **{str(info.name): info for info in app.registered_groups},
        }
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            info = self._told[name]
            self._built[name] = _group(info) if isinstance(info, TyperInfo) else _command(info)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


def group_of(app: typer.Typer) -> TyperGroup:
    """Return the group that an application describes, none of its commands built yet."""
    return _group(TyperInfo(app))


def _group(info: TyperInfo) -> TyperGroup:
    assert info.typer_instance is not None, "a group is that of an application"
    told, empty = copy(info), copy(info.typer_instance)
    empty.registered_commands, empty.registered_groups = [], []
    told.typer_instance = empty
    group = get_group_from_info(
        told, pretty_exceptions_short=False, suggest_commands=False, rich_markup_mode=None
    )
    group.commands = _Below(info.typer_instance)  # type: ignore[assignment]  # it is read alone
    return group


def _command(info: CommandInfo) -> Any:
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


def _name(info: CommandInfo) -> str:
    return info.name or get_command_name(getattr(info.callback, "__name__", ""))
