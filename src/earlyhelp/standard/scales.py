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


_MY_STAR_AREAS = {
    "Physical health": (),
    "Where you live": (),
    "Being safe": (),
    "Relationships": (),
    "Feelings and behaviour": (),
    "Friends": (),
    "Confidence and self-esteem": (),
    "Education and learning": (),
}
_TOPSE = "Kendall and Bloomfield 2005, Journal of Advanced Nursing 51, 174; scoring at topse.org.uk"
_TOPSE_ALSO = ("tool to measure parenting self-efficacy", "parenting self-efficacy")
_TOPSE_AREAS = {
    "Emotion and affection": (),
    "Play and enjoyment": (),
    "Empathy and understanding": (),
    "Control": (),
    "Discipline and boundary setting": (),
    "Pressures of parenting": (),
    "Self-acceptance": (),
    "Learning and knowledge": (),
}
_ASQ_AREAS = {
    "Communication": (),
    "Gross motor": (),
    "Fine motor": (),
    "Problem solving": (),
    "Personal-social": ("Personal and social",),
}
_GOALS = {"Goal": ("Goal progress",), **{f"Goal {number}": () for number in "123"}}
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
    Scale(
        "My Star", "", 1, 5, higher_is_better=True, source="Triangle, My Star: the Outcomes Star for children",
        areas=_MY_STAR_AREAS,
    ),
    Scale(
        "Goal based outcomes", "", 0, 10, higher_is_better=True, also=("gbo", "gbos", "goal based outcome"), areas=_GOALS,
        source="Law and Jacob 2015, Goals and goal based outcomes (GBOs): some useful information, CAMHS Press",
    ),
    Scale("TOPSE", TOTAL, 0, 480, higher_is_better=True, source=_TOPSE, also=_TOPSE_ALSO),
    Scale("TOPSE", "", 0, 60, higher_is_better=True, source=_TOPSE, also=_TOPSE_ALSO, areas=_TOPSE_AREAS),
    Scale(
        "ASQ-3", "", 0, 60, higher_is_better=True, also=("asq", "asq3", "ages and stages", "ages and stages questionnaire"),
        source="Squires and Bricker 2009, Ages and Stages Questionnaires, third edition", areas=_ASQ_AREAS,
    ),
    _single(
        "KPCS", 0, 45, "karitane parenting confidence scale", "karitane", higher_is_better=True,
        source="Črnčec, Barnett and Matthey 2008, Research in Nursing and Health 31, 442",
    ),
    _single(
        "EPDS", 0, 30, "edinburgh postnatal depression scale",
        source="Cox, Holden and Sagovsky 1987, British Journal of Psychiatry 150, 782",
    ),
    _single(
        "CRIES-8", 0, 40, "cries8", "children's revised impact of event scale",
        source="Perrin, Meiser-Stedman and Smith 2005, Behavioural and Cognitive Psychotherapy 33, 487",
    ),
    _single(
        "RCADS", 0, 141, "revised children's anxiety and depression scale",
        source="Chorpita, Yim, Moffitt, Umemoto and Francis 2000, Behaviour Research and Therapy 38, 835",
    ),
    _single(
        "SCORE-15", 15, 75, "score15",
        source="Stratton, Bland, Janes and Lask 2010, Journal of Family Therapy 32, 232",
    ),
    _single(
        "ReQoL-10", 0, 40, "reqol10", "reqol", "recovering quality of life", higher_is_better=True,
        source="Keetharuth and others 2018, British Journal of Psychiatry 212, 42",
    ),
    _single(
        "PSI-4-SF", 36, 180, "psi sf", "psi-sf", "parenting stress index short form", "parenting stress index",
        source="Abidin 2012, Parenting Stress Index, fourth edition: short form",
    ),
)  # fmt: skip


def domains_of(tool: str) -> dict[str, tuple[str, ...]]:
    """Every domain of a tool, in their order, with its other names; empty for a tool that is not declared."""
    return {name: also for scale in SCALES if scale.tool == tool for name, also in scale.domains.items()}
