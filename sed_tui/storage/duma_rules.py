"""The rules of the Duma in force: the shipped ones, hidden by the organization's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.duma import SHIPPED, DumaRule, RuleSort
from sed_tui.domain.terms import Unit
from sed_tui.storage.tables.duma import DumaRuleTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection


def load_rules(db: Connection, organization_id: UUID) -> dict[str, DumaRule]:
    """Return the rules by code, closed ones included."""
    table = DumaRuleTable.__table__  # type: ignore[attr-defined]
    own = db.execute(
        select(table).where(col(DumaRuleTable.organization_id) == organization_id)
    ).mappings()
    rules = {rule.code: rule for rule in SHIPPED}
    for row in own:
        values = {name: value for name, value in row.items() if name != "organization_id"}
        values |= {"sort": RuleSort(row["sort"]), "unit": Unit(row["unit"])}
        rules[row["code"]] = DumaRule(**values)
    return rules
