"""What councils call services, what they delivered, staff and money."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, service, service_delivered, spend, worker

SERVICES: Mapping[Column, str] = {
    service.service_id: "service id; programme id; offer id; provision id",
    service.name: """
        service name; service; programme name; programme; name; intervention name; title; what is service called; name
        of support offer; offer name; early help offer; course name; group name; course or group name
    """,
    service.organisation: """
        provider; organisation; provider name; provider organisation; delivered by; delivery partner; run by; vendor;
        vendor name; supplier; supplier name; organisation providing service; contracted party; contractor; who runs
        it
    """,
    service.service_type: """
        service type; kind of service; category; service category; type; service classification; service grouping;
        type of provision; classification; intervention type; taxonomy term
    """,
    service.commissioner: """
        commissioner; funded by; funder; commissioning body; commissioning team; commissioning department;
        commissioning organisation; contract owner; department responsible; contracting authority; who commissions it;
        commissioner name
    """,
    service.start_date: """
        start date; contract start; service start; commenced; go live date; available from; operational from; live
        from; valid from; date service launched; launched; effective from
    """,
    service.end_date: """
        end date; contract end; service end; expires; live to; available until; date service withdrawn; valid to;
        decommissioned; effective to
    """,
    service.annual_cost: """
        annual cost; contract value; cost per year; yearly cost; annual value; cost; price per year; annual budget;
        contract value per year; acv; annual contract value; value per annum; value p a
    """,
    service.capacity: """
        capacity; places; number of places; places per year; maximum families; annual capacity; max caseload;
        contracted volumes; contracted places; cap; maximum caseload; caseload capacity; number of families per year;
        how many families can it support
    """,
    service.evidence_level: """
        evidence level; evidence rating; evidence; eif rating; strength of evidence; evidence standard; evidence base;
        maryland scale; maryland scale score
    """,
    service.open_referral_id: "open referral id; oruk id; hsds service id; service uuid; oruk uuid",
    service_delivered.delivery_id: """
        delivery id; booking id; enrolment id; offer id; attendance record id; referral to service id; service
        provision id; service delivered id; care package line item id; dlv id
    """,
    service_delivered.episode_id: "episode id; case id",
    service_delivered.person_key: "person id",
    service_delivered.family_key: "family id",
    service_delivered.service_id: """
        service id; programme; service; group attended; intervention; service name; course; group; programme id;
        course code; intervention name; programme name; course name; provision
    """,
    service_delivered.offered_date: """
        offered date; offered; referred to service date; date booked; invited; invitation sent; invitation date
    """,
    service_delivered.start_date: "start date; first session; date of first session; joined; started",
    service_delivered.end_date: """
        end date; last session; date of last session; finished; left; date of discharge; date of final session;
        leaving date
    """,
    service_delivered.sessions_offered: """
        sessions offered; number of sessions offered; planned sessions; total sessions; sessions available; number of
        sessions; course length sessions; num sessions offered
    """,
    service_delivered.sessions_attended: """
        sessions attended; number of sessions attended; attended; sessions completed; attendance count; times
        attended; total attended; actual sessions; appointments kept; sessions taken up
    """,
    service_delivered.status: """
        status; delivery status; completion status; outcome; completed; take up; booking status; attendance status;
        engagement; engagement status; completer; completed programme; completed course; why left; exit type; reason
        for leaving; enrolment status; waiting list started completed declined; service status; support status;
        provision status
    """,
    worker.worker_id: """
        worker id; staff id; employee number; payroll number; post number; assignment number; itrent person id
    """,
    worker.team: "team; team name; service team; department team; unit name; org unit; organisational unit",
    worker.locality: "locality; base; hub; office; location",
    worker.role: "role; job title; post; job role; position; post title; grade title; job; occupation",
    worker.fte: """
        fte; full time equivalent; hours fte; whole time equivalent; wte; contracted fte; proportion of full time
    """,
    worker.valid_from: """
        start date; date joined; from; in post from; joined; post start date; employed from; date appointed; position
        start; when did you join; effective from
    """,
    worker.valid_to: """
        end date; date left; in post until; left; leaving date; post end date; employed until; leave date; position
        end; in role until; last working day; effective to; leaver date
    """,
    spend.financial_year: "financial year; year; fy; fiscal year",
    spend.service_id: "service id; service; cost centre service; contract id; contract register id",
    spend.team: """
        team; cost centre; cost centre name; team name; service area; service division; responsible unit; directorate
    """,
    spend.level: "universal targeted specialist",
    spend.budget_line: """
        budget line; line; subjective; account; ledger line; cost line; budget heading; gl description; nominal
        description; expense type; expenditure type; detailed expense type; expense area; expense description
    """,
    spend.line_code: """
        line code; section 251 line; section 251 code; ro3 code; ro3 row number; section 251 outturn row; sercop code
    """,
    spend.stage: """
        early or late intervention; early late; early vs late; ei li; preventative reactive; upstream downstream
    """,
    spend.amount: """
        amount; spend; cost; net expenditure; pounds; actual spend; total cost; total; actual; expenditure; net
        amount; line total; actual amount; amount spent; net spend amount; actual to date; net value; amount exc vat;
        amount excluding vat; net amount exc vat; net amount excluding vat; amount net of vat; payment amount
    """,
    spend.funding_source: """
        funding source; funding; grant; funded by; fund; funding stream; paid for from; financed by; where does money
        come from; grant name; funder
    """,
    spend.kind: """
        kind; type of spend; budget or actual; cost type; kind of spend; planned outturn; bud act; budget outturn;
        plan or actual
    """,
}
