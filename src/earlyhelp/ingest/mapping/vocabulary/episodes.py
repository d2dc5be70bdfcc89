"""What councils call the episodes of early help, who holds them, and the plans and reviews in them."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, allocation, eh_episode, eh_plan_action, eh_review

EPISODES: Mapping[Column, str] = {
    eh_episode.episode_id: """
        episode id; case id; case number; involvement id; intervention id; eh id; episode number; case reference;
        episode reference; plan id; caf episode id; eh case id; eh number; involvement number; intervention number;
        programme id; eh reference; referral episode id
    """,
    eh_episode.person_key: "person id",
    eh_episode.family_key: "family id",
    eh_episode.contact_id: """
        contact id; request id; originating contact; referral id; linked referral; marf id; originating contact id;
        request for support id
    """,
    eh_episode.request_date: """
        request date; referral date; date referred; referral received; date of referral; received date; date
        requested; referred; date of request; referred on; request received; date request received
    """,
    eh_episode.accepted_date: """
        accepted date; date accepted; acceptance date; case accepted; accepted; request accepted; request accepted
        date; referral accepted date; date accepted by eh
    """,
    eh_episode.allocated_date: """
        allocated date; allocation date; date allocated; case allocated; assigned date; date assigned; date of
        allocation; worker allocated; allocated on; date allocated to worker; date allocated by manager
    """,
    eh_episode.first_contact_date: """
        first contact date; first visit; date first seen; first seen; first home visit; initial visit date; date of
        first visit; first contact with family; first appointment; family first seen; introductory call; first call;
        date of introductory call to parent; first face to face contact; first face to face
    """,
    eh_episode.start_date: """
        start date; episode start; case opened; date opened; open date; involvement start; date started; episode
        opened; intervention start date; case start; eh start; date support began; eh opened; support started; date
        open; activation date; case open date; date attached; attached to programme; attachment date
    """,
    eh_episode.plan_start_date: """
        plan start date; plan date; date plan started; plan agreed; plan began; support plan start; family plan
        date; date of plan; eh plan start; eh plan start date; whole family plan date
    """,
    eh_episode.end_date: """
        end date; episode end; case closed; date closed; closure date; close date; involvement end; date ended;
        closed; case closure date; eh end; support ended; date support ended; case end date; step out date; exit
        date
    """,
    eh_episode.reason_raw: """
        summary of concerns; details of referral; brief summary of reason for referral; referral
        narrative
    """,
    eh_episode.need_code: """
        need; primary need; main need; presenting need; reason for involvement; start reason; episode reason; main
        issue; reason for support; reason; presenting issue; reason for referral; category of need; reason for
        episode; primary concern; why supported; presenting problem; referral reason
    """,
    eh_episode.level: """
        level; level of need; threshold; tier; level of support; support level; level of intervention; intensity;
        threshold level; tier of support; continuum of need
    """,
    eh_episode.referral_source_code: """
        referral source; source; source of referral; referrer; referred by; referring agency; referrer type;
        originating organisation; who referred; referral from; request source; referring role; referring service;
        referring team
    """,
    eh_episode.step_down: """
        step down; stepped down; step down from csc; step down flag; stepped down from social care; came from social
        care; step down from social care; is step down; previously cin; step down case
    """,
    eh_episode.end_reason_code: """
        end reason; closure reason; reason closed; reason for closure; outcome at closure; closure outcome; case
        outcome; reason ended; closing outcome; end outcome; reason for ending; why closed; exit reason; close
        reason; closure category; outcome; closing reason; case closure reason; result at end
    """,
    eh_episode.organisation: """
        lead organisation; organisation; lead agency; agency; provider; lead provider; organisation leading; lead
        professional agency; holding agency; lead professional organisation; lead worker agency
    """,
    eh_episode.org_type: """
        organisation type; agency type; lead agency type; type of agency; provider type; lead agency sector; agency
        sector; sector of lead professional; lead professional agency group
    """,
    eh_episode.team: """
        team; team name; allocated team; case team; responsible team; current team; eh team; team holding; service
        area; worker team
    """,
    eh_episode.locality: """
        locality; area; hub; district; cluster; patch; quadrant; neighbourhood; zone; family hub; children centre
        area; reach area; locality team area; hub area
    """,
    eh_episode.lead_practitioner_id: """
        lead practitioner; lead professional; lead worker; worker; key worker; allocated worker; caseworker; case
        worker; worker id; lead practitioner id; keyworker id; allocated to; worker code; case holder; family
        worker; practitioner id; lead professional id; assigned to; assignee; family lead worker; responsible worker;
        staff id; lead prof; fhlp; family help lead practitioner
    """,
    eh_episode.lead_qualified: """
        lead qualified; lead worker qsw; social worker qualified; sw qual; qsw; social work qualified; lead
        practitioner         qualified; qualified; sw qualified; lead qualification; worker qualified; lead worker
        type; worker type; type of         worker; lead is social worker; registered social worker; lead worker
        professional status
    """,
    allocation.episode_id: "episode id; case id",
    allocation.worker_id: "worker id; allocated worker; worker; staff id; allocated to; lead worker",
    allocation.from_date: """
        allocation start; allocated from; allocation date; worker from; from date; start date; allocation start date;
        date allocated to worker; date case picked up; case held since; worker involvement start; held from
    """,
    allocation.to_date: """
        allocation end; worker until; to date; end date; allocation end date; date removed from caseload; worker
        involvement end; date worker came off case; deallocated; date deallocated; unallocated; date case handed over;
        de allocation date; held to; held until
    """,
    eh_plan_action.action_id: """
        action id; action number; task id; task number; action reference; plan action id; plan item id; item number
    """,
    eh_plan_action.episode_id: "episode id; case id; plan id",
    eh_plan_action.need_id: "need id; need number",
    eh_plan_action.created_date: """
        action date; date agreed; created; date set; action created; date created; created date; agreed on; date of
        action; action agreed; date action set; raised; date added; date added to plan
    """,
    eh_plan_action.owner_org: """
        owner; action owner; owner organisation; responsible agency; who will do it; responsible; agency
        responsible; by whom; lead agency; person responsible organisation; agency to complete action; whose action
    """,
    eh_plan_action.due_date: """
        due date; action due; by when; target date; deadline; to be done by; due by; due; timescale; timescale date
    """,
    eh_plan_action.done_date: """
        done date; date completed; completed; action completed; date done; done; completed on; action done; completion
        date; actioned; action closed date; date task finished; date achieved
    """,
    eh_review.review_id: "review id; meeting id; review number; meeting number; taf id; supervision id; audit id",
    eh_review.episode_id: "episode id; case id",
    eh_review.type: """
        review type; meeting type; type of review; type of meeting; type; kind of meeting; kind of review; taf review
        visit; workflow step type; qa activity type; activity type
    """,
    eh_review.theme: """
        theme; audit theme; topic; meeting theme; agenda; focus of audit; thematic area; area of practice audited;
        focus; themes discussed; themes
    """,
    eh_review.due_date: """
        review due; due date; next review; review due date; meeting due; planned date; planned review date; date
        due; scheduled; scheduled date
    """,
    eh_review.held_date: """
        review date; meeting date; held; date held; date of review; date of meeting; taf date; actual date; review
        held; held on; date of taf; taf meeting date; tac date; date of taf meeting; meeting held; date visit carried
        out; visit date; date carried out
    """,
    eh_review.agencies_invited: """
        agencies invited; number invited; professionals invited; invited; partners invited; invitees; taf invites;
        number of agencies invited
    """,
    eh_review.agencies_attended: """
        agencies attended; number attended; professionals attended; attended; attendees; agencies present; partners
        attended
    """,
    eh_review.child_voice: """
        child voice; child views; views of child; voice of child; child attended; child wishes and feelings; child
        contributed to review; child contributed; child took part; child participation; voc; voc captured; lived
        experience captured
    """,
    eh_review.grade: """
        grade; audit grade; rating; judgement; audit rating; audit outcome; grading; overall grading; overall grading
        of case; graded as; graded
    """,
}
