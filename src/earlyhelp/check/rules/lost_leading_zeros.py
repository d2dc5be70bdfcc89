"""EH-267: a number of a person from which a spreadsheet took the zeros before it."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-267", about=[person.source_person_id], severity="error")
def lost_leading_zeros() -> str:
    """Another record of the person, this system or one born that day has the number with zeros before it. Extract it as text."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT DISTINCT source_system, dob, person_id, ltrim(source_person_id, '0') AS bare FROM person
            WHERE starts_with(source_person_id, '0') AND regexp_full_match(source_person_id, '[0-9]+')
        ) AS whole ON bare = source_person_id AND (
            whole.source_system = person.source_system OR whole.dob = person.dob OR whole.person_id = person.person_id
        )
    """


lost_leading_zeros.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "source_person_id": "00012", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "source_person_id": "120", "source_system": "ssd"},
        {
            "person_key": "k3",
            "person_id": "C",
            "source_person_id": "12",
            "source_system": "police",
            "dob": "2014-01-02",
        },
    ]
)
lost_leading_zeros.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "source_person_id": "00012", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "source_person_id": "12", "source_system": "ssd"},
    ]
)
lost_leading_zeros.fails(
    person=[
        {
            "person_key": "k1",
            "person_id": "A",
            "source_person_id": "00012",
            "dob": "2015-03-01",
            "source_system": "ssd",
        },
        {
            "person_key": "k2",
            "person_id": "B",
            "source_person_id": "12",
            "dob": "2015-03-01",
            "source_system": "annex_a",
        },
    ]
)
lost_leading_zeros.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "source_person_id": "00012", "dob": None, "source_system": "ssd"},
        {
            "person_key": "k2",
            "person_id": "A",
            "source_person_id": "12",
            "source_system": "mosaic",
            "dob": "2015-03-01",
        },
    ]
)
