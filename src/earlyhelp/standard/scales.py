"""Outcome tools and their scales: what they are called, from where to where a score runs, and which way is better.

Sheets of scores, mapping proposals and measures read it here. A change is counted as better only by what is declared; a scale
that is not declared has no direction, and its changes are counted by no measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scale:
    """One scale of a tool, from its lowest to its highest score; `domain` is empty where all of the tool's are alike.

    `also`: other names of the tool, in small letters. `spellings`: other names of the domain. `areas`: the domains of a tool
    whose scales are all alike, each with its other names.
    """

    tool: str
    domain: str
    lowest: int
    highest: int
    higher_is_better: bool
    source: str
    also: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of the tool in small letters."""
        return (self.tool.lower(), *self.also)

    @property
    def domains(self) -> Mapping[str, tuple[str, ...]]:
        """Every domain scored on the scale, with its other names."""
        return self.areas or {self.domain: self.spellings}


TOTAL = "Total"
"""The domain of a tool that has one scale alone."""
_SDQ = "Goodman 1997, The Strengths and Difficulties Questionnaire; scoring at sdqinfo.org"
_SDQ_ALSO = ("strengths and difficulties questionnaire", "strengths and difficulties")
_STAR = "Triangle, Family Star Plus: a journey of change from 1 to 10"
_STAR_AREAS = {
    "Overall": ("Average", "Mean score", "Star average"),
    "Physical health": (),
    "Your well-being": ("Emotional well-being", "Wellbeing"),
    "Meeting emotional needs": (),
    "Keeping your children safe": ("Keeping children safe", "Keeping your child safe"),
    "Social networks": (),
    "Education and learning": (),
    "Boundaries and behaviour": (),
    "Family routine": (),
    "Home and money": (),
    "Progress to work": (),
}


_ECBI = "Eyberg and Pincus 1999, Eyberg Child Behavior Inventory: professional manual"
_ECBI_ALSO = ("eyberg child behaviour inventory", "eyberg")


def _sdq(domain: str, *spellings: str, highest: int = 10, higher_is_better: bool = False) -> Scale:
    return Scale("SDQ", domain, 0, highest, higher_is_better, _SDQ, _SDQ_ALSO, spellings)


def _single(tool: str, lowest: int, highest: int, *also: str, source: str, higher_is_better: bool = False) -> Scale:
    return Scale(tool, TOTAL, lowest, highest, higher_is_better, source, also)


SDQ_TOTAL = _sdq("Total difficulties", "SDQ total", "Total difficulties score", "SDQ score", "Total score", highest=40)
SDQ_EMOTIONAL = _sdq("Emotional problems", "Emotional", "Emotional symptoms", "Emotional problems score")
SCALES = (
    SDQ_TOTAL,
    SDQ_EMOTIONAL,
    _sdq("Conduct problems", "Conduct", "Conduct problems score"),
    _sdq("Hyperactivity", "Hyperactivity/inattention", "Hyperactivity score"),
    _sdq("Peer problems", "Peer", "Peer relationship problems", "Peer problems score"),
    _sdq("Prosocial behaviour", "Prosocial", "Prosocial score", higher_is_better=True),
    _sdq("Impact", "Impact score", "Impact supplement"),
    Scale(
        "Family star", "", 1, 10, higher_is_better=True, source=_STAR, also=("family star plus",), areas=_STAR_AREAS
    ),
    _single(
        "GAD-7", 0, 21, "gad7", "generalised anxiety disorder assessment",
        source="Spitzer, Kroenke, Williams and Löwe 2006, Archives of Internal Medicine 166, 1092",
    ),
    _single(
        "PHQ-9", 0, 27, "phq9", "patient health questionnaire",
        source="Kroenke, Spitzer and Williams 2001, Journal of General Internal Medicine 16, 606",
    ),
    _single(
        "WEMWBS", 14, 70, "warwick-edinburgh mental well-being scale", higher_is_better=True,
        source="Tennant and others 2007, Health and Quality of Life Outcomes 5, 63",
    ),
    _single(
        "SWEMWBS", 7, 35, "short warwick-edinburgh mental well-being scale", higher_is_better=True,
        source="Stewart-Brown and others 2009, Health and Quality of Life Outcomes 7, 15",
    ),
    _single(
        "CORE-10", 0, 40, "core10",
        source="Barkham and others 2013, Counselling and Psychotherapy Research 13, 3",
    ),
    _single(
        "YP-CORE", 0, 40, "young person's core",
        source="Twigg and others 2009, Counselling and Psychotherapy Research 9, 160",
    ),
    Scale(
        "ECBI", "Intensity", 36, 252, higher_is_better=False, source=_ECBI, also=_ECBI_ALSO, spellings=("Intensity score",),
    ),
    Scale("ECBI", "Problem", 0, 36, higher_is_better=False, source=_ECBI, also=_ECBI_ALSO, spellings=("Problem score",)),
    _single(
        "ORS", 0, 40, "outcome rating scale", higher_is_better=True,
        source="Miller, Duncan, Brown, Sparks and Claud 2003, Journal of Brief Therapy 2, 91",
    ),
    _single(
        "CORS", 0, 40, "child outcome rating scale", higher_is_better=True,
        source="Duncan, Sparks, Miller, Bohanske and Claud 2006, Journal of Brief Therapy 5, 71",
    ),
)  # fmt: skip


def domains_of(tool: str) -> dict[str, tuple[str, ...]]:
    """Every domain of a tool, in their order, with its other names; empty for a tool that is not declared."""
    return {name: also for scale in SCALES if scale.tool == tool for name, also in scale.domains.items()}
