"""Which column of the standard each heading of a file fills: proposals with how sure they are and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from earlyhelp.ingest.mapping.headings import likeness, meanings, topic
from earlyhelp.ingest.mapping.saved import SavedOutcome, SavedReview, SavedScore
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.vocabulary import TOPICS
from earlyhelp.ingest.mapping.whole_names import WHOLE_NAME
from earlyhelp.standard import (
    TABLES,
    Column,
    Date,
    Integer,
    Table,
    allocation,
    attendance_period,
    codelists,
    contact,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_outcome,
    exclusion,
    family_member,
    partner_event,
    person,
    person_address,
    person_identifier,
    spend,
)

SURE = 0.9
"""How sure (0 to 1) a column must be to be applied without asking."""
WORTH_SAYING = 0.4
"""Below this nothing is proposed."""
CLOSE = 0.06
"""Two columns or tables whose scores lie closer than this leave it to a person."""
NO_BETTER = 0.02
"""Of two tables whose scores lie closer than this the one that is declared first is proposed."""
DOUBT = 0.85
"""The most a proposal can have that has a close rival."""
MOSTLY_REPEATED = 0.65
"""The share of rows that say again what another says, from which on a heading is hardly the number of the rows."""
KNOWN_NAME = 0.97
"""How alike a heading must be to a name of the column to be worth saying whatever its values are."""
BY_SHAPE = 0.7
"""How sure the look of the values alone can make."""
ASKED = 0.6
"""How sure a day can be that only stands nearest to the one that is wanted."""
_NEAR_START = (
    eh_episode.accepted_date,
    eh_episode.allocated_date,
    eh_episode.first_contact_date,
    eh_episode.plan_start_date,
    eh_episode.request_date,
    eh_assessment.completion_date,
    eh_assessment.start_date,
)
"""Days of an episode and of the assessment before it, the nearest to its start first."""
_NO_START = "no heading tells when the help began, and this day is the nearest to it"
_ABOUT_PEOPLE = (person, person_identifier)
_ALSO: Mapping[Column, tuple[Column, ...]] = {
    person.person_key: (person.source_person_id,),
    person.sex: (person.gender,),
    eh_assessment.organisation: (eh_assessment.org_type,),
    eh_episode.organisation: (eh_episode.org_type,),
    partner_event.event_id: (partner_event.incident_reference,),  # one notice may be about several children
}
"""What a heading fills beside its column."""
_BESIDE = (contact, eh_assessment, eh_episode)
"""Tables of which one row of another list may tell too, where a heading names them."""
_OF_AN_OUTCOME = (eh_outcome.status, eh_outcome.achieved_date, eh_outcome.sustained_to, eh_outcome.validated_measure)

_TELLING = (person.postcode, person.uprn, person_identifier.value)
"""Columns that the look of their values tells as well as a code list does."""
_OF_OTHERS = (allocation, partner_event, attendance_period, exclusion, spend)
"""Tables of what is not a case itself: partners have cases and referrals, too, and who holds a case is another thing."""
_STAFF = meanings("worker staff")
"""Words by which a list of names is called that are not those of the people helped."""
_ON_EVERY_LIST = frozenset({"eh", "support", "plan", "person", "case"})
"""Words by which lists of early help are called whatever their rows are."""
_WHO = ("person_key", "family_key")
_OF_OTHER_ROWS = (*_WHO, "episode_id", "contact_id", "need_id")
"""Numbers of other rows, which lists of anything tell."""
_THE_SAME = (attendance_period.academic_year, attendance_period.term, spend.financial_year, spend.kind)
_SAID_OF_ALL = 0.3
"""What is the same in every row of many lists and stands in none of them, and how much the lack of it says."""
_OF_ANYTHING = meanings("start end date id person name type status created updated number note record family")
"""Words that lists of anything have."""
_NUMBERS_OF_ALL = frozenset({"upn", "nhs"})
"""Numbers that more than one system knows: one that a list knows people by is said of them, too, for others to be linked by."""
_A_NAME = frozenset({"name", "person"})
"""The words of a heading of whole names; with both it says whose name it is."""
_NAMED_BY: Mapping[Column, frozenset[str]] = {
    person.expected_dob: meanings("birth dob baby unborn delivery pregnancy edd"),
    attendance_period.academic_year: meanings("year ay"),
}
"""Words of which a heading of the column holds one: an assessment is due, too, and the school is not its year."""
_IN_WORDS = re.compile(r"desc|text|raw|free|note|detail|word|comment|summary|narrative", re.IGNORECASE)
"""What a heading of free words says; others are of codes, whatever the council's own are."""
_OF_AGE = re.compile(r"child|adult|minor|juvenile|age|18|under|over", re.IGNORECASE)
"""What a heading says that asks whether somebody is a child; a client may be anybody."""
_FURTHER_LINE = re.compile(r"(?:addr[a-z]*|line)[\s_]*[2-9]\b", re.IGNORECASE)
"""What the further lines of an address are called; the first is the one that is read."""
_TO_GET_IN_TOUCH = meanings("name role phone telephone tel mobile email details address fax job title")
"""What a heading says beside "contact" that tells of somebody to get in touch with."""
_OF_A_FAMILY = meanings("household family member moved")
_WHICH = frozenset({"lead", "index"})
"""Words that say which of several children it is."""
_MOSTLY, _SOME = 0.6, 0.3
"""The share of its values that must look like whole names: some are a forename alone, and a total stands under some lists."""


@dataclass(frozen=True)
class Proposal:
    """One heading for one column of the standard; a heading that nothing fits has none.

    `scored`: where its numbers are scores of a tool, which one's they are and when they were taken. `need`: the need that a yes
    under it tells. `outcome`: of which need it tells the outcome. `review`: of what reviews it tells the day. `person`: of
    several people of whom a row tells, the role and number of the one it is about.
    """

    heading: str
    column: Column | None
    confidence: float
    why: str
    scored: SavedScore | None = None
    need: str = ""
    outcome: SavedOutcome | None = None
    review: SavedReview | None = None
    person: tuple[str, int] | None = None

    @property
    def alone(self) -> bool:
        """Whether it is about a column of the row itself, and about no row of its own that stands beside others."""
        return not (self.scored or self.need or self.outcome or self.review)

    @property
    def sure(self) -> bool:
        """True where it is applied without asking."""
        return self.column is not None and self.confidence >= SURE


def by_heading(proposals: Sequence[Proposal]) -> dict[str, list[Proposal]]:
    """The proposals of each heading, in the order of the headings."""
    found: dict[str, list[Proposal]] = {}
    for each in proposals:
        found.setdefault(each.heading, []).append(each)
    return found


@dataclass(frozen=True)
class _Fit:
    score: float
    heading: str
    column: Column
    name: float
    shape: float | None
    rows: int = 0


def propose_columns(
    headings: Mapping[str, Values],
    called: str,
    wanted: Table | None = None,
    *,
    of_people: bool = False,
    says_whom: bool = False,
) -> tuple[Table, list[Proposal]]:
    """The table a list is about, and a proposal for each heading, in their order; several where it fills several columns.

    `headings`: the values under each. `called`: the name of the sheet or file. `wanted`: the table, where it is known.
    `of_people`: other headings of the list tell of several people. `says_whom`: it tells whom each row is about without a number.
    """
    tried = {table: _fits(headings, table) for table in _may_be_about(wanted, called, of_people=of_people)}
    tried = {table: fits for table, fits in tried.items() if any(each.score >= ASKED for each in fits)} or tried
    scores = {table: _score(fits, table, called, of_people or says_whom) for table, fits in tried.items()}
    table = next(each for each, score in scores.items() if score >= max(scores.values()) - NO_BETTER)
    rivals = [score for each, score in scores.items() if each is not table]
    apart = not rivals or (scores[table] - max(rivals) > CLOSE and not _is_called_otherwise(called, table))
    certain = apart and bool(wanted or _is_told(tried[table], table, called)) and not _is_told_by_codes(tried, table)
    chosen = {fit.heading: fit for fit in tried[table]}
    told = (_proposed(heading, values, table, chosen, certain) for heading, values in headings.items())
    return table, [proposal for each in told for proposal in each]


def _is_called_otherwise(called: str, table: Table) -> bool:
    """Whether a list is called as those of such a table are, and not as those of this one, though its headings are like them."""
    named = meanings(called) - _ON_EVERY_LIST
    if table is person and named & _STAFF:
        return True
    return not named & topic(table) and any(named & topic(each) for each in _OF_OTHERS)


def _is_told(fits: Sequence[_Fit], table: Table, called: str) -> bool:
    """Whether a list is said to be about a table: by what it is called, or by words that not every list has.

    Some day a row began, whom it is about and when it was written down are told by lists of anything.
    """
    if meanings(called) & topic(table):
        return True
    own = [fit for fit in fits if fit.column.table_name == table.table_name and fit.score >= DOUBT]
    own = [fit for fit in own if fit.column is table.key[0] or fit.column.column_name not in _OF_OTHER_ROWS]
    telling = [said for fit in own if (said := meanings(fit.heading)) - _OF_ANYTHING]
    return len(telling) > 1 or any(said & topic(table) for said in telling)


def _is_told_by_codes(tried: Mapping[Table, Sequence[_Fit]], table: Table) -> bool:
    """Whether codes under a heading are none of this table's, and all of another's, of which it is a name as well."""
    named = {each: [fit for fit in fits if _names_codes(fit)] for each, fits in tried.items()}
    strange = {fit.heading for fit in named[table] if (fit.shape or 0.0) < 0.3}
    others = (fit for each, fits in named.items() if each is not table for fit in fits if fit.heading in strange)
    return any((fit.shape or 0.0) >= 0.9 for fit in others)


def _names_codes(fit: _Fit) -> bool:
    return fit.column.code_list is not None and fit.name >= KNOWN_NAME and fit.shape is not None


def with_start(table: Table, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals; where no heading tells when an episode began, the day nearest to it is asked about for that, too."""
    days = {each.column: each for each in proposals}
    near = next((days[column] for column in _NEAR_START if column in days), None)
    if table is not eh_episode or eh_episode.start_date in days or near is None:
        return list(proposals)
    return asked_for_too(proposals, near, eh_episode.start_date, _NO_START)


def asked_for_too(proposals: Sequence[Proposal], one: Proposal, column: Column, why: str) -> list[Proposal]:
    """The proposals, with one of them asked about for a further column behind it."""
    also = replace(one, column=column, confidence=ASKED, why=why)
    return [told for each in proposals for told in ((each, also) if each is one else (each,))]


def _may_be_about(wanted: Table | None, called: str, *, of_people: bool) -> list[Table]:
    """The tables that a list may be about: where a row tells of several people, it is a list of none of them.

    Every list of people tells where they live: of addresses is one that is called so.
    """
    if wanted:
        return [wanted]
    unlikely = {person, family_member} if of_people else set()
    unlikely |= set() if meanings(called) & topic(person_address) else {person_address}
    return [table for table in TOPICS if table not in unlikely]


def _proposed(heading: str, values: Values, table: Table, chosen: Mapping[str, _Fit], certain: bool) -> list[Proposal]:
    """What a heading fills: a whole name, else what its words say or, where they say little, what its values look like."""
    if whole := _whole_name(heading, values, table, chosen):
        return whole
    fit = chosen.get(heading)
    if fit and fit.score >= BY_SHAPE:
        return _told(fit, certain, table)
    by_shape = _by_shape(heading, values, table, chosen)
    return _told(fit, certain, table) if fit and not _tells_better(by_shape, fit) else [by_shape]


def _whole_name(heading: str, values: Values, table: Table, chosen: Mapping[str, _Fit]) -> list[Proposal]:
    """Forename and surname for a heading under which whole names stand, where no heading tells the one or the other."""
    said = meanings(heading)
    names_somebody = bool(said) and said <= _A_NAME | _WHICH and said != _WHICH and "person_key" in table.columns
    told_apart = any(fit.column in WHOLE_NAME and fit.score >= DOUBT for fit in chosen.values())
    if not names_somebody or told_apart or values.whole_names < (_SOME if said >= _A_NAME else _MOSTLY):
        return []
    why = "whole names stand under it, which are parted"
    return [Proposal(heading, column, 0.95 if said == _A_NAME else DOUBT, why) for column in WHOLE_NAME]


def _tells_better(by_shape: Proposal, fit: _Fit) -> bool:
    """Whether the look of the values says more of a heading than its words.

    A postcode is one whatever it is called, and words that are all on one list are no free text.
    """
    tells = by_shape.column in _TELLING or (by_shape.column is not None and fit.column.free_text)
    return tells and by_shape.confidence > fit.score


def _fits(headings: Mapping[str, Values], table: Table) -> list[_Fit]:
    """The best way to share the headings among the columns of a table and of the people in it: surest first, each once."""
    tables = [table, *(each for each in _ABOUT_PEOPLE if "person_key" in table.columns and each is not table)]
    every = [
        _fit(heading, values, column, each)
        for heading, values in headings.items()
        for each in tables
        for column in each.columns.values()
        if _may_be_filled(column, table)
    ]
    every += _roles(headings, table)
    settled = {fit.heading for fit in every if fit.score >= DOUBT}
    left = {heading: values for heading, values in headings.items() if heading not in settled}
    return _shared_out([*every, *_beside(left, table)], table)


def _roles(headings: Mapping[str, Values], table: Table) -> list[_Fit]:
    """Who in the family each row is about, and from when on, in a list of people and their families.

    In a list of requests such a heading says who made it.
    """
    if table in (contact, family_member) or not {"person_key", "family_key"} <= table.columns.keys():
        return []
    columns = (family_member.role, family_member.from_date, family_member.to_date)
    every = [_fit(heading, values, column, family_member) for heading, values in headings.items() for column in columns]
    named = [fit for fit in every if fit.name >= KNOWN_NAME]
    return [fit for fit in named if fit.column is family_member.role or meanings(fit.heading) & _OF_A_FAMILY]


def _beside(headings: Mapping[str, Values], table: Table) -> list[_Fit]:
    """What headings that name another subject tell of it: the day of the assessment in a list of cases.

    Of a need a list also tells what became of it.
    """
    if table is eh_need:
        told = [_fit(h, values, column, eh_outcome) for h, values in headings.items() for column in _OF_AN_OUTCOME]
        return [fit for fit in told if fit.name >= DOUBT]
    others = [each for each in _BESIDE if each is not table and table in _BESIDE]
    return [
        _fit(heading, values, column, each)
        for heading, values in headings.items()
        for each in others
        if meanings(heading) & _own_topic(each, table)
        for column in each.columns.values()
        if column.column_name not in _WHO
    ]


def _shared_out(every: Sequence[_Fit], table: Table) -> list[_Fit]:
    """Each heading for the column it fits best, each column once; the table's own before others that fit as well.

    Of two headings that fit as well the one under which more rows are filled goes first: few have an address to forward to.
    Where another heading fits that column better, a heading is not given another that it is hardly like: the birth of a
    parent is not the day on which the child was expected.
    """
    worth = sorted(
        (fit for fit in every if fit.score >= WORTH_SAYING),
        key=lambda each: (-each.score, each.column.table_name != table.table_name, not _is_a_familys(each), -each.rows),
    )
    best: dict[str, float] = {}
    taken: dict[str, _Fit] = {}
    columns: set[object] = set()
    for fit in worth:
        column = fit.column.column_name if fit.column.column_name in _WHO else fit.column
        is_second = fit.score < best.setdefault(fit.heading, fit.score) - CLOSE and fit.score < DOUBT
        is_second = is_second and fit.name < KNOWN_NAME
        if fit.heading not in taken and column not in columns and not is_second:
            taken[fit.heading] = fit
            if column is not person_identifier.value:  # the pupil's and the NHS number both are one
                columns.add(column)
    return list(taken.values())


def _is_a_familys(fit: _Fit) -> bool:
    """Whether a heading says that its number is the family's, which goes before that of a group."""
    return fit.column.column_name == "family_key" and "family" in meanings(fit.heading)


def _own_topic(table: Table, other: Table) -> frozenset[str]:
    return topic(table) - topic(other) - {"plan", "support"}


def _may_be_filled(column: Column, table: Table) -> bool:
    if column.table_name == "person_identifier":
        return column is person_identifier.value
    bare = column.column_name.removesuffix("_raw")
    if bare != column.column_name and f"{bare}_code" in TABLES[column.table_name].columns:
        return False  # what was said is kept beside the code
    if table is person_address and column.table_name == "person" and column.column_name in table.columns:
        return False  # where somebody lived is not where they live
    return not (
        column.table_name == "person"
        and table is not person
        and column in (person.person_key, person.source_person_id, person.is_duplicate_of)
    )


def _fit(heading: str, values: Values, column: Column, table: Table) -> _Fit:
    of_a_school = column.column_name == "person_key" and "urn" in meanings(heading) and values.school_numbers >= DOUBT
    is_other = of_a_school or _cannot_be(heading, column) or (column is person.gender and _are_of_sex(heading, values))
    name = 0.0 if is_other else likeness(heading, column, table)
    if name < WORTH_SAYING:
        return _Fit(0.0, heading, column, name, None)
    shape = values.fit(column)
    score = name * (0.95 if shape is None else 0.55 + 0.45 * min(1.0, shape / 0.8))
    if shape is not None and shape < 0.3:
        least = ASKED if column.code_list and not values.stories else WORTH_SAYING  # words of the council's own
        score = max(0.6 * score, least if name >= KNOWN_NAME else 0.0)
    if table.key == (column,) and name < KNOWN_NAME and values.repeated >= MOSTLY_REPEATED:
        score = min(score, WORTH_SAYING)
    if column.column_name in _WHO and min(values.repeated, values.of_one_digit) >= MOSTLY_REPEATED:
        score = min(score, WORTH_SAYING)
    return _Fit(round(score, 4), heading, column, name, shape, sum(values.times.values()))


def _are_of_sex(heading: str, values: Values) -> bool:
    """Whether codes of sex stand under a heading that asks for nobody's own words: "Gender: M, F"."""
    return meanings(heading) <= meanings("sex person") and values.known_to(codelists.sex) >= DOUBT


def _cannot_be(heading: str, column: Column) -> bool:
    """Whether a heading says that it is something else.

    A share is no count, the name of a child is not that of a service, and whoever is suspected is not whom a list is about.
    """
    said = meanings(heading)
    if (column.type is Integer and "%" in heading) or (column in _NAMED_BY and not said & _NAMED_BY[column]):
        return True
    if column.column_name.endswith("_raw") and not _IN_WORDS.search(heading):
        return True
    if column.column_name == person.address_line.column_name and _FURTHER_LINE.search(heading):
        return True
    if column is person.is_child:
        return not _OF_AGE.search(heading)
    if column.table_name == person.table_name:
        return "suspect" in said
    of_a_contact = column.table_name == contact.table_name or column.column_name == "contact_id"
    if of_a_contact and "contact" in said and said & _TO_GET_IN_TOUCH:
        return True
    return said >= _A_NAME


def _score(fits: Sequence[_Fit], table: Table, called: str, says_whom: bool) -> float:
    """How well a table takes the headings: what it takes, what it needs and has not, and what the file is called."""
    fits = [fit for fit in fits if table is family_member or fit.column.table_name != family_member.table_name]
    score = sum(max(0.0, fit.score - 0.5) for fit in fits)
    score += 0.25 * len({word for fit in fits for word in meanings(fit.heading) & topic(table)})
    score += 0.6 * bool(meanings(called) & topic(table))
    filled = {fit.column for fit in fits if fit.score >= 0.6}
    days = [column for column in table.withholding if column.type is Date]
    near = table is eh_episode and bool(filled & set(_NEAR_START))
    score -= sum(0.25 if near else 1.2 for column in days if column not in filled)
    keys = [c for c in table.withholding if c.type is not Date and (c is not table.key[0] or c.column_name in _WHO)]
    keys = [column for column in keys if column is not person.person_key]
    told = {column for column in keys if says_whom and column.column_name == "person_key"}
    lost = 0.6 if days else 1.2
    return score - sum(_SAID_OF_ALL if column in _THE_SAME else lost for column in keys if column not in filled | told)


def _told(fit: _Fit, certain: bool, table: Table) -> list[Proposal]:
    """The proposal for a heading, and for what it fills beside."""
    rivals = [
        likeness(fit.heading, column, table)
        for column in table.columns.values()
        if column is not fit.column and column.type == fit.column.type
    ]
    confidence = min(fit.score, 0.99)
    torn = max(rivals, default=0.0) > fit.name - CLOSE and fit.name < KNOWN_NAME
    if torn or (not certain and fit.column.table_name == table.table_name):
        confidence = min(confidence, DOUBT)
    first = Proposal(fit.heading, fit.column, round(confidence, 2), _why(fit, torn, certain))
    more = _ALSO.get(fit.column, ())
    if fit.column.column_name == "person_key" and table is not person:
        more = (person.person_key, person.source_person_id)
        more += (person_identifier.value,) if meanings(fit.heading) & _NUMBERS_OF_ALL else ()
    return [first, *(replace(first, column=column, why=f"goes with {fit.column}") for column in more)]


def _why(fit: _Fit, torn: bool, certain: bool) -> str:
    said = (
        "the heading is a known name of it" if fit.name >= KNOWN_NAME else "the words of the heading are like its names"
    )
    if fit.shape is None:
        said += "; there are no values to look at"
    elif fit.shape >= 0.8:
        said += "; the values fit"
    else:
        said += f"; {fit.shape:.0%} of the values fit"
    if torn:
        said += "; another column would do as well"
    return said if certain else f"{said}; what the list is about is not certain"


def _by_shape(heading: str, values: Values, table: Table, chosen: Mapping[str, _Fit]) -> Proposal:
    """A proposal from the look of the values alone: codes of one list, postcodes, pupil numbers."""
    every = (column for each in (table, *_ABOUT_PEOPLE) for column in each.columns.values())
    taken = {fit.column for fit in chosen.values()}
    free = (column for column in every if column not in taken and _may_be_filled(column, table))
    tells = len(values.told) > 1 and max(values.answers, values.numbers) < 0.9
    telling = [column for column in free if column.code_list or column in _TELLING] if tells else []
    fitting = [(values.fit(column) or 0.0, column) for column in telling]
    best = max((fit for fit, _ in fitting), default=0.0)
    columns = [column for fit, column in fitting if fit == best]
    if best < 0.9 or len(columns) != 1:
        return Proposal(heading, None, 0.0, "nothing in the standard is like it")
    return Proposal(heading, columns[0], round(BY_SHAPE * best, 2), "the values look like it")
