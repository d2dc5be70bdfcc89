"""The manual's pages of measures, written from their declarations."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from earlyhelp.measures.catalogue import CATALOGUE
from earlyhelp.measures.measure import Better, Measure, Statistic
from earlyhelp.measures.periods import Grain
from earlyhelp.measures.splits import splits_of

MADE_OF = {
    Statistic.COUNT: "the count, with Byar's interval",
    Statistic.SHARE: "numerator over denominator, with the Wilson interval",
    Statistic.MIX: "each part over all parts, with the Wilson interval",
    Statistic.RATE: "the count for each so many children, with Byar's interval",
    Statistic.MEDIAN: "the Kaplan-Meier quantile of days, with the interval of Brookmeyer and Crowley",
    Statistic.MEAN: "the mean, with Student's interval",
    Statistic.RATIO: "the one sum for each so many of the other, with Byar's interval where people are counted",
    Statistic.GAP: "the group's share less that of all others, with Newcombe's interval",
    Statistic.DISPARITY: "the group's ratio over that of the reference, with the interval of a ratio of rates",
    Statistic.SLOPE: "the slope index of inequality along the scale, with its interval",
    Statistic.BALANCE: "the counts with Byar's interval, and their difference",
    Statistic.DIFFERENCE: "numerator less denominator",
}
READ_AS = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.CONTEXT: "neither higher nor lower is better: it is read with others",
    Better.ZERO: "zero is right",
    Better.BAND: "both ends of the usual range ask for a look at the cases",
    Better.EVEN: "it should be the same for every group or place",
}
_HEAD = """\
# Measures

Every measure there is, by theme; each has a page of its theme with how it is counted and worked examples. Written from the
declarations in `measures/themes/` and the examples in `tests/spec/`, which are also its tests: change those instead.
"""
_HOW_TO_READ = """\
All intervals are 95 per cent. `not_recorded` is what a source left empty, `unmapped` what nobody mapped to a code. The
status of a row is `ok`, `suppressed` (too few to show), `not_mature` (follow-up not complete) or `no_data` (nobody can
tell); none of the last three is zero. In worked examples nothing is suppressed unless they say so.
"""


def measures_pages(examples: Mapping[str, str]) -> dict[str, str]:
    """The index and a page a theme as Markdown, by path. `examples`: the worked ones of each measure, by measure."""
    themes = dict.fromkeys(measure.theme for measure in CATALOGUE.values())
    pages = {_path(theme): _theme_page(theme, examples) for theme in themes}
    index = [f"## {theme}\n\n{_listed_measures(theme)}\n" for theme in themes]
    return {"measures.md": "\n".join([_HEAD, _HOW_TO_READ, *index]), **pages}


def _theme_page(theme: str, examples: Mapping[str, str]) -> str:
    sections = [_section(measure, examples.get(measure.id, "")) for measure in _of_theme(theme)]
    return "\n".join([f"# {theme}\n\n[All measures](../measures.md)\n", _HOW_TO_READ, *sections])


def _of_theme(theme: str) -> list[Measure]:
    return [measure for measure in CATALOGUE.values() if measure.theme == theme]


def _path(theme: str) -> str:
    return f"measures/{theme.lower().replace(' ', '-')}.md"


def _listed_measures(theme: str) -> str:
    """A table of a theme's measures, each with a link to its section and the question it answers."""
    rows = [f"| {_link(each)} | {each.question} |" for each in _of_theme(theme)]
    return "\n".join(["| measure | question |", "|---|---|", *rows])


def _link(measure: Measure) -> str:
    title = f"{measure.id} {measure.name}"
    anchor = "".join(each for each in title.lower() if each.isalnum() or each in " -").replace(" ", "-")
    return f"[{title}]({_path(measure.theme)}#{anchor})"


def _section(measure: Measure, examples: str) -> str:
    parts = [
        f"## {measure.id} {measure.name}",
        f"*{measure.question}* {measure.why}",
        _facts(_of_definition(measure) | _of_measure(measure)),
        _sql(measure),
        *_definitions(measure),
        f"**Traps.**\n\n{_listed(measure.traps)}",
        *([f"### Worked examples of {measure.id}", examples] if examples else []),
    ]
    return "\n\n".join(parts) + "\n"


def _of_definition(measure: Measure) -> dict[str, str]:
    """What a rival definition may say otherwise."""
    always, can = measure.fixed_splits, splits_of(measure).keys() - set(measure.fixed_splits)
    return {
        "Counts": measure.unit,
        "Numerator": measure.numerator,
        "Denominator": measure.denominator or "none",
        "Value": MADE_OF[measure.statistic],
        "Time": f"{measure.time.kind}: {measure.time.words}",
        "Told for": f"each {measure.per:,}" if measure.per > 1 else "",
        "Shortest period": "" if measure.finest is Grain.MONTH else str(measure.finest),
        "Needs": ", ".join(f"`{column}`" for column in measure.needs),
        "Compared with": measure.reference and f"`{measure.reference}`",
        "Rests on": str(measure.results or ""),
        "Shown only where": ", ".join(f"`{c}` is {share:.0%} complete or more" for c, share in measure.gate.items()),
        "No data of kinds never recorded in": ", ".join(f"`{column}`" for column in measure.kinds),
        "Always split by": ", ".join(f"`{name}`" for name in always),
        "Can be split by": ", ".join(f"`{name}`" for name in sorted(can)),
    }


def _of_measure(measure: Measure) -> dict[str, str]:
    return {"Read as": READ_AS[measure.better], "Source": measure.source}


def _definitions(measure: Measure) -> Iterable[str]:
    """Each rival definition with what differs from the measure's own."""
    for name in measure.definitions:
        rival = measure.defined_as(name)
        own = _of_definition(measure)
        differs = {fact: words for fact, words in _of_definition(rival).items() if words != own[fact]}
        yield f"**Definition `{name}`.** As above, but:"
        yield _facts(differs)
        if rival.rows != measure.rows:
            yield _sql(rival)


def _facts(facts: Mapping[str, str]) -> str:
    rows = [f"| {name} | {words.replace('|', chr(92) + '|')} |" for name, words in facts.items() if words]
    return "\n".join(["| | |", "|---|---|", *rows])


def _sql(measure: Measure) -> str:
    return f"```sql\n{textwrap.dedent(measure.rows).strip()}\n```"


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
