"""What councils and their partners call the columns beside early help's own work: one line of phrases a column.

Services and what they delivered, staff, statutory social care, schools, police and other partners, and money.
"""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import (
    Column,
    attendance_period,
    exclusion,
    partner_event,
    service,
    service_delivered,
    social_care_event,
    spend,
    worker,
)

PARTNER_PHRASES: Mapping[Column, str] = {
    service.service_id: "service id; service code; service reference; programme id; service number",
    service.name: "service name; service; name of service; programme name; programme; name; intervention name; title",
    service.organisation: """
        provider; organisation; provider name; provider organisation; delivered by; delivery partner; run by
    """,
    service.service_type: "service type; type of service; kind of service; category; service category; type",
    service.commissioner: "commissioner; commissioned by; funded by; funder",
    service.annual_cost: """
        annual cost; contract value; cost per year; yearly cost; annual value; cost; price per year; annual budget;
        contract value per year
    """,
    service.capacity: "capacity; places; number of places; places per year; maximum families; annual capacity",
    service.start_date: "start date; contract start; service start; commenced; date started",
    service.end_date: "end date; contract end; service end; contract expiry; expiry date; expires",
    service.evidence_level: """
        evidence level; evidence rating; evidence; eif rating; strength of evidence; evidence standard; evidence
        base
    """,
    service_delivered.delivery_id: """
        delivery id; booking id; enrolment id; offer id; attendance record id; booking number; booking reference;
        referral to service id; enrolment number
    """,
    service_delivered.episode_id: "episode id; case id",
    service_delivered.person_key: "person id",
    service_delivered.family_key: "family id",
    service_delivered.service_id: """
        service id; programme; service; group attended; intervention; service name; course; group; programme id; course code;
        service code; intervention name; programme name; course name
    """,
    service_delivered.offered_date: """
        offered date; date offered; offer date; offered; referred to service date; date referred to service; offered
        on; date booked; invited
    """,
    service_delivered.start_date: """
        start date; date started; first session; date of first session; first session date; joined; started
    """,
    service_delivered.end_date: """
        end date; date ended; last session; date of last session; last session date; finished; date finished; left
    """,
    service_delivered.sessions_offered: """
        sessions offered; number of sessions offered; planned sessions; sessions planned; total sessions; sessions
        available; number of sessions
    """,
    service_delivered.sessions_attended: """
        sessions attended; number of sessions attended; attended; sessions completed; attendance count; number
        attended; times attended; total attended
    """,
    service_delivered.status: """
        status; delivery status; completion status; outcome; completed; take up; booking status; attendance status;
        engagement; engagement status; completer; completed programme; completed course; why left; exit type; reason
        left; reason for leaving
    """,
    worker.worker_id: """
        worker id; staff id; employee number; staff number; payroll number; employee id; worker number; post number;
        assignment number
    """,
    worker.team: "team; team name; service team; department team",
    worker.locality: "locality; area; base; hub; district; office; location; patch",
    worker.role: "role; job title; post; job role; position; post title; grade title; job",
    worker.fte: """
        fte; full time equivalent; hours fte; whole time equivalent; wte; contracted fte; proportion of full time
    """,
    worker.valid_from: """
        start date; date joined; from; in post from; joined; date started; post start date; employed from; date
        appointed
    """,
    worker.valid_to: """
        end date; date left; in post until; left; leaving date; post end date; employed until; leave date
    """,
    social_care_event.event_id: "event id; statutory id; social care episode id; cin id; referral id",
    social_care_event.type: "event type; type; kind of event; statutory event; plan type; legal category; event",
    social_care_event.start_date: """
        start date; event date; cin start date; plan start; cp start date; date of event; date began; start
    """,
    social_care_event.end_date: """
        end date; cin end date; plan end date; cp end date; ceased; date ended; closure date
    """,
    social_care_event.source_code: "referral source; source; source of referral; referrer; contact source",
    social_care_event.outcome_code: """
        reason for closure; closure reason; reason ceased; end reason; rc code; reason closed; reason for ceasing
    """,
    social_care_event.category: """
        primary need code; category of need; category of abuse; need code; latest category of abuse; primary need;
        cin code; abuse category; category
    """,
    social_care_event.nfa: "nfa; no further action; referral nfa; nfa flag; further action",
    social_care_event.factors: "factors; assessment factors; factors identified; factors at end of assessment",
    social_care_event.legal_status: "legal status; legal basis; child legal status",
    social_care_event.team: "team; allocated team; social work team",
    attendance_period.person_key: "person id; upn; pupil upn",
    attendance_period.academic_year: "academic year; school year; year; ac year",
    attendance_period.term: "term; school term; term name",
    attendance_period.possible: """
        possible sessions; sessions possible; possible; total sessions; number of possible sessions; possible
        attendances
    """,
    attendance_period.authorised: """
        authorised absence; authorised absences; authorised; sessions authorised; authorised sessions; auth absence;
        sessions missed authorised
    """,
    attendance_period.unauthorised: """
        unauthorised absence; unauthorised absences; unauthorised; unauthorised sessions; unauth absence; sessions
        missed unauthorised
    """,
    attendance_period.school_urn: "school urn; urn; school number; school; school id; establishment number",
    exclusion.exclusion_id: "exclusion id; suspension id; exclusion number; suspension number",
    exclusion.person_key: "person id",
    exclusion.start_date: """
        exclusion start date; exclusion date; suspension date; date excluded; start date; suspension start; date
        suspended; date of exclusion; excluded from
    """,
    exclusion.sessions: """
        sessions; sessions excluded; number of sessions; sessions missed; length sessions; sessions lost
    """,
    exclusion.category: """
        exclusion category; exclusion type; suspension type; type; category; permanent or suspension; type of
        exclusion; fixed or permanent; permanent or fixed
    """,
    exclusion.reason: """
        exclusion reason; reason; reason for exclusion; suspension reason; reason for suspension; why excluded
    """,
    partner_event.event_id: """
        incident number; incident id; occurrence number; occurrence reference; police reference; ppn reference; ppn
        number; storm number; crime reference; event id; incident reference; crime number; log number; niche
        number; crime ref; case number
    """,
    partner_event.person_key: "person id; nominal id; person urn",
    partner_event.agency: "agency; partner; reporting agency; force; partner agency; source agency; organisation",
    partner_event.type: """
        incident type; event type; type; offence type; type of incident; category; kind of event; incident category;
        event
    """,
    partner_event.event_date: """
        incident date; date of incident; event date; date; occurred; date occurred; occurred on; date of event; when
        happened; offence date; date of offence; disposal date; claim start; date of occurrence
    """,
    partner_event.end_date: "end date; resolved date; date ended; date cleared",
    partner_event.level: """
        risk level; risk; dash level; risk grading; dash risk; risk grade; dash grading; risk assessment level;
        level of risk
    """,
    partner_event.outcome: "outcome; disposal; result; action taken; finalisation",
    partner_event.lsoa: "lsoa of incident; incident lsoa",
    partner_event.amount: """
        amount; arrears; arrears amount; balance; debt; amount owed; pounds; rent owed; arrears balance; amount
        outstanding
    """,
    spend.financial_year: "financial year; year; fy; fiscal year",
    spend.service_id: "service id; service code; service; cost centre service",
    spend.team: "team; cost centre; cost centre name; team name",
    spend.budget_line: """
        budget line; budget; line; subjective; account; ledger line; cost line; budget heading; account
        description
    """,
    spend.line_code: "line code; section 251 line; s251 line; section 251 code",
    spend.amount: """
        amount; spend; cost; net expenditure; pounds; actual spend; total cost; total; actual; expenditure
    """,
    spend.funding_source: "funding source; funding; grant; funded by; fund; funding stream",
    spend.kind: "kind; type of spend; budget or actual; spend type; cost type; kind of spend",
}
