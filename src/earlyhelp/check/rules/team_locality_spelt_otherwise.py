"""EH-316: a team's locality in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import worker


@rule("EH-316", about=[worker.locality], severity="warning")
def team_locality_spelt_otherwise() -> str:
    """The team's locality is written in other capitals than usual, so that it would be another locality. Write it as usual."""
    return in_other_capitals(worker.locality)


team_locality_spelt_otherwise.passes(
    worker=[
        {"worker_id": "1", "team": "A", "locality": "South"},
        {"worker_id": "2", "team": "B", "locality": "North"},
    ]
)
team_locality_spelt_otherwise.fails(
    worker=[
        {"worker_id": "1", "team": "A", "locality": "South"},
        {"worker_id": "2", "team": "B", "locality": "South"},
        {"worker_id": "3", "team": "A", "locality": "SOUTH"},
    ]
)
