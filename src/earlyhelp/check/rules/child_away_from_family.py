"""EH-294: a child at another address than the rest of the family.

At least two others of the family share a home, and nobody of it shares the child's. A child whose own records give two
postcodes is named by EH-272, and one who is looked after lives elsewhere. Adults are left out: parents live apart.
"""

from earlyhelp.check.home_addresses import IN_CARE, SCATTERED
from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-294", about=[person.postcode], severity="warning")
def child_away_from_family() -> str:
    """The rest of the family have another postcode. Ask where the child lives now; living with others is no mistake."""
    return f"""
        WITH scattered AS ({SCATTERED}), home AS (
            SELECT family_id, person_id, min(postcode) AS postcode, max(dob) AS born
            FROM person SEMI JOIN scattered USING (family_id) WHERE postcode IS NOT NULL AND is_duplicate_of IS NULL
            GROUP BY ALL HAVING min(postcode) = max(postcode)
        ), housed AS (
            SELECT *, count(*) OVER (PARTITION BY family_id, postcode) AS people FROM home
        ), shared AS (
            SELECT DISTINCT family_id FROM housed WHERE people > 1
        ), away AS (
            SELECT person_id FROM housed SEMI JOIN shared USING (family_id) CROSS JOIN as_at
            WHERE people = 1 AND born + INTERVAL 18 YEAR > as_at.day
        )
        SELECT row_id, NULL AS team FROM person SEMI JOIN away USING (person_id) ANTI JOIN ({IN_CARE}) USING (person_id)
        WHERE postcode IS NOT NULL AND is_duplicate_of IS NULL
    """


_FAMILY: list[dict[str, str | None]] = [
    {"person_key": "k1", "person_id": "A", "family_id": "F", "postcode": "QA1 1AA", "dob": "1985-03-01"},
    {"person_key": "k2", "person_id": "B", "family_id": "F", "postcode": "QA1 1AA", "dob": "2015-03-01"},
    {"person_key": "k3", "person_id": "C", "family_id": "F", "postcode": "QA2 2BB", "dob": "1984-03-01"},
]
_AWAY: dict[str, str | None] = {
    "person_key": "k4",
    "person_id": "D",
    "family_id": "F",
    "postcode": "QA3 3CC",
    "dob": "2016-03-01",
}
child_away_from_family.passes(
    person=[*_FAMILY, _AWAY],
    social_care_event=[{"event_id": "1", "person_id": "D", "type": "looked_after", "start_date": "2025-01-01"}],
)
child_away_from_family.passes(
    person=[
        {**_FAMILY[0], "postcode": None},
        {**_FAMILY[1], "person_id": "D", "postcode": "QA2 2BB"},
        {**_AWAY, "family_id": "G"},
    ]
)
child_away_from_family.fails(person=[*_FAMILY, _AWAY])
