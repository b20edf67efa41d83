"""How the example office signs: a test authority, a letter signed, two that wait for the head."""

from __future__ import annotations

import io
import os
from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.domain.flows import Flow
from sed_tui.gateway.batch_signing import checked, sign_each
from sed_tui.gost.authority import TestAuthority, Validity
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.keys import new_key, write_private_key
from sed_tui.gost.names import COMMON_NAME, GIVEN_NAME, SURNAME, TITLE
from sed_tui.gost.providers.choice import provider_named
from sed_tui.operations import certificate, draft, draft_registration, signing_right, trust
from sed_tui.operations.certificate import AddCertificate
from sed_tui.operations.draft import DraftDocument
from sed_tui.operations.draft_registration import RegisterDraft
from sed_tui.operations.file import FileContent
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.signing_right import AddSigningRight
from sed_tui.operations.trust import AddTrust

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.domain.clock import Clock
    from sed_tui.gateway.local import LocalGateway

PIN = "demo"
_SIGNER = ("petrov", "Петров", "Виктор Сергеевич", "Глава района")
_AUTHORITY = "Учебный удостоверяющий центр"
_SIGNED = (
    "О готовности мостов к паводку",
    "Сообщаем, что мосты района обследованы и к пропуску паводка готовы.\n",
)
_TO_SIGN = (
    ("О представлении сведений о закупках", "Направляем сведения о закупках за месяц.\n"),
    ("О назначении ответственного", "Ответственным за взаимодействие назначен Громов П.А.\n"),
)
COUNT = 1 + len(_TO_SIGN)
"""How many documents are drafted."""


def teach_to_sign(admin: LocalGateway, clock: Clock, keys: Path) -> KeySigner:
    """Let the head sign by a test certificate; his key goes to a folder, its PIN is `demo`."""
    now, provider = clock.now(), provider_named()
    since = now - timedelta(days=30)
    root = TestAuthority.root(_AUTHORITY, Validity.of(since, 3650), provider)
    login, surname, given, title = _SIGNER
    names = {
        COMMON_NAME: f"{surname} {given}",
        SURNAME: surname,
        GIVEN_NAME: given,
        TITLE: title,
    }
    key = new_key()
    issued = root.issue(key, names, Validity.of(since, 365))
    revocations = root.revocations((), Validity.of(since, 3650))
    contents = (root.certificate.der, revocations)
    tokens = tuple(admin.stage(io.BytesIO(content)) for content in contents)
    admin.call(trust.ADD, AddTrust(tokens=tokens))
    content = b64encode(issued.der).decode()
    admin.call(certificate.ADD, AddCertificate(employee=login, content=content))
    admin.call(signing_right.ADD, AddSigningRight(employee=login))
    _keep(keys / f"{login}.pem", write_private_key(key, PIN))
    _keep(keys / f"{login}.cer", issued.der)
    _keep(keys / "root.cer", root.certificate.der)
    _keep(keys / "root.crl", revocations)
    return KeySigner(key, issued, provider)


def sign_letters(
    author: LocalGateway,
    head: LocalGateway,
    registrar: LocalGateway,
    signer: KeySigner,
    clock: Clock,
    addressee: str,
) -> None:
    """Draft three letters; one of them is signed and registered, the others wait."""
    letters = [_draft(author, addressee, *letter) for letter in (_SIGNED, *_TO_SIGN)]
    batch = checked(head, [letters[0]])
    for tried in sign_each(head, batch, signer, clock, CallOptions()):
        if tried.failure is not None:
            raise tried.failure
    registrar.call(draft_registration.REGISTER, RegisterDraft(document=letters[0]))


def _draft(author: LocalGateway, addressee: str, subject: str, text: str) -> str:
    token = author.stage(io.BytesIO(text.encode()))
    request = DraftDocument(
        flow=Flow.OUTGOING,
        subject=subject,
        addressees=(addressee,),
        signatory=_SIGNER[0],
        delivery="эл. почта",
        files=(FileContent(name="письмо.txt", token=token),),
    )
    return str(author.call(draft.ADD, request).id)


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
