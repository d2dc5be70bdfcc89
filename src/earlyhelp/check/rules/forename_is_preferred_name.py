"""EH-291: the name somebody goes by in the place of the forename.

Only in systems where a preferred name is nearly always another than the forename: some fill one from the other.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-291", about=[person.forename, person.preferred_name], severity="warning")
def forename_is_preferred_name() -> str:
    """The preferred name is the forename too, unlike others in this system. Ask whether the full forename is another."""
    return """
        WITH named AS (
            SELECT row_id, source_system, lower(trim(forename)) = lower(trim(preferred_name)) AS same FROM person
            WHERE forename IS NOT NULL AND preferred_name IS NOT NULL
        ), usual AS (
            SELECT source_system FROM named GROUP BY ALL HAVING avg(CAST(same AS INTEGER)) < 0.2
        )
        SELECT row_id, NULL AS team FROM named SEMI JOIN usual USING (source_system) WHERE same
    """


_OTHERS: list[dict[str, str | None]] = [
    {"person_key": f"k{n}", "person_id": f"P{n}", "forename": name, "preferred_name": short, "source_system": "ssd"}
    for n, (name, short) in enumerate(
        [("Robert", "Bob"), ("Ann", "Nan"), ("Sarah", "Sally"), ("Ian", "Jock"), ("Amy", "Em")]
    )
]
_BOB: dict[str, str | None] = {"person_key": "k", "person_id": "B", "forename": "Bob", "preferred_name": "Bob"}
forename_is_preferred_name.passes(person=[*_OTHERS, {**_BOB, "source_system": "police"}])
forename_is_preferred_name.fails(person=[*_OTHERS, {**_BOB, "source_system": "ssd"}])
