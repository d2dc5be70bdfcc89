"""What a council sets for itself: within how many days things are due. Settings, measures and the manual read it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class LocalStandard:
    """One number that councils set differently, with the one used where a council says nothing."""

    name: str
    default: int
    lowest: int
    highest: int
    words: str
    source: str


LOCAL_STANDARDS: Mapping[str, LocalStandard] = {
    each.name: each
    for each in (
        LocalStandard(
            "assessment_working_days",
            45,
            1,
            260,
            "Working days within which an early help assessment is due where no due date is recorded.",
            "Working Together 2023: 45 working days for a statutory assessment; councils use 20, 30 or 45.",
        ),
        LocalStandard(
            "decision_working_days",
            1,
            1,
            60,
            "Working days within which a request for support is decided.",
            "Working Together 2023: one working day for a referral; Dorset: 48 hours; others use up to 3 days.",
        ),
        LocalStandard(
            "feedback_working_days",
            5,
            1,
            60,
            "Working days after the decision within which the requestor is told of it.",
            "No national standard; Ofsted 2015, Early help: whose responsibility?, asks that referrers are told.",
        ),
        LocalStandard(
            "first_contact_working_days",
            10,
            1,
            120,
            "Working days from acceptance within which a family is first seen or spoken to.",
            "No national standard; councils' own range from 5 to 20.",
        ),
        LocalStandard(
            "review_days",
            42,
            1,
            366,
            "Days within which the next review is due where no due date is recorded.",
            "Councils review after 6 weeks (42 days) or 3 months (91 days).",
        ),
        LocalStandard(
            "contact_days",
            28,
            1,
            366,
            "Days within which every open family is seen or spoken to.",
            "Catalogue of measures, B9: a recorded contact in the last 28 days.",
        ),
        LocalStandard(
            "meeting_days",
            56,
            1,
            366,
            "Days within which a team around the family meets.",
            "Catalogue of measures, D4: in the last 6 to 8 weeks.",
        ),
        LocalStandard(
            "supervision_days",
            42,
            1,
            366,
            "Days within which every open family is talked over in supervision.",
            "No national standard; councils use 4 to 8 weeks.",
        ),
        LocalStandard(
            "families_per_worker",
            20,
            1,
            200,
            "Families for each full-time worker above which a caseload counts as high.",
            "No national standard; Primero tells caseloads in bands of up to 10, 11 to 20, 21 to 30 and more than 30.",
        ),
        LocalStandard(
            "further_need_weight",
            25,
            0,
            1_000,
            "Weight of each need of a family beyond the first in a weighted caseload, in hundredths of a family.",
            "No national standard; councils set their own.",
        ),
        LocalStandard(
            "statutory_history_weight",
            50,
            0,
            1_000,
            "Weight of a family of which a child has come to a statutory service, in hundredths of a family.",
            "No national standard; councils set their own.",
        ),
    )
}


def default_standards() -> dict[str, int]:
    """Every local standard as it is where a council says nothing."""
    return {name: each.default for name, each in LOCAL_STANDARDS.items()}
