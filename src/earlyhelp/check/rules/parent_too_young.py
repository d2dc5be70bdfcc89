"""EH-235: a parent who is younger than twelve."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import family_member, person


@rule(
    "EH-235",
    about=[family_member.role, person.dob],
    severity="error",
    applies=(
        "SELECT 1 FROM family_member WHERE role IN ('parent', 'grandparent') LIMIT 1",
        "no parent is in any extract",
    ),
)
def parent_too_young() -> str:
    """The person is recorded as a parent or grandparent and is younger than twelve. Correct the role or the date of birth."""
    return """
        SELECT row_id, NULL AS team FROM family_member JOIN (
            SELECT person_id, max(dob) AS born FROM person, as_at
            GROUP BY ALL HAVING max(dob) + INTERVAL 12 YEAR > max(as_at.day)
        ) AS told USING (person_id)
        WHERE role IN ('parent', 'grandparent')
    """


parent_too_young.passes(
    family_member=[
        {"family_key": "F", "person_id": "A", "role": "parent"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2012-05-01"},
    ],
    as_at=[
        {"day": "2024-05-01"},
    ],
)
parent_too_young.fails(
    family_member=[
        {"family_key": "F", "person_id": "A", "role": "parent"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2012-05-02"},
    ],
    as_at=[
        {"day": "2024-05-01"},
    ],
)
