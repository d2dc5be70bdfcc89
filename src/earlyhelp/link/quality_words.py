"""Linkage quality in sentences: what is known of all links, and which groups are linked worse. No more than intervals carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FEWEST_RECORDS = 50
"""Smaller groups are not said to differ."""
FEWEST_LINKS = 30
"""Nor are groups with fewer links."""
BASES = ("review", "numbers", "model")
"""What is believed before what: people who looked, numbers that two records share, and only then the model of itself."""
IN_WORDS = {
    "review": "reviewers' decisions",
    "numbers": "pairs with a number in common",
    "model": "the model itself",
}
_OF = {
    "grade": "links of the grade",
    "systems": "records of",
    "ethnicity": "people with the ethnicity",
    "area": "people in the area",
    "age_band": "people of the age",
}
_JUDGES_ITSELF = (
    "The model judges itself here, and tends to be too sure: this is the best case until links are reviewed."
)
_Row = Mapping[str, Any]


def believed(rows: Iterable[_Row], figure: str) -> _Row | None:
    """Of the rows of one group the one on the basis that is believed first, among those that tell `figure`."""
    told = [row for row in rows if row[figure] is not None]
    return min(told, key=lambda row: BASES.index(row["basis"]), default=None)


def quality_sentences(rows: Sequence[_Row]) -> list[str]:
    """Rows of `link_quality` in words: first all links, then the groups whose interval lies wholly below that of all.

    A group is compared with all on one basis. Groups of fewer than `FEWEST_RECORDS` records or `FEWEST_LINKS` links are left
    out. Rows may be released ones: what is hidden is None and is not spoken of.
    """
    said, judged = [], False
    for figure, words in (
        ("precision", "of links join records of one person"),
        ("recall", "of pairs of one person are found"),
    ):
        found = believed((row for row in rows if row["by"] == "all"), figure)
        if found is None:
            said.append(f"Nothing tells yet what share {words}.")
            continue
        judged |= found["basis"] == "model"
        said.append(
            f"{_share(found, figure)} {words}, as {IN_WORDS[found['basis']]} tell{'s' * (found['basis'] == 'model')}."
        )
    said += [_JUDGES_ITSELF] * judged + _overconfident(rows)
    worse = [sentence for figure in ("precision", "recall") for sentence in _worse(rows, figure)]
    return said + (worse or ["No group is linked worse than all, as far as these intervals can tell."])


def _overconfident(rows: Sequence[_Row]) -> list[str]:
    """Where the model is surer of its links than numbers or reviewers bear out."""
    of_all = [row for row in rows if row["by"] == "all" and row["precision"] is not None]
    model = next((row for row in of_all if row["basis"] == "model"), None)
    return [
        f"The model is surer of its links than {IN_WORDS[row['basis']]} bear out: do not rely on it alone."
        for row in of_all
        if model and row["basis"] != "model" and row["precision_upper"] < model["precision_lower"]
    ]


def _worse(rows: Sequence[_Row], figure: str) -> list[str]:
    whole = {row["basis"]: row for row in rows if row["by"] == "all" and row[figure] is not None}
    groups: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        enough = (row["records"] or 0) >= FEWEST_RECORDS and (row["linked_pairs"] or 0) >= FEWEST_LINKS
        if row["by"] in _OF and row["basis"] in whole and enough:
            groups.setdefault((row["by"], row["group"]), []).append(row)
    looked_at, said = 0, []
    for (by, group), told in groups.items():
        found = believed(told, figure)
        looked_at += found is not None
        if found and found[f"{figure}_upper"] < whole[found["basis"]][f"{figure}_lower"]:
            what = "fewer links are right" if figure == "precision" else "more is missed"
            said.append(
                f"Among {_OF[by]} {group.replace('_', ' ')} {what}: {_share(found, figure)}, against "
                f"{_share(whole[found['basis']], figure)} for all, as {IN_WORDS[found['basis']]} "
                f"tell{'s' * (found['basis'] == 'model')}."
            )
    if said:
        said.append(f"{looked_at} groups were looked at for {figure}: some of them may differ by chance alone.")
    return said


def _share(row: _Row, figure: str) -> str:
    value, lower, upper = (row[f"{figure}{end}"] for end in ("", "_lower", "_upper"))
    return f"{value:.2%} ({lower:.2%} to {upper:.2%})"
