"""EH-313: the only adult of a family, of those whose address is known, at another address than its children.

Told where the address of one adult is known and the children, those in care left out, share one postcode. Whose address is
out of date nobody can say: the adult is named, and the child where there is one alone. Of several adults nothing is told,
for parents live apart; who has two postcodes is named by EH-272. An address can be kept secret from somebody for safety, so
that nobody should "correct" one from the other record.
"""

from earlyhelp.check.home_addresses import IN_CARE, SCATTERED
from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-313", about=[person.postcode], severity="warning")
def adult_away_from_children() -> str:
    """A family's only adult has another postcode than its children. Ask with care: living apart, or in secret, is no mistake."""
    return f"""
        WITH scattered AS ({SCATTERED}), member AS (
            SELECT family_id, person_id, min(postcode) AS postcode, min(postcode) <> max(postcode) AS is_unsure,
            coalesce(max(dob) + INTERVAL 18 YEAR <= max(as_at.day), NOT bool_or(is_child), TRUE) AS is_adult
            FROM person SEMI JOIN scattered USING (family_id) CROSS JOIN as_at WHERE is_duplicate_of IS NULL GROUP BY ALL
        ), at_home AS (
            SELECT * FROM member ANTI JOIN ({IN_CARE}) USING (person_id)
        ), apart AS (
            SELECT family_id, count(postcode) FILTER (NOT is_adult) AS children FROM at_home GROUP BY family_id
            HAVING count(postcode) FILTER (is_adult) = 1 AND count(DISTINCT postcode) FILTER (NOT is_adult) = 1
            AND min(postcode) FILTER (is_adult) <> min(postcode) FILTER (NOT is_adult)
            AND NOT coalesce(bool_or(is_unsure), FALSE)
        ), asked AS (
            SELECT person_id FROM at_home JOIN apart USING (family_id) WHERE is_adult OR children = 1
        )
        SELECT row_id, NULL AS team FROM person SEMI JOIN asked USING (person_id)
        WHERE postcode IS NOT NULL AND is_duplicate_of IS NULL
    """


_MOTHER: dict[str, str | None] = {
    "person_key": "k1",
    "person_id": "A",
    "family_id": "F",
    "postcode": "QA2 2BB",
    "dob": "1985-03-01",
}
_CHILD = {**_MOTHER, "person_key": "k2", "person_id": "B", "postcode": "QA1 1AA", "dob": "2015-03-01"}
_OTHER = {**_CHILD, "person_key": "k3", "person_id": "C", "dob": "2016-03-01"}
_IN_CARE: dict[str, str | None] = {
    "event_id": "1",
    "person_id": "B",
    "type": "looked_after",
    "start_date": "2025-01-01",
}
adult_away_from_children.passes(person=[_MOTHER, _CHILD, {**_OTHER, "person_id": "D", "dob": "1984-03-01"}])
adult_away_from_children.passes(person=[_MOTHER, _CHILD, {**_OTHER, "postcode": "QA2 2BB"}])
adult_away_from_children.passes(person=[_MOTHER, _CHILD], social_care_event=[_IN_CARE])
adult_away_from_children.passes(person=[_MOTHER, _CHILD, {**_CHILD, "person_key": "k4", "postcode": "QA2 2BB"}])
adult_away_from_children.fails(person=[_MOTHER, _CHILD])
adult_away_from_children.fails(person=[_MOTHER, _CHILD, _OTHER])
