"""EH-280: an organisation that leads in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_episode


@rule("EH-280", about=[eh_episode.organisation], severity="warning")
def leading_organisation_spelt_otherwise() -> str:
    """The organisation is written in other capitals than usual, so that it would be counted as another one. Write it as usual."""
    return in_other_capitals(eh_episode.organisation)


leading_organisation_spelt_otherwise.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2025-01-01", "organisation": "Elm School"},
        {"episode_id": "2", "person_id": "A", "start_date": "2025-01-01", "organisation": "Ash School"},
    ]
)
leading_organisation_spelt_otherwise.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2025-01-01", "organisation": "Elm School"},
        {"episode_id": "2", "person_id": "A", "start_date": "2025-01-01", "organisation": "Elm School"},
        {"episode_id": "3", "person_id": "A", "start_date": "2025-01-01", "organisation": "ELM SCHOOL"},
    ]
)
