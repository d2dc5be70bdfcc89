"""Synergy: people and early help cases, as its reports list them. No layout is published or known."""

from __future__ import annotations

from earlyhelp.sources.about_people import AT_HOME, UPN, headings_of, told_of
from earlyhelp.sources.involvements import involvements
from earlyhelp.sources.layout import PROPOSED, Heading, Part, Source

PERSON = "Synergy ID"
_PERSON = Heading(PERSON, also=("Synergy person ID", "Person reference", "Pupil reference", "Synergy pupil ID"))

synergy = Source(
    name="synergy",
    title="Synergy: people and early help cases",
    publisher="The Access Group (Synergy); headings proposed",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        Part(
            "synergy people",
            (_PERSON, *headings_of(*AT_HOME, numbers=(UPN,))),
            told_of(PERSON, *AT_HOME, numbers=(UPN,)),
            needed=(PERSON,),
            name="synergy(people|persons|pupils)",
        ),
        involvements(
            "synergy cases",
            _PERSON,
            Heading("Case reference", also=("Case ID", "Case number", "Early help case ID")),
            name="synergy(eh|earlyhelp)?cases|(eh|earlyhelp)?cases",
        ),
    ),
)
