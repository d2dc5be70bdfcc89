"""EH-231: one request under two numbers."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import contact


@rule("EH-231", about=[contact.contact_date, contact.source_code], severity="warning")
def repeated_request() -> str:
    """Another request about the child has the same day and source. Take out the one that was entered twice."""
    # Few requests share a mark with another: only among those are the requests themselves compared.
    return """
        SELECT row_id, team FROM contact SEMI JOIN (
            SELECT hash(person_id, contact_date, source_code) AS mark FROM contact GROUP BY mark HAVING count(*) > 1
        ) AS alike ON alike.mark = hash(contact.person_id, contact.contact_date, contact.source_code)
        QUALIFY row_number() OVER (PARTITION BY source_system, person_id, contact_date, source_code ORDER BY row_id) > 1
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
