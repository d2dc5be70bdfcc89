"""What a council is drawn to resemble: the published rates of the eleven councils of the discovery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from earlyhelp.errors import UsageProblem

ENGLAND: Mapping[str, float] = {
    "WBRI": 63.0, "WIRI": 0.4, "WIRT": 0.1, "WOTH": 7.2, "WROM": 0.4, "MWBC": 1.7, "MWBA": 1.0, "MWAS": 1.8,
    "MOTH": 2.4, "AIND": 4.0, "APKN": 4.7, "ABAN": 1.9, "AOTH": 2.3, "BCRB": 0.9, "BAFR": 4.6, "BOTH": 0.8,
    "CHNE": 0.8, "OOTH": 2.0,
}  # fmt: skip
"""Children of England by ethnic group, per cent: about those of the school census, from general knowledge."""


@dataclass(frozen=True)
class Profile:
    """The published rates a synthetic council is drawn from. The council itself, its people and places are invented.

    Rates are a year and for 10,000 children aged 0 to 17; `in_need`, `protected` and `looked_after` are at 31 March.
    `children`: children aged 0 to 17. `deprivation_spread`: standard deviation of the log of need between small areas.
    `imd_deciles`: share of the small areas in each national decile, the most deprived first, summing to about 1.
    `ethnicity`: children by ethnic group in parts that need not sum to 100. `authority`: the council that is resembled,
    by its ONS code, to compare rates with; the synthetic council never bears it.
    """

    name: str
    resembles: str
    children: int
    referrals: float
    rereferred_share: float
    in_need: float
    protected: float
    looked_after: float
    low_income_share: float
    deprivation_spread: float
    imd_deciles: tuple[float, ...] = (0.1,) * 10
    ethnicity: Mapping[str, float] = field(default_factory=lambda: ENGLAND)
    authority: str = ""


def _children_of(**groups: float) -> Mapping[str, float]:
    """England's ethnic groups with those given replaced."""
    return {**ENGLAND, **groups}


_SUBURB = _children_of(WBRI=46, WOTH=14, AIND=5, APKN=3, AOTH=8, BAFR=6, MOTH=4, MWAS=4, CHNE=2, OOTH=5)
_INNER_CITY = _children_of(WBRI=27, WIRI=0.8, WOTH=14, MWBC=5, MWBA=3, MOTH=6, BCRB=8, BAFR=17, BOTH=5, ABAN=2, OOTH=6)
_NORTHERN_CITY = _children_of(WBRI=62, WOTH=6, APKN=7, AIND=3, BAFR=7, MWBC=2.2, OOTH=2.5, WROM=0.7)
_SHIRE = _children_of(WBRI=80, WOTH=7, AIND=1.8, APKN=0.9, ABAN=0.7, AOTH=1.3, BCRB=0.2, BAFR=1.3, CHNE=0.5, OOTH=0.7)
_PORT = _children_of(WBRI=62, WOTH=12, AIND=4, APKN=3, ABAN=2, BAFR=4.5, OOTH=2.5)
_CROYDON = _children_of(
    WBRI=26, WOTH=9, AIND=8, APKN=5, AOTH=7, MWBC=5, MWBA=2, MOTH=4, BCRB=9, BAFR=14, BOTH=4, OOTH=3
)
_WESTMINSTER = _children_of(WBRI=17, WOTH=18, ABAN=8, BAFR=8, BCRB=2, MOTH=7, AIND=3, AOTH=6, CHNE=2.5, OOTH=21)

PROFILES: Mapping[str, Profile] = {
    each.name: each
    for each in (
        Profile(
            "Wandlebury, drawn like Wandsworth", "Wandsworth", 58_800, 312, 0.206, 286, 13.5, 37, 0.244, 0.73,
            (0.0, 0.04, 0.08, 0.04, 0.12, 0.13, 0.17, 0.16, 0.21, 0.04),
            _children_of(WBRI=38, WOTH=16, MWBC=3, MOTH=5, AIND=3, APKN=5, AOTH=4, BCRB=4, BAFR=9, BOTH=3, OOTH=4),
            "E09000032",
        ),
        Profile(
            "Croyle Heath, drawn like Croydon", "Croydon", 92_300, 784, 0.231, 510, 66.8, 55, 0.313, 0.39,
            (0.03, 0.16, 0.16, 0.13, 0.14, 0.08, 0.06, 0.06, 0.06, 0.12), _CROYDON, "E09000008",
        ),
        Profile(
            "Westmarsh Downs, drawn like West Berkshire", "West Berkshire", 35_600, 450, 0.218, 299, 54.1, 52, 0.166, 0.40,
            (0.0, 0.01, 0.01, 0.02, 0.09, 0.17, 0.18, 0.16, 0.15, 0.20), _SHIRE, "E06000037",
        ),
        Profile(
            "Kingsferry, drawn like Kingston upon Thames", "Kingston upon Thames", 36_800, 420, 0.130, 283, 44.6, 35, 0.180,
            0.31, (0.0, 0.0, 0.02, 0.03, 0.08, 0.16, 0.11, 0.15, 0.23, 0.21), _SUBURB, "E09000021",
        ),
        Profile(
            "Lambourne Vale, drawn like Lambeth", "Lambeth", 52_600, 650, 0.162, 536, 58.5, 89, 0.318, 0.28,
            (0.01, 0.08, 0.25, 0.25, 0.16, 0.09, 0.12, 0.03, 0.02, 0.0), _INNER_CITY, "E09000022",
        ),
        Profile(
            "Leighstone, drawn like Leeds", "Leeds", 174_300, 569, 0.242, 332, 38.7, 89, 0.306, 0.58,
            (0.17, 0.11, 0.08, 0.08, 0.05, 0.07, 0.10, 0.09, 0.12, 0.13), _NORTHERN_CITY, "E08000035",
        ),
        Profile(
            "Southaven, drawn like Southampton", "Southampton", 50_600, 612, 0.248, 407, 54.8, 97, 0.321, 0.25,
            (0.12, 0.12, 0.14, 0.22, 0.09, 0.09, 0.06, 0.07, 0.06, 0.04), _PORT, "E06000045",
        ),
        Profile(
            "Suttering, drawn like Sutton", "Sutton", 50_400, 411, 0.126, 405, 43.9, 46, 0.203, 0.31,
            (0.01, 0.04, 0.07, 0.07, 0.09, 0.07, 0.15, 0.17, 0.11, 0.22), _SUBURB, "E09000029",
        ),
        Profile(
            "Weald and Shingle, drawn like West Sussex", "West Sussex", 180_200, 440, 0.170, 339, 36.0, 50, 0.211, 0.42,
            (0.01, 0.01, 0.09, 0.09, 0.13, 0.14, 0.13, 0.12, 0.12, 0.16), _SHIRE, "E10000032",
        ),
        Profile(
            "Westmere, drawn like Westminster", "Westminster", 30_300, 619, 0.156, 460, 30.9, 58, 0.276, 0.51,
            (0.09, 0.15, 0.12, 0.15, 0.10, 0.08, 0.12, 0.13, 0.07, 0.0), _WESTMINSTER, "E09000033",
        ),
        Profile(
            "Bristlecombe, drawn like Bristol", "Bristol", 92_200, 457, 0.252, 325, 45.5, 83, 0.264, 0.70,
            (0.11, 0.12, 0.09, 0.10, 0.11, 0.07, 0.10, 0.09, 0.13, 0.08),
            _children_of(WBRI=65, WOTH=8, MWBC=3.5, BAFR=7, BCRB=2, APKN=2.5, AIND=2), "E06000023",
        ),
    )
}  # fmt: skip
"""The councils by name. Every figure is that of 2024, the newest year which all tables hold, rounded:

- `children`: ONS mid-2023 estimates, ages 0 to 17 (`children_0_17_mye_la_2012_2024.csv`), on which rates of 2024 rest;
- `referrals`, `rereferred_share`: DfE, children in need 2024, table C1, referrals in the year to 31 March 2024;
- `in_need`: DfE, children in need 2024, table B1, episodes at 31 March 2024; `protected`: table D1, rate at that day;
- `looked_after`: DfE, children looked after 2024, rate at 31 March 2024 (`cla_number_and_rate_per_10k_2021_2025.csv`);
- `low_income_share`: DWP, children in relative low income after housing costs, year to March 2024, by local authority;
- `deprivation_spread`: standard deviation over wards, weighted by children, of the log of that share (same source): need
  is taken to be proportional to it, which is an assumption;
- `imd_deciles`: English indices of deprivation 2025, small areas of 2021.

A county is the sum of its districts. `ethnicity` is no published figure: about what the census of 2021 says of such a
place, from general knowledge.
"""


def find_profile(name: str) -> Profile:
    """The profile of that name, or of the council it resembles by name or ONS code; capitals do not matter.

    Raises UsageProblem, with the names there are, when there is none.
    """
    for each in PROFILES.values():
        if name.casefold() in (words.casefold() for words in (each.name, each.resembles, each.authority)):
            return each
    known = ", ".join(each.resembles for each in PROFILES.values())
    raise UsageProblem(
        f"There is no profile of a council called {name!r}.", where="--like", fix=f"Choose one of: {known}."
    )
