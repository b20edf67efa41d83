"""Signing a version of a draft: signatures made elsewhere, proven here before they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sed_tui.domain.draft_flow import DraftStep, Stage
from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Approval
from sed_tui.errors.signing import FileNotSigned
from sed_tui.gost.verification import Times, verify
from sed_tui.handlers.approval_following import follow_route
from sed_tui.handlers.approval_sheet import disagreements_of
from sed_tui.handlers.draft_standing import move
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.handlers.signatories import signatories_of
from sed_tui.handlers.signature import signatures_of, signers_of
from sed_tui.handlers.signature_acceptance import accept
from sed_tui.handlers.signature_judging import stored_path
from sed_tui.handlers.signature_storing import store_signature
from sed_tui.handlers.signing_entitlement import Entitlement, entitled
from sed_tui.handlers.trust import load_trust
from sed_tui.operations.signing import CheckSigning, Signable, SignedVersion, SignVersion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gost.verdicts import SignatureReport
    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.work import Work
    from sed_tui.operations.draft_version import VersionFile

_LARGEST_SIGNATURE = 1 << 20
_LONGEST_SIGNATORY = 200


@dataclass(frozen=True, slots=True)
class ProvenSignature:
    """A signature of a file of the version, and what its verification found."""

    file: VersionFile
    token: str
    report: SignatureReport


def check_signing(work: Work, request: CheckSigning) -> Signable:
    """Return what is to be signed and by which right, or refuse before a PIN is asked for."""
    who = entitled(work, request.document, request.version)
    draft = who.draft
    return Signable(
        id=draft.id,
        short_id=short_id(draft.id),
        subject=draft.card["subject"],
        version=draft.version,
        files=files_to_sign(who),
        basis=who.right.basis,
        power=who.right.power,
        on_behalf_of=who.absent.name if who.absent else None,
        is_cosigning=draft.standing.stage is Stage.SIGNED,
        others=[one.name for one in who.others],
        disagreements=disagreements_of(work, draft.id),
    )


def plan_sign_version(work: Work, request: SignVersion) -> list[ProvenSignature]:
    """Verify every signature over the bytes of the version.

    Raises `FileNotSigned`, `ContentLost`, `ContentDamaged`.
    """
    files = files_to_sign(entitled(work, request.document, request.version))
    given = {one.file: one.token for one in request.signatures}
    if set(given) != {file.id for file in files} or len(given) != len(request.signatures):
        raise _incomplete(request, files)
    trust, times = load_trust(work), Times(work.now, work.now)
    proven = []
    for file in files:
        signature = _staged(work, given[file.id])
        with stored_path(work, file.sha256) as content:
            reports = verify(signature, content, trust, times)
        if len(reports) != 1:
            raise _incomplete(request, files)
        proven.append(ProvenSignature(file, given[file.id], reports[0]))
    return proven


def sign_version(work: Work, request: SignVersion) -> SignedVersion:
    """Keep the signatures of a version and move the draft on; all or nothing.

    Raises what `entitled` and `accept` raise.
    """
    who = entitled(work, request.document, request.version)
    proven: list[ProvenSignature] = work.plan
    for one in proven:
        accept(work, one.file.name, one.report)
    for one in proven:
        store_signature(work, who, one.file, one.token, one.report)
    _move(work, who, proven[0].report)
    draft = who.draft
    signatures = [
        row
        for row in signatures_of(work, draft.id)
        if row.version == draft.version and row.received_at == work.now
    ]
    return SignedVersion(
        id=draft.id,
        short_id=short_id(draft.id),
        subject=draft.card["subject"],
        version=draft.version,
        signatory=work.actor.name,
        basis=who.right.basis,
        signatures=signatures,
        others=[one.name for one in who.others],
    )


def files_to_sign(who: Entitlement) -> list[VersionFile]:
    """Return the files of the version that is signed: each has a signature of its own."""
    return [file for file in who.files if file.role != FileRole.SIGNATURE]


def _move(work: Work, who: Entitlement, report: SignatureReport) -> None:
    draft, serial = who.draft, report.certificate.number if report.certificate else None
    told: dict[str, Any] = {"version": draft.version, "certificate": serial}
    before: dict[str, Any] = dict.fromkeys(told)
    if draft.standing.stage is Stage.SIGNED:
        move(work, draft, DraftStep.COSIGN)
        told["cosigned_by"] = work.actor.name
        before["cosigned_by"] = None
    elif who.others:
        move(work, draft, DraftStep.SIGN, stays=True)
        told["signed_by"] = work.actor.name
        before["signed_by"] = None
    else:
        card: dict[str, Any] = {"signatory": _signed_by(work, draft), "signed_on": work.today}
        move(work, draft, DraftStep.SIGN, **card)
        told |= {"approval": Approval.SIGNED.value, **card}
        before |= {name: draft.card[name] for name in ("approval", *card)}
    add_participants(work, draft.id, "signatory", [work.actor.employee_id])
    reindex_document(work, draft.reference)
    behalf = who.absent.login if who.absent else None
    work.record("sign", "document", draft.id, before, told, on_behalf_of=behalf)
    follow_route(work, draft.id)


def _signed_by(work: Work, draft: StoredDraft) -> str:
    """Return who signed the version, in the order of the document, as the card shows it."""
    order = {one.name: place for place, one in enumerate(signatories_of(work, draft.id))}
    names = [one.name for one in signers_of(work, draft.id, draft.version)]
    names.sort(key=lambda name: order.get(name, len(order)))
    shown = ", ".join(names)
    return shown if len(shown) <= _LONGEST_SIGNATORY else names[0]


def _staged(work: Work, token: str) -> bytes:
    path = work.files.staged_path(token)
    if work.files.staged(token).size > _LARGEST_SIGNATURE:
        return b""  # no signature of one signer is as large: it is then read as none
    return path.read_bytes()


def _incomplete(request: SignVersion, files: Sequence[VersionFile]) -> FileNotSigned:
    names = ", ".join(file.name for file in files)
    return FileNotSigned(field="signatures", version=request.version, names=names)
