"""EH-231: one request under two numbers."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import contact


@rule("EH-231", about=[contact.contact_date, contact.source_code], severity="warning")
def repeated_request() -> str:
    """Another request about the child has the same day and source. Take out the one that was entered twice."""
    # Numbered by a mark of what they are made of: shared out over the processors, where one order of all rows is not.
    return """
        SELECT row_id, NULL AS team FROM (
            SELECT row_id, hash(source_system, person_id, contact_date, source_code) AS mark
            FROM contact WHERE person_id IS NOT NULL
        ) QUALIFY row_number() OVER (PARTITION BY mark ORDER BY row_id) > 1
    """


repeated_request.passes(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-01", "source_code": "2A"},
        {"contact_id": "2", "person_id": "A", "contact_date": "2024-01-01", "source_code": "6"},
    ],
)
repeated_request.fails(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-01", "source_code": "2A"},
        {"contact_id": "2", "person_id": "A", "contact_date": "2024-01-01", "source_code": "2A"},
    ],
)
