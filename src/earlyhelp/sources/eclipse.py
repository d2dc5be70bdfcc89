"""Eclipse (OLM): periods of a classification (early help, child in need, protection, care), with what the closure form says.

No layout is published. The names of the views' fields are those in the extracts for the Standard Safeguarding Dataset
(data-to-insight), where an early help episode is a period of classification 699 or 1271, and why it closed is an answer
in the form "Early Help: Closure" or "Family Help: Closure".
"""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.sources.about_people import AT_HOME, NHS, UPN, headings_of, in_words, told_of
from earlyhelp.sources.layout import PROPOSED, Cell, Fill, Fixed, Heading, Kind, Part, PersonOf, Source
from earlyhelp.sources.statutory_codes import category_of_abuse, primary_need, reason_care_ceased, reason_case_closed
from earlyhelp.standard import Column, codelists, eh_episode, social_care_event

PERSON, PERIOD, CLASSIFICATION = "Person ID", "Classification period ID", "Classification"
START, END, WHY, NEED, SOURCE = "Start date", "End date", "Reason for closure", "Primary need", "Referral source"
TEAM, WORKER, RECORDED = "Team", "Worker ID", "Recorded on"
_PERSON = Heading(PERSON, also=("PERSONID", "Eclipse ID", "Person identifier"))


def _headings(*, early_help: bool) -> tuple[Heading, ...]:
    return (
        Heading(PERIOD, also=("CLASSIFICATIONASSIGNMENTID", "Period ID", "Classification assignment ID")),
        _PERSON,
        Heading(CLASSIFICATION, also=("CLASSIFICATIONCODEID", "Classification name", "Classification code")),
        Heading(START, also=("STARTDATE", "Classification start date", "Period start")),
        Heading(END, also=("ENDDATE", "Classification end date", "Period end")),
        Heading("Date case closed", also=("dateCaseClosed", "Closure form date")),
        Heading(
            WHY,
            also=("reasonForCaseClosure", "AnnexA_reasonForClosure1", "ENDREASON", "Closure reason"),
            wordings=in_words(codelists.end_reasons) if early_help else (),
        ),
        Heading(
            NEED,
            also=("CINCensus_primaryNeedCategory", "Primary need category"),
            wordings=in_words(codelists.needs) if early_help else (),
        ),
        Heading(SOURCE, also=("CINCensus_ReferralSource",), wordings=in_words(codelists.referral_source)),
        Heading(TEAM, also=("Allocated team", "AT")),
        Heading(WORKER, also=("Allocated worker ID", "AW")),
        Heading(RECORDED, also=("Date recorded", "Recorded date", "Date entered", "Entered on")),
    )


def _periods(name: str, words: str, fill: Fill) -> Part:
    return Part(
        f"eclipse classification periods {name}",
        _headings(early_help=fill.table is eh_episode),
        (fill,),
        needed=(PERIOD, PERSON, CLASSIFICATION, START),
        name=rf"(eclipse)?classificationperiods({name.replace(' ', '')})?|classificationpersonview({name.replace(' ', '')})?",
        kind=Kind(name, CLASSIFICATION, words),
        note="Leave out deleted periods, and set the closure form's answers beside the period in which it was completed.",
    )


def _event(kind: str, cells: Mapping[Column, Cell]) -> Fill:
    return Fill(
        social_care_event,
        {
            social_care_event.event_id: PERIOD,
            social_care_event.person_key: PersonOf(PERSON),
            social_care_event.type: Fixed(kind),
            social_care_event.start_date: START,
            social_care_event.end_date: END,
            social_care_event.team: TEAM,
            **cells,
        },
        recorded=RECORDED,
    )


_EPISODE = Fill(
    eh_episode,
    {
        eh_episode.episode_id: PERIOD,
        eh_episode.person_key: PersonOf(PERSON),
        eh_episode.start_date: START,
        eh_episode.end_date: END,
        eh_episode.end_reason_code: WHY,
        eh_episode.need_code: NEED,
        eh_episode.referral_source_code: SOURCE,
        eh_episode.team: TEAM,
        eh_episode.lead_practitioner_id: WORKER,
    },
    recorded=RECORDED,
)
eclipse = Source(
    name="eclipse",
    title="Eclipse: people and periods of classification, with closure forms",
    publisher="OLM (Eclipse); headings proposed after the Standard Safeguarding Dataset's extracts",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        Part(
            "eclipse people",
            (_PERSON, *headings_of(*AT_HOME, numbers=(UPN, NHS))),
            told_of(PERSON, *AT_HOME, numbers=(UPN, NHS)),
            needed=(PERSON,),
            name="eclipse(people|persons)|personview",
        ),
        _periods(
            "in care",
            ".*(lookedafter|childincare|childrenincare).*|lac|cla",
            _event("looked_after", {social_care_event.outcome_code: reason_care_ceased(WHY)}),
        ),
        _periods(
            "protection",
            ".*(childprotection|cpplan).*|cp|cpp",
            _event("cp_plan", {social_care_event.category: category_of_abuse(NEED)}),
        ),
        _periods(
            "in need",
            "1270|.*(childinneed|childreninneed|section17).*|.*familyhelpcin|cin",
            _event(
                "cin_episode",
                {
                    social_care_event.outcome_code: reason_case_closed(WHY),
                    social_care_event.category: primary_need(NEED),
                    social_care_event.source_code: SOURCE,
                },
            ),
        ),
        _periods(
            "early help",
            "699|1271|.*(earlyhelp|familyhelp|teamaround(the)?(family|child)|targetedsupport).*|eh|taf|tac|caf",
            _EPISODE,
        ),
    ),
    left_out={
        "(eclipse)?(closureforms?|formanswers?|formanswerpersonview)": (
            "answers of closure forms are read where the report sets them beside the period they close"
        )
    },
    note="Periods of one child with no day between them are one episode in the Standard Safeguarding Dataset; here each is kept.",
)
