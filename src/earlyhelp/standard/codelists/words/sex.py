"""Words for sex. The gender that somebody has says nothing of the sex recorded at birth: it stays with a person to decide."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

sex_words = WordRules(
    tiers=(
        {
            "M": "male; boy; man",
            "F": "female; girl; woman",
            "U": """
                not stated; not recorded; not known; unknown; unborn; unspecified; not specified; withheld;
                indeterminate; neither; refused; not disclosed; undetermined; prefer not to say; unable to
                classify; not applicable; not provided; declined; decline to state; neither male nor female;
                indeterminate gender; not stated recorded; unclassified; unknown if male or female; unknown male
                female; gender unknown; sex unknown; missing; ambiguous
            """,
        },
    ),
    open="transgender; trans; non binary; transsexual; gender fluid; intersex; to; from; miss",
)
