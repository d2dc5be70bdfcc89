"""EH-266: a name in which a letter became a question mark."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-266", about=[person.surname, person.forename], severity="warning")
def sign_lost_from_name() -> str:
    """A letter of the name became a question mark, as an old encoding makes it. Export the file as UTF-8 and send it again."""
    return """
        SELECT row_id, NULL AS team FROM person
        WHERE contains(concat(forename, ' ', surname), '?') OR contains(concat(forename, ' ', surname), chr(65533))
    """


sign_lost_from_name.passes(
    person=[{"person_key": "k1", "person_id": "A", "forename": "Małgorzata", "surname": "O'Neill"}],
)
sign_lost_from_name.fails(
    person=[{"person_key": "k1", "person_id": "A", "forename": "Ma?gorzata", "surname": "Elm"}],
)
