"""EH-240: an episode dated after the extract that tells of it."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_extract
from earlyhelp.standard import eh_episode, feed


@rule("EH-240", about=[eh_episode.start_date, feed.extract_date], severity="error")
def episode_after_extract() -> str:
    """The episode begins after the day on which the extract was drawn. Nobody can know that yet: correct the date."""
    return after_extract(eh_episode.start_date)


episode_after_extract.passes(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "feed_id": "f", "start_date": "2024-03-31"},
    ],
    feed=[
        {"feed_id": "f", "extract_date": "2024-03-31"},
    ],
)
episode_after_extract.fails(
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "feed_id": "f", "start_date": "2024-04-01"},
    ],
    feed=[
        {"feed_id": "f", "extract_date": "2024-03-31"},
    ],
)
