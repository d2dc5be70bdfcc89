"""What rules on addresses have in common: what an address lacks, whose family is scattered, and who lives in care."""

from __future__ import annotations

from earlyhelp.standard import Column

NEARLY_ALL = 0.9
SCATTERED = """
    SELECT family_id FROM person WHERE family_id IS NOT NULL AND is_duplicate_of IS NULL
    GROUP BY family_id HAVING min(postcode) <> max(postcode)
"""
"""SQL for the families of whose members more than one postcode is told."""
IN_CARE = "SELECT person_id FROM social_care_event WHERE type = 'looked_after' AND end_date IS NULL"
"""SQL for the people who are looked after now, and so live elsewhere."""


def address_without(column: Column) -> str:
    """SQL for the people with an address and without what the column tells of it, in a system that tells it of nearly all."""
    name = column.column_name
    return f"""
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT source_system FROM person WHERE address_line IS NOT NULL AND is_duplicate_of IS NULL
            GROUP BY ALL HAVING count({name}) >= {NEARLY_ALL} * count(*)
        ) USING (source_system) WHERE address_line IS NOT NULL AND {name} IS NULL AND is_duplicate_of IS NULL
    """
