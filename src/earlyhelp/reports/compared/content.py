"""The comparison as a document: who is in it and who is not, what to ask, then every measure with its chart and table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from earlyhelp.compare.comparison import Comparison, MeasureCompared
from earlyhelp.compare.learn import to_learn
from earlyhelp.economics.claims_guard import guarded
from earlyhelp.measures.measure import THEMES
from earlyhelp.reports.blocks import Block, Bullets, Content, Heading, Note, TableBlock, Text, texts
from earlyhelp.reports.compared.figures import Names, Neighbours, figure_of_groups, figure_of_measure
from earlyhelp.reports.compared.questions import question_blocks, to_ask
from earlyhelp.reports.compared.words import (
    ABOVE,
    BELOW,
    HERE,
    group_of,
    names_of,
    place_of,
    title_of,
    value_in_words,
)
from earlyhelp.reports.wording import in_words, listed

HOW_TO_READ = (
    "Councils stand in the order of their names. Nothing here is a ranking.",
    "Beyond usual variation: outside limits that chance alone would pass in one council of five hundred of that size, if it were "
    "like all together. Where no limits are told, nothing is said of chance.",
    "A figure that a council counts by another rule is named with what differs, and is in no chart, total or pooled figure.",
    "Counts are rounded to 5, and 1 to 7 are hidden, so that shares and rates rest on rounded counts.",
    "Councils differ in whom they help, in what they record and by chance. A difference is something to ask about, and no proof.",
)


@dataclass(frozen=True)
class Beside:
    """A comparison with what is known of the councils in it. `neighbours`: statistical neighbours of this council, by code."""

    comparison: Comparison
    neighbours: Neighbours = None


def comparison_content(beside: Beside, measures: Sequence[str] = ()) -> Content:
    """The comparison as blocks, past the claims guard. measures: only these, by id; all without.

    Charts stand with their tables and words. Raises GateClosed for a claim that may not be made.
    """
    found = beside.comparison
    names = names_of(found)
    wanted = [each for each in found.measures if not measures or each.measure in measures]
    told = [each for each in wanted if any(line.value is not None for line in each.lines)]
    learned = [each for each in to_learn(found) if each.of in wanted]
    first, last = (in_words(date.fromisoformat(each)) for each in found.year)
    blocks = [
        *_in_short(told, names),
        *_councils(beside, names),
        *question_blocks(to_ask(learned, names)),
        *_measures(told, names, beside.neighbours),
        *_silent(wanted, told),
    ]
    content = Content(
        f"{names[found.council]} beside other councils",
        f"{first} to {last}. Made of the councils' own packs of released figures.",
        names[found.council],
        tuple(blocks),
    )
    labels = {group_of(each) for each in wanted}
    for text in texts(content):
        guarded(text, names=[*found.councils.values(), *names.values(), *labels])
    return content


def _in_short(told: Sequence[MeasureCompared], names: Names) -> list[Block]:
    own = next(iter(told)).lines[0].council if told else ""
    count = f"{len(names) - 1} other {'council' if len(names) == 2 else 'councils'}"
    said = [f"{len(dict.fromkeys(each.measure for each in told))} measures are set beside those of {count}."]
    for place in (ABOVE, BELOW):
        here = [_title(each) for each in told if place_of(each.lines[0]) == place]
        if here:
            said.append(f"{names[own]} lies {place}, on: {listed(here)}.")
    if len(said) == 1:
        said.append("On none of them does this council lie beyond usual variation.")
    return [
        Heading(1, "In short"),
        *(Text(each, strong=place == 0) for place, each in enumerate(said)),
        Bullets(HOW_TO_READ),
    ]


def _title(found: MeasureCompared) -> str:
    group = group_of(found)
    return f"{title_of(found)}, {group}" if group else title_of(found)


def _councils(beside: Beside, names: Names) -> list[Block]:
    found, neighbours = beside.comparison, beside.neighbours
    blocks: list[Block] = [Heading(1, "The councils")]
    if neighbours is None:
        rows = [(name, code, HERE if code == found.council else "compared") for code, name in names.items()]
        blocks.append(TableBlock("Councils by name", ("council", "code", "in this comparison"), tuple(rows)))
        blocks.append(
            Note("Statistical neighbours are not marked: no public reference data here lists them for this council.")
        )
    else:
        near = {code: HERE if code == found.council else "yes" if code in neighbours else "no" for code in names}
        rows = [(name, code, near[code]) for code, name in names.items()]
        blocks.append(TableBlock("Councils by name", ("council", "code", "statistical neighbour"), tuple(rows)))
        if absent := sorted(neighbours - set(names)):
            blocks.append(Note(f"Statistical neighbours without a pack in this comparison: {', '.join(absent)}."))
    if found.left_out:
        blocks += [Text("Left out:"), Bullets(tuple(f"{each.file}: {each.why}" for each in found.left_out))]
    return blocks


def _measures(told: Sequence[MeasureCompared], names: Names, neighbours: Neighbours) -> Iterator[Block]:
    for theme, of_theme in groupby(told, key=lambda each: each.measure[0]):
        yield Heading(1, THEMES[theme])
        for _, of_measure in groupby(of_theme, key=lambda each: (each.measure, each.definition)):
            yield from _measure(list(of_measure), names, neighbours)


def _measure(figures: Sequence[MeasureCompared], names: Names, neighbours: Neighbours) -> Iterator[Block]:
    yield Heading(2, title_of(figures[0]))
    totals = [each for each in figures if not each.dims]
    for each in totals:
        yield figure_of_measure(each, names, neighbours)
        yield Note(" ".join(_put_together(each)))
    groups = [each for each in figures if each.dims]
    if groups:
        yield figure_of_groups(groups, names)
    if otherwise := _counted_otherwise(figures, names):
        yield Bullets(otherwise)


def _put_together(found: MeasureCompared) -> Iterator[str]:
    if found.spread is not None and found.statistic != "count":
        spread = found.spread
        ends = f"{value_in_words(found, spread.lower_quartile)} and {value_in_words(found, spread.upper_quartile)}"
        yield f"Half of {spread.councils} councils lie between {ends}."
    if found.pooled is not None:
        mean, lower, upper = (
            value_in_words(found, each) for each in (found.pooled.mean, found.pooled.lower, found.pooled.upper)
        )
        yield f"Pooled over {found.pooled.councils} councils that count alike (random effects): {mean} ({lower} to {upper})."
    else:
        yield f"No pooled figure: {found.not_pooled}"
    if found.dispersion is not None:
        yield f"Councils vary {found.dispersion:.1f} times as much as by chance, and the limits are widened for it."


def _counted_otherwise(figures: Sequence[MeasureCompared], names: Names) -> tuple[str, ...]:
    """Each council that counts the measure by another rule, with what differs, once."""
    differ = {line.council: line.differs_in for each in figures for line in each.lines if line.differs_in}
    return tuple(
        f"{name} counts it by another rule and is not compared: {'; '.join(differ[code])}."
        for code, name in names.items()
        if code in differ
    )


def _silent(wanted: Sequence[MeasureCompared], told: Sequence[MeasureCompared]) -> list[Block]:
    known = {each.measure for each in told}
    silent = dict.fromkeys(title_of(each) for each in wanted if each.measure not in known)
    return [Heading(1, "No figure"), Text(f"No council has a figure of: {listed(list(silent))}.")] if silent else []
