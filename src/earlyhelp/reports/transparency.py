"""The Algorithmic Transparency record: what the software does with records about people, written from its declarations.

It holds no figure of a council, so that it is the same for every council but for the name, the version and the worklists that
are switched on. The fields are those of the United Kingdom's Algorithmic Transparency Recording Standard, version 3.0: tier 1
for everybody, tier 2 for whoever wants to know more. What only a council can tell is left for it to fill in, and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from earlyhelp.evaluate import earlier, poverty
from earlyhelp.evaluate.studies.covariates import COVARIATES
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS
from earlyhelp.evaluate.studies.protocol import Study
from earlyhelp.link.blocking import BLOCKING
from earlyhelp.link.comparisons import COMPARISONS
from earlyhelp.link.matching import LINKED
from earlyhelp.link.people import GRADES
from earlyhelp.link.thresholds import BOUNDS
from earlyhelp.measures import CATALOGUE
from earlyhelp.reports.answers import PREPARED
from earlyhelp.reports.wording import listed
from earlyhelp.standard import TABLES
from earlyhelp.standard.types import Sensitivity

NAME = "transparency-record"
ENDING = ".md"
TITLE = "Algorithmic Transparency record"
HOLDS = "what the software does with records about people, as the United Kingdom's standard asks; no figures"
TO_FILL_IN = "*To be filled in by the council.*"
NO_SCORE = "No score, rank or prediction is made for a child, a parent or a family, and no figure is made for one."
DECISIONS = (
    "Decisions about families are made by people, on what they know of the family. Nothing here opens, refuses, closes or "
    "ranks a case."
)


@dataclass(frozen=True)
class About:
    """What a record is about: the council's name, the version of the software, the worklists the council has switched on."""

    council: str
    version: str
    worklists: Collection[str] = ()


@dataclass(frozen=True)
class Field:
    """One field of the standard: its number, its name, and what it says."""

    number: str
    name: str
    text: str = TO_FILL_IN


@dataclass(frozen=True)
class Section:
    """One part of a tier, with its fields in order."""

    heading: str
    fields: tuple[Field, ...]


def transparency_record(about: About) -> str:
    """The record as Markdown, tier by tier: every field has its text or says that the council is to fill it in."""
    lines = [
        f"# {TITLE}: {about.council}",
        "Written from the declarations of the software: it holds no figures and nothing about a person. Fields follow version "
        "3.0 of the Algorithmic Transparency Recording Standard; compare them with the template of the day before publishing.",
    ]
    for section in sections(about):
        lines.append(f"## {section.heading}")
        lines += [f"### {field.number} {field.name}\n\n{field.text}" for field in section.fields]
    return "\n\n".join(lines) + "\n"


def sections(about: About) -> tuple[Section, ...]:
    """Every section of both tiers, in the order of the standard."""
    return (
        Section("Tier 1: overview", _overview()),
        Section("Tier 2: owner and responsibility", _owner(about)),
        Section("Tier 2: description and rationale", _rationale()),
        Section("Tier 2: deployment context", _context(about)),
        Section("Tier 2: tool specification", _tool(about)),
        Section("Tier 2: models", (*_linkage(about), *_studies(about), *_looking_back(about))),
        Section("Tier 2: data", _data()),
        Section("Tier 2: risks, mitigations and impact assessments", _risks()),
    )


def _overview() -> tuple[Field, ...]:
    return (
        Field("1.1", "Name", "Early Help Evidence (`earlyhelp`)"),
        Field(
            "1.2",
            "Description",
            "The council puts together the records that it already holds about early help, recognises records of the same "
            "person, and counts: how services do, where need is, what helped families who were alike, and what came before "
            f"step-ups to statutory services. {NO_SCORE} {DECISIONS}",
        ),
        Field("1.3", "Website URL"),
        Field("1.4", "Contact email"),
    )


def _owner(about: About) -> tuple[Field, ...]:
    own = "None: the council runs it on its own machines, and no record leaves them to run it."
    return (
        Field("2.1.1", "Organisation or department", about.council or TO_FILL_IN),
        Field("2.1.2", "Team"),
        Field("2.1.3", "Senior responsible owner"),
        Field(
            "2.1.4", "Third party involvement", f"{own} *The council is to name any supplier who hosts or supports it.*"
        ),
    )


def _rationale() -> tuple[Field, ...]:
    return (
        Field(
            "2.2.1",
            "Detailed description",
            _listed((
                f"{len(CATALOGUE)} measures, each declared once with its rule, its interval and what it must not be read as.",
                "Studies of services: families offered one thing against families offered another, made alike by what was "
                "recorded before; the plan is kept with a hash before an outcome is read.",
                "Where domestic abuse is told of, what follows signs of poverty, and what came before step-ups, of groups "
                "and areas.",
                "Prepared questions, answered in sentences made by rule: " + "; ".join(each.asks for each in PREPARED.values()),
            )),
        ),
        Field("2.2.2", "Benefits",
            "Services can be planned and judged by evidence that says how sure it is and what it cannot say."),
        Field("2.2.3", "Previous process",
            "Separate counts from separate systems, in which one child may be several." + TO_FILL_IN),
        Field(
            "2.2.4",
            "Alternatives considered",
            "Scores that predict what becomes of a child or a family were considered and refused: most families with any "
            "history do not step up, records tell of services as much as of need, and a score would follow a family.",
        ),
    )  # fmt: skip


def _context(about: About) -> tuple[Field, ...]:
    return (
        Field("2.3.1", "Integration into broader operational process",
            f"Figures are read in meetings and reports. {DECISIONS}"),
        Field(
            "2.3.2",
            "Human review",
            "People who know the records decide the pairs of records of which the software is unsure, and a second person "
            "looks at some of these again. A figure leaves only through disclosure control. Worklists of families, for roles "
            "that may see them and with a reason kept in an audit log, are these plain rules, in order of the day of the event:"
            f"\n\n{_worklists(about)}",
        ),
        Field("2.3.3", "Frequency and scale of usage"),
        Field("2.3.4", "Required training"),
        Field(
            "2.3.5",
            "Appeals and review",
            "A figure has a certificate by which it can be worked out again. A person can ask for the records about them, have "
            "them mended at their source, and be erased (`earlyhelp forget`). " + TO_FILL_IN,
        ),
    )  # fmt: skip


def _worklists(about: About) -> str:
    """Every worklist with its rule; that of poverty with whether the council has switched it on."""
    told = [
        f"`{each.id}`: {CATALOGUE[each.rows_of.measure].defined_as(each.rows_of.definition).numerator}"
        for each in PREPARED.values()
        if each.rows_of
    ]
    state = "switched on" if "poverty" in about.worklists else "switched off"
    told += [f"`{each.id}` ({state}): {poverty.RULE}" for each in PREPARED.values() if each.families_of]
    return _listed(told)


def _tool(about: About) -> tuple[Field, ...]:
    return (
        Field(
            "2.4.1.1",
            "System architecture",
            "Files are read into a standard dataset, checked, linked, counted and studied on one machine or the council's own "
            "cluster. Names, addresses and numbers lie apart from what is analysed, under pseudonyms with a key that the "
            "council holds.",
        ),
        Field("2.4.1.2", "System-level input",
            f"Extracts of the council's and its partners' systems, in {len(TABLES)} tables; see data."),
        Field("2.4.1.3", "System-level output",
            f"Counts, shares, rates and effects of groups and areas, with intervals. {NO_SCORE}"),
        Field("2.4.1.4", "Maintenance",
            f"Version {about.version}. Methods are tested against published answers and made-up councils."),
        Field("2.4.1.5", "Models",
            "Record linkage, studies of services, and the look back from step-ups: none is a model of a family."),
    )  # fmt: skip


def _model(number: int, about: About, name: str, parts: Sequence[tuple[str, str]]) -> tuple[Field, ...]:
    """The fields of one model: its name, the version, then the parts in order."""
    fields = (("Model name", name), ("Model version", about.version), *parts)
    return tuple(Field(f"2.4.2.{number}.{place}", *field) for place, field in enumerate(fields, start=1))


def _linkage(about: About) -> tuple[Field, ...]:
    grades = ", ".join(f"{name} from {least:g}" for name, least in GRADES if least)
    return _model(1, about, "Record linkage", (
        ("Model task",
         "To say which records are of one person, so that a child known to five services is counted once."),
        ("Model input",
         f"What two records say of: {', '.join(each.name.replace('_', ' ') for each in COMPARISONS)}."),
        ("Model output",
         f"A probability that two records are of one person; from {LINKED:g} on they are joined. Grades: "
         f"{grades}."),
        (
            "Model architecture",
            f"A Fellegi-Sunter model over pairs that share one of {len(BLOCKING)} combinations of values, with rules that turn "
            "down pairs which contradict each other. How alike true pairs are is learned without labels from the council's "
            "records where there are enough, and otherwise shipped.",
        ),
        (
            "Model performance",
            "Precision and recall are estimated on every run, from reviewed pairs and from pairs with a number in common, and "
            f"told by group. Figures that follow people are counted again under looser and stricter linking ({BOUNDS['low']:g} "
            f"and {BOUNDS['high']:g}), and the range is shown. Tested on made-up councils with a known truth.",
        ),
    ))  # fmt: skip


def _studies(about: About) -> tuple[Field, ...]:
    plan = Study("SERVICE").declaration()
    gate = plan["gate"]
    return _model(2, about, "Studies of services", (
        ("Model task", f"To tell, of a service, the {plan['estimand']}."),
        (
            "Model input",
            f"Families: {plan['eligible']}. Time zero: {plan['time_zero']}. Compared with: {plan['compared_with']}. Analysed "
            f"{plan['analysed']}. Made alike by what was recorded before time zero: "
            f"{'; '.join(each.words for each in COVARIATES)}. Not held: {'; '.join(plan['not_held'])}.",
        ),
        (
            "Model output",
            f"A difference of shares of groups, with its interval, within {listed([str(months) for months in WINDOWS])} months: "
            f"{'; '.join(each.words for each in OUTCOMES.values())}. What may and may not be said of it follows by rule.",
        ),
        ("Model architecture",
         f"{plan['design'][0].upper()}{plan['design'][1:]}: entropy balancing, beside doubly robust weighting "
         "and matching."),
        (
            "Model performance",
            f"No figure is shown unless every difference between the groups is under {gate['largest_difference']:g} standard "
            f"deviations, variance ratios lie between {gate['variance_ratios'][0]:g} and {gate['variance_ratios'][1]:g}, and the "
            f"effective share of the compared is at least {gate['least_effective_share']:g}. Methods are tested against "
            "published answers, and on made-up councils with known effects, some of them none.",
        ),
    ))  # fmt: skip


def _looking_back(about: About) -> tuple[Field, ...]:
    signs = "; ".join(sign.words for sign in earlier.SIGNS)
    rules = [f"Families with {rule.event}, followed by {rule.followed}." for rule in earlier.RULES]
    return _model(3, about, "What came before step-ups", (
        ("Model task",
         "To tell what was recorded before families' first step-ups, and what was missed, to learn how to help "
         "earlier."),
        ("Model input", f"What was recorded in the {earlier.BACK} days before: {signs}."),
        (
            "Model output",
            "Counts of groups and areas: how much more often something was recorded than of families like them, how many "
            "families with the same history did not step up, and wards whose last three months lie above their own past. "
            "Nothing in it is told of one family.",
        ),
        ("Model architecture", f"Counting by plain rules, with intervals. Missed opportunities:\n\n{_listed(rules)}"),
        (
            "Model performance",
            "Each answer tells how many families with a history did not step up: as a prediction it would be wrong for most. "
            f"Of wards told of, on average at most {earlier.FALSE_ALARMS:.0%} are told by chance alone.",
        ),
    ))  # fmt: skip


def _data() -> tuple[Field, ...]:
    special = [
        f"{table.table_name}.{column}"
        for table in TABLES.values()
        for column, declared in table.columns.items()
        if declared.sensitivity is Sensitivity.SPECIAL
    ]
    tables = _listed(f"`{name}`: {table.grain}." for name, table in TABLES.items())
    return (
        Field("2.4.3.1", "Development data description",
            "Made-up councils with a planted truth, and published data sets of other fields. No record of a real "
            "person was used."),
        Field("2.4.4.1", "Operational data description", f"The standard dataset:\n\n{tables}"),
        Field("2.4.4.2", "Data modality", "Tables."),
        Field("2.4.4.3", "Data quantities"),
        Field("2.4.4.4", "Sensitive attributes",
            f"Columns of special category: {', '.join(f'`{each}`' for each in special)}. They describe groups and "
            "test fairness; the studies' list of what families are made alike by is above."),
        Field("2.4.4.5", "Data completeness and representativeness",
            "Every run tells how full each column is, and a measure is not shown where its columns are too empty. "
            "Families whom nobody records are in no figure."),
        Field("2.4.4.6", "Data collection",
            "Exported from the systems in which workers record. What free text says is not analysed."),
        Field("2.4.4.7", "Data cleaning",
            "Codes are mapped to the standard ones and the original is kept. A row that cannot be read is set "
            "aside and counted, never dropped in silence."),
        Field("2.4.4.8", "Data sharing agreements"),
        Field("2.4.4.9", "Data access and storage",
            "On the council's machines. Names and numbers lie apart; who reads them is in an audit log. Counts of "
            "few people are not shown. Erasure and retention rewrite every copy."),
    )  # fmt: skip


def _risks() -> tuple[Field, ...]:
    return (
        Field("2.5.1", "Impact assessments",
            "A data protection impact assessment and an equality impact assessment." + TO_FILL_IN),
        Field(
            "2.5.2",
            "Risks and mitigations",
            _listed((
                "A figure of a group is read as a statement about a family: every answer says that it is none, and there is no "
                "score to read.",
                "Records tell of services and not of need: each answer says what it cannot say, and nothing recorded is never "
                "told as no need.",
                "Some groups are linked or recorded worse: quality is told by group, and how a worklist's rule does is told by "
                "ethnic group, sex and disability.",
                "Chance is read as change: figures have intervals, and where sentences are chosen from several comparisons their "
                "number is allowed for; what does not pass its gate is not shown.",
                "People are told by small counts: disclosure control is the one way out, and hides what could be worked back.",
                "A study is read as proof: the sentences that may be said are made by rule from how the study was done.",
            )),
        ),
    )  # fmt: skip


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
