"""The six years every synthetic council lives through, and what happened in them. Ends are inclusive."""

from __future__ import annotations

from datetime import date

import numpy as np

FIRST_DAY, LAST_DAY = date(2020, 4, 1), date(2026, 3, 31)
MONTHS = 72
MONTH_STARTS = np.arange("2020-04", "2026-05", dtype="datetime64[M]").astype("datetime64[D]")
"""The first day of every month and of the month after the last: `MONTH_STARTS[m]` to `MONTH_STARTS[m + 1] - 1` is month m."""

LOCKDOWNS = ((date(2020, 4, 1), date(2020, 6, 30)), (date(2021, 1, 5), date(2021, 3, 7)))
"""Schools closed to most: fewer requests from them, more harm unseen."""
NEW_FORM = date(2022, 4, 1)
"""The assessment form changes: needs are recorded under SF2022 from this day and under TF2015 before it."""
NEW_SYSTEM = date(2023, 7, 1)
"""The case system changes: people open on this day are registered again under new ids."""
BUDGET_CUT = date(2024, 4, 1)
"""Early help loses workers in half of the localities."""
