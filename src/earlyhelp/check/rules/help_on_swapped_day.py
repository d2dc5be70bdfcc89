"""EH-299: early help told of twice, day and month the other way round."""

from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import from_several_files, told_on_swapped_day
from earlyhelp.standard import eh_episode


@rule("EH-299", about=[eh_episode.start_date], severity="warning", applies=from_several_files(eh_episode.start_date))
def help_on_swapped_day() -> str:
    """Another file tells of early help that began with day and month the other way round. Find out which is right."""
    return told_on_swapped_day(eh_episode.start_date)


_ONE: dict[str, str | None] = {"episode_id": "1", "person_id": "A", "start_date": "2025-03-04", "feed_id": "f"}
help_on_swapped_day.passes(
    eh_episode=[
        _ONE,
        {**_ONE, "episode_id": "2", "start_date": "2025-04-03"},
        {**_ONE, "episode_id": "3", "start_date": "2025-04-03", "feed_id": "g", "person_id": "B"},
        {**_ONE, "episode_id": "4", "start_date": "2025-04-13", "feed_id": "g"},
    ]
)
help_on_swapped_day.fails(
    eh_episode=[
        _ONE,
        {**_ONE, "episode_id": "2", "start_date": "2025-04-03", "feed_id": "g"},
    ]
)
