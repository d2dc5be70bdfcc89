"""What outcomes rest on: the direction of each scale, and the terms that Easter parts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from earlyhelp.measures import CATALOGUE, Question, Standards, calculate
from earlyhelp.sources.layout import Fixed
from earlyhelp.sources.outcome_scores import outcome_scores
from earlyhelp.standard import eh_score
from earlyhelp.standard.scales import SCALES
from spec.dataset import snapshot

YEARS = range(2000, 2046)
STANDARDS = Standards(date(2050, 1, 1))


def _named_by_sources() -> list[tuple[str, str]]:
    cells = [fill.cells for part in outcome_scores.parts for fill in part.fills]
    named = [(each[eh_score.tool], each[eh_score.domain]) for each in cells]
    return [(tool.value, domain.value) for tool, domain in named if isinstance(domain, Fixed)]


@pytest.mark.parametrize(("tool", "domain"), _named_by_sources(), ids=str)
def test_every_scale_that_a_sheet_of_scores_names_declares_its_direction(tool: str, domain: str):
    declared = [each for each in SCALES if tool.lower() in each.tools and each.domain.lower() in ("", domain.lower())]
    assert len(declared) == 1


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: f"{scale.tool} {scale.domain}".strip())
def test_a_scale_runs_from_a_lower_score_to_a_higher_one(scale):
    assert scale.lowest < scale.highest


def test_no_two_scales_have_one_name():
    names = [(tool, scale.domain.lower()) for scale in SCALES for tool in scale.tools]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name, _ in names)


def test_the_spring_term_ends_with_easter_sunday_of_every_year():
    """Against the library `holidays`: a start on Easter Sunday lies in the spring term, one on the Monday does not."""
    easter_sundays = _easter_sundays()
    children = [(f"{day:%Y} {late}", day + timedelta(days=late)) for day in easter_sundays for late in (0, 1)]
    terms = [
        (f"{day:%Y} {late}", *term)
        for day in easter_sundays
        for late in (0, 1)
        for term in _around_a_spring_term(day.year)
    ]
    con = snapshot(
        {
            "eh_episode": [
                {"episode_id": str(i), "person_id": child, "start_date": day, "need_code": "SF1"}
                for i, (child, day) in enumerate(children)
            ],
            "attendance_period": [
                {
                    "person_id": child,
                    "academic_year": year,
                    "term": term,
                    "possible": 100,
                    "authorised": 0,
                    "unauthorised": 0,
                }
                for child, year, term in terms
            ],
        },
        checked=False,
    )
    for day in easter_sundays:
        [found] = calculate(con, CATALOGUE["F5"], STANDARDS, Question((), day, day)).figures
        [later] = calculate(
            con, CATALOGUE["F5"], STANDARDS, Question((), day + timedelta(days=1), day + timedelta(days=1))
        ).figures
        assert (found.denominator, later.denominator) == (1, 0), day


def _around_a_spring_term(year: int) -> list[tuple[str, str]]:
    """The two terms before and after the spring term of a calendar year."""
    years = [f"{each}-{(each + 1) % 100:02d}" for each in (year - 2, year - 1, year)]
    return [(years[0], "summer"), (years[1], "autumn"), (years[1], "summer"), (years[2], "autumn")]


def _easter_sundays() -> list[date]:
    mondays = country_holidays("GB", subdiv="ENG", years=YEARS).get_named("Easter Monday")
    return sorted(monday - timedelta(days=1) for monday in mondays)
