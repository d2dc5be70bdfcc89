"""Which column points to which table. A column's name says it: each is declared once and holds in every table."""

from __future__ import annotations

from earlyhelp.standard.columns import TABLES, Column, Table
from earlyhelp.standard.early_help import contact, eh_episode, eh_need
from earlyhelp.standard.partners import school
from earlyhelp.standard.people import family_member, feed, person, person_link
from earlyhelp.standard.places import place
from earlyhelp.standard.services import service, worker

REFERENCES: dict[str, Column] = {
    "feed_id": feed.feed_id,
    "person_key": person.person_key,
    "is_duplicate_of": person.person_key,
    "person_id": person_link.person_id,
    "family_key": family_member.family_key,
    "contact_id": contact.contact_id,
    "episode_id": eh_episode.episode_id,
    "need_id": eh_need.need_id,
    "service_id": service.service_id,
    "worker_id": worker.worker_id,
    "lead_practitioner_id": worker.worker_id,
    "school_urn": school.school_urn,
    "lsoa": place.lsoa,
}


def reference(column: Column) -> Column | None:
    """The column of another row that a value here points to; None where it points nowhere, or is itself the target."""
    target = REFERENCES.get(column.column_name)
    return None if target is column else target


def references(table: Table) -> dict[Column, Column]:
    """The columns of a table that point elsewhere, each with the column it points to."""
    return {column: target for column in table.columns.values() if (target := reference(column))}


def names_one_row(target: Column) -> bool:
    """True when the column alone is the key of its table, so that a value points to one row and no more."""
    return TABLES[target.table_name].key == (target,)
