"""Which of our services help most: groups in sentences, never ranks, and what must be said beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from earlyhelp.release.services import ORDER, ReleasedServices
from earlyhelp.reports.answers.prepared import Part, Reply, Setting
from earlyhelp.reports.wording import listed

_SAID = {
    "better than expected": "Fewer first steps up to a statutory service than like families had: {}.",
    "worse than expected": "More first steps up to a statutory service than like families had: {}.",
    "as expected": "No difference shown for {}. That is no proof that there is none.",
    "too few to say": "Too few families to say for {}.",
    "cannot tell": "Cannot be told from the records for {}.",
}
_NONE_BETTER = "No service can be shown to have fewer first steps up to a statutory service than like families had."
CAVEATS = (
    "Each is compared with families like those offered it who were offered something else or nothing, over 12 months from "
    "the offer. It is an association (level 2 on the Maryland scale) and no proof of cause.",
    "How ready a family is to change is not recorded, and may be part of any difference.",
    "Services are offered to different families: two of them cannot be compared with each other, and there is no ranking.",
    "A step up can be the right thing: found early, it protects a child. Fewer is not better for a single family.",
)


def tell_services(parts: Sequence[Part], setting: Setting) -> Reply:
    """The services in groups, those with fewer steps up first; within a group by name."""
    found = setting.services
    if found is None or not found.rows:
        return Reply((found.note if found else "Nothing was studied.",), caveats=CAVEATS)
    return Reply(
        answer=tuple(_sentences(found)),
        table=tuple(
            {**row, "in_words": difference_in_words(row), "for each step-up avoided": cost_in_words(row)}
            for row in found.rows
        ),
        caveats=(found.note, *CAVEATS),
        printed=("service", "group", "in_words", "n_treated", "for each step-up avoided"),
    )


def difference_in_words(row: Mapping[str, Any]) -> str:
    """The difference in 100 families with its interval, or why there is none."""
    if row["estimate"] is None:
        return str(row["why"])
    bounds = f"{100 * row['lower']:+.1f} to {100 * row['upper']:+.1f}"
    return f"{100 * row['estimate']:+.1f} in 100 families ({bounds})"


def cost_in_words(row: Mapping[str, Any]) -> str:
    """Pounds for each step-up avoided with their range; nothing where they cannot be told."""
    if row["cost_per_step_up"] is None:
        return ""
    return f"£{row['cost_per_step_up']:,.0f} (£{row['cost_lower']:,.0f} to £{row['cost_upper']:,.0f})"


def _sentences(found: ReleasedServices) -> list[str]:
    told = []
    for group in ORDER:
        rows = found.of(group)
        if rows:
            told.append(_SAID[str(group)].format(_names(rows)))
        elif group is ORDER[0]:
            told.append(_NONE_BETTER)
    return told


def _names(rows: Sequence[Mapping[str, Any]]) -> str:
    return listed([str(row["service"]) for row in rows])
