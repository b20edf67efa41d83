"""What the configuration says of a workplace: its set, services and authorities of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from sed_tui import config
from sed_tui.domain.requirements import (
    CertificateRequirement,
    RevocationRequirement,
    ServiceRequirement,
    read_row,
)
from sed_tui.errors.installation import BadConfiguration
from sed_tui.workstation.checking import Asked

if TYPE_CHECKING:
    from sed_tui.domain.requirements import Requirements, RequirementSet
    from sed_tui.workstation.facts import SeenList

_DEFAULT_SET = "executive"
RowT = TypeVar("RowT", bound=ServiceRequirement | CertificateRequirement | RevocationRequirement)


def what_to_ask(
    edition: Requirements,
    chosen: str | None,
    *,
    is_online: bool = True,
    lists: tuple[SeenList, ...] = (),
) -> Asked:
    """Return what is checked here: the edition with what `[workstation]` adds to it.

    Raises `BadConfiguration`, and `BadRequirements` for a set the edition has not.
    """
    table = config.configuration().get("workstation", {})
    code = chosen or table.get("set") or _DEFAULT_SET
    group = edition.set_of(str(code))
    return Asked(_with_own(_for_set(edition, group), table), group, is_online, lists)


def _for_set(edition: Requirements, group: RequirementSet) -> Requirements:
    return replace(
        edition, services=tuple(one for one in edition.services if one.id in group.services)
    )


def _with_own(edition: Requirements, table: dict[str, Any]) -> Requirements:
    return replace(
        edition,
        services=_joined(ServiceRequirement, table, "service", edition.services),
        certificates=_joined(CertificateRequirement, table, "certificate", edition.certificates),
        revocation=_joined(RevocationRequirement, table, "revocation", edition.revocation),
    )


def _joined(
    kind: type[RowT], table: dict[str, Any], name: str, known: tuple[RowT, ...]
) -> tuple[RowT, ...]:
    """Return the rows of the configuration before those of the edition they do not replace."""
    try:
        own = tuple(read_row(kind, one) for one in table.get(name, []))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        path = str(config.configuration_path())
        raise BadConfiguration(path=path, reason=f"[[workstation.{name}]]: {error}") from error
    named = {one.id for one in own}
    return (*own, *(one for one in known if one.id not in named))
