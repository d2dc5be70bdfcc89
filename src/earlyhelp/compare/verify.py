"""Whether a pack is what it says: signed by a council whose key was trusted first, and not older than what is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from earlyhelp.compare.pack import Pack
from earlyhelp.compare.read import read_pack
from earlyhelp.compare.sign import PublicKey
from earlyhelp.errors import InputRefused


@dataclass(frozen=True)
class Held:
    """What is remembered of the newest pack that was read of one council and reference year."""

    serial: int
    content: str
    format: int
    highest: int
    round_to: int


Trusted = Mapping[str, PublicKey]
"""Public keys by council."""
HeldPacks = Mapping[str, Mapping[str, Held]]
"""By council, then by the last day of the reference year."""


def verified(content: bytes, where: str, trusted: Trusted, held: HeldPacks) -> Pack:
    """The pack in the bytes of a file, if all of it holds. where: the name of the file.

    Raises InputRefused for what `read_pack` refuses; for a council whose key is not trusted, or another key than its own;
    and for a pack that is older than one held, says something else under the same number, or was made by weaker rules.
    """
    found = read_pack(content, where)
    pack, known = found.pack, trusted.get(found.pack.council)
    if known is None:
        raise InputRefused(
            f"The key of {pack.council} is not known here.",
            where=where,
            fix="Ask that council for its key, compare the fingerprint by telephone, then: earlyhelp pack trust DIR KEY",
        )
    if known.key != found.key:
        raise InputRefused(
            f"The pack says it is of {pack.council} but is signed with another key than the one trusted.",
            where=where,
            fix=f"Call the council. The trusted key has the fingerprint {known.fingerprint}.",
        )
    if not pack.serial:
        raise InputRefused("The pack has no number: it was never released.", where=where, fix="Ask for a released one.")
    _refuse_older(pack, held.get(pack.council, {}).get(pack.year[1]), where)
    return pack


def _refuse_older(pack: Pack, before: Held | None, where: str) -> None:
    if before is None:
        return
    fix = "Ask the council for its newest pack."
    if pack.serial < before.serial:
        raise InputRefused(
            f"The pack of {pack.council} is number {pack.serial}; number {before.serial} is held already.",
            where=where,
            fix=fix,
        )
    if pack.serial == before.serial and pack.content != before.content:
        raise InputRefused(
            f"Two packs of {pack.council} have the number {pack.serial} and differ.",
            where=where,
            fix="Call the council.",
        )
    if pack.format < before.format or pack.policy.highest < before.highest or pack.policy.round_to < before.round_to:
        raise InputRefused(
            f"The pack of {pack.council} was made by weaker rules than number {before.serial}.", where=where, fix=fix
        )


def held_with(held: HeldPacks, pack: Pack) -> HeldPacks:
    """What is held once this pack has been read."""
    policy = pack.policy
    now = Held(pack.serial, pack.content, pack.format, policy.highest, policy.round_to)
    return {**held, pack.council: {**held.get(pack.council, {}), pack.year[1]: now}}


def held_as_json(held: HeldPacks) -> dict[str, Any]:
    """What is held, as a file keeps it."""
    return {council: {year: asdict(each) for year, each in years.items()} for council, years in held.items()}


def held_from_json(told: Mapping[str, Any]) -> HeldPacks:
    """What is held, from the file. Raises TypeError or AttributeError for a file that is none."""
    return {council: {year: Held(**each) for year, each in years.items()} for council, years in told.items()}
