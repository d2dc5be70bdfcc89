"""Council packs: released figures that councils send each other, signed, and the comparison that each makes for itself."""

from earlyhelp.compare.comparison import Comparison, GroupsCompared, LeftOut, NamedThere, compared
from earlyhelp.compare.joint import AuditResult, audited
from earlyhelp.compare.pack import NAMED, PACK_POLICY, SHARED, Groups, Pack, PackMeasure, PackRow, Shared
from earlyhelp.compare.read import read_pack
from earlyhelp.compare.sign import PublicKey, public_of, read_public_key, signing_key
from earlyhelp.compare.verify import Held, held_from_json, held_with, verified
from earlyhelp.compare.write import About, Asked, Draft, draft, finished, signed, without_groups, years_told

__all__ = [
    "NAMED",
    "PACK_POLICY",
    "SHARED",
    "About",
    "Asked",
    "AuditResult",
    "Comparison",
    "Draft",
    "Groups",
    "GroupsCompared",
    "Held",
    "LeftOut",
    "NamedThere",
    "Pack",
    "PackMeasure",
    "PackRow",
    "PublicKey",
    "Shared",
    "audited",
    "compared",
    "draft",
    "finished",
    "held_from_json",
    "held_with",
    "public_of",
    "read_pack",
    "read_public_key",
    "signed",
    "signing_key",
    "verified",
    "without_groups",
    "years_told",
]
