"""Who may do what: roles, the matrix of operation × role, and how far a role sees.

The matrix is data. An operation without a row is refused to everybody, and
tests/architecture fails when the registry and the matrix differ. The third side of it is
how far a role reaches, in `domain.reach`.
"""

from __future__ import annotations

from enum import StrEnum

from sed_tui.domain.joining_rights import JOINING_CHANGED, JOINING_READ


class Role(StrEnum):
    """What a person does in an organization (rules §1.3)."""

    REGISTRAR = "registrar"
    HEAD = "head"
    ASSISTANT = "assistant"
    EXECUTOR = "executor"
    CONTROLLER = "controller"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    # rights given beside a role: to carry cards away in bulk, to oversee the branch
    EXPORTER = "exporter"
    OPERATOR = "operator"
    SYSTEM = "system"


class Sight(StrEnum):
    """How far a role sees the documents of its organization, the widest first.

    A department is that of the person, with the units below it: one sees what its people
    take part in.
    """

    ORGANIZATION = "organization"
    DEPARTMENT = "department"
    OWN = "own"
    NOTHING = "nothing"


SIGHT: dict[Role, Sight] = {
    Role.REGISTRAR: Sight.ORGANIZATION,
    Role.HEAD: Sight.ORGANIZATION,
    Role.ASSISTANT: Sight.ORGANIZATION,
    Role.CONTROLLER: Sight.ORGANIZATION,
    Role.AUDITOR: Sight.ORGANIZATION,
    Role.SYSTEM: Sight.ORGANIZATION,
    Role.EXECUTOR: Sight.OWN,
    Role.ADMINISTRATOR: Sight.NOTHING,
    Role.EXPORTER: Sight.NOTHING,
    Role.OPERATOR: Sight.NOTHING,
}
SCOPED = (Role.HEAD, Role.ASSISTANT, Role.EXECUTOR, Role.CONTROLLER)
"""Roles of which it is chosen for each person how far they see; the others are of one reach."""

PEOPLE = frozenset(Role) - {Role.SYSTEM}
EVERYONE = frozenset(Role)
_REGISTRARS = frozenset({Role.REGISTRAR})
_OFFICE = frozenset({Role.REGISTRAR, Role.ASSISTANT})
_SENDERS = _OFFICE | {Role.HEAD}
# beside their roles these see no document
_BLIND = frozenset({Role.ADMINISTRATOR, Role.EXPORTER, Role.OPERATOR})
_READERS = EVERYONE - _BLIND
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_SEERS = frozenset(role for role, sight in SIGHT.items() if sight is Sight.ORGANIZATION)
_AUDITORS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
_ISSUERS = frozenset({Role.HEAD, Role.ASSISTANT, Role.CONTROLLER, Role.EXECUTOR})
# who takes part is told by the assignment itself; the system never does it for a person
_PERFORMERS = PEOPLE - _BLIND - {Role.AUDITOR}
_HANDERS = frozenset({Role.HEAD, Role.CONTROLLER, Role.ADMINISTRATOR})
_KEEPERS = frozenset({Role.REGISTRAR, Role.ADMINISTRATOR})
_IMPORTERS = _KEEPERS | {Role.ASSISTANT}
# whoever runs the nightly job; what it writes goes to the people it concerns alone
_MAILERS = frozenset({Role.ADMINISTRATOR, Role.CONTROLLER, Role.SYSTEM})
# to read a card is not to carry thousands away: a right of its own (rules §1.17)
_EXPORTERS = frozenset({Role.EXPORTER})
_MOVING = ("take", "agent", "due", "claim", "sent", "failed", "expire")
_LOOKING = ("list", "show", "file", "raw", "events")
_EXCHANGERS = _OFFICE | {Role.ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM}

MATRIX: dict[str, frozenset[Role]] = {
    # organizations and people
    "session.show": EVERYONE,
    "session.changes": EVERYONE,
    # one's own; of colleagues an administrator
    "session.list": EVERYONE,
    "session.revoke": PEOPLE,
    "password.set": PEOPLE,
    "token.add": PEOPLE,
    "token.list": EVERYONE,
    "token.revoke": PEOPLE,
    **dict.fromkeys(("organization.add", "organization.edit"), _ADMINISTRATORS),
    # of the operator of the system alone
    "organization.quota": _ADMINISTRATORS,
    "organization.list": EVERYONE,
    "organization.show": EVERYONE,
    "organization.tree": EVERYONE,
    # figures of the organizations below, never a document of theirs
    "organization.overview": frozenset({Role.OPERATOR}),
    "unit.add": _ADMINISTRATORS,
    "unit.list": EVERYONE,
    "employee.add": _ADMINISTRATORS,
    "employee.edit": _ADMINISTRATORS,
    "employee.list": EVERYONE,
    "employee.show": EVERYONE,
    **dict.fromkeys(("employee.roles", "employee.disable", "employee.enable"), _ADMINISTRATORS),
    "substitution.add": PEOPLE,  # one's own; others' by the roles of domain.substitution
    "substitution.list": EVERYONE,
    "substitution.end": PEOPLE,
    # documents
    "document.register": _REGISTRARS,
    "document.duplicates": _OFFICE,
    "document.cancel": _REGISTRARS,
    "document.reregister": _REGISTRARS,
    **dict.fromkeys(("document.list", "document.count", "document.show"), _READERS),
    "document.edit": _REGISTRARS,
    "document.history": _READERS,
    "access.grant": frozenset({Role.REGISTRAR, Role.HEAD}),
    "access.revoke": frozenset({Role.REGISTRAR, Role.HEAD}),
    "access.list": _READERS,
    # drafts have no number: whoever does the work writes them, their author changes them
    **dict.fromkeys(("draft.add", "draft.revise", "draft.discard"), _PERFORMERS),
    **dict.fromkeys(("draft.show", "draft.list"), _READERS),
    "draft.register": _REGISTRARS,
    "version.add": _PERFORMERS,
    **dict.fromkeys(("version.list", "version.diff", "version.read"), _READERS),
    "dispatch.add": _OFFICE,
    "dispatch.list": _READERS,
    # letters of a mailbox are nobody's documents until they are registered
    **dict.fromkeys(("intake.take", "intake.place"), frozenset({Role.REGISTRAR, Role.SYSTEM})),
    **dict.fromkeys(("intake.list", "intake.show", "intake.file"), _OFFICE | {Role.AUDITOR}),
    **dict.fromkeys(("intake.register", "intake.attach", "intake.drop"), _REGISTRARS),
    **dict.fromkeys(("partner.add", "partner.set", "partner.remove"), _ADMINISTRATORS),
    **dict.fromkeys(("partner.list", "partner.show", "exchange.metrics"), _EXCHANGERS),
    **dict.fromkeys(map("exchange.{}".format, _MOVING), frozenset({Role.REGISTRAR, Role.SYSTEM})),
    **dict.fromkeys(map("exchange.{}".format, _LOOKING), _OFFICE | {Role.AUDITOR}),
    **dict.fromkeys(("exchange.refusals", "exchange.retry", "exchange.resend"), _OFFICE),
    **dict.fromkeys(("exchange.register", "exchange.refuse", "quarantine.drop"), _REGISTRARS),
    **dict.fromkeys(("quarantine.release", "quarantine.retry"), _REGISTRARS),
    "exchange.publish": _REGISTRARS,
    **dict.fromkeys(("exchange.greet", "exchange.deliver"), frozenset({Role.SYSTEM})),
    # to see a document is not to send it out: single and many alike
    "mailing.prepare": _SENDERS,
    "mailing.send": _SENDERS,
    "route.import": _ADMINISTRATORS,
    "route.check": EVERYONE,
    "route.list": EVERYONE,
    "route.show": EVERYONE,
    "route.close": _ADMINISTRATORS,
    "route.preview": _PERFORMERS,
    # who decides is told by the approval itself
    "approval.start": _PERFORMERS,
    "approval.approve": _PERFORMERS,
    "approval.remark": _PERFORMERS,
    "approval.rework": _PERFORMERS,
    "approval.redirect": _PERFORMERS,
    "approval.add": _PERFORMERS,
    "approval.withdraw": _PERFORMERS,
    "approval.answer": _PERFORMERS,
    "approval.show": _READERS,
    "approval.list": _READERS,
    "approval.next": _READERS,
    "approval.escalate": _MAILERS,
    "kind.list": EVERYONE,
    "kind.set": _ADMINISTRATORS,
    # journals
    "journal.add": _ADMINISTRATORS,
    "journal.change": _ADMINISTRATORS,
    "journal.list": EVERYONE,
    "journal.show": EVERYONE,
    "journal.preview": EVERYONE,
    "journal.gaps": frozenset({Role.REGISTRAR, Role.ADMINISTRATOR, Role.AUDITOR}),
    "journal.reserve": _REGISTRARS,
    "journal.release": frozenset({Role.REGISTRAR, Role.SYSTEM}),
    # links
    "link.add": _REGISTRARS,
    "link.remove": _REGISTRARS,
    "link.list": _READERS,
    # files
    "file.add": _OFFICE,
    "file.list": _READERS,
    "file.get": _READERS,
    # signatures
    "signature.list": _READERS,
    "signature.verify": _READERS - {Role.SYSTEM},
    "content.verify": frozenset({Role.REGISTRAR, Role.HEAD, Role.AUDITOR}),
    "signature.verify_all": frozenset({Role.REGISTRAR, Role.HEAD, Role.AUDITOR}),
    # who may sign is told by the rights of the person, not by a role
    "signature.check": PEOPLE,
    "signature.sign": PEOPLE,
    "signature.refuse": PEOPLE - _BLIND,
    "signature.to_sign": PEOPLE - _BLIND,
    "right.add": _ADMINISTRATORS,
    "right.list": EVERYONE,
    "right.end": _ADMINISTRATORS,
    "certificate.add": _ADMINISTRATORS,
    "certificate.list": EVERYONE,
    "certificate.withdraw": _ADMINISTRATORS,
    "trust.add": _ADMINISTRATORS,
    "trust.list": EVERYONE,
    "trust.remove": _ADMINISTRATORS,
    "trust.bundle": EVERYONE,
    # correspondents
    "correspondent.add": _OFFICE,
    "correspondent.edit": _OFFICE,
    "correspondent.list": EVERYONE,
    "correspondent.show": EVERYONE,
    "correspondent.merge": _REGISTRARS,
    # assignments and terms
    "assignment.issue": _ISSUERS,
    "assignment.report": _PERFORMERS,
    "assignment.accept": _PERFORMERS,
    "assignment.interim": _PERFORMERS,
    "assignment.contribute": _PERFORMERS,
    "assignment.release": _PERFORMERS,
    "assignment.return": _PERFORMERS,
    "assignment.stop": _PERFORMERS,
    "assignment.redirect": _PERFORMERS,
    "assignment.amend": _PERFORMERS,
    "assignment.extend": _PERFORMERS,
    "assignment.grant": _PERFORMERS,
    "assignment.deny": _PERFORMERS,
    "assignment.ask": _PERFORMERS,
    "assignment.answer": _PERFORMERS,
    "assignment.accept_answer": _PERFORMERS,
    "assignment.return_answer": _PERFORMERS,
    "assignment.tree": _READERS,
    "part.send": _ISSUERS,
    "part.list": _READERS,
    "part.accept": _PERFORMERS,
    "part.return": _PERFORMERS,
    "part.grant": _PERFORMERS,
    "part.deny": _PERFORMERS,
    "part.stop": _PERFORMERS,
    "assignment.result": _READERS,
    "template.list": EVERYONE,
    "template.set": _OFFICE | _ADMINISTRATORS,
    "assignment.policy": EVERYONE,
    "assignment.set_policy": _ADMINISTRATORS,
    "assignment.handover": _HANDERS,
    "handover.list": _HANDERS,
    "handover.plans": _HANDERS,
    "assignment.list": _READERS,
    "assignment.count": _READERS,
    "assignment.days": _READERS,
    "assignment.show": _READERS,
    "assignment.summary": EVERYONE,
    # resolutions: a draft has no force, so whoever does the work may write one
    "resolution.draft": _PERFORMERS,
    "resolution.edit": _PERFORMERS,
    "resolution.show": _READERS,
    "resolution.list": _READERS,
    "resolution.approve": _PERFORMERS,  # the head alone, or who stands in for him
    "resolution.return": _PERFORMERS,
    "resolution.withdraw": _PERFORMERS,
    # schedules are those of whoever may issue; the nightly job issues for them
    "recurring.add": _ISSUERS,
    "recurring.list": _READERS,
    "recurring.show": _READERS,
    "recurring.skip": _ISSUERS,
    "recurring.executor": _ISSUERS,
    "recurring.close": _ISSUERS,
    "recurring.run": frozenset({Role.ADMINISTRATOR, Role.SYSTEM}),
    "calendar.explain": EVERYONE,
    "calendar.show": EVERYONE,
    "calendar.workdays": EVERYONE,
    "calendar.profiles": EVERYONE,
    "calendar.override": _ADMINISTRATORS,
    "calendar.import": _ADMINISTRATORS,
    "calendar.set_profile": _ADMINISTRATORS,
    # the legal reference: own words on an act hold for the organizations below too
    "foreign.list": _IMPORTERS,
    "foreign.keep": _ADMINISTRATORS,
    "duma.rules": EVERYONE,
    "duma.set_rule": _ADMINISTRATORS,
    "duma.sittings": EVERYONE,
    "duma.add_sitting": _OFFICE | _ADMINISTRATORS,
    "duma.move_sitting": _OFFICE | _ADMINISTRATORS,
    # a submission is seen by whoever sees its document
    "duma.open": _PERFORMERS,
    "duma.attach": _PERFORMERS,
    "duma.send": _OFFICE,
    "duma.step": _OFFICE,
    "duma.show": _READERS,
    "duma.list": _READERS,
    "news.list": EVERYONE,
    "news.acknowledge": _ADMINISTRATORS,
    "law.list": EVERYONE,
    "law.show": EVERYONE,
    "law.text": EVERYONE,
    "law.check": EVERYONE,
    "law.set": _ADMINISTRATORS,
    "law.import": _ADMINISTRATORS,
    "law.forget": _ADMINISTRATORS,
    "law.load": _ADMINISTRATORS,
    # acquaintance: who has to read is told by the list itself
    "acquaintance.start": frozenset({Role.REGISTRAR, Role.HEAD, Role.ASSISTANT, Role.CONTROLLER}),
    "acquaintance.list": _READERS,
    "acquaintance.show": _READERS,
    "acquaintance.confirm": PEOPLE - {Role.AUDITOR},
    "acquaintance.stop": frozenset({Role.REGISTRAR, Role.HEAD, Role.ASSISTANT, Role.CONTROLLER}),
    # reports
    "report.overdue": _READERS,
    "report.due": _READERS,
    "report.summary": _READERS,
    "report.discipline": _READERS,
    "report.diff": _READERS,
    "report.extensions": _READERS,
    "report.approvals": _READERS,
    "report.journal": _READERS,
    "report.volume": _READERS,
    "report.appeals": _READERS,
    "report.ageing": _READERS,
    "report.rows": _READERS,
    # what is mailed is whole: only for those who see the whole organization
    "report.mail": _SEERS,
    # workplaces: everybody reports his own, the administrators see them all
    "workstation.report": PEOPLE,
    "workstation.list": _AUDITORS,
    "workstation.versions": _AUDITORS,
    "requirements.publish": _ADMINISTRATORS,
    "requirements.show": EVERYONE,
    # mail
    "notify.due": _MAILERS,
    "notify.rules": EVERYONE,
    "notify.set_rule": _ADMINISTRATORS,
    "notify.waiting": _MAILERS,
    "notify.forget": _MAILERS,
    "notify.list": _MAILERS | {Role.AUDITOR},
    # import and export
    "import.begin": _IMPORTERS,
    "import.documents": _KEEPERS,
    "import.correspondents": _IMPORTERS,
    "import.people": _ADMINISTRATORS,
    "import.finish": _IMPORTERS,
    "import.undo": _KEEPERS,
    "import.list": _IMPORTERS | {Role.AUDITOR},
    "export.documents": _EXPORTERS,
    "export.correspondents": _EXPORTERS,
    "export.people": _EXPORTERS,
    # joining the system: whose applications one sees is one predicate, storage.joining
    **dict.fromkeys(JOINING_CHANGED, _ADMINISTRATORS),
    **dict.fromkeys(JOINING_READ, _AUDITORS),
    # audit
    "audit.list": _AUDITORS,
    "audit.verify": _AUDITORS | {Role.SYSTEM},
    "audit.export": frozenset({Role.AUDITOR}),
}


def written_role(role: Role, sight: Sight) -> str:
    """Return a role as tables and the trail hold it: «head:department», or the role alone."""
    return role.value if sight is SIGHT[role] else f"{role.value}:{sight.value}"
