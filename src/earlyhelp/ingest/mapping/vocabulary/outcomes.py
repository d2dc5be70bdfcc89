"""What councils call needs, what became of them, scores, and what families say."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, complaint, eh_need, eh_outcome, eh_score, feedback

OUTCOMES: Mapping[Column, str] = {
    eh_need.need_id: "need id; need record id; family need id",
    eh_need.episode_id: "episode id; case id",
    eh_need.person_key: "person id; need belongs to person id",
    eh_need.framework: """
        framework; framework version; need framework; outcome framework; programme; outcome plan version; criteria
        version; framework year; criteria set
    """,
    eh_need.need_code: """
        need; need type; need category; need identified; headline outcome; sfp outcome; criterion; headline need;
        supporting families criterion; eligibility criteria met; criteria; eligibility criteria; need criterion; need
        criteria
    """,
    eh_need.identified_date: """
        identified date; need identified on; date need recorded; date criteria met; date of identification; date
        criterion evidenced; evidenced on
    """,
    eh_need.evidence_type: """
        evidence; evidence type; evidence of need; how evidenced; evidence source; how need was identified; how
        identified; evidenced by; identified through; identified via; practitioner assessment or data
    """,
    eh_outcome.need_id: "need id; criteria id",
    eh_outcome.status: """
        outcome status; outcome met; status; achieved; progress; outcome; rag; outcome rating; need met
    """,
    eh_outcome.achieved_date: """
        achieved date; outcome date; date outcome achieved; date progress evidenced; date outcome recorded as
        achieved; evidenced date
    """,
    eh_outcome.sustained_to: """
        sustained to; sustained until; sustained date; sustained outcome date; sustainment end date; sustainability
        period end date; sustained period end; sustainment date
    """,
    eh_outcome.evidence_type: """
        evidence; evidence type; evidence of outcome; outcome evidenced by; what evidence shows outcome was met; proof
        of outcome; evidence data tool; proof
    """,
    eh_outcome.validated_measure: """
        validated measure; validated tool used; validated; validated tool; validated measure used; valid meas
    """,
    eh_score.score_id: """
        score id; measure id; completion id; star reading id; assessment tool record id; outcome measure record id;
        reading id
    """,
    eh_score.episode_id: "episode id; case id",
    eh_score.person_key: "person id",
    eh_score.tool: """
        tool; scale; questionnaire; measure; tool used; instrument; outcome measure; name of tool; star type; which
        tool; star version; outcome tool; assessment tool
    """,
    eh_score.domain: "domain; scale name; subscale; area of star; scale domain; section; dimension; scale area",
    eh_score.score: """
        score; total score; rating; star score; reading; points; total difficulties; mark; journey of change stage;
        subscale score
    """,
    eh_score.at_expected: """
        at expected; at expected level; meets expected; meets age related expectations; age related expectations;
        expected for age
    """,
    eh_score.score_date: """
        score date; date completed; date taken; star date; reading date; measure date; questionnaire date; sdq date
    """,
    feedback.feedback_id: "feedback id; id; survey id; response id; questionnaire id",
    feedback.episode_id: "episode id; case id",
    feedback.respondent: """
        respondent; who responded; who is filling in form; who is completing form; are you parent or child; completed
        by; respondent type; from whom; parent or child; given by; who gave feedback; which of these best describes
        you; best describes you; respondent role; who is answering; person giving feedback; feedback provider; whose
        feedback
    """,
    feedback.asked_date: """
        asked date; start time; date given or sent form; survey sent; date survey sent; issued; requested; date
        invited; date invited to give feedback; survey invitation date; date link sent
    """,
    feedback.answered_date: """
        answered date; completion time; ended; date submitted; submitted; returned; response received; survey
        completed date; date feedback given; date of feedback; feedback received; survey date
    """,
    feedback.better: """
        better; are things better; compared with before; how are things now; better or worse; things changed; did it
        help; improved; has it helped; things improved; made a difference; are things better now; view of change;
        improvement rating; self reported improvement; how much better; improvement; change rating
    """,
    complaint.complaint_id: """
        complaint id; compliment id; complaint database id; corporate complaint id; complaint case number; complaint
        file id
    """,
    complaint.episode_id: "episode id; case id",
    complaint.received_date: "received date; complaint date; received; date made",
    complaint.kind: "complaint or compliment; kind; type; complaint type; nature; feedback type; c or c",
    complaint.theme: """
        theme; subject; about; complaint about; topic; category; nature of complaint; reason for complaint; issue
        raised; complaint theme; category of complaint; subject of complaint
    """,
}
