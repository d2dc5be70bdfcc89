"""EH-234: a child in two families at once."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import family_member


@rule("EH-234", about=[family_member.family_key, family_member.role], severity="warning")
def child_in_two_families() -> str:
    """One system has the child in two families at once. End the membership that is over; shared care is no mistake."""
    return """
        SELECT row_id, NULL AS team FROM family_member
        SEMI JOIN (
            SELECT person_id AS doubled_id, source_system AS system FROM family_member
            GROUP BY ALL HAVING count(DISTINCT family_key) > 1
        ) ON person_id = doubled_id AND source_system = system
        SEMI JOIN family_member AS other ON other.person_id = family_member.person_id
        AND other.source_system = family_member.source_system AND other.family_key <> family_member.family_key
        AND coalesce(other.from_date, DATE '0001-01-01') < coalesce(family_member.to_date, DATE '9999-12-31')
        AND coalesce(family_member.from_date, DATE '0001-01-01') < coalesce(other.to_date, DATE '9999-12-31')
        WHERE role IN ('child', 'sibling')
    """


child_in_two_families.passes(
    family_member=[
        {"family_key": "F", "person_id": "A", "role": "child", "from_date": None, "to_date": "2024-03-01"},
        {"family_key": "G", "person_id": "A", "role": "child", "from_date": "2024-03-01", "to_date": None},
        {"family_key": "G", "person_id": "B", "role": "parent", "from_date": None, "to_date": None},
    ],
)
child_in_two_families.fails(
    family_member=[
        {"family_key": "F", "person_id": "A", "role": "child", "from_date": None, "to_date": "2024-03-02"},
        {"family_key": "G", "person_id": "A", "role": "child", "from_date": "2024-03-01", "to_date": None},
    ],
)
