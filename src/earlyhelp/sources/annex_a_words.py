"""The codes of Annex A as Ofsted publishes them (template of August 2019, sheet Codes_used): the texts that it prefers.

Codes that the template is too old to know (5D, RC9) are written in its manner, without a letter.
"""

from __future__ import annotations

from earlyhelp.sources.layout import Wording


def _lettered(texts: str, first: str = "a") -> dict[str, str]:
    """One text a line, its code before the colon or the whole of it, with a letter before it: "a) 1A: Individual"."""
    lines = [line.strip() for line in texts.strip().splitlines()]
    return {line.split(":")[0]: f"{chr(ord(first) + place)}) {line}" for place, line in enumerate(lines)}


def _coded(texts: str, mark: str) -> dict[str, str]:
    """One text a line as it stands, its code before the mark: "N1 - Abuse or neglect"."""
    lines = [line.strip() for line in texts.strip().splitlines()]
    return {line.split(mark)[0]: line for line in lines}


YES_NO = Wording({"yes": "a) Yes", "no": "b) No"})
GENDERS = Wording({"M": "a) Male", "F": "b) Female", "U": "c) Not stated/recorded"})
DISABLED_OR_NOT = Wording({"NONE": "b) No"}, others="a) Yes")

ETHNICITIES = Wording(
    _lettered(
        """
        WBRI
        WIRI
        WIRT
        WOTH
        WROM
        MWBC
        MWBA
        MWAS
        MOTH
        AIND
        APKN
        ABAN
        AOTH
        BCRB
        BAFR
        BOTH
        CHNE
        OOTH
        REFU
        """
    )
    | {"NOBT": "s) NOBT"}
)

SOURCES_OF_REQUESTS = Wording(
    _lettered(
        """
        1A: Individual
        1B: Individual
        1C: Individual
        1D: Individual
        2A: Schools
        2B: Education services
        3A: Health services
        3B: Health services
        3C: Health services
        3D: Health services
        3E: Health services
        3F: Health services
        4: Housing
        5A: LA services
        5B: LA services
        5C: LA services
        6: Police
        7: Other legal agency
        8: Other
        9: Anonymous
        10: Unknown
        """
    )
    | {"5D": "5D: LA services"}
)

NEEDS = Wording(
    _coded(
        """
        N1 - Abuse or neglect
        N2 - Child’s disability
        N3 - Parental disability or illness
        N4 - Family in acute stress
        N5 - Family dysfunction
        N6 - Socially unacceptable behaviour
        N7 - Low income
        N8 - Absent parenting
        N9 - Cases other than children in need
        N0 - Not stated
        """,
        " - ",
    )
)

REASONS_CLOSED = Wording(
    _coded(
        """
        RC1 - Adopted
        RC2 - Died
        RC3 - Child arrangements order
        RC4 - Special guardianship order
        RC5 - Transferred to services of another local authority
        RC6 - Transferred to adult social care services
        RC7 - Services ceased for any other reason, including child no longer in need
        RC8 - Case closed after assessment, no further action
        RC9 - Case closed after assessment, referred to early help
        """,
        " - ",
    )
)

CATEGORIES_OF_ABUSE = Wording(
    {
        "NEG": "a) Neglect",
        "PHY": "b) Physical abuse",
        "SAB": "c) Sexual abuse",
        "EMO": "d) Emotional abuse",
        "MUL": "e) Multiple/not recommended",
    }
)

LEGAL_STATUSES = Wording(
    _coded(
        """
        C1: ICO
        C2: FCO
        D1: Freeing order
        E1: Placement order
        V2: Single period under S20
        V3: Short term breaks, episodes recorded
        V4: Short term breaks, agreements recorded
        L1: Police protection LA accommodation
        L2: EPO
        L3: Child assessment order LA accommodation
        J1: Remanded to LA or youth detention
        J2: LA accommodation under PACE
        J3: Youth rehabilitation order
        """,
        ": ",
    )
)

REASONS_CEASED = Wording(
    _lettered(
        """
        E11: Adopted - application unopposed
        E12: Adopted - consent dispensed
        E2: Died
        E3: Care taken by another LA
        E4A: Returned home to live with parents or relatives - part of planning
        E4B: Returned home to live with parents or relatives - not part of planning
        E13: Parents, relatives or other with no parental responsibility
        E41: Residence order granted
        E45: Special Guardianship Orders - former carer relative/friend
        E46: Special Guardianship Orders - former carer other
        E47: Special Guardianship Orders - relative/friend
        E48: Special Guardianship Orders - other
        E5: Moved into independent living - supported
        E6: Moved into independent living - no support
        E7: Transferred to residential care funded by adult social services
        E9: Sentenced to custody
        E14: Accommodation on remand ended
        E15: Age assessment determined child was 18 or over
        E16: Child moved abroad
        E8: Care ceased for any other reason
        """
    )
)
