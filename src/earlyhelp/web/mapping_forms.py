"""The forms by which a file of an unknown layout is mapped: what each heading fills, what each word means, the map's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from earlyhelp.ingest.mapping import SavedList, SavedMap, SavedPerson, SavedScore
from earlyhelp.ingest.mapping.as_source import lacking
from earlyhelp.ingest.mapping.map_files import map_in
from earlyhelp.ingest.mapping.saved import LEFT_OPEN, NAME
from earlyhelp.ingest.values import HowWritten
from earlyhelp.standard import (
    TABLES,
    Column,
    contact,
    eh_assessment,
    eh_episode,
    eh_outcome,
    eh_score,
    person,
    person_identifier,
)
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.mapping_date_forms import date_field, how_written
from earlyhelp.web.mapping_side_by_side import (
    JOINED,
    WHOLE,
    beside_in_words,
    columns_joined,
    further_groups,
    need_chosen,
    outcome_chosen,
    person_chosen,
    review_chosen,
    score_chosen,
    score_in_words,
    value_of,
)
from earlyhelp.web.workspace import today

ALSO = (person, person_identifier, contact, eh_assessment, eh_episode)
"""Tables that the rows of another list may fill too."""
SEVERAL_MAY_FILL = (person_identifier.value, eh_score.score_date, eh_outcome.achieved_date)
"""What more than one heading may fill: a pupil number and an NHS number are both numbers of a person; scores and outcomes have
days of their own."""
MOST_WORDS = 60
_NOT_USED = ("", "Do not use this column")
_WHOLE_NAME = (WHOLE, "whole name of person")
SURE, LIKELY = 0.9, 0.6


def words_for(confidence: float) -> str:
    """How sure a suggestion is, in words."""
    if confidence >= SURE:
        return "Almost sure"
    return "Likely" if confidence >= LIKELY else "A guess"


def column_called(name: str) -> Column:
    """A column of the standard by its name. Raises KeyError for one there is not."""
    table, _, column = name.partition(".")
    return TABLES[table].columns[column]


class Columns(PlainForm):
    """What each heading of each list fills. A field a heading, called by its place: headings may hold any sign."""

    def __init__(self, *args: Any, told: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self._draft = map_in(told["draft"], "draft")
        self._placed: dict[str, tuple[str, str]] = {}
        for number, each in enumerate(told["lists"]):
            for place, (heading, about) in enumerate(each["headings"].items()):
                name = f"c_{number}_{place}"
                self._placed[name] = (each["title"], heading)
                within = f"In {each['title']}. " if len(told["lists"]) > 1 else ""
                self.fields[name] = _heading_field(heading, about, each, within)

    def clean(self) -> None:
        """One heading a column, and every column without which rows cannot be placed."""
        wrong: list[tuple[str | None, str]] = []
        for each in self._draft.lists:
            wrong += self._wrong(each)
        if not any(self._list(each).is_read for each in self._draft.lists):
            wrong.append((None, "Nothing is used: choose what at least one column fills."))
        for name, words in wrong:
            self.add_error(name, words)

    def _wrong(self, each: SavedList) -> Iterator[tuple[str | None, str]]:
        """What is wrong with what was said of a list, each with the field that it is about, or none."""
        said = [(name, person_chosen(chosen), columns_chosen(chosen)) for name, chosen in self._chosen(each.title)]
        used = Counter((one, column) for _, one, columns in said for column in columns)
        for name, one, columns in said:
            twice = [column for column in columns if used[one, column] > 1 and column not in SEVERAL_MAY_FILL]
            if twice:
                yield name, f"Two columns cannot both fill {in_words(twice[0])}: choose one of them."
        yield from self._told_twice(each.title)
        made = self._list(each)
        for column in lacking(made) if made.is_read else []:
            yield None, f"List {each.title}: no column fills {in_words(column)}. Without it no row can be placed."

    def _told_twice(self, title: str) -> Iterator[tuple[str, str]]:
        first: dict[SavedScore, str] = {}
        for name, chosen in self._chosen(title):
            score = score_chosen(chosen)
            if score and first.setdefault(score, name) != name:
                yield name, f"Two columns cannot both be {score_in_words(score)}: choose one of them."

    def _chosen(self, title: str) -> list[tuple[str, str]]:
        """The fields of a list with what was chosen in each."""
        placed = self._placed.items()
        return [(name, self.cleaned_data.get(name, "")) for name, (its_list, _) in placed if its_list == title]

    def _list(self, each: SavedList) -> SavedList:
        said = {self._placed[name][1]: chosen for name, chosen in self._chosen(each.title)}
        people: dict[str, dict[str, tuple[Column, ...]]] = {}
        for heading, chosen in said.items():
            if one := person_chosen(chosen):
                people.setdefault(one, {})[heading] = columns_chosen(chosen)
        needs = {heading: code for heading, chosen in said.items() if (code := need_chosen(chosen))}
        outcomes = {heading: told for heading, chosen in said.items() if (told := outcome_chosen(chosen))}
        columns = {heading: () if person_chosen(chosen) else columns_chosen(chosen) for heading, chosen in said.items()}
        filled = {column for one in columns.values() for column in one}
        return replace(
            each,
            columns=columns,
            fixed={column: text for column, text in each.fixed.items() if column not in filled},
            scores={heading: score for heading, chosen in said.items() if (score := score_chosen(chosen))},
            needs=needs,
            outcomes={heading: told for heading, told in outcomes.items() if told.need in needs},
            reviews={heading: review for heading, chosen in said.items() if (review := review_chosen(chosen))},
            people=tuple(SavedPerson(one.split()[0], columns) for one, columns in people.items()),
        )

    def draft(self) -> SavedMap:
        """The map as it is said now; a list of which nothing is used is left out."""
        lists = [self._list(each) for each in self._draft.lists]
        return replace(self._draft, lists=tuple(each for each in lists if each.is_read))


def columns_chosen(chosen: str) -> tuple[Column, ...]:
    """The columns that were chosen for a heading, of a person of the row or of the row itself."""
    return tuple(column_called(each) for each in columns_joined(chosen).split(JOINED) if each)


def in_words(column: Column) -> str:
    """A column as people call it, with its table."""
    return f"{column.column_name} of {column.table_name}".replace("_", " ")


def _heading_field(
    heading: str, about: Mapping[str, Any], its_list: Mapping[str, Any], within: str
) -> forms.ChoiceField:
    """The field of a heading. `within`: a sentence that names its list, empty where the file has one list alone."""
    suggested = value_of(about, JOINED.join(about["columns"]))
    starts_unused = about.get("free_text") or not suggested
    examples = [each for each in about["examples"] if each.strip()]
    seen = f"For example: {'; '.join(each[:60] for each in examples)}. " if examples else "Nothing stands under it. "
    why = f"{words_for(about['confidence'])}: {about['why']}." if suggested else f"No suggestion: {about['why']}."
    further = further_groups(about, its_list["days"], suggested)
    return forms.ChoiceField(
        label=heading,
        help_text=within + seen + why,
        required=False,
        choices=[_NOT_USED, *_groups(suggested, its_list["table"]), *further],
        initial="" if starts_unused else suggested,
        error_messages={"invalid_choice": "Choose one of the list."},
    )


def _suggested_words(suggested: str) -> str:
    """What is suggested, as people call it."""
    columns = " and ".join(map(in_words, columns_chosen(suggested)))
    beside = beside_in_words(suggested)
    return f"{columns}, {beside}" if columns and beside else columns or beside


def _groups(suggested: str, table: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The columns that a heading may fill: what is suggested first, then the list's own table, then others."""
    own = [TABLES[table]] if table in TABLES else []
    tables = [*own, *(each for each in ALSO if each not in own)]
    if suggested:
        yield "Suggested", [(suggested, _suggested_words(suggested))]
    for each in tables:
        columns = [(str(column), in_words(column)) for column in each.columns.values() if _may_be_chosen(column)]
        choices = [_WHOLE_NAME, *columns] if each is person else columns
        yield each.table_name.replace("_", " "), [choice for choice in choices if choice[0] != suggested]


def _may_be_chosen(column: Column) -> bool:
    return column.table_name != "person_identifier" or column is person_identifier.value


class Meanings(PlainForm):
    """What the dates leave open, then what each word without a sure code means, the most frequent first.

    A field a question and a field a word, called by their places. A question about dates must be answered; a word may stay
    open.
    """

    def __init__(
        self, *args: Any, words: Sequence[Mapping[str, Any]], dates: Sequence[Mapping[str, Any]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._words = [each for each in words if each["may_be_saved"]][:MOST_WORDS]
        self._dates = list(dates)
        for place, each in enumerate(self._dates):
            self.fields[f"d_{place}"] = date_field(each, today())
        for place, each in enumerate(self._words):
            self.fields[f"w_{place}"] = _word_field(each)

    @property
    def asks(self) -> bool:
        """Whether there is anything to ask about."""
        return bool(self.fields)

    @property
    def asked_words(self) -> int:
        """How many words are asked about."""
        return len(self._words)

    def said(self) -> dict[Column, dict[str, str]]:
        """By column the words with their codes, empty for those left open."""
        found: dict[Column, dict[str, str]] = {}
        for place, each in enumerate(self._words):
            code = self.cleaned_data.get(f"w_{place}") or LEFT_OPEN
            found.setdefault(column_called(each["column"]), {})[each["value"]] = code
        return found

    def said_of_dates(self) -> dict[tuple[str, str], tuple[HowWritten, ...]]:
        """By list and heading how its dates are written."""
        found: dict[tuple[str, str], tuple[HowWritten, ...]] = {}
        for place, each in enumerate(self._dates):
            said = how_written(self.cleaned_data[f"d_{place}"])
            place_of = (each["list"], each["heading"])
            found[place_of] = (*found.get(place_of, ()), said)
        return found


def _word_field(each: Mapping[str, Any]) -> forms.ChoiceField:
    codes = column_called(each["column"]).code_list
    choices = [(code.code, code.label) for code in codes.values] if codes else []
    return forms.ChoiceField(
        label=f"{each['value']}",
        help_text=_about_word(each),
        required=False,
        choices=[("", "Leave it open"), *choices],
        initial=each["code"] if each["code"] and each["confidence"] >= LIKELY else "",
    )


def _about_word(each: Mapping[str, Any]) -> str:
    rows = f"{each['rows']:,} row{'s' * (each['rows'] != 1)}"
    why = f"{words_for(each['confidence'])}: {each['why']}." if each["code"] else "No suggestion."
    return f"Under {each['heading']}, in {rows}; it fills {in_words(column_called(each['column']))}. {why}"


class Called(PlainForm):
    """What the map is called."""

    name = forms.RegexField(
        NAME,
        label="Name of the map",
        help_text="Small letters, digits and underscores, for example eclipse_cases. The next file of this layout is read by it.",
        error_messages={
            "required": "Give the map a name.",
            "invalid": "Use small letters, digits and underscores, beginning with a letter.",
        },
    )
