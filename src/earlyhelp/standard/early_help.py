"""Early help itself: requests, assessments, episodes and the work in them, needs, outcomes, and what families say."""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import Column, Row, table
from earlyhelp.standard.constraints import Between, NotAbove, OnOrAfter
from earlyhelp.standard.shapes import school_urn_shape
from earlyhelp.standard.types import Boolean, Code, Date, Integer, Key, Number, Text

DAYS_TO_BEGIN = 60
"""Days from a request that is accepted within which the help that it led to should have begun."""


@table(grain="one request for support about one person")
class contact(Row):
    """A request for support, and what was decided. A request about three siblings has three rows."""

    contact_id = Column(Key, "The request's own number in the source.", required=True, ssd="CONT001A")
    person_key = Column(
        Key, "Person the request is about.", required=True, annex_a="1: Child Unique ID", ssd="CONT002A"
    )
    family_key = Column(Key, "Their family, where the source knows it.")
    contact_date = Column(
        Date,
        "Day the council received the request.",
        required=True,
        quasi_identifier=True,
        annex_a="1: Date of Contact",
        ssd="CONT003A",
    )
    channel = Column(Text, "How it came: telephone, form, email, in person.")
    team = Column(Text, "Team that received it.")
    source_code = Column(
        Code(codelists.referral_source),
        "Who asked, by national code.",
        required=True,
        annex_a="1: Contact Source",
        ssd="CONT004A",
    )
    source_raw = Column(Text, "Who asked, in the source's own words.", free_text=True, ssd="CONT006A")
    requestor_organisation = Column(Text, "Organisation that asked.", free_text=True)
    school_urn = Column(Text, "The school that asked.", rules=[school_urn_shape], quasi_identifier=True)
    reason_code = Column(Code(codelists.needs), "Presenting need.", special_category=True)
    reason_raw = Column(Text, "Presenting need in the source's own words.", free_text=True)
    domestic_abuse = Column(
        Boolean, "True when domestic abuse is mentioned, whatever the presenting need.", special_category=True
    )
    level_requested = Column(Code(codelists.levels), "Level of support asked for.")
    level_decided = Column(Code(codelists.levels), "Level of support decided on.")
    avoidable = Column(Boolean, "True when whoever asked could have given the support themselves.")
    decision_code = Column(Code(codelists.contact_decisions), "What was decided.", ssd="CONT005A")
    decision_raw = Column(Text, "What was decided, in the source's own words.", free_text=True)
    decision_date = Column(Date, "Day of the decision.", rules=[OnOrAfter("contact_date")], quasi_identifier=True)
    accepted_date = Column(
        Date, "Day the request was accepted for early help.", rules=[OnOrAfter("contact_date")], quasi_identifier=True
    )
    feedback_date = Column(
        Date, "Day whoever asked was told the outcome.", rules=[OnOrAfter("contact_date")], quasi_identifier=True
    )


@table(grain="one early help assessment of one person")
class eh_assessment(Row):
    """An early help, common or targeted assessment. It is not an episode: either can exist without the other."""

    assessment_id = Column(Key, "The assessment's own number in the source.", required=True)
    person_key = Column(Key, "Person assessed.", required=True, annex_a="2: Child Unique ID")
    family_key = Column(Key, "Their family, where the source knows it.")
    episode_id = Column(Key, "Episode the assessment belongs to.")
    start_date = Column(
        Date, "Day the assessment began.", required=True, quasi_identifier=True, annex_a="2: Assessment start date"
    )
    due_date = Column(
        Date,
        "Day it is due by the local standard.",
        rules=[OnOrAfter("start_date")],
        quasi_identifier=True,
        planned=True,
    )
    completion_date = Column(
        Date,
        "Day it was completed; in Annex A it may be the end of the help instead (see `feed.definition_note`).",
        rules=[OnOrAfter("start_date")],
        quasi_identifier=True,
        annex_a="2: Assessment completion date",
    )
    organisation = Column(
        Text,
        "Organisation that did the assessment, or the lead professional's.",
        annex_a="2: Organisation completing assessment",
    )
    org_type = Column(Code(codelists.organisation_types), "Kind of that organisation.")
    school_urn = Column(Text, "The school, where a school did it.", rules=[school_urn_shape], quasi_identifier=True)
    assessor_role = Column(Text, "Role of whoever did the assessment.")
    consent = Column(Code(codelists.consent), "What the family agreed to.")
    consent_date = Column(Date, "Day they agreed.", quasi_identifier=True)
    whole_family = Column(Boolean, "True when every child and adult of the household is in it.")
    second_parent = Column(Code(codelists.second_parent), "Whether the second parent is in it.")
    child_voice = Column(Boolean, "True when the child's own views are recorded.")
    outcome_code = Column(Code(codelists.assessment_outcomes), "What was decided at its end.")
    outcome_raw = Column(Text, "What was decided at its end, in the source's own words.", free_text=True)


@table(grain="one period of coordinated early help for one person, from acceptance")
class eh_episode(Row):
    """A period of early help. Waiting families have one: `allocated_date` is empty until a worker is named."""

    episode_id = Column(Key, "The episode's own number in the source.", required=True, ssd="EARL001A")
    person_key = Column(Key, "Person helped.", required=True, ssd="EARL002A")
    family_key = Column(Key, "Their family, where the source knows it.")
    contact_id = Column(Key, "Request the episode grew from.")
    request_date = Column(Date, "Day help was asked for.", quasi_identifier=True)
    accepted_date = Column(
        Date, "Day the request was accepted.", rules=[OnOrAfter("request_date")], quasi_identifier=True
    )
    allocated_date = Column(
        Date,
        "Day a worker was named; empty while the family waits.",
        rules=[OnOrAfter("start_date")],
        quasi_identifier=True,
    )
    first_contact_date = Column(
        Date,
        "Day of the first contact or visit after acceptance.",
        rules=[OnOrAfter("start_date")],
        quasi_identifier=True,
    )
    start_date = Column(
        Date,
        "Day the episode began: the day of acceptance.",
        required=True,
        rules=[OnOrAfter("request_date")],
        quasi_identifier=True,
        ssd="EARL003A",
    )
    plan_start_date = Column(Date, "Day the plan began.", rules=[OnOrAfter("start_date")], quasi_identifier=True)
    end_date = Column(
        Date, "Day it closed; empty while open.", rules=[OnOrAfter("start_date")], quasi_identifier=True, ssd="EARL004A"
    )
    reason_raw = Column(Text, "Why help was given, in the source's own words.", free_text=True, ssd="EARL005A")
    need_code = Column(Code(codelists.needs), "Main need.", special_category=True, ssd="EARL005A")
    level = Column(Code(codelists.levels), "Level of support.")
    referral_source_code = Column(Code(codelists.referral_source), "Who asked, by national code.")
    step_down = Column(Boolean, "True when the episode follows the end of statutory help.")
    end_reason_code = Column(Code(codelists.end_reasons), "Why it closed.", ssd="EARL006A")
    end_reason_raw = Column(Text, "Why it closed, in the source's own words.", free_text=True, ssd="EARL006A")
    organisation = Column(Text, "Organisation that leads.", ssd="EARL007A")
    org_type = Column(Code(codelists.organisation_types), "Kind of that organisation.")
    team = Column(Text, "Team that holds it.")
    locality = Column(Text, "Locality or hub area.")
    lead_practitioner_id = Column(Key, "The lead practitioner.", quasi_identifier=True, ssd="EARL008A")
    lead_qualified = Column(Code(codelists.lead_qualification), "Whether the lead practitioner is a social worker.")


@table(grain="one worker holding one episode for a period", key="episode_id worker_id from_date")
class allocation(Row):
    """Who held an episode, and when: changes of worker are counted from here."""

    episode_id = Column(Key, "The episode.", required=True)
    worker_id = Column(Key, "The worker.", required=True, quasi_identifier=True)
    from_date = Column(Date, "First day held.", required=True, quasi_identifier=True)
    to_date = Column(Date, "Last day held; empty while held.", rules=[OnOrAfter("from_date")], quasi_identifier=True)


@table(grain="one need identified in one episode")
class eh_need(Row):
    """A need of a family or of one person in it, by headline outcome."""

    need_id = Column(Key, "The need's own number.", required=True)
    episode_id = Column(Key, "Episode in which it was identified.", required=True)
    person_key = Column(Key, "Person who has the need, where it is one person's.")
    family_key = Column(Key, "Family that has the need.")
    framework = Column(Code(codelists.need_frameworks), "Framework the source recorded it in.", required=True)
    need_code = Column(Code(codelists.needs), "The need, by headline outcome.", required=True, special_category=True)
    identified_date = Column(Date, "Day it was identified.", quasi_identifier=True)
    evidence_type = Column(Text, "What showed the need.", free_text=True)


@table(grain="the outcome of one need")
class eh_outcome(Row):
    """Whether a need was met, when, and whether it lasted."""

    need_id = Column(Key, "The need.", required=True)
    status = Column(Code(codelists.outcome_status), "Whether it was met.", required=True)
    achieved_date = Column(Date, "Day it was met.", quasi_identifier=True)
    sustained_to = Column(
        Date, "Last day on which it is known to have lasted.", rules=[OnOrAfter("achieved_date")], planned=True
    )
    evidence_type = Column(Text, "What showed the outcome.", free_text=True)
    validated_measure = Column(Boolean, "True when a validated measure showed it.")


@table(grain="one score on one scale at one time")
class eh_score(Row):
    """A score on an outcome tool; distance travelled is the difference between two rows of one tool and domain."""

    score_id = Column(Key, "The score's own number.", required=True, special_category=True)
    episode_id = Column(Key, "Episode in which it was taken.", special_category=True)
    person_key = Column(Key, "Person scored, where it is one person's.", special_category=True)
    family_key = Column(Key, "Family scored.", special_category=True)
    tool = Column(Text, "Name of the tool.", required=True, special_category=True)
    domain = Column(Text, "Domain or subscale of the tool.", required=True, special_category=True)
    score = Column(Number, "The score, on the tool's own scale.", required=True, special_category=True)
    at_expected = Column(
        Boolean, "True when the tool calls the score at or above the expected level.", special_category=True
    )
    score_date = Column(Date, "Day it was taken.", required=True, special_category=True)


@table(grain="one action in a plan")
class eh_plan_action(Row):
    """Something somebody is to do for the family, and by when."""

    action_id = Column(Key, "The action's own number.", required=True)
    episode_id = Column(Key, "Episode whose plan it is in.", required=True)
    need_id = Column(Key, "Need it answers.")
    created_date = Column(Date, "Day it was agreed.", required=True, quasi_identifier=True)
    owner_org = Column(Text, "Organisation that is to do it.")
    due_date = Column(Date, "Day it is due.", rules=[OnOrAfter("created_date")], quasi_identifier=True, planned=True)
    done_date = Column(
        Date, "Day it was done; empty while to do.", rules=[OnOrAfter("created_date")], quasi_identifier=True
    )


@table(grain="one review, meeting, supervision or audit of an episode")
class eh_review(Row):
    """A planned look at an episode. One that was due and never held has no `held_date`, and counts."""

    review_id = Column(Key, "The review's own number.", required=True)
    episode_id = Column(Key, "Episode looked at.", required=True)
    type = Column(Code(codelists.review_types), "Kind of review.", required=True)
    theme = Column(Text, "Theme of an audit or meeting.")
    due_date = Column(Date, "Day it was due.", quasi_identifier=True, planned=True)
    held_date = Column(Date, "Day it was held; empty when it was not.", quasi_identifier=True)
    agencies_invited = Column(Integer, "Agencies invited.", rules=[Between(0)])
    agencies_attended = Column(Integer, "Invited agencies that came.", rules=[Between(0), NotAbove("agencies_invited")])
    child_voice = Column(Boolean, "True when the child's own views are recorded.")
    grade = Column(Code(codelists.audit_grades), "Grade of an audit.", special_category=True)


@table(grain="one request for feedback")
class feedback(Row):
    """A question to somebody about the help; one that was never answered has no `answered_date`, and counts."""

    feedback_id = Column(Key, "The request's own number.", required=True)
    episode_id = Column(Key, "Episode it is about.", required=True)
    respondent = Column(Code(codelists.respondents), "Who was asked.", required=True)
    asked_date = Column(Date, "Day they were asked.", required=True, quasi_identifier=True)
    answered_date = Column(Date, "Day they answered.", rules=[OnOrAfter("asked_date")], quasi_identifier=True)
    better = Column(Code(codelists.feedback_answers), "Whether things are better than before.")


@table(grain="one complaint or compliment")
class complaint(Row):
    """A complaint or a compliment about early help."""

    complaint_id = Column(Key, "Its own number.", required=True)
    episode_id = Column(Key, "Episode it is about, where it is about one.")
    received_date = Column(Date, "Day it was received.", required=True, quasi_identifier=True)
    kind = Column(Code(codelists.complaint_kinds), "Complaint or compliment.", required=True)
    theme = Column(Text, "What it is about.", free_text=True)
