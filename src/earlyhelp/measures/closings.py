"""When an episode has closed, for all measures that count closings."""

from __future__ import annotations

CLOSED = "end_date >= start_date"
"""SQL of the episodes that have closed. One that ends before it starts closed on a day that nobody knows."""
ENDS_BEFORE_IT_STARTS = (
    "An episode that ends before it starts is left out, as no spell takes it in: the check desk lists it under "
    "`eh_episode.end_date:before_other_date`."
)
"""What such a measure says of it."""
