"""EH-262: a person without an address."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-262", about=[person.postcode], severity="warning")
def no_address() -> str:
    """No address is recorded where this system records it of others. Record it, or that the family has none."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT source_system FROM person WHERE postcode IS NOT NULL GROUP BY source_system
        ) USING (source_system) WHERE postcode IS NULL AND address_line IS NULL
    """


no_address.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "postcode": "QA1 1AA", "address_line": None, "source_system": "police"},
        {
            "person_key": "k2",
            "person_id": "B",
            "postcode": None,
            "address_line": "1 Elm Row",
            "source_system": "police",
        },
        {"person_key": "k3", "person_id": "C", "postcode": None, "address_line": None, "source_system": "annex_a"},
    ]
)
no_address.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "postcode": "QA1 1AA", "source_system": "police"},
        {"person_key": "k2", "person_id": "B", "postcode": None, "source_system": "police"},
    ]
)
