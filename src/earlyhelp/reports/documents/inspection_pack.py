"""The inspection pack: question by question what can be answered and with which figure, what cannot and why, and the proof.

Nothing in it says how well the council does: it says what is known, how sure that is, and where it was counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from earlyhelp.release import ReleasedRow, Status
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Block, Heading, Note, TableBlock, Text
from earlyhelp.reports.documents.beside import group_of, told
from earlyhelp.reports.documents.declared import Document, Material
from earlyhelp.reports.documents.inspection_questions import PROMPTS, Prompt, wanted
from earlyhelp.reports.wording import IN_WORDS, days_of, in_words, not_recorded, number, why_shut

ANNEX_A = "annex_a_list_2"
MOST_GROUPS = 6
MOST_RULES = 12
HASH_SHOWN = 16
"""So many hexadecimal digits of a hash are printed: enough to tell files apart, few enough to read."""
STATES = {"on": "can be shown", "off": "nothing recorded", "closed": "recorded too seldom"}


def blocks(material: Material) -> list[Block]:
    """In short, readiness by question, what cannot be answered, the data, Annex A, and what it was all made of."""
    parts = {part.released.measure.id: part for _, part in material.parts}
    if not parts:
        return [
            Heading(1, "In short"),
            Text("No measure was asked: there is nothing to show an inspector.", strong=True),
        ]
    return [
        Heading(1, "In short"),
        *_in_short(parts),
        Heading(1, "Readiness by question"),
        _readiness(parts),
        Heading(1, "What an inspector may ask, and what answers it", new_page=True),
        *_answers(parts),
        Heading(1, "What cannot be answered, and why", new_page=True),
        *_unanswered(parts),
        *_data(material.trust),
        *_annex_a(material.trust),
        *_made_of(material),
    ]


def figure(part: Part) -> tuple[ReleasedRow, ...]:
    """The rows to show of a measure: of its latest period with a figure, else of the latest that is mature, else of the last."""
    shown = [row for row in part.released.rows if row.status is Status.OK]
    mature = [row for row in part.released.rows if row.status is not Status.NOT_MATURE]
    rows = shown or mature or list(part.released.rows)
    last = max((row.period_end for row in rows if row.period_end), default=None)
    return tuple(row for row in part.released.rows if row.period_end == last)


def is_answered(part: Part) -> bool:
    """Whether any figure of the measure may be shown."""
    return any(row.status is Status.OK for row in part.released.rows)


def why_not(part: Part) -> str:
    """Why a measure has no figure, and so what would be needed."""
    released = part.released
    if released.missing:
        return not_recorded(released.missing)
    if released.closed:
        return " ".join(f"{gate.words}." for gate in released.closed)
    if released.not_held and all(row.status is Status.NO_DATA for row in released.rows):
        return " ".join(_kinds_not_held(part))
    statuses = {row.status for row in figure(part)}
    if Status.SUPPRESSED in statuses:
        return "Too few to say: the figure would tell of single families."
    if Status.NOT_MATURE in statuses:
        return "Not mature yet: those counted have not been followed up for long enough."
    return "The records of these days hold nothing that it counts."


def _in_short(parts: Mapping[str, Part]) -> Iterator[Block]:
    whole = sum(_answered(each, parts) == len(each.measures) for each in PROMPTS)
    none = sum(not _answered(each, parts) for each in PROMPTS)
    yield Text(
        f"Of {len(PROMPTS)} questions that an inspector may ask, {whole} can be answered with every measure meant for them, "
        f"{len(PROMPTS) - whole - none} with some, and {none} with none.",
        strong=True,
    )
    yield Text(
        "The questions are prompts on themes of published inspection reports, time and thresholds first. They are no forecast "
        "of what will be asked, and a question that can be answered is not one that is answered well. "
        "Beside each figure stands its 95 per cent interval."
    )


def _answered(prompt: Prompt, parts: Mapping[str, Part]) -> int:
    return sum(is_answered(parts[each]) for each in prompt.measures if each in parts)


def _readiness(parts: Mapping[str, Part]) -> TableBlock:
    rows = tuple(
        (each.asks, each.theme, f"{_answered(each, parts)} of {len(each.measures)}", _standing(each, parts))
        for each in PROMPTS
    )
    columns = ("an inspector may ask", "theme", "with a figure", "ready")
    return TableBlock("Whether the records can answer", columns, rows, (2,))


def _standing(prompt: Prompt, parts: Mapping[str, Part]) -> str:
    answered = _answered(prompt, parts)
    return "yes" if answered == len(prompt.measures) else "partly" if answered else "no"


def _answers(parts: Mapping[str, Part]) -> Iterator[Block]:
    """A table a question, under its theme: each measure with its figure, the days it is of, and its certificate."""
    asked = [each for each in PROMPTS if any(measure in parts for measure in each.measures)]
    for theme, prompts in groupby(asked, key=lambda each: each.theme):
        yield Heading(2, theme)
        for prompt in prompts:
            rows = [row for each in prompt.measures if each in parts for row in _rows(parts[each])]
            yield TableBlock(prompt.asks, ("measure", "figure", "days", "certificate"), tuple(rows), (1,))


def _rows(part: Part) -> Iterator[tuple[str, ...]]:
    """One row, or one for each of the first groups that the measure always tells apart."""
    named, rows = f"{part.released.measure.name} ({part.released.measure.id})", figure(part)
    ids = dict(zip(map(id, part.released.rows), part.certificates, strict=True))
    for row in rows[:MOST_GROUPS]:
        group = group_of(part, row)
        yield (
            f"{named}: {group}" if group else named,
            told(part, row),
            days_of(row, part.released.measure),
            ids[id(row)],
        )


def _unanswered(parts: Mapping[str, Part]) -> list[Block]:
    asked = {each: prompt.asks for prompt in PROMPTS for each in prompt.measures}
    rows = tuple(
        (f"{part.released.measure.name} ({each})", asked[each], why)
        for each, part in parts.items()
        if each in asked
        for why in (_kinds_not_held(part) if is_answered(part) else [why_not(part)])
    )
    if not rows:
        return [Text("Every measure meant for a question has a figure.")]
    return [TableBlock("Measures without a figure", ("measure", "which would answer", "why there is none"), rows)]


def _kinds_not_held(part: Part) -> list[str]:
    """Why a measure that has a figure has none of some kinds."""
    return [f"{kind.words}." for kind in part.released.not_held]


def _data(trust: Mapping[str, Any] | None) -> list[Block]:
    """The rules, the gates and the recording delay of the data desk."""
    if trust is None:
        return []
    outcomes = trust["outcomes"]
    said = ", ".join(f"{count:,} {outcome.replace('_', ' ')}" for outcome, count in outcomes.items())
    found: list[Block] = [
        Heading(1, "Data quality", new_page=True),
        Text(f"Rules by how they came out: {said}."),
        Text(f"Rows that were not let in, and wait to be mended: {_count(trust['quarantined'])}."),
    ]
    if trust["failed"]:
        rows = tuple(
            (each["message"], each["severity"], _count(each["rows"]), _count(each["records"]))
            for each in trust["failed"][:MOST_RULES]
        )
        columns = ("rule", "severity", "records that break it", "records looked at")
        found.append(TableBlock("Rules that records break, the most often broken first", columns, rows, (2, 3)))
    shut = [each for each in trust["gates"] if each["state"] != "on"]
    if shut:
        why = tuple((f"{each['name']} ({each['measure']})", STATES[each["state"]], why_shut(each)) for each in shut)
        found.append(TableBlock("Measures whose gate is shut", ("measure", "state", "why"), why))
    else:
        found.append(Text("The gate of every measure is open: the columns that each needs are full enough."))
    return [*found, *_delays(trust["recording_delay"])]


def _delays(rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    whole = [each for each in rows if each["team"] is None]
    if not whole:
        return [Text("How soon work is recorded is not known: no record says on which day it was made.")]
    told_rows = tuple(
        (each["table"], each["source_system"], _count(each["dated"]),
         *(_days_of(each, name) for name in ("median_days", "ninety_percent_days")))
        for each in whole
    )  # fmt: skip
    columns = ("table", "system", "records with a day", "half recorded within", "nine of ten within")
    return [TableBlock("How soon work is recorded", columns, told_rows, (2, 3, 4))]


def _days_of(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None:
        return IN_WORDS[Status.SUPPRESSED] if row["status"] == Status.SUPPRESSED else "no data"
    return f"{row[name]:,.0f} days"


def _count(value: float | None) -> str:
    return IN_WORDS[Status.SUPPRESSED] if value is None else number(value)


def _annex_a(trust: Mapping[str, Any] | None) -> list[Block]:
    told_of = next((each for each in (trust or {}).get("readiness", ()) if each["return"] == ANNEX_A), None)
    if told_of is None or not told_of["columns"]:
        return [Heading(1, "Annex A, list 2"), Text("No early help assessment is on record: the list would be empty.")]
    rows = tuple(
        (each["column"], _count(each["records"]), _count(each["valid"]), _share(each["share"]))
        for each in told_of["columns"]
    )  # fmt: skip
    score = _share(told_of["score"])
    columns = ("column", "records asked of", "filled and valid", "share")
    return [
        Heading(1, "Annex A, list 2"),
        Text(
            f"Of all that the list asks, {score} is filled and valid; {told_of['columns_ready']} of "
            f"{told_of['columns_asked']} columns are ready."
        ),
        TableBlock("Readiness for list 2, the emptiest column first", columns, rows, (1, 2, 3)),
        Note(
            "earlyhelp report DIR annex-a-list-2 --out FILE writes the list itself, which is about people, for its owner alone."
        ),
    ]


def _share(value: float | None) -> str:
    return IN_WORDS[Status.SUPPRESSED] if value is None else f"{value:.1%}"


def _made_of(material: Material) -> list[Block]:
    made = material.manifest
    if made is None:
        return []
    about = (
        ("snapshot", made["snapshot"]),
        ("data as at", in_words(material.as_at)),
        ("this software", f"earlyhelp {made['version']}"),
        ("database engine", f"DuckDB {made['duckdb']}"),
        ("hash of the whole manifest (SHA-256)", made["sha256"][:HASH_SHOWN]),
    )
    inputs = tuple((str(each["source"]), each["sha256"][:HASH_SHOWN]) for each in made["inputs"])
    found: list[Block] = [
        Heading(1, "What it was made of", new_page=True),
        TableBlock("Versions", ("what", "which"), about),
    ]
    if inputs:
        found.append(TableBlock("Files read", ("source", "hash (SHA-256)"), inputs))
    return [*found, Note(
        f"Hashes are cut to {HASH_SHOWN} digits here; the snapshot's manifest.json holds them whole, with every table's. "
        "The same files, settings and versions give the same snapshot."
    )]  # fmt: skip


DOCUMENT = Document(
    name="inspection-pack",
    title="Inspection pack: early help",
    for_whom="whoever prepares for an inspection, and the inspector",
    holds="what an inspector may ask, the figure and certificate that answers it, what cannot be answered, the data behind",
    blocks=blocks,
    wanted=wanted(),
    of_the_data=True,
)
