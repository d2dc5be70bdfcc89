"""What is said before a map is accepted that would mislead."""

from __future__ import annotations

import pytest

from earlyhelp.ingest.mapping import SavedList
from earlyhelp.ingest.mapping.doubts import DOUBTS, doubts_of
from earlyhelp.ingest.mapping.saved import SavedScore
from earlyhelp.standard import TABLES, eh_episode, service_delivered

CASES = {
    "Case": (eh_episode.episode_id,),
    "Opened": (eh_episode.start_date,),
    "Reason": (eh_episode.end_reason_code,),
    "Clsd": (),
}


def test_reasons_without_a_day_of_closing_are_told_and_so_is_the_day_that_nothing_reads():
    first, second = doubts_of(SavedList("cases", eh_episode, CASES), ["Opened", "Clsd"])
    assert "eh_episode.end_date" in first
    assert second == "Days that nothing is read of stand under Clsd."


def test_nothing_is_said_of_a_list_that_tells_both_or_that_is_not_read():
    told = {**CASES, "Clsd": (eh_episode.end_date,)}
    assert list(doubts_of(SavedList("cases", eh_episode, told), ["Opened", "Clsd"])) == []
    assert list(doubts_of(SavedList("lookup", eh_episode, dict.fromkeys(CASES, ())), ["Clsd"])) == []


def test_a_day_of_scores_is_read():
    scored = SavedList(
        "clients",
        service_delivered,
        {"Client": (service_delivered.person_key,), "SDQ": (), "Seen": ()},
        scores={"SDQ": SavedScore("SDQ", "Total difficulties", "Seen")},
    )
    assert list(doubts_of(scored, ["Seen"])) == []


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda each: each.untold.column_name)
def test_every_doubt_is_about_one_table_and_is_said_where_its_column_alone_is_missing(doubt):
    table = TABLES[doubt.untold.table_name]
    assert {each.table_name for each in doubt.told} == {table.table_name}
    [said] = doubts_of(SavedList("list", table, {"A": doubt.told[:1]}), [])
    assert str(doubt.untold) in said
