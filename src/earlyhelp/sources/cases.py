"""A sheet of cases: one wide row a child and case, with the child's particulars and the assessment beside it.

So early help is kept in spreadsheets, and so systems without reports are exported. A recipe names the sheet, the numbers
of case and child, and what the system calls the rest.
"""

from __future__ import annotations

from earlyhelp.sources.about_people import AT_HOME, UPN, headings_of, in_words, told_of
from earlyhelp.sources.involvements import OPENED, an_episode, headings_of_a_case
from earlyhelp.sources.layout import Fill, Heading, Part, PersonOf
from earlyhelp.standard import codelists, eh_assessment

ASSESSED, COMPLETED, CONSENT = "Assessment started", "Assessment completed", "Consent"


def cases(title: str, child: Heading, case: Heading, *, name: str) -> Part:
    """The sheet of cases of a recipe. A case has one assessment, under the number of the case."""
    return Part(
        title,
        (
            case,
            child,
            *headings_of(*AT_HOME, numbers=(UPN,)),
            *headings_of_a_case(),
            Heading(CONSENT, also=("Consent given", "Consent status"), wordings=in_words(codelists.consent)),
            Heading(ASSESSED, also=("Assessment start date", "Date of assessment", "Assessment date", "EHA started")),
            Heading(COMPLETED, also=("Assessment completion date", "Assessment end date", "EHA completed")),
            Heading("Notes", also=("Comments", "Summary", "Update")),
        ),
        (
            an_episode(case.name, child.name),
            *told_of(child.name, *AT_HOME, numbers=(UPN,), child=True),
            _assessment(case.name, child.name),
        ),
        needed=(case.name, child.name, OPENED),
        name=name,
        note="Notes are not read.",
    )


def _assessment(case: str, child: str) -> Fill:
    return Fill(
        eh_assessment,
        {
            eh_assessment.assessment_id: case,
            eh_assessment.person_key: PersonOf(child),
            eh_assessment.episode_id: case,
            eh_assessment.start_date: ASSESSED,
            eh_assessment.completion_date: COMPLETED,
            eh_assessment.consent: CONSENT,
        },
        when=ASSESSED,
    )
