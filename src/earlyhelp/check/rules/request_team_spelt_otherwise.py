"""EH-278: a team that takes requests in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import contact


@rule("EH-278", about=[contact.team], severity="warning")
def request_team_spelt_otherwise() -> str:
    """The team's name is written in other capitals than usual, so that it would be counted as another team. Write it as usual."""
    return in_other_capitals(contact.team)


request_team_spelt_otherwise.passes(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2025-01-01", "team": "North"},
        {"contact_id": "2", "person_id": "A", "contact_date": "2025-01-01", "team": "South"},
    ]
)
request_team_spelt_otherwise.fails(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2025-01-01", "team": "North"},
        {"contact_id": "2", "person_id": "A", "contact_date": "2025-01-01", "team": "North"},
        {"contact_id": "3", "person_id": "A", "contact_date": "2025-01-01", "team": "NORTH"},
    ]
)
