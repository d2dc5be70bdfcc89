"""EH-218: one episode held by two workers at once."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import allocation


@rule("EH-218", about=[allocation.from_date], severity="warning")
def two_workers_at_once() -> str:
    """Another worker held the episode already when this allocation began. End the earlier allocation, if it has ended."""
    return """
        SELECT row_id, NULL AS team FROM allocation QUALIFY from_date < max(coalesce(to_date, DATE '9999-12-31')) OVER (
            PARTITION BY episode_id, source_system ORDER BY from_date, row_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    """


two_workers_at_once.passes(
    allocation=[
        {"episode_id": "1", "worker_id": "v", "from_date": "2024-01-10", "to_date": "2024-03-01"},
        {"episode_id": "1", "worker_id": "w", "from_date": "2024-03-01", "to_date": None},
    ],
)
two_workers_at_once.fails(
    allocation=[
        {"episode_id": "1", "worker_id": "v", "from_date": "2024-01-10", "to_date": None},
        {"episode_id": "1", "worker_id": "w", "from_date": "2024-03-01", "to_date": None},
    ],
)
