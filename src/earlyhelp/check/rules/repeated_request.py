"""EH-231: one request under two numbers."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import contact


@rule("EH-231", about=[contact.contact_date, contact.source_code], severity="warning")
def repeated_request() -> str:
    """Another request about the child has the same day and source. Take out the one that was entered twice."""
    # Few requests are repeated, and hardly any more than once: the later of two is known from counting alone.
    return """
        WITH alike AS MATERIALIZED (
            SELECT hash(source_system, person_id, contact_date, source_code) AS mark, count(*) AS times,
                min(row_id) AS earliest, max(row_id) AS latest
            FROM contact WHERE person_id IS NOT NULL GROUP BY mark HAVING times > 1
        ), repeated AS (
            SELECT latest AS row_id FROM alike WHERE times = 2
            UNION ALL
            SELECT contact.row_id FROM contact JOIN (FROM alike WHERE times > 2) AS often
                ON often.mark = hash(source_system, person_id, contact_date, source_code) AND row_id > earliest
        )
        SELECT row_id, NULL AS team FROM repeated
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
