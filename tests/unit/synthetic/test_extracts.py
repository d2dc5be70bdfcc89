"""What is planted is found where it is said to be, nothing else differs, and intake sets aside just what it must."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from earlyhelp.pipeline import load
from earlyhelp.sources import SOURCES
from earlyhelp.store.workspace import create_workspace
from earlyhelp.synthetic.extracts import write_extracts
from earlyhelp.synthetic.faults import FAULTS, CellFault
from staged import RECEIVED_ON, feeds_of
from unit.synthetic.extracts_council import SEED, SYSTEMS, read_all, true_records

MESS = 4.0
COUNTED = {"fami_table_id", "link_table_id"}
"""Numbers of rows, which follow the rows there are."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The same council without mess and with much of it: folder and what was planted."""
    folders = {mess: tmp_path_factory.mktemp(f"mess{int(mess)}") for mess in (0.0, MESS)}
    return {
        mess: (folder, write_extracts(true_records(), folder, SEED, mess, systems=SYSTEMS, processes=1))
        for mess, folder in folders.items()
    }


@pytest.fixture(scope="module")
def clean(written):
    return read_all(written[0.0][0])


@pytest.fixture(scope="module")
def messy(written):
    return read_all(written[MESS][0])


@pytest.fixture(scope="module")
def planted(written):
    return written[MESS][1].faults.to_pylist()


def test_nothing_is_planted_without_mess(written):
    assert written[0.0][1].faults.num_rows == 0


def test_every_planted_cell_holds_what_is_said_to_have_become_of_it(messy, planted):
    last = {(p["file"], p["part"], p["row"], p["heading"]): p["became"] for p in planted if p["row"] and p["heading"]}
    assert last
    for (file, part, row, heading), became in last.items():
        assert messy[file, part].rows[row].get(heading, "") == became


def test_of_several_kinds_of_row_in_one_file_each_fault_is_told_by_the_row_of_the_file(messy, planted):
    file = "mosaic/mosaic_2026-03-31/mosaic workflow steps.csv"
    [title] = [part for name, part in messy if name == file]
    told = [p for p in planted if p["file"] == file]
    assert {p["part"] for p in told} == {title}
    kinds = {messy[file, title].rows[p["row"]].get("Step type") for p in told if p["row"]}
    assert len({kind for kind in kinds if kind}) > 3


def test_a_file_is_written_in_one_way_and_bears_one_line_of_headings(planted):
    """What happens to a whole file is told once, though its rows are of several kinds."""
    whole = Counter((p["file"], p["part"], p["fault"]) for p in planted if p["row"] is None and not p["record"])
    assert whole
    assert set(whole.values()) == {1}


def test_every_row_that_was_repeated_stands_below_its_like(messy, planted):
    cells = {(p["file"], p["part"], p["row"]) for p in planted if p["heading"]}
    repeated = [(p["file"], p["part"], p["row"]) for p in planted if p["fault"] == "row repeated"]
    assert repeated
    for file, part, row in repeated:
        if not cells & {(file, part, row), (file, part, row - 1)}:
            assert messy[file, part].rows[row] == messy[file, part].rows[row - 1]


def test_every_other_heading_is_found_in_the_file(messy, planted):
    told = [p for p in planted if p["row"] is None and p["heading"]]
    assert told
    for each in told:
        assert each["heading"] in messy[each["file"], each["part"]].headings


def _mended(rows, changes):
    """The rows with every planted cell put back, the last planted first, without the rows that were added."""
    mended = {number: dict(row) for number, row in rows.items()}
    for each in reversed(changes):
        if each["row"] and each["heading"]:
            mended[each["row"]][each["heading"]] = each["was"]
        elif each["row"]:
            mended.pop(each["row"], None)
    return mended.values()


def _compared(rows, odd_ids, titles):
    """Each row as its cells that are not blank, under their usual headings; without those of people registered twice."""
    found = Counter()
    for row in rows:
        told = {titles.get(name, name): text for name, text in row.items() if text}
        told = {name: text for name, text in told.items() if name not in COUNTED}
        ids = set(told.values()) | {told.get("LAchildID", "")}
        if not ids & odd_ids:
            found[tuple(sorted(told.items()))] += 1
    return found


@pytest.fixture(scope="module")
def odd_ids(written):
    """Every id and key of the people who are registered twice or have the id of somebody else."""
    people = written[MESS][1].registers.people.to_pylist()
    odd = {row["person_key"] for row in people if row["kind"] in ("twice", "reused")}
    taken = {row["id"] for row in people if row["kind"] == "reused"}
    return {
        row[name]
        for row in people
        if row["person_key"] in odd or row["id"] in taken
        for name in ("id", "usual_id", "key")
    }


def test_nothing_differs_but_what_is_planted(clean, messy, planted, odd_ids):
    assert clean.keys() == messy.keys()
    changes = defaultdict(list)
    for each in planted:
        changes[each["file"], each["part"]].append(each)
    for place, read in clean.items():
        mine = changes[place]
        titles = {p["heading"]: p["was"] for p in mine if p["row"] is None and p["was"]}
        added = {p["heading"] for p in mine if p["fault"] == "column added"}
        rows = [{k: v for k, v in row.items() if k not in added} for row in _mended(messy[place].rows, mine)]
        was, now = _compared(read.rows.values(), odd_ids, {}), _compared(rows, odd_ids, titles)
        late = sum(p["fault"] == "recorded late" for p in mine)
        assert now - was == Counter(), place
        assert (was - now).total() <= late, place


def test_faults_happen_about_as_often_as_declared(written):
    """Of cells that can always be struck: dates with a time, and nothing of it where the fault cannot be."""
    folder, told = written[MESS]
    fault = next(each for each in FAULTS if each.name == "date with a time")
    dates = sum(
        len(text) == 10 and text[2] == text[5] == "/"
        for (file, _), read in read_all(folder).items()
        if file.endswith("xlsx")
        for row in read.rows.values()
        for text in row.values()
    )
    found = sum(p["fault"] == fault.name and p["file"].endswith("xlsx") for p in told.faults.to_pylist())
    expected = fault.rate * MESS * dates
    assert abs(found - expected) < 5 * expected**0.5
    assert not [p for p in told.faults.to_pylist() if p["fault"] == fault.name and p["file"].endswith("xml")]


def _set_aside(root, folder, names="*"):
    workspace = create_workspace(root / "council", "E09000029")
    paths = sorted(path for path in folder.rglob(names) if path.is_file())
    feeds = feeds_of(workspace, load(workspace, paths, RECEIVED_ON))
    return {
        (feed.report["path"].rsplit("/")[-1], part_of(feed, row["part"]), row["row_no"])
        for feed in feeds
        for row in feed.quarantine
    }


def part_of(feed, part):
    """The list as a person would name it; of rows of one kind in a list of several, that of the whole list."""
    name = feed.report["path"].rsplit("/")[-1]
    if any(each.kind for each in SOURCES[feed.report["source"]].parts):
        return name.removesuffix(".csv")
    return part.split("_", 2)[-1] if name.startswith("ssda903") else part


@pytest.mark.parametrize("names", ["*.xml", "*.xlsx", "ssd*.csv", "*e*e*.csv", "*steps.csv"])
def test_without_mess_no_row_is_set_aside(names, written, tmp_path):
    """In one kind of file after another, and of the standard's folder in the larger half."""
    assert _set_aside(tmp_path, written[0.0][0], names) == set()


def test_with_mess_just_the_rows_are_set_aside_of_which_it_is_said(written, planted, tmp_path):
    said = {(p["file"].rsplit("/")[-1], p["part"], p["row"]) for p in planted if p["quarantines"]}
    assert said
    assert _set_aside(tmp_path, written[MESS][0]) == said


def test_a_mistake_that_is_kept_shows_in_every_extract_in_which_the_cell_is_the_same(planted, clean):
    """A local word for a request's source stands in both workbooks that show the request."""
    first, second = (f"annex_a/annex_a_{day}.xlsx" for day in ("2023-06-30", "2023-09-30"))
    mine = [
        p for p in planted if p["fault"] == "local word" and p["part"] == "List_1" and p["heading"] == "Contact Source"
    ]
    words = {file: {p["record"]: p["became"] for p in mine if p["file"] == file} for file in (first, second)}
    both = words[first].keys() & words[second].keys()
    assert both
    assert all(words[first][record] == words[second][record] for record in both)


def test_the_same_seed_writes_the_same_bytes_by_one_process_or_two(tmp_path):
    few = [each for each in SYSTEMS if each.name in ("annex_a", "ssd", "cin_census")]

    def bytes_of(name, processes):
        told = write_extracts(true_records(), tmp_path / name, SEED, 1.0, systems=few, processes=processes)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        return [(path.relative_to(tmp_path / name), path.read_bytes()) for path in files], told.faults

    (one, told), (two, also) = bytes_of("one", 1), bytes_of("two", 2)
    assert one == two
    assert told.equals(also)


def test_every_fault_that_is_declared_happens_somewhere(planted):
    """But for the rarest, for which so small a council may be too small."""
    rare = {each.name for each in FAULTS if isinstance(each, CellFault) and each.rate < 0.001} | {
        "UTF-16",
        "semicolons",
    }
    rare |= {"columns in another order", "number in scientific notation"}
    assert {each.name for each in FAULTS} - {p["fault"] for p in planted} <= rare
