"""Kinds of documents: which are used, and which of them are registered at all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.domain.registration import DEFAULT_KINDS, FLOW_NAMES
from sed_tui.domain.text import clean, folded, optional
from sed_tui.errors.registration import KindClosed, NotRegisteredKind, UnknownKind
from sed_tui.errors.terms import UnknownTermProfile
from sed_tui.i18n import _
from sed_tui.operations.document_kind import DocumentKind, KindList, ListKinds, SetKind
from sed_tui.storage.calendar import load_profiles
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.document_kind import DocumentKindTable
from sed_tui.storage.versioned import keep_row

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.domain.flows import Flow
    from sed_tui.handlers.work import Work


def list_kinds(work: Work, request: ListKinds) -> KindList:
    """Return the kinds, the default of a flow first."""
    who = {"organization": work.organization_id, "flow": request.flow}
    rows = _kinds(of_flow=request.flow is not None).all(work.db, who)
    return KindList(rows=[DocumentKind.model_validate(row._asdict()) for row in rows])


def set_kind(work: Work, request: SetKind) -> DocumentKind:
    """Add or change a kind in one statement. Raises `ChangedMeanwhile`, `UnknownTermProfile`."""
    name = clean(request.name, "name", limit=64).lower()
    known = next(
        (k for k in list_kinds(work, ListKinds(flow=request.flow)).rows if k.name == name), None
    )
    code = optional(request.code, "code", limit=16) or (known.code if known else name[:1])
    values = {
        "code": code,
        "is_registered": request.is_registered,
        "profile": _profile(work, request.profile, known),
        "state": "closed" if request.is_closed else "active",
    }
    key = {"organization_id": work.organization_id, "flow": request.flow, "name": name}
    first = {**values, "is_default": False}
    version = keep_row(
        work.db, DocumentKindTable, key, first, request.version, what=name, changes=values
    )
    kind = DocumentKind(flow=request.flow, name=name, **values, version=version)
    before = known.model_dump(mode="json") if known else None
    work.record("set", "kind", work.organization_id, before, kind.model_dump(mode="json"))
    return kind


def find_kind(work: Work, flow: Flow, name: str | None, *, reason: str | None) -> DocumentKind:
    """Return a kind that may be registered, the default of the flow without a name.

    Raises `UnknownKind`, `KindClosed`, and `NotRegisteredKind` unless there is a reason.
    """
    who = {"organization": work.organization_id, "flow": flow}
    rows = _kinds(of_flow=True).all(work.db, who)
    wanted = folded(name) if name else None
    kind = next((k for k in rows if wanted is None or folded(k.name) == wanted), None)
    if kind is None:
        names = ", ".join(k.name for k in rows if k.state == "active")
        raise UnknownKind(field="kind", kind=name, flow=_(FLOW_NAMES[flow]), kinds=names)
    if kind.state != "active":
        raise KindClosed(field="kind", kind=kind.name)
    if not kind.is_registered and not reason:
        raise NotRegisteredKind(field="kind", kind=kind.name)
    return DocumentKind.model_validate(kind._asdict())


def default_kinds(organization_id: UUID) -> list[dict[str, Any]]:
    """Return the rows of the kinds that an organization starts with."""
    seen: set[str] = set()
    rows = []
    for kind in DEFAULT_KINDS:
        rows.append(
            {
                "organization_id": organization_id,
                "flow": kind.flow.value,
                "name": kind.name,
                "code": kind.code,
                "is_registered": kind.is_registered,
                "profile": kind.profile,
                "is_default": kind.flow not in seen,
                "state": "active",
                "version": 1,
            }
        )
        seen.add(kind.flow)
    return rows


def _profile(work: Work, asked: str | None, known: DocumentKind | None) -> str | None:
    """Return the profile of terms of a kind: the asked one, which must be there, or its own."""
    if asked is None:
        return known.profile if known else None
    profile = optional(asked, "profile", limit=32)
    if profile is not None:
        profiles = load_profiles(work.db, work.organization_id)
        if profile not in profiles:
            raise UnknownTermProfile(field="profile", profile=profile, profiles=", ".join(profiles))
    return profile


@cache
def _kinds(*, of_flow: bool) -> Prepared:
    table = DocumentKindTable
    query = (
        select(
            *map(col, (table.flow, table.name, table.code, table.is_registered, table.profile)),
            *map(col, (table.state, table.version)),
        )
        .where(col(table.organization_id) == bindparam("organization"))
        .order_by(col(table.flow), col(table.is_default).desc(), col(table.name))
    )
    return Prepared(query.where(col(table.flow) == bindparam("flow")) if of_flow else query)
