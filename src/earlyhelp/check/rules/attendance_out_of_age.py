"""EH-229: school attendance of a child too young or too old for school."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import attendance_period, person


@rule("EH-229", about=[attendance_period.academic_year, person.dob], severity="warning")
def attendance_out_of_age() -> str:
    """The pupil was younger than two or older than nineteen when the school year began. Check the date of birth and the match."""
    return """
        SELECT row_id, NULL AS team FROM attendance_period JOIN (
            SELECT person_id, year(max(dob) + INTERVAL 4 MONTH) AS school_born FROM person GROUP BY person_id
        ) AS told USING (person_id)
        WHERE TRY_CAST(left(academic_year, 4) AS INTEGER) + 1 - school_born NOT BETWEEN 3 AND 20
    """


attendance_out_of_age.passes(
    attendance_period=[
        {"person_id": "A", "academic_year": "2024-25", "term": "autumn"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2022-08-31"},
    ],
)
attendance_out_of_age.fails(
    attendance_period=[
        {"person_id": "A", "academic_year": "2024-25", "term": "autumn"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2022-09-01"},
    ],
)
attendance_out_of_age.fails(
    attendance_period=[
        {"person_id": "A", "academic_year": "2024-25", "term": "autumn"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2004-08-31"},
    ],
)
