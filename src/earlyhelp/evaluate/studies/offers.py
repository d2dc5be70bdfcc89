"""Offers of help: one row a family and allocated spell of early help, from its time zero, as the records tell.

A family offered nothing has no day of an offer. Were its time to run from allocation, families who stepped up before
anything could be offered would all count against "nothing" (immortal time: Suissa 2008, American Journal of
Epidemiology 167:492-499). So its time zero is as long after allocation as offers usually take, where help was still
open by then.
"""

from __future__ import annotations

import duckdb

CLEAR_DAYS = 730
"""Days without allocated early help before time zero: one family counts once in the time that it is followed for."""
OFFERS = "offer"
"""Name of the temporary table that `make_offers` makes."""
MEMBERS = "offered_member"
"""Name of the temporary table of who belonged to the family of each offer at its time zero: offer, person_id."""
HOMES = "offered_home"
"""Name of the temporary table of where the children of each offer lived at its time zero: offer, lsoa."""

_TELLS_ALLOCATION = (
    "SELECT source_system FROM eh_episode WHERE allocated_date IS NOT NULL OR first_contact_date IS NOT NULL"
)
_HELPED = f"""
    SELECT help.family_id, help.start_date, help.end_date,
           coalesce(
               min(coalesce(episode.allocated_date, episode.first_contact_date)),
               min(episode.start_date) FILTER (episode.source_system NOT IN ({_TELLS_ALLOCATION}))
           ) AS allocated_date
    FROM family_help AS help
    JOIN eh_episode AS episode ON episode.family_id = help.family_id AND episode.start_date >= help.start_date
         AND (help.end_date IS NULL OR episode.start_date <= help.end_date)
    GROUP BY ALL HAVING allocated_date IS NOT NULL
"""
"""Spells of early help that a worker took up. A source system that tells of no allocation at all (returns do not) has its
day of acceptance stand for it; in one that does, a spell without any was never taken up."""
_FIRST_OFFER = """
    SELECT helped.family_id, helped.start_date,
           min(given.offered) AS offered_date, arg_min(given.service_id, (given.offered, given.delivery_id)) AS service_id
    FROM helped JOIN (SELECT *, coalesce(offered_date, service_delivered.start_date) AS offered FROM service_delivered) AS given
      ON given.family_id = helped.family_id AND given.offered >= helped.start_date
         AND (helped.end_date IS NULL OR given.offered <= helped.end_date)
    GROUP BY ALL
"""
_IN_SERVICE = """
    SELECT DISTINCT member.family_id, event.start_date, event.end_date
    FROM social_care_event AS event JOIN family_membership AS member USING (person_id)
    WHERE event.type <> 'referral' AND coalesce(event.nfa, FALSE) = FALSE
"""
_MEMBERS = f"""
    SELECT DISTINCT offer, person_id FROM {OFFERS} JOIN family_membership AS member USING (family_id)
    WHERE (member.from_date IS NULL OR member.from_date <= time_zero) AND (member.to_date IS NULL OR member.to_date > time_zero)
"""
_HOMES = f"""
    SELECT offer, coalesce(arg_max(address.lsoa, (address.valid_from, address.lsoa)), max(profile.lsoa)) AS lsoa
    FROM {OFFERS} JOIN {MEMBERS} USING (offer) JOIN profile USING (person_id)
    LEFT JOIN person_address AS address ON address.person_id = {MEMBERS}.person_id AND address.lsoa IS NOT NULL
         AND address.valid_from <= time_zero AND (address.valid_to IS NULL OR address.valid_to >= time_zero)
    WHERE is_child GROUP BY offer
"""
"""The home last moved to by then; where no dated address of that day is held, the area of the children's own record."""


def make_offers(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `offer`: who may be in a study, from when, and what was offered.

    One row a family and spell of early help: offer (its number), family_id, start_date, end_date, end_reason,
    allocated_date, time_zero, service_id (NULL where nothing was offered), eligible. `offered_member`: one row an offer
    and person. `offered_home`: the small area of the home, of offers to families with a child whose area is known.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE helped AS {_HELPED}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE first_offer AS {_FIRST_OFFER}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE in_service AS {_IN_SERVICE}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {OFFERS} AS {_offers()}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {MEMBERS} AS {_MEMBERS}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {HOMES} AS {_HOMES}")


def _offers() -> str:
    usual = "(SELECT coalesce(median(date_diff('day', allocated_date, offered_date)), 0) FROM first_offer JOIN helped "
    usual += "USING (family_id, start_date) WHERE offered_date >= allocated_date)"
    return f"""
        WITH timed AS (
            SELECT helped.*, first_offer.service_id,
                   coalesce(offered_date, allocated_date + CAST({usual} AS INTEGER)) AS time_zero,
                   lag(allocated_date) OVER (PARTITION BY family_id ORDER BY allocated_date) AS allocated_before
            FROM helped LEFT JOIN first_offer USING (family_id, start_date)
        ),
        stepped AS ( /* a step to a statutory service between acceptance and time zero, or a service open on that day */
            SELECT DISTINCT family_id, timed.start_date FROM timed JOIN in_service USING (family_id)
            WHERE in_service.start_date <= time_zero
            AND (in_service.start_date > timed.start_date OR in_service.end_date IS NULL OR in_service.end_date >= time_zero)
        )
        SELECT row_number() OVER (ORDER BY timed.time_zero, timed.family_id) AS offer, timed.family_id, timed.start_date,
               timed.end_date, timed.allocated_date, timed.time_zero, timed.service_id,
               (allocated_before IS NULL OR date_diff('day', allocated_before, allocated_date) > {CLEAR_DAYS})
               AND (timed.service_id IS NOT NULL OR timed.end_date IS NULL OR timed.end_date > time_zero)
               AND stepped.family_id IS NULL AS eligible
        FROM timed LEFT JOIN stepped ON stepped.family_id = timed.family_id AND stepped.start_date = timed.start_date
    """
