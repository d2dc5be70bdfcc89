"""The certificate of a release: what stands beside the file, so that whoever receives it can see what was checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from earlyhelp.release.policy import POLICIES
from earlyhelp.release.register_audit import RegisterAudit
from earlyhelp.release.register_table import ReleasedTable
from earlyhelp.store.releases import Release


def certificate_of(
    approved: Release,
    tables: Sequence[ReleasedTable],
    found: RegisterAudit,
    file: str,
    digest: str,
    account: str,
    when: str,
) -> dict[str, Any]:
    """What the file beside a release says: the policy, what was checked and found, who let it out, and the hashes.

    `tables`: what left. `found`: the audit just before it did; the one at the proposal is kept with it. `digest`: the
    sha256 of the file, whose name is `file`.
    """
    wanted, rule = approved.proposal, POLICIES[approved.proposal.policy]
    return {
        "release": approved.id,
        "kind": wanted.kind,
        "title": wanted.title,
        "file": file,
        "sha256": digest,
        "content": wanted.content,
        "snapshot": wanted.snapshot,
        "recipients": wanted.recipients,
        "policy": {
            "name": rule.name,
            "hidden_from": rule.lowest,
            "hidden_to": rule.highest,
            "symbol": rule.symbol,
            "rounded_to": wanted.round_to,
            "further_counts_hidden": rule.hides_others_too,
            "source": rule.source,
        },
        "figures": sum(len(each.rows) for each in tables),
        "figures_hidden": sum(each.hidden for each in tables),
        "audit": {
            "passed": wanted.audit_passed and found.passed,
            "when_proposed": list(wanted.audit),
            "when_released": list(found.sentences),
            "earlier_releases": list(found.beside),
        },
        "proposed_by": approved.author,
        "proposed": approved.proposed,
        "approved_by": approved.approver,
        "approved": approved.decided,
        "released_by": account,
        "released": when,
    }
