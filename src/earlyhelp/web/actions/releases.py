"""What may leave: proposed by one person, approved or refused by another, written out once, and kept to be taken.

The register and the access log are written by the use-cases called here; no rule of theirs is repeated.
"""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest

from earlyhelp import proposing, publishing, receiving, sharing
from earlyhelp.errors import GateClosed, InputRefused
from earlyhelp.measures import Question
from earlyhelp.web.looking import record_act
from earlyhelp.web.workspace import moment, workspace

PACK = sharing.KIND
CERTIFICATE = ".audit.json"


def propose_pack(request: HttpRequest, *, recipients: str) -> sharing.Release:
    """The current figures proposed as a pack. Somebody else must approve it, whatever database the users are in."""
    sharing.mark_users(workspace())
    return sharing.propose_pack(workspace(), request.user.email, moment(), recipients or sharing.ANY_MEMBER)


def propose_table(
    request: HttpRequest, *, measure: str, question: Question, policy: str, recipients: str
) -> sharing.Release:
    """A table of one measure proposed. Raises what `proposing.propose_table` raises."""
    sharing.mark_users(workspace())
    return proposing.propose_table(workspace(), measure, question, policy, recipients, request.user.email, moment())


def approve(request: HttpRequest, *, release: str) -> sharing.Release:
    """Raises GateClosed for its author, and for what is not proposed."""
    return sharing.approve(workspace(), release, request.user.email, moment())


def refuse(request: HttpRequest, *, release: str, reason: str) -> sharing.Release:
    """Raises GateClosed for what has left or was refused before."""
    return sharing.refuse(workspace(), release, request.user.email, moment(), reason)


def write(request: HttpRequest, *, release: sharing.Release, ending: str) -> Path:
    """The approved release written to a file that is kept here; it has left from then on.

    Raises GateClosed where the figures have changed since it was proposed, and what the use-case raises.
    """
    served, target = workspace(), folder_of(release.id) / f"{release.proposal.kind}-{release.id}{ending}"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if release.proposal.kind != PACK:
        return publishing.write_release(served, release.id, target, request.user.email, moment()).file
    if release.proposal.snapshot != served.current:
        raise GateClosed(
            "The figures have changed since this pack was proposed.", where=release.id, fix="Propose it again."
        )
    return sharing.write_pack(served, target, request.user.email, moment(), release.proposal.recipients).file


def folder_of(release: str) -> Path:
    """Where the files of a release are kept once it has left."""
    return workspace().root / "web" / "released" / release


def files_of(release: str) -> list[Path]:
    """The files of a release that has left from here, with the certificate of its audit; none where it left otherwise."""
    return sorted(folder_of(release).glob("*")) if release.isalnum() else []


def receive_pack(request: HttpRequest, *, content: bytes, name: str) -> receiving.Pack:
    """A pack of another council, kept to be compared with. Raises InputRefused as `receiving.receive_pack` does."""
    pack = receiving.receive_pack(workspace(), content, name)
    record_act(request, "pack received", council=pack.council, serial=pack.serial)
    return pack


def trust_key(request: HttpRequest, *, content: bytes, name: str, told: str) -> receiving.PublicKey:
    """Another council's key trusted from now on, whose fingerprint was told over the telephone.

    Raises InputRefused for what is no key, or where its fingerprint is not the one told; GateClosed where another key of
    that council is trusted already.
    """
    key = receiving.read_public_key(content, name)
    if _only_signs(told) != _only_signs(key.fingerprint):
        raise InputRefused(
            "The fingerprint of this file is not the one that you were told.",
            where=name,
            fix="Call the council again. Trust no key whose fingerprint you have not heard from them.",
        )
    trusted = receiving.trust_key(workspace(), key, name)
    record_act(request, "key trusted", council=trusted.council, fingerprint=trusted.fingerprint)
    return trusted


def _only_signs(fingerprint: str) -> str:
    return "".join(fingerprint.split()).casefold()
