"""Capita One: people and early help involvements, as its reports list them. No layout is published or known."""

from __future__ import annotations

from earlyhelp.sources.about_people import AT_HOME, UPN, headings_of, told_of
from earlyhelp.sources.involvements import involvements
from earlyhelp.sources.layout import PROPOSED, Heading, Part, Source

PERSON = "Person ID"
_PERSON = Heading(PERSON, also=("Base ID", "One ID", "Stud ID", "Student ID", "Capita One ID", "Pupil ID"))

capita_one = Source(
    name="capita_one",
    title="Capita One: people and early help involvements",
    publisher="Capita (One); headings proposed",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        Part(
            "one people",
            (_PERSON, *headings_of(*AT_HOME, numbers=(UPN,))),
            told_of(PERSON, *AT_HOME, numbers=(UPN,)),
            needed=(PERSON,),
            name="(capita)?one(people|persons|students|pupils)|capitaone(people|persons)",
        ),
        involvements(
            "one involvements",
            _PERSON,
            Heading("Involvement ID", also=("Involvement number", "Involvement reference", "Service provision ID")),
            name="(capita)?(one)?(eh|earlyhelp)?involvements",
        ),
    ),
    note="An involvement is taken for an episode: leave out involvements that are no early help.",
)
