"""Saved maps: written in one order, read back the same, without data, and told with their line where they are wrong."""

from __future__ import annotations

import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.mapping import SavedList, SavedMap, SavedMaps, known_sources, read_map, read_maps, write_map
from earlyhelp.ingest.mapping.as_source import as_source, lacking
from earlyhelp.ingest.mapping.map_files import may_be_saved, text_of
from earlyhelp.sources import SOURCES, MadeKey, PersonOf
from earlyhelp.standard import contact, eh_episode, person, person_identifier, service_delivered

CASES = SavedList(
    "Cases",
    eh_episode,
    {
        "Child": (eh_episode.person_key, person.person_key, person.source_person_id),
        "UPN": (person_identifier.value,),
        "Opened": (eh_episode.start_date,),
        'Why "closed"': (eh_episode.end_reason_code,),
        "Notes": (),
    },
    {eh_episode.team: "North"},
)
WORDS = {eh_episode.end_reason_code: {"All done": "outcomes_met", "Zorg": ""}}
SAVED = SavedMap("tracker", (CASES,), WORDS)


def test_a_map_is_read_as_it_was_written(tmp_path):
    path = write_map(SAVED, tmp_path)
    read = read_map(path)
    assert (read.name, read.lists, read.words, read.version) == ("tracker", (CASES,), WORDS, 1)


def test_a_map_is_written_again_only_where_it_changed(tmp_path):
    first = write_map(SAVED, tmp_path).read_text("utf-8")
    assert write_map(SAVED, tmp_path).read_text("utf-8") == first
    more = SAVED.with_words({eh_episode.end_reason_code: {"Gone away": "moved"}})
    second = write_map(more, tmp_path).read_text("utf-8")
    changed = set(second.splitlines()) ^ set(first.splitlines())
    assert changed == {"version = 1", "version = 2", '"Gone away" = "moved"'}


def test_the_order_in_which_words_were_met_does_not_show():
    one = SAVED.with_words({contact.source_code: {"b": "6", "a": "2A"}})
    other = (
        SavedMap("tracker").with_words({contact.source_code: {"a": "2A", "b": "6"}}).with_words(WORDS).with_list(CASES)
    )
    assert text_of(one) == text_of(other)


def test_a_code_once_given_is_not_lost_when_the_word_is_met_again():
    again = SAVED.with_words({eh_episode.end_reason_code: {"ALL DONE": "", "zorg": "other"}})
    assert again.words[eh_episode.end_reason_code] == {"All done": "outcomes_met", "Zorg": "other"}


@pytest.mark.parametrize(
    "value", ["Ann Leeworth", "01/02/2010", "1234567890", "a@b.org", "Mr Bell", "x" * 80, "two\nlines"]
)
def test_what_may_speak_about_a_person_is_never_written(value, tmp_path):
    assert not may_be_saved(value)
    path = write_map(SAVED.with_words({contact.source_code: {value: "6"}}), tmp_path)
    assert value not in path.read_text("utf-8")


MAP = 'name = "tracker"\n[[list]]\ntitle = "Cases"\ntable = "eh_episode"\n[list.columns]\n"Opened" = ["eh_episode.start_date"]\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('name = "tracker"\n[[list\n', "line 2", "not written as maps are"),
        (MAP.replace("start_date", "begin"), "line 6", "no column eh_episode.begin"),
        (MAP.replace('"eh_episode"', '"episodes"'), "line 4", "no table episodes"),
        (MAP.replace("tracker", "A map!"), "line 1", "name"),
        (MAP + '[words."contact.source_code"]\n"Bobby" = "99"\n', "line 8", "'99' is not a code"),
        (MAP + '[words."contact.team"]\n"x" = "y"\n', "line 7", "takes no codes"),
        (MAP.replace('["eh_episode.start_date"]', "3"), "line 6", "not a list of columns"),
        ('name = "tracker"\nformat = 9\n', "line 2", "format"),
        ('name = "tracker"\n', "line 1", "no list"),
        ('name = "tracker"\nlist = 3\n', "line 2", "list"),
    ],
)
def test_a_mistake_in_a_map_is_told_with_its_line_and_what_to_do(text, line, said, tmp_path):
    path = tmp_path / "tracker.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_map(path)
    assert line in refused.value.where
    assert said in refused.value.error
    assert refused.value.fix


def test_a_map_that_is_no_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00name")
    for name in ("x.toml", "none.toml"):
        with pytest.raises(InputRefused):
            read_map(tmp_path / name)
    assert read_maps(tmp_path / "nowhere").by_name == {}


def test_a_map_is_a_source_like_any_other():
    source = as_source(SAVED)
    [part] = source.parts
    episode = part.fills[0]
    assert episode.cells[eh_episode.person_key] == PersonOf("Child")
    assert isinstance(episode.cells[eh_episode.episode_id], MadeKey)
    assert {fill.table.table_name for fill in part.fills} == {"eh_episode", "person", "person_identifier"}
    assert set(part.needed) == {"Child", "Opened"}


def test_a_list_without_what_its_rows_need_is_no_part():
    bare = SavedList("Cases", eh_episode, {"Child": (eh_episode.person_key,)})
    assert eh_episode.start_date in lacking(bare)
    assert as_source(SavedMap("tracker", (bare,))).parts == ()


def test_rows_without_a_number_are_known_by_whom_they_are_about_and_their_day_or_else_by_what_they_need_besides():
    def key(**columns):
        told = {heading: (service_delivered.columns[column],) for heading, column in columns.items()}
        [part] = as_source(SavedMap("art", (SavedList("clients", service_delivered, told),))).parts
        return part.fills[0].cells[service_delivered.delivery_id]

    asked = {"Client": "person_key", "Course": "service_id"}
    assert key(**asked, Began="start_date").headings == ("Client", "Began")
    assert key(**asked).headings == ("Client", "Course")


def test_a_map_named_after_a_known_source_adds_its_list_to_that_source():
    maps = SavedMaps({"ssd": SavedMap("ssd", (CASES,))})
    known = known_sources(maps)
    assert known["ssd"].parts[0].title == "Cases"
    assert len(known["ssd"].parts) == len(SOURCES["ssd"].parts) + 1
    assert set(known) == set(SOURCES)


def test_the_mark_of_a_map_changes_with_what_it_says_and_not_with_how_often_it_was_saved():
    def mark(saved):
        return SavedMaps({"tracker": saved}).fingerprint("tracker")

    assert mark(SAVED) == mark(SavedMap("tracker", (CASES,), WORDS, version=7))
    assert mark(SAVED) != mark(SAVED.with_words({eh_episode.end_reason_code: {"Zorg": "other"}}))
    assert SavedMaps().fingerprint("tracker") == ""
