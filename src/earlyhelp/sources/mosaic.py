"""Mosaic (Access): people, groups, and the chain of workflow steps from a request to its closure, one row a step.

No layout is published. What is known of the system is in the extracts for the Standard Safeguarding Dataset
(data-to-insight): an early help episode is a chain of steps linked by their next actions, and a family is a group.
"""

from __future__ import annotations

from earlyhelp.sources.about_people import AT_HOME, NHS, UPN, headings_of, in_words, told_of
from earlyhelp.sources.layout import (
    PROPOSED,
    Carried,
    Fill,
    Heading,
    Kind,
    OwnNumber,
    Part,
    PersonOf,
    Read,
    Source,
    plain,
)
from earlyhelp.standard import CodeList, codelists, contact, eh_assessment, eh_episode, eh_review, family_member

PERSON, FAMILY = "Person ID", "Group ID"
STEP, CHAIN, TYPE = "Workflow step ID", "Workflow ID", "Step type"
STARTED, DUE, COMPLETED, OUTCOME = "Date started", "Date due", "Date completed", "Outcome"
SOURCE, NEED, LEVEL = "Requested by", "Presenting need", "Level"
TEAM, WORKER, ORGANISATION, RECORDED = "Team", "Worker ID", "Organisation", "Recorded on"

_IN_FULL = (
    "(earlyhelp|familyhelp|teamaround(the)?(family|child)|wholefamily|familysupport|targetedsupport|commonassessment)"
)
_IN_SHORT = "(eh|eha|taf|tac|caf)(assessment|plan|episode)?"
"""What early help is called in the names of steps. A short name stands first: EHCP, Cafcass and staff are other things."""


def _steps(name: str, words: str, exactly: str) -> Kind:
    """Steps called after early help with one of some words behind or before it, or exactly one of some."""
    behind = f"([a-z0-9]*{_IN_FULL}[a-z0-9]*|{_IN_SHORT})({words})[a-z0-9]*"
    before = f"({words})[a-z]{{0,9}}({_IN_FULL}[a-z0-9]*|{_IN_SHORT})"
    return Kind(name, TYPE, f"{behind}|{before}|{exactly}")


CLOSURES = _steps("closures", "clos", "closure(record|summary|form)?")
REVIEWS = _steps("reviews", "review|meeting", "review(meeting)?")
PLANS = _steps("plans", "plan|actionplan", "familyplan")
ASSESSMENTS = _steps("assessments", "assess", "eha|caf|familyassessment|commonassessmentframework")
REQUESTS = _steps(
    "requests",
    "contact|request|referral|enquiry|notification|decision|triage",
    "contact(record)?|referraldecision|requestforsupport",
)
EPISODES = _steps("episodes", "episode|engagement|allocation|intervention|involvement", "engagement|allocation")
"""The kinds of step. One that two would claim is of the first. Steps of statutory work are of none of them."""
OF_THE_CHILD = OwnNumber(CHAIN, PERSON, STARTED, among=(CLOSURES, PLANS, EPISODES))
"""The workflow of one child. Siblings may share a workflow: who has a step in it that tells of an episode has an episode."""
STEP_OF_THE_CHILD = OwnNumber(STEP, PERSON, STARTED)


def kind_of_review(step: str) -> str | None:
    """A meeting of the team around the family, where the step is called after one; else a review."""
    words = plain(step)
    if not words:
        return None
    around = any(word in words for word in ("taf", "tac", "teamaround"))
    return "team_around_family" if around else "review"


def _headings(outcomes: CodeList | None = None) -> tuple[Heading, ...]:
    worded = in_words(outcomes) if outcomes else ()
    return (
        Heading(STEP, also=("Workflow step", "Step ID", "WORKFLOW_STEP_ID")),
        Heading(CHAIN, also=("Workflow chain ID", "Chain ID", "Episode ID", "Episode number")),
        Heading(PERSON, also=("Subject ID", "Mosaic ID", "Subject compound ID", "Client ID")),
        Heading(FAMILY, also=("Family ID", "Family group ID")),
        Heading(TYPE, also=("Workflow step type", "Step", "Step description")),
        Heading(STARTED, also=("Started", "Started on", "Start date", "Actual start date")),
        Heading(DUE, also=("Due", "Due date", "Scheduled date")),
        Heading(COMPLETED, also=("Completed", "Completed on", "Finished", "End date", "Date finished")),
        Heading(OUTCOME, also=("Step outcome", "Result", "Outcome description", "Next action"), wordings=worded),
        Heading(
            SOURCE,
            also=("Source", "Contact source", "Referral source", "Source of request"),
            wordings=in_words(codelists.referral_source),
        ),
        Heading(NEED, also=("Primary need", "Main need", "Presenting issue"), wordings=in_words(codelists.needs)),
        Heading(LEVEL, also=("Level of need", "Threshold", "Tier"), wordings=in_words(codelists.levels)),
        Heading(TEAM, also=("Responsible team", "Assigned team", "Team name")),
        Heading(WORKER, also=("Responsible worker ID", "Assigned worker ID")),
        Heading(ORGANISATION, also=("Lead agency", "Agency")),
        Heading(RECORDED, also=("Date recorded", "Recorded date", "Date entered", "Entered on")),
    )


def _list(kind: Kind, fill: Fill, outcomes: CodeList | None = None, **carried: Carried) -> Part:
    return Part(
        f"mosaic workflow steps {kind.name}",
        _headings(outcomes),
        (fill,),
        needed=(STEP, CHAIN, PERSON, TYPE, STARTED),
        name=f"(mosaic)?workflowsteps({kind.name})?",
        kind=kind,
        carried={name.replace("_", " "): each for name, each in carried.items()},
        note=(
            "A workflow that siblings share needs a row for each of them at each step; each then has an episode of their own. "
            "The first keeps the workflow's number, the others have it with a mark."
        ),
    )


def _first(heading: str, *kinds: Kind) -> Carried:
    return Carried(heading, kinds, OF_THE_CHILD, by=STARTED)


def _last(heading: str, *kinds: Kind) -> Carried:
    return Carried(heading, kinds, OF_THE_CHILD, by=STARTED, last=True)


_episode = Fill(
    eh_episode,
    {
        eh_episode.episode_id: OF_THE_CHILD,
        eh_episode.person_key: PersonOf(PERSON),
        eh_episode.family_key: FAMILY,
        eh_episode.contact_id: OwnNumber("request", PERSON, STARTED),
        eh_episode.start_date: "began",
        eh_episode.plan_start_date: "plan began",
        eh_episode.end_date: "closed",
        eh_episode.end_reason_code: "closed because",
        eh_episode.need_code: "need",
        eh_episode.level: "level",
        eh_episode.referral_source_code: "asked by",
        eh_episode.team: "team",
        eh_episode.lead_practitioner_id: "worker",
        eh_episode.organisation: "organisation",
        eh_episode.org_type: "organisation",
    },
    recorded="entered",
)


def _telling_of_the_episode(kind: Kind, outcomes: CodeList | None = None) -> Part:
    """Steps of a kind that each tell of the whole episode, so that whichever is read last says the same."""
    return _list(
        kind,
        _episode,
        outcomes,
        request=_first(STEP, REQUESTS),
        began=_first(STARTED, EPISODES, PLANS, ASSESSMENTS),
        plan_began=_first(STARTED, PLANS),
        closed=_last(COMPLETED, CLOSURES),
        closed_because=_last(OUTCOME, CLOSURES),
        need=_first(NEED, EPISODES, PLANS),
        level=_first(LEVEL, EPISODES, PLANS),
        asked_by=_first(SOURCE, EPISODES, PLANS),
        team=_last(TEAM, EPISODES, PLANS),
        worker=_last(WORKER, EPISODES, PLANS),
        organisation=_last(ORGANISATION, EPISODES, PLANS),
        entered=_first(RECORDED, EPISODES, PLANS),
    )


_requests = _list(
    REQUESTS,
    Fill(
        contact,
        {
            contact.contact_id: STEP_OF_THE_CHILD,
            contact.person_key: PersonOf(PERSON),
            contact.family_key: FAMILY,
            contact.contact_date: STARTED,
            contact.team: TEAM,
            contact.source_code: SOURCE,
            contact.requestor_organisation: ORGANISATION,
            contact.reason_code: NEED,
            contact.level_decided: LEVEL,
            contact.decision_code: OUTCOME,
            contact.decision_date: COMPLETED,
        },
        recorded=RECORDED,
    ),
    codelists.contact_decisions,
)
_assessments = _list(
    ASSESSMENTS,
    Fill(
        eh_assessment,
        {
            eh_assessment.assessment_id: STEP_OF_THE_CHILD,
            eh_assessment.person_key: PersonOf(PERSON),
            eh_assessment.family_key: FAMILY,
            eh_assessment.episode_id: OF_THE_CHILD,
            eh_assessment.start_date: STARTED,
            eh_assessment.due_date: DUE,
            eh_assessment.completion_date: COMPLETED,
            eh_assessment.organisation: ORGANISATION,
            eh_assessment.org_type: ORGANISATION,
            eh_assessment.outcome_code: OUTCOME,
        },
        recorded=RECORDED,
    ),
    codelists.assessment_outcomes,
)
_reviews = _list(
    REVIEWS,
    Fill(
        eh_review,
        {
            eh_review.review_id: STEP_OF_THE_CHILD,
            eh_review.episode_id: OF_THE_CHILD,
            eh_review.type: Read(
                TYPE,
                kind_of_review,
                written={"review": "Early Help Review", "team_around_family": "TAF Review Meeting"},
            ),
            eh_review.due_date: DUE,
            eh_review.held_date: COMPLETED,
        },
        recorded=RECORDED,
    ),
)

_people = Part(
    "mosaic people",
    (Heading(PERSON, also=("Subject ID", "Mosaic ID", "Client ID")), *headings_of(*AT_HOME, numbers=(UPN, NHS))),
    told_of(PERSON, *AT_HOME, numbers=(UPN, NHS)),
    needed=(PERSON,),
    name="mosaic(people|persons|subjects)",
)

_groups = Part(
    "mosaic groups",
    (
        Heading(FAMILY, also=("Family ID", "Family group ID")),
        Heading("Group name", also=("Family name", "Group description")),
        Heading(PERSON, also=("Subject ID", "Mosaic ID", "Client ID")),
        Heading("Role in group", also=("Relationship", "Role"), wordings=in_words(codelists.family_roles)),
        Heading("Joined", also=("Start date", "From")),
        Heading("Left", also=("End date", "To")),
    ),
    (
        Fill(
            family_member,
            {
                family_member.family_key: FAMILY,
                family_member.person_key: PersonOf(PERSON),
                family_member.role: "Role in group",
                family_member.from_date: "Joined",
                family_member.to_date: "Left",
            },
        ),
    ),
    needed=(FAMILY, PERSON),
    name="mosaic(groups|families|groupmembers)",
    note="Leave out groups whose name says duplicate or do not use.",
)

mosaic = Source(
    name="mosaic",
    title="Mosaic: people, groups and chains of workflow steps",
    publisher="Access (Mosaic); headings proposed after the Standard Safeguarding Dataset's extracts",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        _people,
        _groups,
        _telling_of_the_episode(CLOSURES, codelists.end_reasons),
        _reviews,
        _telling_of_the_episode(PLANS),
        _assessments,
        _requests,
        _telling_of_the_episode(EPISODES),
    ),
    note="A workflow is an episode from its first engagement, plan or assessment to the end of its closure step.",
)
