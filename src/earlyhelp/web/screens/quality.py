"""Can these numbers be trusted: measures that are off, rules, recording delay, readiness for returns, linkage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import desk
from earlyhelp.link.quality_words import IN_WORDS
from earlyhelp.reports.blocks import Bullets, Heading, Note, TableBlock, Text
from earlyhelp.reports.documents.inspection_pack import STATES
from earlyhelp.reports.wording import why_shut
from earlyhelp.web.access import READERS, Power, having
from earlyhelp.web.blocks import BigNumber, Empty, Folded, Link, LinkedTable, Links, Numbers, Shown
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.measure import WITHOUT_A_CODE, without_a_code
from earlyhelp.web.tables import column_words, table_of
from earlyhelp.web.workspace import workspace

OUTCOMES = {
    "failed": "records break it: see the fix-list",
    "broken": "the rule itself could not be worked out",
    "passed": "no record breaks it",
    "not applicable": "nothing fills what it is about",
}
"""The four outcomes of a rule, in the order in which they matter."""
_TOO_FEW = "too few to say"


@page("quality/", rule=READERS, menu="Quality", place=85, kept=True)
def quality(request: HttpRequest) -> Screen:
    """Can these numbers be trusted: what is off, which rules fail, how late records are entered, how good links are."""
    found, links = checked(request), linked(request)
    return Screen(
        "Can these numbers be trusted?",
        (
            _at_a_glance(found, links),
            *_gates(found["gates"]),
            *_without_a_code(request),
            *_rules(found["rules"], exact=Power.EXACT in request.user.powers),
            *_delay(found["recording_delay"]),
            *_readiness(found["readiness"]),
            *_linkage(links),
            *_unused(found["unused_fields"]),
            Heading(1, "Where to look next"),
            Links(_next(request)),
        ),
        lead="What is asked of the records before their figures are believed.",
    )


def checked(request: HttpRequest | InSnapshot) -> dict[str, Any]:
    """How every rule came out, kept for the snapshot."""
    return prepared(request, ("check",), lambda: desk.check(workspace()))


def linked(request: HttpRequest | InSnapshot) -> dict[str, Any]:
    """How good the links are, kept for the snapshot."""
    return prepared(request, ("linkage",), lambda: desk.linkage(workspace()))


def make_ready(request: InSnapshot) -> None:
    """What the page shows."""
    checked(request)
    linked(request)
    _without_a_code(request)


def _at_a_glance(found: Mapping[str, Any], links: Mapping[str, Any]) -> Numbers:
    outcomes = Counter(each["outcome"] for each in found["rules"])
    on = sum(1 for each in found["gates"] if each["state"] == "on")
    applied = sum(count for outcome, count in outcomes.items() if outcome != "not applicable")
    passed = f"{outcomes['passed']} of {applied}"
    right, interval = share(links["precision_estimate"]), links["precision_interval"]
    return Numbers(
        (
            BigNumber("Measures that can be shown", f"{on} of {len(found['gates'])}", about="the others lack records"),
            BigNumber("Rules that pass", passed, about=f"{outcomes['not applicable']} more have nothing to look at"),
            BigNumber(
                "Links that are right",
                right,
                f"{share(interval[0])} to {share(interval[1])}" if interval else "",
                f"told by {IN_WORDS.get(links['precision_basis'], 'nothing yet')}",
            ),
        )
    )


def share(value: float | None) -> str:
    """A share as a percentage; what is not there in words."""
    return "no data" if value is None else f"{value:.1%}"


def _gates(gates: Sequence[Mapping[str, Any]]) -> list[Shown]:
    off = [each for each in gates if each["state"] != "on"]
    if not off:
        return [Heading(1, "Measures"), Text("Every measure can be shown.")]
    rows = tuple((each["name"], each["measure"], STATES[each["state"]], why_shut(each)) for each in off)
    table = TableBlock("Measures that are not shown, and why", ("measure", "id", "state", "why"), rows)
    links = tuple(reverse("measure", args=[each["measure"]]) for each in off)
    return [
        Heading(1, "Measures that are not shown"),
        LinkedTable(table, links),
        Link("What would switch them on", reverse("systems"), "system by system"),
    ]


def _rules(rules: Sequence[Mapping[str, Any]], *, exact: bool) -> list[Shown]:
    """The four outcomes, and the rules that did not pass; how many records is for those who may see exact figures."""
    outcomes = Counter(each["outcome"] for each in rules)
    told = [(outcome, f"{outcomes[outcome]:,}", words) for outcome, words in OUTCOMES.items()]
    blocks: list[Shown] = [
        Heading(1, "Rules"),
        table_of("How the rules came out", ("outcome", "rules", "it means"), told, (1,)),
    ]
    if exact:
        blocks.append(Link("How many records, and whose", reverse("exact_quality"), "in exact counts"))
    blocks.append(Link("Every rule", reverse("all_rules"), "those that records break first"))
    return blocks


def _without_a_code(request: HttpRequest | InSnapshot) -> list[Shown]:
    """The columns in which a word has no code, by measure K6, as they may be shown: the most first."""
    told = [(column_words(field), share) for field, share in without_a_code(request)]
    if not told:
        return [Heading(1, "Words without a code"), Text("Every word that has a list of codes is mapped to one.")]
    columns = ("column", "records without a code")
    return [
        Heading(1, "Words without a code"),
        table_of("Words without a code, the most first", columns, told, (1,)),
        Note(
            "A record whose word has no code counts in totals, and under no code: where figures are by code, it is missed."
        ),
        Link("The measure", reverse("measure", args=[WITHOUT_A_CODE]), "every column, with its certificate"),
    ]


def _delay(rows: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """How late records are entered: by source first, by team behind a line of words."""
    if not rows:
        return [Heading(1, "Recording delay"), Text("No source tells when a record was entered.")]
    heading: list[Shown] = [Heading(1, "Recording delay")]
    whole = [each for each in rows if each["team"] is None]
    teams = [each for each in rows if each["team"] is not None]
    if whole:
        heading.append(_delay_table("Days from the event until it was entered", whole, with_team=False))
    if teams:
        heading.append(Folded("By team", (_delay_table("Days until entered, by team", teams, with_team=True),)))
    return heading


def _delay_table(caption: str, rows: Sequence[Mapping[str, Any]], *, with_team: bool) -> TableBlock:
    told = [
        (
            each["table"],
            each["source_system"],
            *([each["team"]] if with_team else []),
            *(_count(each[name]) for name in ("records", "dated", "median_days", "ninety_percent_days")),
        )
        for each in rows
    ]
    names = ("records of", "system", *(["team"] if with_team else []))
    columns = (*names, "records", "with a day of entry", "half within (days)", "nine in ten within (days)")
    return table_of(caption, columns, told, range(len(names), len(columns)))


def _count(value: float | None) -> str:
    return _TOO_FEW if value is None else f"{value:,}"


def _readiness(returns: Sequence[Mapping[str, Any]]) -> list[Shown]:
    rows = [
        (each["title"], share(each["score"]), f"{each['columns_ready']} of {each['columns_asked']}") for each in returns
    ]
    blocks: list[Shown] = [Heading(1, "Readiness for national returns")]
    if not rows:
        return [*blocks, Text("No return asks for anything that is held.")]
    blocks.append(
        table_of(
            "How much of each return is filled and valid", ("return", "filled and valid", "columns ready"), rows, (1, 2)
        )
    )
    for each in returns:
        columns = [
            (one["column"], one["when"] or "always", _count(one["records"]), _share(one)) for one in each["columns"]
        ]
        if columns:
            table = table_of(
                f"{each['title']}: column by column",
                ("column", "asked for", "records", "filled and valid"),
                columns,
                (2, 3),
            )
            blocks.append(Folded(each["title"], (table, Note(each["source"]))))
    return blocks


def _share(one: Mapping[str, Any]) -> str:
    return _TOO_FEW if one["status"] == "suppressed" else share(one["share"])


def _linkage(links: Mapping[str, Any]) -> list[Shown]:
    """How many links are right and found, in sentences and by group."""
    counted = [
        BigNumber("Records", _count(links["records"])),
        BigNumber("People", _count(links["people"])),
        BigNumber(
            "Families", _count(links["families"]), about=f"definition: {links['family_definition'] or 'not told'}"
        ),
    ]
    if links["for_review"] is not None:
        counted.append(BigNumber("Pairs that wait for a reviewer", _count(links["for_review"])))
    blocks: list[Shown] = [Heading(1, "Linkage: who was taken for one person"), Numbers(tuple(counted))]
    if not links["quality"]:
        return [*blocks, Text("How good the links are: no data. Run again, and the snapshot will hold it.")]
    blocks.append(Bullets(tuple(links["sentences"])))
    blocks.append(Link("Group by group", reverse("link_quality"), "how many links are right, and found"))
    return blocks


def _unused(fields: Sequence[Mapping[str, Any]]) -> list[Shown]:
    if not fields:
        return []
    rows = [(each["heading"], each["source"], each["list"], each["column"], each["why"]) for each in fields]
    columns = ("heading", "source", "list", "column", "why")
    words = f"{len(fields)} fields that a source could fill and never does"
    return [Heading(1, "Fields that are never filled"), Folded(words, (table_of("Unused fields", columns, rows),))]


def _next(request: HttpRequest) -> tuple[Link, ...]:
    powers, links = request.user.powers, []
    if Power.EXACT in powers:
        links.append(Link("Exact counts", reverse("exact_quality"), "rules by team, and what became of every row"))
    if powers & {Power.ROWS, Power.TEAM_ROWS}:
        links.append(Link("Fix-lists", reverse("fix_lists"), "record by record, for those who mend them"))
    return (*links, Link("Systems", reverse("systems"), "what is held where, and what is missing"))


@page("quality/rules/", rule=READERS, kept=True)
def all_rules(request: HttpRequest) -> Screen:
    """Every rule, with how it came out: the records break it, all is well, nothing to look at, or the rule itself failed."""
    order = list(OUTCOMES)
    rules = sorted(checked(request)["rules"], key=lambda each: order.index(each["outcome"]))
    rows = [(each["message"], each["outcome"], each["reason"], each["rule"]) for each in rules]
    columns = ("what the rule says", "outcome", "why it did not apply", "rule")
    table = table_of("Every rule", columns, rows, nothing="it applied")
    return Screen("Every rule", (table,), lead=f"{len(rows)} rules.", way=_way())


def _way() -> tuple[Link, ...]:
    return (Link("Quality", reverse("quality")),)


@page("quality/linkage/", rule=READERS, kept=True)
def link_quality(request: HttpRequest) -> Screen:
    """How many links are right, and how many of those there should be were found, group by group."""
    links = linked(request)
    told = [row for row in links["quality"] if row["precision"] is not None or row["recall"] is not None]
    if not told:
        steps = (Link("Review of links", reverse("review"), "answers of reviewers tell how good links are"),)
        return Screen(
            "Linkage, group by group", (Empty("Nothing tells yet how good the links are.", steps),), way=_way()
        )
    blocks: list[Shown] = [Bullets(tuple(links["sentences"]))]
    for by in dict.fromkeys(row["by"] for row in told):
        rows = [
            (
                row["group"].replace("_", " "),
                _count(row["linked_pairs"]),
                *_of(row, "precision"),
                *_of(row, "recall"),
                IN_WORDS.get(row["basis"], row["basis"]),
            )
            for row in told
            if row["by"] == by
        ]
        columns = ("group", "linked pairs", "right", "interval", "found", "interval of found", "told by")
        blocks.append(table_of(f"By {by.replace('_', ' ')}", columns, rows, (1, 2, 4)))
    lead = "Right: a link joins records of one person. Found: two records of one person are linked."
    return Screen("Linkage, group by group", tuple(blocks), lead=lead, way=_way())


def _of(row: Mapping[str, Any], figure: str) -> tuple[str, str]:
    value, lower, upper = (row[f"{figure}{end}"] for end in ("", "_lower", "_upper"))
    return ("no data", "none") if value is None else (share(value), f"{share(lower)} to {share(upper)}")


@page("quality/counts/", rule=having(Power.EXACT), private=True)
def exact_quality(request: HttpRequest) -> Screen:
    """How many records break each rule, whose they are, and what became of every row that was received."""
    found = checked(request)
    told = prepared(request, ("reconcile",), lambda: desk.reconcile(workspace()))
    return Screen(
        "Quality in exact counts",
        (
            Text(f"{found['quarantined']:,} rows are in quarantine: the report of each file says why."),
            *_broken(found),
            *_accounts(told["accounts"]),
            *_totals(told["totals"]),
        ),
        lead="Exact counts, for the people who keep the records. Not to be passed on.",
        way=_way(),
    )


def _broken(found: Mapping[str, Any]) -> list[Shown]:
    failed = [each for each in found["rules"] if each["outcome"] == "failed"]
    blocks: list[Shown] = [Heading(1, "Rules that records break")]
    if not failed:
        return [*blocks, Text("No record breaks a rule.")]
    rows = [(each["message"], f"{each['rows']:,}", f"{each['records']:,}", each["rule"]) for each in failed]
    blocks.append(
        table_of("By rule", ("what the rule says", "records that break it", "records looked at", "rule"), rows, (1, 2))
    )
    teams: Counter[str] = Counter()
    for each in found["fix_list"]:
        teams[each["team"]] += each["records"]
    by_team = [(team, f"{count:,}") for team, count in sorted(teams.items(), key=lambda one: (-one[1], one[0]))]
    blocks.append(table_of("Things to mend, by team", ("team", "things to mend"), by_team, (1,)))
    return [*blocks, Link("Fix-lists", reverse("fix_lists"), "record by record")]


def _accounts(accounts: Sequence[Mapping[str, Any]]) -> list[Shown]:
    names = [name for name in accounts[0] if name not in ("source", "list")] if accounts else []
    blocks: list[Shown] = [Heading(1, "What became of every row")]
    if not accounts:
        return [*blocks, Text("No list was received.")]
    rows = [(each["source"], each["list"], *(f"{each[name]:,}" for name in names)) for each in accounts]
    columns = ("source", "list", *(name.replace("_", " ") for name in names))
    blocks.append(
        table_of(
            "Rows received, list by list",
            columns,
            rows,
            range(2, len(columns)),
        )
    )
    lost = sum(each["not_accounted"] for each in accounts)
    blocks.append(
        Text(
            "Every row is accounted for."
            if not lost
            else f"{lost:,} rows are not accounted for: tell whoever looks after this application."
        )
    )
    return blocks


def _totals(totals: Sequence[Mapping[str, Any]]) -> list[Shown]:
    heading = Heading(1, "Your own totals")
    if not totals:
        words = "No control totals were received. Put a file control_totals.csv into the inbox to hold our counts against yours."
        return [heading, Text(words)]
    names = [name for name in totals[0] if not isinstance(totals[0][name], list | dict)]
    rows = [[each[name] for name in names] for each in totals]
    return [heading, table_of("Your totals beside what is counted", [name.replace("_", " ") for name in names], rows)]
