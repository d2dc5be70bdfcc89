"""Forms of the Common Assessment Framework and of early help assessments, kept as tables: forms, needs, actions, reviews, scores.

The sections are those of the national CAF form and of councils' assessments and plans; no table of them is published. The
number of the plan stands for the episode. What people wrote in the form is not read.
"""

from __future__ import annotations

from earlyhelp.sources.about_people import KNOWN, UPN, headings_of, in_words, told_of
from earlyhelp.sources.layout import PROPOSED, Fill, Fixed, Heading, MadeKey, Part, PersonOf, Source
from earlyhelp.standard import codelists, eh_assessment, eh_need, eh_plan_action, eh_review, eh_score

FORM, CHILD, PLAN = "Form ID", "Child ID", "Plan ID"
_CHILD = Heading(CHILD, also=("Child reference", "Young person ID", "CYP ID", "Unique reference number"))
_PLAN = Heading(PLAN, also=("Plan number", "Episode ID", "TAF ID", "Early help plan ID"))

_forms = Part(
    "assessment forms",
    (
        Heading(FORM, also=("Assessment ID", "CAF number", "CAF ID", "EHA number", "EHA ID", "Form number")),
        _CHILD,
        _PLAN,
        *headings_of(*KNOWN, numbers=(UPN,)),
        Heading("Family ID", also=("Family reference", "Household ID")),
        Heading("Date assessment started", also=("Date started", "Start date", "CAF start date", "EHA start date")),
        Heading(
            "Date assessment completed",
            also=("Date completed", "Completion date", "CAF end date", "EHA completion date"),
        ),
        Heading("Assessor's organisation", also=("Organisation", "Agency", "Assessing agency", "Lead agency")),
        Heading("Assessor's role", also=("Role", "Job title", "Role of assessor")),
        Heading("Consent", also=("Consent given", "Consent to share"), wordings=in_words(codelists.consent)),
        Heading("Date of consent", also=("Consent date",)),
        Heading("Whole family", also=("Whole family assessment", "All family included")),
        Heading("Child's views recorded", also=("Voice of the child", "Child's voice", "Child's views")),
        Heading("What led to this assessment", also=("Reason for assessment", "Reason")),
        Heading("Outcome", also=("Assessment outcome", "Conclusion"), wordings=in_words(codelists.assessment_outcomes)),
    ),
    (
        Fill(
            eh_assessment,
            {
                eh_assessment.assessment_id: FORM,
                eh_assessment.person_key: PersonOf(CHILD),
                eh_assessment.family_key: "Family ID",
                eh_assessment.episode_id: PLAN,
                eh_assessment.start_date: "Date assessment started",
                eh_assessment.completion_date: "Date assessment completed",
                eh_assessment.organisation: "Assessor's organisation",
                eh_assessment.org_type: "Assessor's organisation",
                eh_assessment.assessor_role: "Assessor's role",
                eh_assessment.consent: "Consent",
                eh_assessment.consent_date: "Date of consent",
                eh_assessment.whole_family: "Whole family",
                eh_assessment.child_voice: "Child's views recorded",
                eh_assessment.outcome_code: "Outcome",
            },
        ),
        *told_of(CHILD, *KNOWN, numbers=(UPN,), child=True),
    ),
    needed=(FORM, CHILD, "Date assessment started"),
    name="(caf|eha|assessment)forms?",
)

_needs = Part(
    "assessment needs",
    (
        Heading("Need ID", also=("Need number",)),
        _PLAN,
        _CHILD,
        Heading("Need", also=("Identified need", "Domain", "Outcome area"), wordings=in_words(codelists.needs)),
        Heading("Framework", wordings=in_words(codelists.need_frameworks)),
        Heading("Date identified", also=("Identified on", "Date")),
    ),
    (
        Fill(
            eh_need,
            {
                eh_need.need_id: "Need ID",
                eh_need.episode_id: PLAN,
                eh_need.person_key: PersonOf(CHILD),
                eh_need.framework: "Framework",
                eh_need.need_code: "Need",
                eh_need.identified_date: "Date identified",
            },
        ),
    ),
    needed=("Need ID", PLAN, "Need"),
    name="(caf|eha|assessment)needs",
)

_actions = Part(
    "plan actions",
    (
        Heading("Action ID", also=("Action number",)),
        _PLAN,
        Heading("Need ID", also=("Need number",)),
        Heading("Action", also=("What will be done", "Agreed action")),
        Heading("Organisation responsible", also=("Who will do this", "Owner", "Responsible agency")),
        Heading("Date agreed", also=("Created", "Date of plan")),
        Heading("Date due", also=("By when", "Target date")),
        Heading("Date done", also=("Completed", "Completion date", "Date completed")),
    ),
    (
        Fill(
            eh_plan_action,
            {
                eh_plan_action.action_id: "Action ID",
                eh_plan_action.episode_id: PLAN,
                eh_plan_action.need_id: "Need ID",
                eh_plan_action.owner_org: "Organisation responsible",
                eh_plan_action.created_date: "Date agreed",
                eh_plan_action.due_date: "Date due",
                eh_plan_action.done_date: "Date done",
            },
        ),
    ),
    needed=("Action ID", PLAN, "Date agreed"),
    name="((caf|eha)?plan|assessment)actions",
)

_reviews = Part(
    "plan reviews",
    (
        Heading("Review ID", also=("Review number", "TAF meeting ID")),
        _PLAN,
        Heading("Kind of meeting", also=("Meeting type", "Review type"), wordings=in_words(codelists.review_types)),
        Heading("Date planned", also=("Review due", "Due date")),
        Heading("Date held", also=("Review date", "Meeting date")),
        Heading("Agencies invited", also=("Invited",)),
        Heading("Agencies attended", also=("Attended",)),
    ),
    (
        Fill(
            eh_review,
            {
                eh_review.review_id: "Review ID",
                eh_review.episode_id: PLAN,
                eh_review.type: "Kind of meeting",
                eh_review.due_date: "Date planned",
                eh_review.held_date: "Date held",
                eh_review.agencies_invited: "Agencies invited",
                eh_review.agencies_attended: "Agencies attended",
            },
        ),
    ),
    needed=("Review ID", PLAN),
    name="(caf|eha|plan|taf)reviews",
)

_scores = Part(
    "assessment scores",
    (
        _PLAN,
        _CHILD,
        Heading("Domain", also=("Area", "Section", "Outcome area")),
        Heading("Score", also=("Rating", "Score (1-5)")),
        Heading("Date scored", also=("Score date", "Review date", "Date")),
    ),
    (
        Fill(
            eh_score,
            {
                eh_score.score_id: MadeKey((CHILD, "Domain", "Date scored"), label="assessment score"),
                eh_score.episode_id: PLAN,
                eh_score.person_key: PersonOf(CHILD),
                eh_score.tool: Fixed("Early help assessment"),
                eh_score.domain: "Domain",
                eh_score.score: "Score",
                eh_score.score_date: "Date scored",
            },
        ),
    ),
    needed=(CHILD, "Domain", "Score", "Date scored"),
    name="(caf|eha|assessment)scores",
    note="One row for each domain and each time it was scored; a domain without issues is left out.",
)

assessment_form = Source(
    name="assessment_form",
    title="Common assessment and early help assessment forms: forms, needs, actions, reviews, scores",
    publisher="Councils, after the Common Assessment Framework; headings proposed",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(_forms, _needs, _actions, _reviews, _scores),
)
