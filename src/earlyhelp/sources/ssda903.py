"""The SSDA903 return on children looked after (CSV, one file a table), collections 2020 to 2026.

SEX is 1 or 2 until the collection of 2024 and M, F or U from 2025. Every row of the episodes file is one episode of care;
periods of care are put together from them afterwards (`build`).
"""

from __future__ import annotations

from earlyhelp.sources.identifiers import pupil_number
from earlyhelp.sources.layout import Fill, Fixed, Heading, MadeKey, Part, PersonOf, Source, Wording
from earlyhelp.sources.statutory_codes import primary_need, reason_care_ceased
from earlyhelp.standard import partner_event, person, social_care_event

CHILD = "CHILD"


def _headings(names: str) -> tuple[Heading, ...]:
    return tuple(Heading(name) for name in names.split())


_header = Part(
    "header",
    (
        Heading(CHILD),
        Heading("SEX", wordings=(Wording({"M": "1", "F": "2"}, until=2024),)),
        *_headings("DOB ETHNIC UPN MOTHER MC_DOB"),
    ),
    (
        Fill(
            person,
            {
                person.person_key: PersonOf(CHILD),
                person.source_person_id: CHILD,
                person.dob: "DOB",
                person.sex: "SEX",
                person.ethnicity: "ETHNIC",
                person.is_child: Fixed("yes"),
            },
        ),
        pupil_number(CHILD, "UPN"),
    ),
    needed=("CHILD", "SEX", "ETHNIC"),
    name=".*header.*",
)

_episodes = Part(
    "episodes",
    _headings("CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN"),
    (
        Fill(
            social_care_event,
            {
                social_care_event.event_id: MadeKey((CHILD, "DECOM"), label="looked_after"),
                social_care_event.person_key: PersonOf(CHILD),
                social_care_event.type: Fixed("looked_after"),
                social_care_event.start_date: "DECOM",
                social_care_event.end_date: "DEC",
                social_care_event.outcome_code: reason_care_ceased("REC"),
                social_care_event.category: primary_need("CIN"),
                social_care_event.legal_status: "LS",
                social_care_event.start_reason: "RNE",
            },
        ),
    ),
    needed=("CHILD", "DECOM", "RNE", "LS"),
    name="(?!.*(sw|socialworker)episodes?).*episodes?.*",
)

_missing = Part(
    "missing",
    _headings("CHILD DOB MISSING MIS_START MIS_END"),
    (
        Fill(
            partner_event,
            {
                partner_event.event_id: MadeKey((CHILD, "MIS_START"), label="missing"),
                partner_event.person_key: PersonOf(CHILD),
                partner_event.agency: Fixed("other"),
                partner_event.type: Fixed("missing"),
                partner_event.event_date: "MIS_START",
                partner_event.end_date: "MIS_END",
            },
        ),
    ),
    needed=("CHILD", "MIS_START"),
    name=".*missing.*",
)

_NOT_READ = (
    "reviews?",
    "oc2",
    "oc3",
    "ad1",
    "uasc",
    "prevperm",
    "previouspermanence",
    "placedadoption",
    "placedforadoption",
    "sblist",
    "socialworker",
    "swepisodes?",
)
"""What the names of the other tables hold, without signs and spaces."""

ssda903 = Source(
    name="ssda903",
    title="SSDA903 return on children looked after",
    publisher="Department for Education",
    status="published layout",
    formats=("csv", "txt"),
    parts=(_header, _episodes, _missing),
    left_out={f".*({'|'.join(_NOT_READ)}).*": "this table of the return holds nothing the standard has a place for"},
)
