"""What statutory social care, schools, the police and other partners call what they record."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, attendance_period, exclusion, partner_event, social_care_event

PARTNERS: Mapping[Column, str] = {
    social_care_event.event_id: """
        event id; statutory id; social care episode id; cin id; referral id; assessment id; s47 id; cp plan id;
        section 47 enquiry id; lcs episode number; cin assessment id
    """,
    social_care_event.type: """
        event type; type; kind of event; statutory event; plan type; legal category; event; csc stage; process step;
        social care status; pathway stage; cin cp cla; csc plan; csc status; stepped up to; escalated to
    """,
    social_care_event.team: "team; allocated team; social work team; org unit",
    social_care_event.start_date: """
        start date; event date; cin start date; plan start; cp start date; start; csc start; referral date; date
        stepped up; date of escalation; period of care start date
    """,
    social_care_event.end_date: """
        end date; cin end date; plan end date; cp end date; ceased; event end date; date de registered; csc end;
        deregistration date; step completed on; step end date
    """,
    social_care_event.source_code: """
        referral source; source; referrer; contact source; where did referral come from; who referred; referring
        agency type; agency referring; referred by category
    """,
    social_care_event.outcome_code: "reason for closure; rc code; reason for ceasing",
    social_care_event.category: "primary need code; category of need; category of abuse; need code; cin code; category",
    social_care_event.nfa: "nfa; referral nfa; further action",
    social_care_event.factors: """
        factors; assessment factors; factors identified; factors at end of assessment; factor codes
    """,
    social_care_event.legal_status: "legal status; legal basis; child legal status",
    attendance_period.person_key: "person id; upn; pupil upn; admission number; adno",
    attendance_period.academic_year: """
        academic year; school year; year; ac year; academic session; academic period; academic cycle; time period;
        acadyr
    """,
    attendance_period.term: "term; school term; term name; aut spr sum",
    attendance_period.possible: """
        possible sessions; possible; total sessions; number of possible sessions; possible attendances; available sessions
    """,
    attendance_period.authorised: """
        authorised absence; authorised absences; authorised; sessions authorised; sessions missed authorised; aa
        sessions; sessions missed with permission
    """,
    attendance_period.unauthorised: """
        unauthorised absence; unauthorised absences; unauthorised; unauthorised sessions; sessions missed
        unauthorised; ua sessions; truancy sessions; truancy
    """,
    attendance_period.school_urn: "school urn; urn; school number; school; establishment number",
    exclusion.exclusion_id: "exclusion id; pex fte id",
    exclusion.person_key: "person id",
    exclusion.start_date: "exclusion start date; exclusion date; start date; suspension start; excluded from",
    exclusion.sessions: """
        sessions; sessions excluded; number of sessions; sessions missed; length sessions; sessions lost; half days;
        number of half days; exclusion length half days
    """,
    exclusion.category: """
        exclusion category; exclusion type; type; category; permanent or suspension; fixed or permanent; susp pex;
        type susp perm; fpe or perm; fte or pex
    """,
    exclusion.reason: """
        exclusion reason; reason; grounds for exclusion; cause of exclusion; grounds; details of incident; behaviour
        leading to exclusion; circumstances of exclusion
    """,
    partner_event.event_id: """
        incident number; occurrence number; police reference; ppn reference; storm number; crime reference; event id;
        log number; niche number; case number; cad number; notification id; connect report number; ed attendance
        number; report number
    """,
    partner_event.person_key: """
        person id; nominal id; person urn; patient id; claimant id; nominal; tenant id; applicant id
    """,
    partner_event.agency: """
        agency; partner; reporting agency; force; partner agency; source agency; data provider; supplied by; data
        supplier
    """,
    partner_event.type: """
        incident type; event type; type; offence type; category; kind of event; incident category; event; occurrence
        class; occurrence type; ppn category; notification category; evt typ; sf indicator; reason for notification; service event
    """,
    partner_event.event_date: """
        incident date; event date; date; occurred; date occurred; offence date; disposal date; claim start; date of
        occurrence; date went missing; date presented as homeless; inc date; occ date; in arrears from; arrears date;
        date presented; missing from; event start; service event start
    """,
    partner_event.end_date: """
        end date; event end; service event end;
        resolved date; date cleared; date returned; missing to; cessation date; date found; date concluded;
        return date
    """,
    partner_event.level: """
        risk level; risk; dash level; risk grading; dash risk; risk grade; dash grading; risk assessment level; risk
        category; ppn risk; standard medium high
    """,
    partner_event.outcome: """
        outcome; disposal; action taken; finalisation; how did it end; ongoing or completed; exit status; treatment
        exit status; payment plan status; repayment agreement; arrangement status
    """,
    partner_event.lsoa: "lsoa of incident; occ lsoa; lsoa of occurrence; lsoa of offence",
    partner_event.amount: """
        amount; arrears; arrears amount; balance; debt; amount owed; pounds; rent owed; arrears balance; amount
        outstanding; benefit cap reduction; bal o s; balance outstanding; collectable arrears
    """,
}
