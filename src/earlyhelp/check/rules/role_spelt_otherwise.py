"""EH-317: a worker's role in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import worker


@rule("EH-317", about=[worker.role], severity="warning")
def role_spelt_otherwise() -> str:
    """The role is written in other capitals than usual, so that it would be counted as another. Write it as usual."""
    return in_other_capitals(worker.role)


role_spelt_otherwise.passes(
    worker=[
        {"worker_id": "1", "team": "A", "role": "Family worker"},
        {"worker_id": "2", "team": "A", "role": "Manager"},
    ]
)
role_spelt_otherwise.fails(
    worker=[
        {"worker_id": "1", "team": "A", "role": "Family worker"},
        {"worker_id": "2", "team": "A", "role": "Family worker"},
        {"worker_id": "3", "team": "A", "role": "FAMILY WORKER"},
    ]
)
