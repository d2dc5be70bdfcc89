"""The manual's page of measures, written from their declarations."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from earlyhelp.measures.catalogue import CATALOGUE
from earlyhelp.measures.measure import Better, Measure, Statistic
from earlyhelp.measures.splits import splits_of

MADE_OF = {
    Statistic.COUNT: "the count, with Byar's interval",
    Statistic.SHARE: "numerator over denominator, with the Wilson interval",
    Statistic.MIX: "each part over all parts, with the Wilson interval",
    Statistic.RATE: "the count for each 10,000 children, with Byar's interval",
    Statistic.MEDIAN: "the Kaplan-Meier median of days, with the interval of Brookmeyer and Crowley",
    Statistic.BALANCE: "the counts with Byar's interval, and their difference",
    Statistic.DIFFERENCE: "numerator less denominator",
}
READ_AS = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.CONTEXT: "neither higher nor lower is better: it is read with others",
    Better.ZERO: "zero is right",
}
_HEAD = """\
# Measures

Every measure there is, with how it is counted and worked examples. Written from the declarations in `measures/` and the
examples in `tests/spec/`, which are also its tests: change those instead.

All intervals are 95 per cent. `not_recorded` is what a source left empty, `unmapped` what nobody mapped to a code. The
status of a row is `ok`, `suppressed` (too few to show), `not_mature` (follow-up not complete) or `no_data` (nobody can
tell); none of the last three is zero. In worked examples nothing is suppressed unless they say so.
"""


def measures_page(examples: Mapping[str, str]) -> str:
    """The page as Markdown. `examples`: the worked examples of each measure as Markdown, by measure."""
    sections = [_section(measure, examples.get(measure.id, "")) for measure in CATALOGUE.values()]
    return "\n".join([_HEAD, *sections])


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
    always, can = measure.always_by, splits_of(measure).keys() - measure.always_by.keys()
    return {
        "Counts": measure.unit,
        "Numerator": measure.numerator,
        "Denominator": measure.denominator or "none",
        "Value": MADE_OF[measure.statistic],
        "Time": measure.time.words,
        "Needs": ", ".join(f"`{column}`" for column in measure.needs),
        "Shown only where": ", ".join(f"`{c}` is {share:.0%} complete or more" for c, share in measure.gate.items()),
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
