"""What rules on addresses have in common: what one address lacks that nearly all others of its system have."""

from __future__ import annotations

from earlyhelp.standard import Column

NEARLY_ALL = 0.9


def address_without(column: Column) -> str:
    """SQL for the people with an address and without what the column tells of it, in a system that tells it of nearly all."""
    name = column.column_name
    return f"""
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT source_system FROM person WHERE address_line IS NOT NULL AND is_duplicate_of IS NULL
            GROUP BY ALL HAVING count({name}) >= {NEARLY_ALL} * count(*)
        ) USING (source_system) WHERE address_line IS NOT NULL AND {name} IS NULL AND is_duplicate_of IS NULL
    """
