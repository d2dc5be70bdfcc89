"""What councils and their systems call the columns of the standard: one line of phrases a column, from general knowledge.

Phrases are separated by semicolons and compared word by word, after `headings` has brought words of one meaning together
(so that "Date closed", "closure dt" and "End date" are one). `TOPICS` are the words that tell which table a heading is
about. Services, staff, money, schools, police and statutory social care have theirs in `partner_vocabulary`.
"""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.ingest.mapping.partner_vocabulary import PARTNER_PHRASES
from earlyhelp.standard import (
    Column,
    Table,
    allocation,
    attendance_period,
    complaint,
    contact,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_outcome,
    eh_plan_action,
    eh_review,
    eh_score,
    exclusion,
    family_member,
    feedback,
    partner_event,
    person,
    person_identifier,
    service,
    service_delivered,
    social_care_event,
    spend,
    worker,
)

TOPICS: Mapping[Table, str] = {
    contact: "contact request referral enquiry notification front door mash",
    eh_episode: "episode case caseload intervention involvement eh plan support",
    eh_assessment: "assessment eha caf",
    eh_plan_action: "action task",
    eh_review: "review meeting tac taf supervision audit",
    eh_need: "need",
    eh_outcome: "outcome",
    eh_score: "score scale star sdq",
    allocation: "allocation",
    feedback: "feedback survey questionnaire evaluation",
    complaint: "complaint compliment",
    person: "person",
    family_member: "family member household relationship",
    service: "service commissioned contract programme",
    service_delivered: "session delivered delivery intervention attendance course group programme",
    worker: "staff",
    social_care_event: "statutory cin cp csc social care",
    attendance_period: "attendance absence",
    exclusion: "exclusion suspension",
    partner_event: "incident event offence arrears",
    spend: "spend cost budget expenditure ledger",
}
"""What a row of a list may be, each with words that tell it; of two that fit equally well the first is asked about."""

PERSON_NUMBERS = """
person id; child reference; person number; child unique id; mosaic id; lcs id; ehm id; client id; pupil id;
liquidlogic id; eclipse id; ics id; casefile person id; young person number; index child id; carefirst id; child
system id; social care id; synergy id; one id; person urn; swift id
"""
"""What the number of a person is called, in a list about anything."""
_OWN_PHRASES: Mapping[Column, str] = {
    person.person_key: """
        person id; child reference; person number; child unique id; mosaic id; lcs id; ehm id; client id; pupil id;
        pid; liquidlogic id; eclipse id; system id; casefile person id; young person number; identifier; person;
        record number; unique id; index child id; ics number; id
    """,
    person.forename: """
        forename; first name; given name; christian name; forenames; person forename; known first name; name first
    """,
    person.surname: "surname; last name; family name; second name; person surname; name last",
    person.preferred_name: """
        preferred name; pref; pref name; chosen name; chosen forename; known as; likes to be called; alias; nickname
    """,
    person.former_surname: "former surname; previous surname; maiden name; birth name; also known as surname",
    person.dob: "date of birth; birth date; birthday; born; person birth date; born on",
    person.expected_dob: """
        expected date of birth; due date of baby; estimated delivery date; edd; expected delivery date; unborn due
        date
    """,
    person.death_date: "date of death; death date; deceased date; died",
    person.dob_accuracy: "date of birth accuracy; birth date estimated; dob status",
    person.sex: "sex; sex at birth; gender; m f; person sex; person gender; gender at birth; male female",
    person.gender: "gender identity; gender identified as",
    person.ethnicity: """
        ethnicity; ethnic origin; ethnic group; ethnic background; ethnic category; ethnicity code; heritage; race;
        ethnic
    """,
    person.disability: """
        disability; disabilities; disabled; has a disability; disability type; disability flag; impairment
    """,
    person.first_language: """
        first language; home language; language; main language; mother tongue; language spoken; spoken language;
        preferred language
    """,
    person.sen_status: """
        sen status; sen; send; special educational needs; sen provision; send status; ehcp; sen stage; sen support;
        send support
    """,
    person.address_line: """
        address; address line 1; home address; street; full address; current address; house and street;
        address 1
    """,
    person.postcode: "postcode; post code; home postcode; address postcode; pcode; zip; current postcode",
    person.uprn: "uprn; unique property reference number; property reference",
    person.lsoa: "lsoa; lower super output area; small area; lsoa code; output area; lsoa 2021; lsoa11; lsoa21",
    person.is_child: "is child; child or adult; adult or child",
    person_identifier.value: "upn; unique pupil number; nhs number; nhs; pupil number; national insurance",
    family_member.family_key: """
        family id; family reference; family number; household id; household number; group id; family group id; case
        family id; household reference
    """,
    family_member.role: """
        role in family; relationship to child; relationship; family role; relation to index child; relationship
        type; role in household; member type; relationship role; family member type
    """,
    family_member.from_date: "joined household; joined family; in household since; moved in; member from",
    family_member.to_date: "left household; left family; moved out of household; member until",
    contact.contact_id: """
        contact id; request id; referral id; contact number; referral number; enquiry number; request number;
        referral reference; notification id
    """,
    contact.person_key: "person id",
    contact.family_key: "family id",
    contact.contact_date: """
        date; contact date; completion time; date submitted; request date; referral date; date received; date of contact;
        referred date; received; enquiry date; date of request; referred on; date referral received; date request received;
        notification date; received date; date asked; referral created; date raised; date logged
    """,
    contact.channel: """
        channel; method of contact; contact method; how received; route; contact type; referral method; how they got
        in touch; medium; received via
    """,
    contact.team: "team; receiving team; contact team; hub; team receiving; assigned team",
    contact.source_code: """
        source; contact source; referral source; source of referral; referrer; referred by; referrer type; who
        referred; referring agency; source type; requestor type; agency type; origin of referral; referring role;
        who asked; requested by; referrer role; referral from; source agency; referrer category; request source;
        came from
    """,
    contact.requestor_organisation: """
        referring organisation; your organisation; your organisation school or setting; requestor organisation; referrer
        organisation; organisation of referrer; name of referring agency; referrer agency name; referring organisation name;
        referring school; agency name of referrer; requestor agency; referrer name organisation; organisation requesting
    """,
    contact.reason_code: """
        presenting need; reason for contact; reason for referral; presenting issue; reason; primary need; main need; primary
        issue; main concern; presenting problem; referral reason; contact reason; reason for request; need; category of
        need; main issue; family like help with; what help is needed; concern type; issue; worry; what is the worry; what
        are we worried about
    """,
    contact.domestic_abuse: """
        domestic abuse; domestic violence; da flag; domestic abuse flag; dv indicator; domestic abuse indicator;
        dva; dv; da; domestic abuse present; is domestic abuse
    """,
    contact.level_requested: """
        level requested; level do you think; requested level; level of need at referral; level of need req; level req;
        threshold requested; level asked for; referrer level of need
    """,
    contact.level_decided: """
        level decided; level; threshold; tier; level of need; threshold level; agreed level; level agreed;
        windscreen level; level of need dec; level dec; continuum of need level; decided level; threshold decision; tier of need
    """,
    contact.avoidable: "avoidable; avoidable contact; inappropriate referral; avoidable request",
    contact.decision_code: """
        decision; contact outcome; referral outcome; outcome of contact; outcome; triage decision; mash decision;
        screening outcome; next step; result; outcome of referral; contact decision; triage outcome; request
        outcome; decision made; what did we decide; action taken; disposal; front door outcome; what happened next
    """,
    contact.decision_date: """
        decision date; date of decision; outcome date; triage date; date decided; screening date; date of outcome;
        triaged; decision made on; contact outcome date
    """,
    contact.accepted_date: "accepted date; date accepted; acceptance date",
    contact.feedback_date: """
        feedback date; date told requester outcome; referrer informed; date referrer informed; date feedback given; feedback
        to referrer date; referrer told
    """,
    eh_assessment.assessment_id: """
        assessment id; eha id; caf id; form id; assessment number; assessment reference; eha reference; caf number;
        eha number; form number
    """,
    eh_assessment.person_key: "person id",
    eh_assessment.family_key: "family id",
    eh_assessment.start_date: """
        assessment start date; assessment date; eha start; eha date; caf date; date of assessment; assessment
        started; date assessment started; caf started; form started; assessment begun; assessment opened; assessment
        created; date eha opened; assessment initiated; date form started
    """,
    eh_assessment.due_date: """
        assessment due date; eha due; due date; target date; assessment target; assessment due; deadline
    """,
    eh_assessment.completion_date: """
        assessment completion date; assessment end date; eha completed; eha completion date; assessment completed;
        date completed; completion date; assessment authorised; assessment finished; date eha completed; authorised
        date; caf completed; signed off; date signed off; finalised; assessment closed
    """,
    eh_assessment.organisation: """
        organisation completing assessment; assessing organisation; assessor organisation; assessing agency; agency
        completing; organisation; agency; completed by organisation; assessor agency; lead agency; assessment
        completed by agency
    """,
    eh_assessment.org_type: "organisation type; agency type; assessor type; type of agency",
    eh_assessment.assessor_role: """
        assessor role; role of assessor; job title; assessor job title; completed by role; profession; professional
        role; assessment author role; author role; role of lead
    """,
    eh_assessment.consent: """
        consent; consent given; consent type; consent status; consent obtained; family consent; parental consent;
        consent to share; agreed to share; consent level; did family consent
    """,
    eh_assessment.consent_date: """
        consent date; consent signed; date of consent; consent given on; date consent given; consent obtained date; date family
        consented; consented on
    """,
    eh_assessment.whole_family: """
        whole family; whole family assessment; whole household; think family; family assessed; whole family
        included; all family members included; everyone included
    """,
    eh_assessment.second_parent: """
        second parent; dad second parent; other parent; father included; father involved; non resident parent; both parents;
        second parent involved; absent parent included; other parent included
    """,
    eh_assessment.child_voice: """
        child voice; voice of child; child views; views of child; child wishes and feelings; wishes and feelings;
        child seen; child views recorded; voice of person; person views
    """,
    eh_assessment.outcome_code: """
        assessment outcome; outcome; eha outcome; outcome of assessment; caf outcome; result of assessment; next
        step; assessment decision; recommendation; assessment result
    """,
    eh_episode.episode_id: """
        episode id; case id; case number; involvement id; intervention id; eh id; episode number; case reference;
        episode reference; plan id; caf episode id; eh case id; eh number; involvement number; intervention number;
        programme id; eh reference; referral episode id
    """,
    eh_episode.person_key: "person id",
    eh_episode.family_key: "family id",
    eh_episode.contact_id: "contact id; request id; originating contact; referral id; linked referral",
    eh_episode.request_date: """
        request date; referral date; date referred; referral received; date of referral; received date; date
        requested; referred; date of request; referred on; request received; date request received
    """,
    eh_episode.accepted_date: "accepted date; date accepted; acceptance date; case accepted; accepted",
    eh_episode.allocated_date: """
        allocated date; allocation date; date allocated; case allocated; assigned date; date assigned; date of
        allocation; worker allocated; allocated on; date allocated to worker
    """,
    eh_episode.first_contact_date: """
        first contact date; first visit; date first seen; first seen; first home visit; initial visit date; date of
        first visit; first contact with family; first appointment; family first seen
    """,
    eh_episode.start_date: """
        start date; episode start; case opened; date opened; open date; involvement start; date started; episode
        opened; intervention start date; case start; eh start; date support began; eh opened; support started; date
        open; activation date; case open date; date attached; attached to programme
    """,
    eh_episode.plan_start_date: """
        plan start date; plan date; date plan started; plan agreed; plan began; support plan start; family plan
        date; date of plan
    """,
    eh_episode.end_date: """
        end date; episode end; case closed; date closed; closure date; close date; involvement end; date ended;
        closed; case closure date; eh end; support ended; date support ended; case end date; step out date; exit
        date
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
        originating organisation; who referred; referral from; request source; referring role
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
    eh_episode.org_type: "organisation type; agency type; lead agency type; type of agency; provider type",
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
        worker; practitioner id; lead professional id; assigned to; assignee; family lead worker;
        responsible worker; staff id; lead prof
    """,
    eh_episode.lead_qualified: """
        lead qualified; lead worker qsw; social worker qualified; sw qual; qsw; social work qualified; lead practitioner
        qualified; qualified; sw qualified; lead qualification; worker qualified; lead worker type; worker type; type of
        worker; lead is social worker; registered social worker
    """,
    allocation.worker_id: "worker id; allocated worker; worker; staff id; allocated to",
    allocation.episode_id: "episode id; case id",
    allocation.from_date: """
        allocation start; allocated from; allocation date; worker from; from date; start date; allocation start date
    """,
    allocation.to_date: "allocation end; allocated to date; worker until; to date; end date; allocation end date",
    eh_need.need_id: "need id; need record id; need number; issue id",
    eh_need.episode_id: "episode id; case id",
    eh_need.person_key: "person id",
    eh_need.need_code: """
        need; need type; need category; need identified; issue; headline outcome; sfp outcome; criterion; headline
        need; need code; need description; supporting families criterion
    """,
    eh_need.framework: "framework; framework version; need framework; outcome framework; programme",
    eh_need.identified_date: """
        identified date; date identified; need identified on; date need recorded; need recorded date
    """,
    eh_need.evidence_type: "evidence; evidence type; evidence of need; how evidenced; evidence source",
    eh_outcome.need_id: "need id; need number",
    eh_outcome.status: """
        outcome status; outcome met; status; achieved; progress; outcome achieved; outcome; rag; outcome rating;
        need met
    """,
    eh_outcome.achieved_date: "achieved date; date achieved; outcome date; date met; date outcome achieved; met on",
    eh_outcome.sustained_to: "sustained to; sustained until; sustained date; date sustained; sustained outcome date",
    eh_outcome.evidence_type: "evidence; evidence type; evidence of outcome",
    eh_outcome.validated_measure: "validated measure; validated tool used; validated",
    eh_score.score_id: "score id; measure id; completion id",
    eh_score.episode_id: "episode id; case id",
    eh_score.person_key: "person id",
    eh_score.tool: """
        tool; scale; questionnaire; measure; tool used; instrument; outcome measure; name of tool; star type; which
        tool
    """,
    eh_score.domain: "domain; scale name; subscale; area of star; scale domain; section; dimension",
    eh_score.score: "score; total score; rating; star score; reading; points; total difficulties; mark",
    eh_score.at_expected: "at expected; at expected level; expected level; meets expected",
    eh_score.score_date: """
        score date; date of score; date completed; date taken; star date; reading date; measure date; date scored;
        completion date; date of reading
    """,
    eh_plan_action.action_id: "action id; action number; task id; task number; action reference",
    eh_plan_action.episode_id: "episode id; case id; plan id",
    eh_plan_action.need_id: "need id; need number",
    eh_plan_action.created_date: """
        action date; date agreed; created; date set; action created; date created; created date; agreed on; date of
        action; action agreed; date action set; raised
    """,
    eh_plan_action.owner_org: """
        owner; action owner; owner organisation; responsible agency; who will do it; responsible; agency
        responsible; by whom; lead agency; person responsible organisation
    """,
    eh_plan_action.due_date: "due date; action due; by when; target date; deadline; to be done by; due by; due",
    eh_plan_action.done_date: """
        done date; date completed; completed; action completed; date done; done; completed on; action done;
        completion date; actioned
    """,
    eh_review.review_id: "review id; meeting id; review number; meeting number; taf id; supervision id; audit id",
    eh_review.episode_id: "episode id; case id",
    eh_review.type: """
        review type; meeting type; type of review; type of meeting; type; kind of meeting; kind of review
    """,
    eh_review.theme: "theme; audit theme; topic; meeting theme; agenda",
    eh_review.due_date: """
        review due; due date; next review; review due date; meeting due; planned date; planned review date; date
        due; scheduled; scheduled date
    """,
    eh_review.held_date: """
        review date; meeting date; held; date held; date of review; date of meeting; taf date; actual date; review
        held; held on; date of taf; taf meeting date; tac date; date of taf meeting; meeting held
    """,
    eh_review.agencies_invited: """
        agencies invited; number invited; professionals invited; invited; partners invited; invitees
    """,
    eh_review.agencies_attended: """
        agencies attended; number attended; professionals attended; attended; attendees; agencies present; partners
        attended
    """,
    eh_review.child_voice: """
        child voice; child views; views of child; voice of child; child attended; child wishes and feelings
    """,
    eh_review.grade: "grade; audit grade; rating; judgement; audit rating; audit outcome",
    feedback.feedback_id: "feedback id; id; survey id; response id; questionnaire id; survey number; survey reference",
    feedback.episode_id: "episode id; case id",
    feedback.respondent: """
        respondent; who responded; who is filling in form; who is completing form; are you parent or child; completed by;
        respondent type; who answered; from whom; parent or child; given
        by; who gave feedback
    """,
    feedback.asked_date: """
        asked date; date asked; start time; date given or sent form; sent date; survey sent; date sent; date survey sent;
        sent on; issued; requested; survey issued
    """,
    feedback.answered_date: """
        answered date; completion time; ended; date submitted; submitted; response date; date returned; date answered; returned;
        replied; response received; answered on; returned on; date of response
    """,
    feedback.better: """
        better; are things better; things better; compared with before; how are things now; better or worse; things changed;
        did it help; improved; has it helped; things improved; made a difference; difference made; are things better now;
        have things improved
    """,
    complaint.complaint_id: "complaint id; complaint number; complaint reference; compliment id",
    complaint.episode_id: "episode id; case id",
    complaint.received_date: "received date; date received; complaint date; date of complaint; received; date made",
    complaint.kind: "complaint or compliment; kind; type; complaint type; nature",
    complaint.theme: "theme; subject; about; complaint about; topic; category",
    contact.school_urn: "school urn; urn; referring school urn",
    eh_assessment.school_urn: "school urn; urn; school completing urn",
}
PHRASES: Mapping[Column, str] = {**_OWN_PHRASES, **PARTNER_PHRASES}
"""What each column is called, by early help itself and by those who work beside it."""
