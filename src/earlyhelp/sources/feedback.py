"""What families and professionals said about the help: answers to questions, complaints and compliments."""

from __future__ import annotations

from earlyhelp.sources.about_people import in_words
from earlyhelp.sources.layout import PROPOSED, Fill, Heading, Part, Source
from earlyhelp.standard import codelists, complaint
from earlyhelp.standard import feedback as answer

EPISODE = "Episode ID"
_EPISODE = Heading(EPISODE, also=("Case ID", "Case number", "Early help ID", "EH episode ID"))

feedback = Source(
    name="feedback",
    title="Feedback, complaints and compliments",
    publisher="Councils; headings proposed",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        Part(
            "feedback",
            (
                Heading("Response ID", also=("Respondent ID", "Survey ID", "Submission ID")),
                _EPISODE,
                Heading(
                    "Respondent",
                    also=("Completed by", "Who answered", "Relationship"),
                    wordings=in_words(codelists.respondents),
                ),
                Heading("Date asked", also=("Date sent", "Sent", "Invited on")),
                Heading("Date answered", also=("Date completed", "Submitted", "End date", "Completion time")),
                Heading(
                    "Are things better than before",
                    also=("Are things better?", "How are things now", "Overall, are things better or worse?"),
                    wordings=in_words(codelists.feedback_answers),
                ),
                Heading("Comments", also=("Anything else", "What could we do better?")),
            ),
            (
                Fill(
                    answer,
                    {
                        answer.feedback_id: "Response ID",
                        answer.episode_id: EPISODE,
                        answer.respondent: "Respondent",
                        answer.asked_date: "Date asked",
                        answer.answered_date: "Date answered",
                        answer.better: "Are things better than before",
                    },
                ),
            ),
            needed=("Response ID", EPISODE, "Date asked"),
            name="(family)?(feedback|survey)(responses)?",
            note="List those who were asked and did not answer, too. Comments are not read.",
        ),
        Part(
            "complaints",
            (
                Heading(
                    "Complaint ID", also=("Reference", "Complaint number", "Complaint reference", "Case reference")
                ),
                _EPISODE,
                Heading("Date received", also=("Received", "Date logged")),
                Heading("Kind", also=("Type", "Complaint or compliment"), wordings=in_words(codelists.complaint_kinds)),
                Heading("Theme", also=("Category", "Subject")),
                Heading("Details", also=("Description", "Complaint text")),
            ),
            (
                Fill(
                    complaint,
                    {
                        complaint.complaint_id: "Complaint ID",
                        complaint.episode_id: EPISODE,
                        complaint.received_date: "Date received",
                        complaint.kind: "Kind",
                        complaint.theme: "Theme",
                    },
                ),
            ),
            needed=("Complaint ID", "Date received", "Kind"),
            name="complaints(andcompliments)?|compliments",
        ),
    ),
)
