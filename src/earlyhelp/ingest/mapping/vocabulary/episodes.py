"""What councils call the episodes of early help, who holds them, and the plans and reviews in them."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, allocation, eh_episode, eh_plan_action, eh_review

EPISODES: Mapping[Column, str] = {
    eh_episode.episode_id: """
        episode id; case id; involvement id; intervention id; eh id; plan id; caf episode id; eh case id; programme
        id; referral episode id
    """,
    eh_episode.person_key: "person id",
    eh_episode.family_key: "family id",
    eh_episode.contact_id: """
        contact id; request id; originating contact; referral id; linked referral; marf id; originating contact id;
        request for support id
    """,
    eh_episode.request_date: """
        request date; referral date; referral received; received date; referred; request received; date request
        received
    """,
    eh_episode.accepted_date: """
        accepted date; case accepted; accepted; request accepted; request accepted date; referral accepted date; date
        accepted by eh
    """,
    eh_episode.allocated_date: """
        allocated date; case allocated; worker allocated; date allocated to worker; date allocated by manager
    """,
    eh_episode.first_contact_date: """
        first contact date; first visit; date first seen; first seen; first home visit; initial visit date; date of
        first visit; first contact with family; first appointment; family first seen; introductory call; first call;
        date of introductory call to parent; first face to face contact; first face to face
    """,
    eh_episode.start_date: """
        start date; episode start; case opened; involvement start; intervention start date; eh start; date support
        began; support started; case open date; date attached; attached to programme; attachment date; sf start date;
        supporting families start date
    """,
    eh_episode.plan_start_date: """
        plan start date; plan date; plan agreed; plan began; support plan start; family plan date; eh plan start; eh
        plan start date; whole family plan date
    """,
    eh_episode.end_date: """
        end date; episode end; case closed; involvement end; closed; case closure date; eh end; support ended; date
        support ended; step out date; sf end date; supporting families end date
    """,
    eh_episode.reason_raw: """
        summary of concerns; details of referral; brief summary of reason for referral; referral narrative
    """,
    eh_episode.need_code: """
        need; primary need; presenting need; reason for involvement; start reason; episode reason; reason for support;
        reason; reason for referral; category of need; why supported
    """,
    eh_episode.level: "level; support level; intensity; continuum of need",
    eh_episode.referral_source_code: """
        referral source; source; referrer; referred by; referring agency; referrer type; originating organisation; who
        referred; referral from; request source; referring role; referring service; referring team
    """,
    eh_episode.step_down: """
        step down; step down from csc; stepped down from social care; came from social care; previously cin; step down
        case
    """,
    eh_episode.end_reason_code: """
        end reason; outcome at closure; case outcome; reason for ending; closure category; outcome; case closure
        reason; sf closure reason
    """,
    eh_episode.organisation: """
        lead organisation; organisation; provider; lead provider; organisation leading; lead professional agency;
        holding agency
    """,
    eh_episode.org_type: """
        organisation type; lead agency type; provider type; lead agency sector; agency sector; sector of lead
        professional; lead professional agency group
    """,
    eh_episode.team: """
        team; team name; allocated team; case team; responsible team; eh team; team holding; service area; worker team
    """,
    eh_episode.locality: "locality; hub; family hub; children centre area; reach area; locality team area; hub area",
    eh_episode.lead_practitioner_id: """
        lead practitioner; worker; allocated worker; worker id; lead practitioner id; allocated to; family worker;
        assignee; family lead worker; responsible worker; staff id; fhlp; family help lead practitioner
    """,
    eh_episode.lead_qualified: """
        lead qualified; lead worker qsw; social worker qualified; sw qual; qsw; social work qualified; lead
        practitioner qualified; qualified; worker qualified; lead worker type; worker type; lead is social worker;
        registered social worker; lead worker professional status
    """,
    allocation.episode_id: "episode id; case id",
    allocation.worker_id: "worker id; allocated worker; worker; staff id; allocated to; lead worker",
    allocation.from_date: """
        allocation start; allocation date; worker from; from date; start date; allocation start date; date allocated
        to worker; date case picked up; case held since; worker involvement start; held from
    """,
    allocation.to_date: """
        allocation end; worker until; to date; end date; allocation end date; date removed from caseload; worker
        involvement end; date worker came off case; deallocated; date deallocated; unallocated; date case handed over;
        de allocation date; held to; held until
    """,
    eh_plan_action.action_id: "action id; task id; plan action id; plan item id; item number",
    eh_plan_action.episode_id: "episode id; case id; plan id",
    eh_plan_action.need_id: "need id",
    eh_plan_action.created_date: """
        action date; date agreed; created; date set; action created; date created; action agreed; date action set;
        raised; date added; date added to plan
    """,
    eh_plan_action.owner_org: """
        owner; action owner; owner organisation; responsible agency; who will do it; responsible; by whom; lead
        agency; person responsible organisation; agency to complete action; whose action
    """,
    eh_plan_action.due_date: "due date; action due; by when; deadline; to be done by; timescale; timescale date",
    eh_plan_action.done_date: """
        done date; date completed; completed; action completed; done; action done; actioned; action closed date; date
        task finished; date achieved
    """,
    eh_review.review_id: "review id; meeting id; taf id; supervision id; audit id",
    eh_review.episode_id: "episode id; case id",
    eh_review.type: """
        review type; meeting type; type; kind of meeting; kind of review; taf review visit; workflow step type; qa
        activity type; activity type
    """,
    eh_review.theme: """
        theme; audit theme; topic; meeting theme; agenda; focus of audit; thematic area; area of practice audited;
        focus; themes discussed; themes
    """,
    eh_review.due_date: """
        review due; due date; next review; review due date; meeting due; planned date; planned review date; scheduled;
        scheduled date
    """,
    eh_review.held_date: """
        review date; meeting date; held; date held; taf date; actual date; review held; taf meeting date; meeting
        held; date visit carried out; visit date; date carried out
    """,
    eh_review.agencies_invited: """
        agencies invited; number invited; professionals invited; invited; partners invited; invitees; taf invites;
        number of agencies invited
    """,
    eh_review.agencies_attended: """
        agencies attended; number attended; professionals attended; attended; partners attended
    """,
    eh_review.child_voice: """
        child voice; child views; child attended; child contributed to review; child contributed; child took part;
        child participation; voc captured; lived experience captured
    """,
    eh_review.grade: """
        grade; audit grade; rating; judgement; audit rating; audit outcome; grading; overall grading; overall grading
        of case; graded as; graded
    """,
}
