"""A saved map as a source: its lists are parts like any other, so that a mapped file loads, is accounted for and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from earlyhelp.ingest.mapping.headings import meanings
from earlyhelp.ingest.mapping.map_files import SavedMaps
from earlyhelp.ingest.mapping.people_of_a_row import CHILD, HOME, SIBLING, first_heading, joined, of_person, who
from earlyhelp.ingest.mapping.saved import AS_WRITTEN, SavedList, SavedMap, SavedOutcome, SavedPerson
from earlyhelp.ingest.mapping.whole_names import WHOLE_NAME, family_part, given_part
from earlyhelp.ingest.values import NO_OR_UNKNOWN, read_boolean
from earlyhelp.sources import (
    SOURCES,
    Cell,
    Fill,
    Fixed,
    Heading,
    KeyOf,
    MadeKey,
    OwnNumber,
    Part,
    PersonOf,
    Read,
    Source,
)
from earlyhelp.sources.identifiers import pupil_number
from earlyhelp.standard import (
    TABLES,
    Column,
    Date,
    Table,
    eh_episode,
    eh_need,
    eh_outcome,
    eh_review,
    eh_score,
    family_member,
    person,
    person_identifier,
)

_FORMATS = ("csv", "txt", "xlsx", "xlsm", "xls", "parquet")


def known_sources(maps: SavedMaps) -> Mapping[str, Source]:
    """Every source that can be read, by name: the published ones and the council's own, whose lists are looked at first."""
    mapped = {name: as_source(saved) for name, saved in maps.by_name.items() if saved.lists}
    return mapped | {name: source for name, source in SOURCES.items() if name not in mapped}


def as_source(saved: SavedMap) -> Source:
    """The source that a map declares; a map with the name of a known source adds its lists to that source's."""
    parts = tuple(part for each in saved.lists if (part := part_of(each, saved.name)))
    if saved.name in SOURCES:
        return replace(SOURCES[saved.name], parts=(*parts, *SOURCES[saved.name].parts))
    return Source(saved.name, f"Saved map {saved.name}", "the council", "mapped by the council", _FORMATS, parts)


def lacking(told: SavedList) -> list[Column]:
    """The columns without which no row of a list can be placed, and which nothing fills."""
    cells = _own_cells(_rows_of(told)[0].told, "")
    return [column for column in told.table.withholding if column not in cells]


def part_of(told: SavedList, name: str) -> Part | None:
    """A saved list as a part of a source; None while something it needs is not filled."""
    if lacking(told):
        return None
    first, *others = _rows_of(told)
    own = _own_cells(first.told, name)
    scored = told if others else first.told  # of a row with several children the scores are the family's
    side_by_side = [*_scores(scored, name), *_needs(first.told, name), *_reviews(first.told, name)]
    fills = [Fill(told.table, own), *side_by_side, *_beside(first, name)]
    for each in others:
        fills += [Fill(told.table, _own_cells(each.told, name), when=each.when), *_beside(each, name)]
    fills += [fill for one in told.people if one.role != CHILD for fill in _of_member(told, one, name)]
    made_of = joined(told)
    needed = [heading for column in told.table.withholding for heading in _behind(own[column])]
    needed = [made_of[heading].headings[0] if heading in made_of else heading for heading in needed]
    headings = tuple(Heading(heading) for heading in told.columns)
    return Part(told.title, headings, tuple(fills), tuple(dict.fromkeys(needed)), joined=made_of)


@dataclass(frozen=True)
class _Row:
    """What a row of a list says of one of its children, as if the list told of that child alone.

    `when`: the heading under which something stands where there is such a child; "" for the first, or where there is but one.
    """

    told: SavedList
    when: str = ""


def _rows_of(told: SavedList) -> list[_Row]:
    """What a list says of each of its children; all it says, where it tells of one."""
    children = [each for each in told.people if each.role == CHILD]
    if not children:
        return [_Row(told)]
    first, *others = [_Row(of_person(told, each), first_heading(each)) for each in children]
    # the number of a record names it once: further children's records of the same row have numbers made for them
    key = told.table.key[0]
    return [replace(first, when=""), *(replace(each, told=_without(each.told, key)) for each in others)]


def _without(told: SavedList, column: Column) -> SavedList:
    columns = {
        heading: tuple(each for each in filled if each is not column) for heading, filled in told.columns.items()
    }
    return replace(told, columns=columns)


def _beside(row: _Row, name: str) -> list[Fill]:
    """The fills of tables beside the list's own for what a row says of a child."""
    fills = [fill for table in _further_tables(row.told) for fill in _further(row.told, table, name)]
    return [replace(fill, when=row.when) for fill in fills] if row.when else fills


def _of_member(told: SavedList, one: SavedPerson, name: str) -> list[Fill]:
    """Somebody of the family whom a row is not about: the person, and the member where the list tells which family that is."""
    home = replace(told, columns=_of_the_home(told), table=person, fixed={})
    cells = _cells(of_person(home, one), person, name)
    if one.role in _IS_CHILD:
        cells[person.is_child] = Fixed(_IS_CHILD[one.role])
    fills = [Fill(person, cells, when=first_heading(one))]
    if family := _heading_for(told, "family_key"):
        member: dict[Column, Cell] = {family_member.family_key: family, family_member.person_key: PersonOf(who(one))}
        fills.append(Fill(family_member, {**member, family_member.role: Fixed(one.role)}, when=first_heading(one)))
    return fills


_IS_CHILD = {SIBLING: "true", **dict.fromkeys(("parent", "carer", "partner", "grandparent"), "false")}
"""What a role in the family says of whether somebody is a child; "other" says nothing."""


def _of_the_home(told: SavedList) -> dict[str, tuple[Column, ...]]:
    return {heading: tuple(each for each in filled if each in HOME) for heading, filled in told.columns.items()}


def _own_cells(told: SavedList, name: str) -> dict[Column, Cell]:
    """What fills the list's own table. Of a list of scores or of reviews side by side that is the first of them."""
    if first := _own_score(told):
        return _score_cells(told, first, name)
    if first := _own_review(told):
        return _review_cells(told, first, name)
    return _cells(told, told.table, name)


def _own_score(told: SavedList) -> str:
    """The first heading of scores, where each row of the list is scores and nothing else; else ""."""
    filled = {column for columns in told.columns.values() for column in columns}
    return next(iter(told.scores), "") if told.table is eh_score and eh_score.score not in filled else ""


def _scores(told: SavedList, name: str) -> list[Fill]:
    """A row for each score under each heading of scores; where none stands there is no row."""
    own = _own_score(told)
    cells = {heading: _score_cells(told, heading, name) for heading in told.scores if heading != own}
    return [Fill(eh_score, each, when=heading) for heading, each in cells.items() if eh_score.score_id in each]


def _score_cells(told: SavedList, heading: str, name: str) -> dict[Column, Cell]:
    """A score: whose and of which episode the row is, and of what tool and day the heading is said to be."""
    score = told.scores[heading]
    whose = {column: _heading_for(told, column.column_name) for column in _WHOSE}
    cells: dict[Column, Cell] = {column: _cell(column, where, ()) for column, where in whose.items() if where}
    by = next((where for where in whose.values() if where), "")
    if by:
        cells[eh_score.score_id] = MadeKey((by, score.date), label=f"{score.tool} {score.domain} of {name}")
    cells |= {eh_score.tool: Fixed(score.tool), eh_score.domain: Fixed(score.domain)}
    return cells | {eh_score.score: heading, eh_score.score_date: score.date}


_WHOSE = (eh_score.person_key, eh_score.family_key, eh_score.episode_id)
"""Of whom a score is, the nearest first."""


def _needs(told: SavedList, name: str) -> list[Fill]:
    """A need of the row's episode for each heading of needs under which a yes, or the need itself, stands.

    Of a row with several children the needs are the family's, and stand in the episode of the first.
    """
    own = _cells(told, told.table, name)
    day = own.get(eh_episode.start_date)
    if told.table is not eh_episode or not isinstance(day, str) or lacking(told):
        return []
    whose = {eh_need.person_key: own[eh_episode.person_key], eh_need.episode_id: own[eh_episode.episode_id]}
    if eh_episode.family_key in own:
        whose[eh_need.family_key] = own[eh_episode.family_key]
    by = (*_behind(own[eh_episode.person_key]), day)
    return [
        Fill(
            eh_need,
            {
                **whose,
                eh_need.need_id: MadeKey((*by, heading), label=_need_label(heading, name)),
                eh_need.framework: Fixed("SF2022"),
                eh_need.need_code: heading if code == AS_WRITTEN else Read(heading, _code_of_a_yes(code)),
                eh_need.identified_date: day,
            },
            when=heading,
            unless=NO_OR_UNKNOWN,
        )
        for heading, code in told.needs.items()
    ] + [_outcome(heading, each, name) for heading, each in told.outcomes.items()]


def _need_label(heading: str, name: str) -> str:
    return f"need under {heading} of {name}"


def _outcome(heading: str, told: SavedOutcome, name: str) -> Fill:
    """What became of a need; it hangs on the need, and so makes no row where there was none."""
    cells: dict[Column, Cell] = {eh_outcome.need_id: KeyOf(_need_label(told.need, name)), eh_outcome.status: heading}
    return Fill(eh_outcome, {**cells, **({eh_outcome.achieved_date: told.date} if told.date else {})}, when=heading)


def _reviews(told: SavedList, name: str) -> list[Fill]:
    """A review of the row's episode for each heading of their days under which anything with a number stands.

    Of a row with several children the reviews are the family's, and stand in the episode of the first.
    """
    if told.table not in (eh_episode, eh_review) or lacking(told):
        return []
    further = [heading for heading in told.reviews if heading != _own_review(told)]
    return [Fill(eh_review, _review_cells(told, each, name), when=each, unless=_NO_DAY) for each in further]


def _own_review(told: SavedList) -> str:
    """The first heading of reviews, where each row of the list is the reviews of an episode and nothing else; else ""."""
    return next(iter(told.reviews), "") if told.table is eh_review else ""


def _review_cells(told: SavedList, heading: str, name: str) -> dict[Column, Cell]:
    """A review: of which episode the row is, and of what kind and day the heading is said to be.

    The one that is the row's own is there without a day, too, so that the others of its row are kept; it is in no count then.
    """
    review = told.reviews[heading]
    own = _cells(told, told.table, name)
    key = own.get(eh_episode.episode_id if told.table is eh_episode else eh_review.episode_id)
    if key is None:
        return {}
    of = key.label if isinstance(key, MadeKey) else ""
    by, day = () if of else _behind(key), () if heading == _own_review(told) else (heading,)
    return {
        eh_review.review_id: MadeKey((*by, *day), label=f"review under {heading} of {name}", of=of),
        eh_review.episode_id: KeyOf(of) if of else key,
        eh_review.type: Fixed(review.kind),
        review.day: heading,
    }


_NO_DAY = "[^0-9]*"
"""What holds no number is no day: cancelled, TBC, did not attend."""


def _code_of_a_yes(code: str) -> Callable[[str], str | None]:
    return lambda text: code if read_boolean(text)[0] else None


def _further_tables(told: SavedList) -> list[Table]:
    named = {column.table_name for columns in told.columns.values() for column in columns} - {told.table.table_name}
    return [table for name, table in TABLES.items() if name in named]


def _further(told: SavedList, table: Table, name: str) -> list[Fill]:
    """The fills of a table beside the list's own, where its key and day are told."""
    who = _heading_for(told, "person_key")
    if table is person_identifier:
        headings = [h for h, columns in told.columns.items() if person_identifier.value in columns]
        return [_number(who, heading) for heading in headings] if who else []
    cells = _cells(told, table, name)
    if table is eh_outcome and told.table is eh_need:  # what became of the row's own need
        need = _cells(told, eh_need, name).get(eh_need.need_id, "")
        cells[eh_outcome.need_id] = KeyOf(need.label) if isinstance(need, MadeKey) else need
    if any(column not in cells for column in _without_which_nothing(table)):
        return []
    telling = table.day or (eh_outcome.status if table is eh_outcome else None)
    when = _behind(cells[telling]) if telling in cells else ()
    return [Fill(table, cells, when=when[0] if when else "")]


def _without_which_nothing(table: Table) -> tuple[Column, ...]:
    """What a row of a further table must have to say anything: its key, its day, and of a score the score."""
    return (*table.withholding, *([eh_score.score] if table is eh_score else []))


def _number(who: str, heading: str) -> Fill:
    if "nhs" not in meanings(heading):
        return pupil_number(who, heading)
    cells: dict[Column, Cell] = {
        person_identifier.person_key: PersonOf(who),
        person_identifier.type: Fixed("nhs_number"),
        person_identifier.value: heading,
    }
    return Fill(person_identifier, cells, when=heading)


def _cells(told: SavedList, table: Table, name: str) -> dict[Column, Cell]:
    """What fills each column of a table: a heading, a fixed value, the person's pseudonym, or a made key."""
    cells: dict[Column, Cell] = {column: text and Fixed(text) for column, text in told.fixed.items() if text}
    cells = {column: cell for column, cell in cells.items() if column.table_name == table.table_name}
    for heading, columns in told.columns.items():
        for column in columns:
            if column.table_name == table.table_name:
                cells.setdefault(column, _cell(column, heading, columns))
    who = _heading_for(told, "person_key")
    if who and "person_key" in table.columns:
        cells.setdefault(table.columns["person_key"], PersonOf(who))
    if who and table is person:  # without a number of theirs, people have their key: a name must not stand in its place
        cells.setdefault(person.source_person_id, PersonOf(who))
    if table is family_member and (family := _heading_for(told, "family_key")):
        cells.setdefault(family_member.family_key, family)
    key = table.key[0]
    if key not in cells and (made := _made_key(table, cells, name)):
        cells[key] = made
    elif own := _own_number(table, cells):
        cells[key] = own
    return cells


def _own_number(table: Table, cells: Mapping[Column, Cell]) -> OwnNumber | None:
    """The number of a record, made each person's own: siblings may stand under the number of their family's case."""
    number, whom = cells.get(table.key[0]), cells.get(table.columns.get("person_key", table.key[0]))
    day = next(_headings_of([table.day] if table.day else [], cells), None)
    if not isinstance(number, str) or not isinstance(whom, PersonOf):
        return None
    return OwnNumber(number, whom.heading, day or number)


def _cell(column: Column, heading: str, filled: Sequence[Column]) -> Cell:
    """What a heading gives a column: its text, a pseudonym, or of a whole name the part. `filled`: all that it fills."""
    if column.column_name == "person_key":
        return PersonOf(heading)
    if column in WHOLE_NAME and set(WHOLE_NAME) <= set(filled):
        return Read(heading, given_part if column is person.forename else family_part)
    return heading


def _made_key(table: Table, cells: Mapping[Column, Cell], name: str) -> MadeKey | None:
    """A key from whom the row is about and its day, for a list whose rows have no number of their own.

    Where it tells no day, from whom it is about and what else the table needs: who took part in which service. What is the same
    on every row stands in the key's name.
    """
    about = [table.columns[each] for each in ("person_key", "episode_id", "family_key") if each in table.columns]
    days = [column for column in (*table.withholding, *table.columns.values()) if column.type is Date]
    needed = [column for column in table.withholding if column not in (*about, *days, table.key[0])]
    whom = next(_headings_of(about, cells), None)
    day = next(_headings_of(days, cells), None) or next(_headings_of(needed, cells), None)
    same = [cells.get(column) for column in needed]
    of_one = bool(same) and all(isinstance(each, Fixed) for each in same)
    if table.key[0].column_name in ("person_key", "family_key") or not whom or not (day or of_one):
        return None
    label = " ".join([f"{table.table_name} of {name}", *(each.value for each in same if isinstance(each, Fixed))])
    return MadeKey((whom, day) if day else (whom,), label=label)


def _headings_of(columns: Sequence[Column], cells: Mapping[Column, Cell]) -> Iterator[str]:
    """The headings behind those of the columns that are filled."""
    return (heading for column in columns if column in cells for heading in _behind(cells[column]))


def _behind(cell: Cell) -> tuple[str, ...]:
    """The headings a cell is made of."""
    if isinstance(cell, str):
        return (cell,)
    if isinstance(cell, MadeKey):
        return cell.headings
    return (cell.heading,) if isinstance(cell, PersonOf | OwnNumber) else ()


def _heading_for(told: SavedList, column_name: str) -> str:
    """The heading that fills a column of that name in any table."""
    found = (heading for heading, columns in told.columns.items() for c in columns if c.column_name == column_name)
    return next(found, "")
