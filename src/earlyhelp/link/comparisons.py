"""How two records are compared: the evidence that counts for one person, declared once, for every engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Level:
    """One degree of likeness of two records.

    `name`: what a parameter file calls it. `condition`: SQL that DuckDB and Spark read alike; empty for all that remains.
    A pair is at the level where all that is given holds, or all of `either`. `exact`: the column that is equal in both.
    `slip`: the column in which one sign is changed, left out, added or swapped with its neighbour. `alike`: the same in
    names of `SHORTEST_WITH_A_SLIP` letters, or a Jaro-Winkler likeness of `ALIKE`. `unknown`: says nothing either way.
    `rarity`: agreement on a rare value weighs more. `within`: a column that differs by at most so many signs. `counted`: columns
    by which the chance of the level is counted, and not sampled.
    """

    name: str
    condition: str = ""
    slip: str = ""
    alike: str = ""
    exact: str = ""
    unknown: bool = False
    rarity: bool = False
    within: tuple[str, int] | None = None
    either: Level | None = None
    counted: tuple[str, ...] = ()

    @property
    def remains(self) -> bool:
        """True for the level of all pairs that are at no other."""
        return not (self.condition or self.slip or self.alike or self.exact or self.within)


@dataclass(frozen=True)
class Comparison:
    """One kind of evidence, from its strongest level to what remains."""

    name: str
    levels: tuple[Level, ...]


ALIKE = 0.92
"""The Jaro-Winkler likeness from which two names are taken for one that was written otherwise."""
SHORTEST_WITH_A_SLIP = 3
"""Letters from which a name with one sign changed may be the same: S and I are two initials, LI and WU two families."""
_EARLY_OR_LATE = 60
"""Days by which a child may come before or after the day on which it was expected: two months early is rare, later rarer."""


def any_of(*conditions: str) -> str:
    """SQL that is true where one of the conditions is, else false.

    To see whether a level asks for equality alone, Splink multiplies out every OR of ANDs, which takes longer than comparing
    ten thousand records; this it leaves as it is.
    """
    return f"CASE {' '.join(f'WHEN {each} THEN TRUE' for each in conditions)} ELSE FALSE END"


def long_enough(one: str, other: str) -> str:
    """SQL that is true of two names in which one sign that differs may be a slip."""
    return f"least(length({one}), length({other})) >= {SHORTEST_WITH_A_SLIP}"


def two_known_names(one: str, other: str) -> str:
    """SQL that is true of two names of the list that are no form of each other, where no form of theirs has been found equal.

    `one`, `other`: the columns of each, `{}` standing for what they tell. One stands in a single line of the list, the other in
    another or, as ELLIE, in several: it is no slip of ELLA.
    """
    several = "|%|%|"
    return any_of(
        f"{one.format('known')} <> {other.format('known')}",
        f"{one.format('known')} IS NOT NULL AND {other.format('forms')} LIKE '{several}'",
        f"{other.format('known')} IS NOT NULL AND {one.format('forms')} LIKE '{several}'",
    )


def initial_of(forename: str, given: str) -> str:
    """SQL that is true of an initial with which one of somebody's forenames begins, by whichever of them they are called."""
    return f"length({forename}) = 1 AND {given} LIKE concat('%|', {forename}, '%')"


def _nearly(one: str, other: str) -> str:
    """SQL that is true of two names of which one may be the other with a slip, or its first letters."""
    return any_of(
        f"{long_enough(one, other)} AND "
        f"levenshtein({one}, {other}) <= CASE WHEN least(length({one}), length({other})) >= 4 THEN 2 ELSE 1 END",
        f"substr({one}, 1, length({other})) = {other}",
        f"substr({other}, 1, length({one})) = {one}",
    )


def swapped(forename: tuple[str, str], surname: tuple[str, str], sounds: tuple[str, str, str, str]) -> str:
    """SQL that is true of two records of which one has forename and surname in each other's place, with a slip at most.

    `forename`, `surname`: the columns of the one and the other record. `sounds`: of the forename and surname of the one, then
    of the other.
    """
    own_forename, own_surname, forename_sound, surname_sound = sounds
    crosswise = ((forename[0], surname[1]), (surname[0], forename[1]))
    alike = any_of(
        f"{own_forename} = {surname_sound} AND {own_surname} = {forename_sound}",
        " AND ".join(_nearly(*each) for each in crosswise),
    )
    return f"({forename[0]} <> {surname[0]} AND {alike})"


_SWAPPED = swapped(
    ("forename_l", "forename_r"),
    ("surname_l", "surname_r"),
    ("forename_sound_l", "surname_sound_l", "forename_sound_r", "surname_sound_r"),
)


def _two_slips(column: str) -> str:
    """SQL that is true of two long names of which two signs differ."""
    return f"(length({column}_l) >= 6 AND length({column}_r) >= 6 AND levenshtein({column}_l, {column}_r) <= 2)"


def _unknown(column: str) -> Level:
    return Level("unknown", f"{column}_l IS NULL OR {column}_r IS NULL", unknown=True)


def _unknown_or_mistyped(number: str) -> Level:
    """A number that one of the two lacks, or has with a slip: it has a check letter or digit, so that one is mistyped."""
    unknown, slip = _unknown(number), Level("", f"{number}_l <> {number}_r", slip=number)
    return replace(unknown, either=slip)


COMPARISONS = (
    Comparison(
        "forename",
        (
            _unknown("forename"),
            Level("equal", exact="forename", rarity=True),
            Level(
                "another form",
                "forename_usual_l = forename_usual_r OR forename_forms_l LIKE concat('%|', forename_usual_r, '|%') "
                "OR forename_forms_r LIKE concat('%|', forename_usual_l, '|%')",
            ),
            Level("swapped with the surname", _SWAPPED),
            Level(
                "another given name",
                "given_l LIKE concat('%|', forename_usual_r, '|%') OR given_r LIKE concat('%|', forename_usual_l, '|%')",
            ),
            Level("the other's surname", "forename_l = surname_r OR surname_l = forename_r"),
            Level(
                "another known name",
                f"{two_known_names('forename_{}_l', 'forename_{}_r')} AND forename_said_l <> forename_said_r",
            ),
            Level("a slip", alike="forename"),
            Level(
                "short or sounds alike",
                any_of(
                    "forename_sound_l = forename_sound_r OR forename_said_l = forename_said_r",
                    "substr(forename_l, 1, length(forename_r)) = forename_r",
                    "substr(forename_r, 1, length(forename_l)) = forename_l",
                    initial_of("forename_l", "given_r"),
                    initial_of("forename_r", "given_l"),
                    "preferred_name_l = forename_r OR forename_l = preferred_name_r",
                    _two_slips("forename"),
                ),
            ),
            Level("different"),
        ),
    ),
    Comparison(
        "surname",
        (
            Level("unknown", f"surname_l IS NULL OR surname_r IS NULL OR ({_SWAPPED})", unknown=True),
            Level("equal", exact="surname", rarity=True),
            Level("a slip", alike="surname"),
            Level(
                "former or in part",
                any_of(
                    "former_surname_l = surname_r OR surname_l = former_surname_r OR surname_sound_l = surname_sound_r",
                    "concat(' ', surnames_l, ' ') LIKE concat('% ', surname_r, ' %')",
                    "concat(' ', surnames_r, ' ') LIKE concat('% ', surname_l, ' %')",
                    _two_slips("surname"),
                ),
            ),
            Level("different"),
        ),
    ),
    Comparison(
        "birth",
        (
            _unknown("birth_text"),
            Level("equal", exact="birth_text", rarity=True),
            Level(
                "born about when expected",
                f"(unborn_l OR unborn_r) AND abs(birth_number_l - birth_number_r) <= {_EARLY_OR_LATE}",
            ),
            Level(
                "day and month swapped",
                "birth_year_l = birth_year_r AND substr(birth_text_l, 5, 2) = substr(birth_text_r, 7, 2) "
                "AND substr(birth_text_l, 7, 2) = substr(birth_text_r, 5, 2)",
            ),
            Level("year alone is known", "birth_year_l = birth_year_r AND NOT (birth_exact_l AND birth_exact_r)"),
            Level("a slip", slip="birth_text"),
            Level(
                "the same year or ten days apart",
                "birth_year_l = birth_year_r OR abs(birth_number_l - birth_number_r) <= 10",
            ),
            Level("different"),
        ),
    ),
    Comparison(
        "home",
        (
            _unknown("postcode"),
            Level(
                "the same house and street",
                "postcode_l = postcode_r AND building_l = building_r AND length(street_l) >= 6",
                alike="street",
                counted=("postcode", "building", "street"),
            ),
            Level(
                "the same house",
                "postcode_l = postcode_r AND (building_l = building_r OR uprn_l = uprn_r)",
                either=Level(
                    "", "building_l = building_r AND length(street_l) >= 6", alike="street", within=("postcode", 2)
                ),
                counted=("postcode", "building"),
            ),
            Level(
                "the same postcode and street",
                "postcode_l = postcode_r AND length(street_l) >= 6",
                alike="street",
                counted=("postcode", "street"),
            ),
            Level("the same street", "length(street_l) >= 6", alike="street", within=("postcode", 2)),
            Level("equal", exact="postcode", rarity=True),
            Level("a slip and the same number", "building_l = building_r", slip="postcode"),
            Level("a slip", slip="postcode"),
            Level(
                "the same street elsewhere",
                "coalesce(building_l = building_r, TRUE) AND length(street_l) >= 6",
                alike="street",
                counted=("street", "building"),
            ),
            Level("different"),
        ),
    ),
    Comparison("sex", (_unknown("sex"), Level("equal", exact="sex"), Level("different"))),
    Comparison("upn", (_unknown_or_mistyped("upn"), Level("equal", exact="upn"), Level("different"))),
    Comparison(
        "nhs_number", (_unknown_or_mistyped("nhs_number"), Level("equal", exact="nhs_number"), Level("different"))
    ),
)
"""All evidence. Sex is weak: it is often missing or changed."""

TRAINING = (("forename", "surname"), ("birth_text",))
"""Columns on which pairs are equal from which the likeness of true pairs is learned; each teaches what it does not hold."""


def columns_compared() -> frozenset[str]:
    """The columns of a record that a level of a comparison names."""
    return frozenset().union(*(_named_by(level) for each in COMPARISONS for level in each.levels))


def compared_by(columns: Sequence[str]) -> frozenset[str]:
    """The comparisons in which one of these columns counts: of pairs that are equal in it they tell nothing."""
    return frozenset(
        each.name for each in COMPARISONS if any(not _named_by(level).isdisjoint(columns) for level in each.levels)
    )


def _named_by(level: Level) -> set[str]:
    said = {level.exact, level.slip, level.alike, *re.findall(r"\b(\w+)_[lr]\b", level.condition)}
    within = {level.within[0]} if level.within else set()
    return (said | within | (_named_by(level.either) if level.either else set())) - {""}


def splink_comparisons(parameters: Any, only: frozenset[str] | None = None) -> list[Any]:
    """The comparisons as Splink declares them, with the probabilities of `parameters` where these hold them.

    `only`: the names of those that are wanted.
    """
    import splink.comparison_library as library

    return [
        library.CustomComparison(
            output_column_name=each.name,
            comparison_levels=[
                _splink_level(each, level, parameters.of(each.name, level.name)) for level in each.levels
            ],
        )
        for each in COMPARISONS
        if only is None or each.name in only
    ]


def _splink_level(comparison: Comparison, level: Level, known: Sequence[float] | None) -> Any:
    told: dict[str, Any] = {"label_for_charts": level.name}
    if level.unknown:
        told["is_null_level"] = True
    elif known is not None:
        told |= {"m_probability": known[0], "u_probability": known[1]}
        if level.rarity:  # the level of equality is this one: looking for it takes as long as scoring
            told["disable_tf_exact_match_detection"] = True
    return _condition(comparison, level).configure(**told)


def _condition(comparison: Comparison, level: Level) -> Any:
    """What a level asks for, as Splink writes it for each engine."""
    import splink.comparison_level_library as library
    from splink.internals.comparison_level_creator import ComparisonLevelCreator

    class Asked(ComparisonLevelCreator):
        """SQL of the level in the words of an engine."""

        def create_sql(self, sql_dialect: Any) -> str:
            if sql_dialect.sql_dialect_str == "duckdb":
                return _called(comparison, level)
            return level_sql(
                level, sql_dialect.damerau_levenshtein_function_name, sql_dialect.jaro_winkler_function_name
            )

        def create_label_for_charts(self) -> str:
            return level.name

    if level.exact:
        return library.ExactMatchLevel(level.exact, term_frequency_adjustments=level.rarity)
    return library.ElseLevel() if level.remains else Asked()


def name_levels(con: duckdb.DuckDBPyConnection) -> None:
    """Give DuckDB a name for what each level asks for, by which Splink calls it in `con`.

    Splink reads the SQL of every level again and again, which for a few thousand records takes longer than comparing them.
    """
    for comparison in COMPARISONS:
        for level in comparison.levels:
            if not (level.exact or level.remains):
                con.execute(f"CREATE OR REPLACE TEMP MACRO {_called(comparison, level)} AS ({level_sql(level)})")


def _called(comparison: Comparison, level: Level) -> str:
    """A level's name in DuckDB, with the columns of both records that it reads."""
    name = re.sub(r"[^a-z]+", "_", f"link {comparison.name} {level.name}")
    columns = sorted(set(re.findall(r"\b[a-z_]+_[lr]\b", level_sql(level))))
    return f"{name}({', '.join(columns)})"


def level_sql(level: Level, damerau: str = "damerau_levenshtein", jaro_winkler: str = "jaro_winkler_similarity") -> str:
    """SQL that is true of a pair of that likeness: all that the level asks for, or what it takes instead.

    `damerau`, `jaro_winkler`: what the engine calls the two likenesses, if not as DuckDB does.
    """
    asked = [f"({level.condition})"] if level.condition else []
    if level.exact:
        asked.append(f"{level.exact}_l = {level.exact}_r")
    if level.slip:
        asked.append(_within(level.slip, 1, damerau))
    if level.within:
        asked.append(_within(*level.within, damerau))
    if level.alike:
        near = f"{jaro_winkler}({level.alike}_l, {level.alike}_r) >= {ALIKE}"
        asked.append(
            any_of(
                f"{long_enough(level.alike + '_l', level.alike + '_r')} AND {_within(level.alike, 1, damerau)}", near
            )
        )
    told = " AND ".join(asked)
    return any_of(told, level_sql(level.either, damerau, jaro_winkler)) if level.either else told


def _within(column: str, signs: int, damerau: str) -> str:
    """SQL that is true of two values that differ by at most so many signs, neighbours that changed places counting as one.

    Where they changed places, Levenshtein's distance is two. What is further off by that is left out first: DuckDB finds it ten
    times faster than Damerau's.
    """
    one, other = f"{column}_l", f"{column}_r"
    return f"levenshtein({one}, {other}) <= {2 * signs} AND {damerau}({one}, {other}) <= {signs}"
