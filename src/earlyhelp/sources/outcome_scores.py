"""Scores of outcome tools as numbers: the Strengths and Difficulties Questionnaire, the family star, or any tool row by row.

The names of the scales are the tools' own. A score is taken as it stands: which way is better belongs to the tool.
"""

from __future__ import annotations

from earlyhelp.sources.layout import PROPOSED, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Source
from earlyhelp.standard import eh_score
from earlyhelp.standard.scales import domains_of

CHILD, EPISODE, DATE = "Child ID", "Episode ID", "Date completed"
_CHILD = Heading(CHILD, also=("Person ID", "Client ID", "Young person ID", "Child reference", "Participant ID"))
_EPISODE = Heading(EPISODE, also=("Case ID", "Case number", "EH episode ID"))
_DATE = Heading(DATE, also=("Date", "Score date", "Date of score", "Completed on", "Assessment date"))


def _score(tool: str, domain: str, heading: str, *, own: bool) -> Fill:
    """A row for one scale of a tool; a scale that was left blank has none, but for the first of the sheet."""
    return Fill(
        eh_score,
        {
            eh_score.score_id: MadeKey((CHILD, DATE), label=f"{tool} {domain}"),
            eh_score.person_key: PersonOf(CHILD),
            eh_score.episode_id: EPISODE,
            eh_score.tool: Fixed(tool),
            eh_score.domain: Fixed(domain),
            eh_score.score: heading,
            eh_score.score_date: DATE,
        },
        when="" if own else heading,
    )


def _sheet(title: str, tool: str, *, name: str) -> Part:
    """A sheet of one tool: a row for each time somebody filled it in, a column for each scale; the first is always there."""
    scales = domains_of(tool)
    first, *_ = scales
    return Part(
        title,
        (
            _CHILD,
            _EPISODE,
            _DATE,
            Heading("Completed by"),
            *(Heading(scale, also=also) for scale, also in scales.items()),
        ),
        tuple(_score(tool, scale, scale, own=scale == first) for scale in scales),
        needed=(CHILD, DATE, first),
        name=name,
        note=f"Without {first.lower()} the other scales of a row are read and the row's first score is missing.",
    )


outcome_scores = Source(
    name="outcome_scores",
    title="Outcome scores: SDQ, family star, and scores of any tool row by row",
    publisher="Councils and providers; headings proposed, scales as the tools name them",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        Part(
            "scores",
            (
                Heading("Score ID", also=("Reading ID", "Response ID")),
                _CHILD,
                _EPISODE,
                Heading("Tool", also=("Measure", "Scale", "Questionnaire")),
                Heading("Domain", also=("Subscale", "Area", "Outcome area")),
                Heading("Score", also=("Value", "Result")),
                Heading("At expected level", also=("At expected", "Within normal range")),
                _DATE,
            ),
            (
                Fill(
                    eh_score,
                    {
                        eh_score.score_id: "Score ID",
                        eh_score.person_key: PersonOf(CHILD),
                        eh_score.episode_id: EPISODE,
                        eh_score.tool: "Tool",
                        eh_score.domain: "Domain",
                        eh_score.score: "Score",
                        eh_score.at_expected: "At expected level",
                        eh_score.score_date: DATE,
                    },
                ),
            ),
            needed=("Score ID", "Tool", "Domain", "Score", DATE),
            name="(outcome)?scores|outcomestools?",
        ),
        _sheet("sdq", "SDQ", name="sdqs?(scores)?"),
        _sheet("family star", "Family star", name="(family)?star(plus)?(scores|readings)?|outcomes?star"),
    ),
)
