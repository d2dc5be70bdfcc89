"""What public figures alone tell of a council: its profile, the need of its wards, and early spending beside its neighbours'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.reach.need import Need, holding, need_of_packs
from earlyhelp.reference.pack import Pack
from earlyhelp.reference.profile import EARLY_SHARE, Profile, Profiles
from earlyhelp.reference.symbols import NOT_AVAILABLE


@dataclass(frozen=True)
class SpentEarly:
    """Pounds spent early of each 100 on children's social care, of one council; `share` is None unless `status` is `ok`."""

    area_code: str
    name: str
    period: str
    share: float | None
    status: str


@dataclass(frozen=True)
class PublicPicture:
    """A council from public figures alone. Without a pack that lists it, `why_not` says so and the rest is empty.

    `spent_early`: the council first, then its statistical neighbours, the most alike first; none is left out.
    """

    why_not: str = ""
    profile: Profile | None = None
    need: Need | None = None
    spent_early: tuple[SpentEarly, ...] = ()


def public_picture(packs: Sequence[Pack], area_code: str) -> PublicPicture:
    """The council of that code, from the packs of a workspace.

    The profile comes from the last pack by name that holds a list of authorities, the need of wards from whichever pack
    holds each publication. Raises InputRefused for a file of a pack that cannot be read.
    """
    pack = holding(packs, "authorities")
    if pack is None:
        held = "The public statistics held have no list of authorities." if packs else "No public statistics are held."
        return PublicPicture(held)
    profiles = Profiles(pack.folder)
    try:
        found = profiles.of(area_code)
    except InputRefused:
        return PublicPicture(f"The public statistics held know no council of the code {area_code}.")
    need = need_of_packs(packs, area_code)
    near = [_spent_early(profiles, code, name) for code, name in found.neighbours]
    return PublicPicture("", found, need if len(need) else None, (_of_profile(found, found.name), *near))


def _spent_early(profiles: Profiles, area_code: str, name: str) -> SpentEarly:
    try:
        return _of_profile(profiles.of(area_code), name)
    except InputRefused:
        return SpentEarly(area_code, name, "", None, NOT_AVAILABLE)


def _of_profile(found: Profile, name: str) -> SpentEarly:
    [row] = [each for each in found.rows if each.measure == EARLY_SHARE]
    return SpentEarly(found.area_code, name, row.period, row.value, row.status)
