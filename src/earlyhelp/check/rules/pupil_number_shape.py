"""EH-239: a unique pupil number of the wrong shape."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person_identifier


@rule(
    "EH-239",
    about=[person_identifier.type, person_identifier.value],
    severity="error",
    applies=(
        "SELECT 1 FROM person_identifier WHERE type IN ('upn', 'former_upn') LIMIT 1",
        "no pupil number is in any extract",
    ),
)
def pupil_number_shape() -> str:
    """The unique pupil number has the wrong shape, or its first letter does not fit the digits. Copy it again."""
    return """
        SELECT row_id, NULL AS team FROM (
            SELECT row_id, upper(value) AS upn, list_sum(list_transform(
                range(2, 14), lambda place: place * CASE
                    WHEN substr(upper(value), place, 1) BETWEEN '0' AND '9' THEN TRY_CAST(substr(value, place, 1) AS INTEGER)
                    ELSE strpos('ABCDEFGHJKLMNPQRTUVWXYZ', substr(upper(value), place, 1)) - 1 END
            )) % 23 AS remainder
            FROM person_identifier WHERE type IN ('upn', 'former_upn')
        ) WHERE NOT regexp_full_match(upn, '[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]')
        OR left(upn, 1) <> substr('ABCDEFGHJKLMNPQRTUVWXYZ', CAST(remainder AS INTEGER) + 1, 1)
    """


pupil_number_shape.passes(
    person_identifier=[
        {"person_id": "A", "type": "upn", "value": "A123456789012"},
        {"person_id": "A", "type": "nhs_number", "value": "12"},
    ],
)
pupil_number_shape.fails(
    person_identifier=[
        {"person_id": "A", "type": "upn", "value": "B123456789012"},
    ],
)
pupil_number_shape.fails(
    person_identifier=[
        {"person_id": "A", "type": "upn", "value": "A12345"},
    ],
)
