"""An authority that the office trusts, and people who hold its certificates."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sed_tui.gateway.batch_signing import checked, sign_each
from sed_tui.gost.authority import Revoked, TestAuthority, Validity
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.containers import pem
from sed_tui.gost.keys import new_key
from sed_tui.gost.names import COMMON_NAME
from sed_tui.gost.providers.choice import provider_named
from sed_tui.operations import certificate, draft
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.signing_right import (
    ADD as ADD_RIGHT,
)
from sed_tui.operations.signing_right import (
    END as END_RIGHT,
)
from sed_tui.operations.signing_right import (
    LIST as LIST_RIGHTS,
)
from sed_tui.operations.signing_right import (
    AddSigningRight,
    EndSigningRight,
    ListSigningRights,
    SigningRightRow,
)
from sed_tui.operations.trust import ADD, AddTrust, TrustedList

if TYPE_CHECKING:
    from sed_tui.errors import SedError
    from sed_tui.gateway.batch_signing import Tried
    from sed_tui.gateway.local import LocalGateway
    from tests.handlers.assignments import Office

HEAD = "golova"


@dataclass
class Authority:
    """A root and everything that it issues, as of a moment."""

    now: datetime
    root: TestAuthority = field(init=False)

    def __post_init__(self) -> None:
        validity = Validity(self.now - timedelta(days=400), self.now + timedelta(days=3650))
        self.root = TestAuthority.root("Тестовый корневой", validity, provider_named())

    def signer(self, name: str, *, since: float = -365, until: float = 365) -> KeySigner:
        """Issue a certificate, valid so many days around the moment."""
        key = new_key()
        validity = Validity(self.now + timedelta(days=since), self.now + timedelta(days=until))
        certificate = self.root.issue(key, {COMMON_NAME: name}, validity)
        return KeySigner(key, certificate, provider_named())

    def revocations(self, *revoked: KeySigner, until: float = 30) -> bytes:
        """Publish a list, the certificates of these signers in it."""
        moment = self.now - timedelta(days=2)
        entries = [Revoked(one.certificate.serial, moment) for one in revoked]
        validity = Validity(self.now - timedelta(days=1), self.now + timedelta(days=until))
        return self.root.revocations(entries, validity)


def add_trust(gateway: LocalGateway, *contents: bytes) -> TrustedList:
    """Trust certificates and lists."""
    tokens = tuple(gateway.stage(io.BytesIO(content)) for content in contents)
    return gateway.call(ADD, AddTrust(tokens=tokens))


@dataclass
class Signing:
    """An office whose head may sign by a certificate of a trusted authority."""

    office: Office
    authority: Authority
    head: KeySigner
    trusted: TrustedList

    @property
    def admin(self) -> LocalGateway:
        return self.office.as_("admin")

    def hold(self, login: str, signer: KeySigner) -> certificate.Certificate:
        content = pem("CERTIFICATE", signer.certificate.der).decode()
        request = certificate.AddCertificate(employee=login, content=content)
        return self.admin.call(certificate.ADD, request)

    def allow(self, login: str, **fields: object) -> SigningRightRow:
        return self.admin.call(
            ADD_RIGHT, AddSigningRight.model_validate({"employee": login, **fields})
        )

    def end_rights(self, login: str) -> None:
        for row in self.admin.call(LIST_RIGHTS, ListSigningRights(employee=login)).rows:
            self.admin.call(END_RIGHT, EndSigningRight(right=str(row.id)))

    def sign(self, login: str, signer: KeySigner, *documents: draft.Draft) -> list[Tried]:
        gateway = self.office.as_(login)
        batch = checked(gateway, [str(one.id) for one in documents])
        return list(sign_each(gateway, batch, signer, self.office.clock, CallOptions()))

    def refusal(self, login: str, signer: KeySigner, document: draft.Draft) -> SedError | None:
        (tried,) = self.sign(login, signer, document)
        return tried.failure

    def shown(self, document: draft.Draft) -> draft.Draft:
        return self.admin.call(draft.SHOW, draft.ShowDraft(document=str(document.id)))
