"""EH-308: a number that holds from a day which is most others' day with day and month the other way round.

Pupil numbers hold from the first of September, as a rule; the ninth of January is that day in the other order.
"""

from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import swapped
from earlyhelp.standard import person_identifier


@rule("EH-308", about=[person_identifier.valid_from, person_identifier.type], severity="warning")
def number_from_unusual_day() -> str:
    """Most numbers of this kind hold from one day of the year, and this one from it with day and month swapped. Look it up."""
    return f"""
        WITH held AS (
            SELECT row_id, source_system, type, strftime(valid_from, '%m-%d') AS day, {swapped("valid_from")} AS other
            FROM person_identifier WHERE valid_from IS NOT NULL
        ), told AS (
            SELECT source_system, type, day, count(*) AS numbers FROM held GROUP BY ALL
        ), usual AS (
            SELECT source_system, type, day AS most FROM told
            QUALIFY numbers >= 10 AND numbers > 0.5 * sum(numbers) OVER (PARTITION BY source_system, type)
        )
        SELECT row_id, NULL AS team FROM held JOIN usual USING (source_system, type) WHERE strftime(other, '%m-%d') = most
    """


_OTHERS: list[dict[str, str | None]] = [
    {"person_id": f"P{n}", "type": "upn", "value": f"V{n}", "valid_from": f"20{n}-09-01", "source_system": "ssd"}
    for n in range(10, 20)
]
_ONE: dict[str, str | None] = {"person_id": "A", "type": "upn", "value": "W", "valid_from": "2020-01-09"}
number_from_unusual_day.passes(
    person_identifier=[
        *_OTHERS,
        {**_ONE, "source_system": "police"},
        {**_ONE, "type": "nhs_number", "source_system": "ssd"},
        {**_ONE, "valid_from": "2020-03-04", "source_system": "ssd"},
    ]
)
number_from_unusual_day.fails(person_identifier=[*_OTHERS, {**_ONE, "source_system": "ssd"}])
