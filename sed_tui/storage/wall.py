"""Building the second wall (`tenancy`): roles, rights and policies, of tables as they are found.

It is built anew at the end of every upgrade, so that a table that is added is behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sed_tui.errors.upkeep import RolesNeeded
from sed_tui.storage.tenancy import APPLICATION, EVERYWHERE, ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

# the names stand in our own catalogue and are plain words: they need no escaping
_HERE = "NULLIF(current_setting('app.organization', true), '')::uuid"
_OWN = f"organization_id = {_HERE}"
# what an organization above says of an act holds below
_ABOVE = (
    "organization_id IN (WITH RECURSIVE above (id, parent) AS ("
    f"SELECT o.id, o.parent_id FROM organization o WHERE o.id = {_HERE} "
    "UNION ALL SELECT o.id, o.parent_id FROM organization o JOIN above a ON o.id = a.parent"
    ") SELECT a.id FROM above a)"
)
# days of the calendar hold for the branch below who set them, and are no secret
_KNOWN = {
    "calendar_day": "true",
    "legal_act": _ABOVE,
    "legal_edition": _ABOVE,
    # whoever has been given a role here bears a name here, even when the role is gone
    "employee": f"id IN (SELECT g.employee_id FROM employee_guest g WHERE g.{_OWN})",
}
# an order to another organization is known to both, and its state flows back
_CHANGED = {"assignment_part": f"{_OWN} OR target_id = {_HERE}"}
_POLICIES = ("everywhere", "own", "known")
_OWNED = text(
    "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
    "AND a.attname = 'organization_id' AND NOT a.attisdropped ORDER BY 1"
)
_GUESTS = """
CREATE TABLE IF NOT EXISTS employee_guest (
    organization_id uuid NOT NULL REFERENCES organization (id),
    employee_id uuid NOT NULL REFERENCES employee (id),
    PRIMARY KEY (organization_id, employee_id)
);
INSERT INTO employee_guest SELECT DISTINCT g.organization_id, g.employee_id
    FROM role_grant g JOIN employee e ON e.id = g.employee_id
    WHERE e.organization_id <> g.organization_id ON CONFLICT DO NOTHING;
CREATE OR REPLACE FUNCTION keep_guest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO employee_guest SELECT NEW.organization_id, NEW.employee_id WHERE NOT EXISTS (
        SELECT 1 FROM employee e
        WHERE e.id = NEW.employee_id AND e.organization_id = NEW.organization_id
    ) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER role_grant_guest AFTER INSERT ON role_grant
    FOR EACH ROW EXECUTE FUNCTION keep_guest();
"""


def require_roles(db: Connection) -> None:
    """Make the roles that are missing. Raises `RolesNeeded` with the statements for who may."""
    if db.dialect.name != "postgresql":
        return
    missing = _missing_roles(db)
    if not missing:
        return
    try:
        with db.begin_nested():
            for statement in missing:
                db.exec_driver_sql(statement)
    except ProgrammingError as error:
        # who may make roles may yet not be let into those that others have made
        raise RolesNeeded(statements="\n".join(missing)) from error


def build_wall(db: Connection) -> None:
    """Put every table that holds rows of organizations behind the wall."""
    if db.dialect.name != "postgresql":
        return
    db.exec_driver_sql(_GUESTS)
    for statement in (*_rights(db), *_policies(db.scalars(_OWNED).all())):
        db.exec_driver_sql(statement)


def has_wall(db: Connection) -> bool:
    """Tell whether the wall stands; older schemas had none."""
    return bool(db.scalar(text("SELECT count(*) FROM pg_policy WHERE polname = 'everywhere'")))


def _missing_roles(db: Connection) -> list[str]:
    known = set(db.scalars(text("SELECT rolname FROM pg_roles")))
    me = str(db.scalar(text("SELECT quote_ident(current_user)")))
    made = [
        f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;"
        for role in ROLES
        if role not in known
    ]
    return made + [
        f"GRANT {role} TO {me};"
        for role in ROLES
        if role not in known
        or not db.scalar(text("SELECT pg_has_role(current_user, :role, 'USAGE')"), {"role": role})
    ]


def _rights(db: Connection) -> list[str]:
    both = ", ".join(ROLES)
    # counting anew after an import is asked of the owner by versions before 17
    version = db.dialect.server_version_info or (0,)
    maintain = ", MAINTAIN" if version >= (17,) else ""
    return [
        f"GRANT USAGE ON SCHEMA public TO {both}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE{maintain} ON ALL TABLES IN SCHEMA public TO {both}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {both}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {both}",
        # asked before any role is taken
        "GRANT SELECT ON alembic_version TO PUBLIC",
    ]


def _policies(tables: Sequence[str]) -> list[str]:
    statements = []
    for name in tables:
        own = _CHANGED.get(name, _OWN)
        statements += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            *(f"DROP POLICY IF EXISTS {policy} ON {name}" for policy in _POLICIES),
            f"CREATE POLICY everywhere ON {name} TO {EVERYWHERE} USING (true)",
            f"CREATE POLICY own ON {name} TO {APPLICATION} USING ({own})",
        ]
        if known := _KNOWN.get(name):
            statements.append(
                f"CREATE POLICY known ON {name} FOR SELECT TO {APPLICATION} USING ({known})"
            )
    return statements
