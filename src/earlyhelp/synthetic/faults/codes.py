"""What stands where a code should: local words, labels, free text, nothing, and codes in the wrong case."""

from __future__ import annotations

from earlyhelp.synthetic.faults.declared import CellFault, Struck
from earlyhelp.synthetic.faults.where import Place, is_coded

_REMARKS = (
    "see case notes", "as above", "tbc", "ask worker", "unsure - please check", "as per email", "awaiting form",
    "x", "changed, see last review",
)  # fmt: skip


def _local_word(struck: Struck) -> str | None:
    options = struck.place.words.get(struck.text)
    return struck.one_of(options) if options else None


def _label(struck: Struck) -> str | None:
    return struck.place.labels.get(struck.text)


def _other_case(struck: Struck) -> str | None:
    kinds = (struck.text.lower(), struck.text.upper(), f" {struck.text}", f"{struck.text}  ", f"{struck.text}\u00a0")
    return struck.one_of([kind for kind in kinds if kind != struck.text])


def _required(place: Place) -> bool:
    return is_coded(place) and place.column.required


FAULTS = (
    CellFault(
        "local word", "The council's own word stands where the return asks for a code.",
        0.04, applies=is_coded, break_=_local_word,
    ),
    CellFault(
        "label for code", "The label of the code stands in its place.", 0.02, applies=is_coded, break_=_label,
    ),
    CellFault(
        "remark for code", "Somebody wrote a remark where a code belongs.",
        0.004, applies=is_coded, break_=lambda struck: struck.one_of(_REMARKS),
    ),
    CellFault(
        "code not recorded", "A code that the table requires was not recorded.",
        0.01, applies=_required, break_=lambda struck: "",
    ),
    CellFault(
        "case or spaces of a code", "The code stands in another case or with spaces about it.",
        0.01, applies=is_coded, break_=_other_case, kept=False,
    ),
)  # fmt: skip
