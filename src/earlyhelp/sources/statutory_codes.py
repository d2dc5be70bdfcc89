"""Which codes of a long list can stand under which heading of the statutory returns, and how the same word differs there.

The census, Annex A and SSDA903 hold need and abuse in one list of the standard, and likewise why a case or care ended.
"""

from __future__ import annotations

from earlyhelp.sources.layout import Among
from earlyhelp.standard.codelists import closure_reasons, needs_statutory

_ABUSE = ("NEG", "PHY", "SAB", "EMO", "MUL")
_NEEDS = tuple(code for code in needs_statutory.codes if code not in _ABUSE)
_CASE_CLOSED = tuple(code for code in closure_reasons.codes if code.startswith("RC"))
_CARE_CEASED = tuple(code for code in closure_reasons.codes if code not in _CASE_CLOSED)
_KINDS_OF_ABUSE = tuple(
    spelling
    for value in needs_statutory.values
    if value.code in ("NEG", "PHY", "SAB", "EMO")
    for spelling in (value.label, *value.aliases)
)


def primary_need(heading: str) -> Among:
    """A need from N1 to N9; every single kind of abuse is N1, abuse or neglect."""
    return Among(heading, _NEEDS, {"N1": _KINDS_OF_ABUSE})


def category_of_abuse(heading: str) -> Among:
    """Neglect, physical, sexual or emotional abuse, or several: what a child protection plan is for."""
    return Among(heading, _ABUSE)


def reason_case_closed(heading: str) -> Among:
    """RC1 to RC9."""
    return Among(heading, _CASE_CLOSED)


def reason_care_ceased(heading: str) -> Among:
    """The E codes of SSDA903. A bare "Adopted" is left unmapped: opposed or not, it does not say."""
    died = ("Died", "Death", "Deceased", "Child died")
    order = ("Residence order", "Child arrangements order")
    return Among(heading, _CARE_CEASED, {"E2": died, "E41": order, "E8": ("Other",)})
