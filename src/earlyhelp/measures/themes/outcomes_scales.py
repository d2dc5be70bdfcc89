"""Outcome tools: which way each of their scales points, and which tools tell how young children develop.

A change is counted as better only by what is declared here. A scale that is not declared has no direction, and its
changes are counted by no measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """One scale of a tool, from its lowest to its highest score; `domain` is empty where all of the tool's are alike."""

    tool: str
    domain: str
    lowest: int
    highest: int
    higher_is_better: bool
    source: str
    also: tuple[str, ...] = ()
    """Other names of the tool."""

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of the tool in small letters."""
        return (self.tool.lower(), *self.also)


_SDQ = "Goodman 1997, The Strengths and Difficulties Questionnaire; scoring at sdqinfo.org"
_SDQ_ALSO = ("strengths and difficulties questionnaire", "strengths and difficulties")
_STAR = "Triangle, Family Star Plus: a journey of change from 1 to 10"


def _sdq(domain: str, highest: int = 10, *, higher_is_better: bool = False) -> Scale:
    return Scale("SDQ", domain, 0, highest, higher_is_better, _SDQ, _SDQ_ALSO)


SDQ_TOTAL = _sdq("Total difficulties", 40)
SDQ_EMOTIONAL = _sdq("Emotional problems")
SCALES = (
    SDQ_TOTAL,
    SDQ_EMOTIONAL,
    _sdq("Conduct problems"),
    _sdq("Hyperactivity"),
    _sdq("Peer problems"),
    _sdq("Prosocial behaviour", higher_is_better=True),
    _sdq("Impact"),
    Scale("Family star", "", 1, 10, higher_is_better=True, source=_STAR, also=("family star plus",)),
)

TWO_YEAR_REVIEW = ("asq", "asq-3", "asq 3", "ages and stages questionnaire", "2-year review", "two-year review")
"""Names of tools, in small letters, with which health visitors review children at two to two and a half."""
GOOD_LEVEL = ("gld", "good level of development")
"""Names, in small letters, of the good level of development at the end of reception."""


def scales_sql(*scales: Scale) -> str:
    """SQL rows of tool, domain (both in small letters, '' for every domain), lowest, highest and +1 or -1 for better."""
    return ",\n            ".join(_rows(scales))


def _rows(scales: tuple[Scale, ...]) -> Iterator[str]:
    for scale in scales:
        way = 1 if scale.higher_is_better else -1
        for tool in scale.tools:
            yield f"('{tool}', '{scale.domain.lower()}', {scale.lowest}, {scale.highest}, {way})"
