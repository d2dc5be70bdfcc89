"""The codes of Annex A in the several ways in which people type them."""

from __future__ import annotations

from collections.abc import Mapping

from thornbridge_maker.chance import Chance

ETHNICITY = {
    "WBRI": ("a", "White British"), "WIRI": ("b", "White Irish"), "WIRT": ("c", "Traveller of Irish heritage"),
    "WOTH": ("d", "Any other White background"), "WROM": ("e", "Gypsy/Roma"), "MWBC": ("f",
    "White and Black Caribbean"),
    "MWBA": ("g", "White and Black African"), "MWAS": ("h", "White and Asian"), "AIND": ("j", "Indian"),
    "APKN": ("k", "Pakistani"), "ABAN": ("l", "Bangladeshi"), "BCRB": ("n", "Caribbean"), "BAFR": ("o", "African"),
    "CHNE": ("q", "Chinese"), "OOTH": ("r", "Any other ethnic group"), "REFU": ("s", "Refused"),
    "NOBT": ("s", "Information not yet obtained"),
}  # fmt: skip
SOURCE = {
    "1A": ("a", "Individual", "Family member/relative/carer"), "1B": ("b", "Individual", "Acquaintance"),
    "1C": ("c", "Individual", "Self"), "2A": ("e", "Schools", "Schools"), "2B": ("f", "Education services",
    "Education services"),
    "3A": ("g", "Health services", "GP"), "3B": ("h", "Health services", "Health visitor"),
    "3C": ("i", "Health services", "School nurse"), "3E": ("k", "Health services", "A&E (Emergency Department)"),
    "3F": ("l", "Health services", "Other (e.g. hospice)"), "4": ("m", "Housing", "Housing"),
    "5A": ("n", "LA services", "Social care"), "5B": ("o", "LA services", "Other internal"),
    "5D": ("", "LA services", "Early help"), "6": ("q", "Police", "Police"), "7": ("r", "Other legal agency",
    "Other legal agency"),
    "8": ("s", "Other", "Voluntary organisation"), "9": ("t", "Anonymous", "Anonymous"), "10": ("u", "Unknown",
    "Unknown"),
}  # fmt: skip
CLOSURE = {
    "RC5": "Transferred to services of another local authority",
    "RC7": "Services ceased for any other reason, including child no longer in need",
    "RC8": "Case closed after assessment, no further action",
    "RC9": "Case closed after assessment, referred to early help",
}
NEED = {
    "N0": "Not stated", "N1": "Abuse or neglect", "N2": "Child's disability", "N3": "Parental disability or illness",
    "N4": "Family in acute stress", "N5": "Family dysfunction", "N6": "Socially unacceptable behaviour",
    "N7": "Low income",
    "N8": "Absent parenting",
}  # fmt: skip
CATEGORY = {"NEG": "a) Neglect", "PHY": "b) Physical abuse", "SAB": "c) Sexual abuse", "EMO": "d) Emotional abuse"}
LEGAL = {
    "C1": "C1: ICO", "C2": "C2: FCO", "E1": "E1: Placement order", "V2": "V2: Single period under S20",
    "V3": "V3: Short term breaks, episodes recorded", "V4": "V4: Short term breaks, agreements recorded",
}  # fmt: skip
PLACEMENT = {
    "U1": "a) U1: Foster placement - relatives - long term", "U3": "c) U3: Foster placement - relative - not FFA",
    "U4": "d) U4: Foster placement - long term", "U6": "f) U6: Foster placement - not FFA",
    "P1": "k) P1: Placed with parents",
    "K2": "p) K2: Children’s Homes",
}  # fmt: skip
PROVIDER = {
    "PR0": "a) PR0: Parents/Parental responsibility",
    "PR1": "b) PR1: Own provision",
    "PR4": "e) PR4: Private provision",
}
LEAVING = {
    "E4A": "e) E4A: Returned home to live with parents or relatives - part of planning",
    "E4B": "f) E4B: Returned home to live with parents or relatives - not part of planning",
    "E13": "g) E13: Parents, relatives or other with no parental responsibility",
    "E41": "h) E41: Residence order granted",
    "E45": "i) E45: Special Guardianship Orders - former carer relative/friend",
}  # fmt: skip
_GENDER = {
    "M": ("a) Male", "a) Male", "Male", "M"),
    "F": ("b) Female", "b) Female", "Female", "F"),
    "U": ("c) Not stated/recorded", "c) Not stated/recorded (or unborn)"),
}
_YES = ("a) Yes", "Yes", "Y")
_NO = ("b) No", "No", "N")


def gender(code: str, chance: Chance) -> str:
    """A gender as one of several people types it."""
    return chance.one_of(_GENDER[code])


def ethnicity(code: str, chance: Chance) -> str:
    """An ethnicity as one of several people types it."""
    letter, label = ETHNICITY[code]
    return chance.one_of((f"{letter}) {code}", f"{letter}) {code}", code, f"{code} - {label}", label))


def source(code: str, chance: Chance) -> str:
    """A source as one of several people types it; a label alone only where it can mean one code."""
    letter, group, label = SOURCE[code]
    with_letter = f"{letter}) {code}: {group}" if letter else f"{code}: {group} - {label}"
    alone = label if group == label else f"{group} - {label}"
    return chance.one_of((with_letter, with_letter, code, f"{code} - {alone}"))


def yes_no(answer: bool, chance: Chance) -> str:
    """Yes or no as one of several people types it."""
    return chance.one_of(_YES if answer else _NO)


def labelled(code: str, labels: Mapping[str, str], chance: Chance) -> str:
    """`RC7` or `RC7 - Services ceased ...`; nothing for no code."""
    return "" if not code else chance.one_of((code, f"{code} - {labels[code]}"))
