"""What councils call what is told at the front door and in assessments."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, contact, eh_assessment

FRONT_DOOR: Mapping[Column, str] = {
    contact.contact_id: "contact id; request id; referral id; enquiry number; notification id",
    contact.person_key: "person id",
    contact.family_key: "family id",
    contact.contact_date: """
        date; contact date; completion time; date submitted; request date; referral date; date received; received;
        enquiry date; date referral received; date request received; notification date; date asked; referral created;
        date raised; date logged
    """,
    contact.channel: """
        channel; method of contact; how received; route; contact type; referral method; how they got in touch; medium;
        received via; contact mode; means of contact; how was contact made; how contacted; mode; phone email form;
        referral route
    """,
    contact.team: "team; receiving team; contact team; hub; assigned team",
    contact.source_code: """
        source; contact source; referral source; referrer; referred by; referrer type; who referred; referring agency;
        source type; agency type; referring role; who asked; requested by; referrer role; referral from; source
        agency; referrer category; request source; came from; who is completing form; who is filling in form; person
        completing form; where did referral come from
    """,
    contact.requestor_organisation: """
        referring organisation; your organisation; your organisation school or setting; requestor organisation; name
        of referring agency; referrer agency name; referring school; organisation requesting; which organisation are
        you from; referrer company; organisation making contact; place of work; employer; organisation of person
        referring
    """,
    contact.school_urn: "school urn; urn; referring school urn",
    contact.reason_code: """
        presenting need; reason for contact; reason for referral; reason; primary need; main need; reason for request;
        category of need; family like help with; what help is needed; concern type; what are we worried about
    """,
    contact.domestic_abuse: "domestic abuse; domestic abuse present; domestic abuse concern; domestic abuse identified",
    contact.level_requested: """
        level requested; level do you think; level of need at referral; level of need req; level asked for; referrer
        level of need
    """,
    contact.level_decided: """
        level decided; level; agreed level; windscreen level; level of need dec; continuum of need level; tier of need
    """,
    contact.avoidable: """
        avoidable; avoidable contact; inappropriate referral; avoidable request; preventable contact; unnecessary
        referral; unnecessary contact; failure demand; could contact have been avoided; did this need to come to us;
        preventable; inappropriate contact; contact not needed
    """,
    contact.decision_code: """
        decision; contact outcome; referral outcome; outcome; triage decision; mash decision; screening outcome; next
        step; contact decision; triage outcome; request outcome; decision made; what did we decide; action taken;
        disposal; front door outcome; what happened next
    """,
    contact.decision_date: """
        decision date; outcome date; triage date; screening date; triaged; decision made on; contact outcome date;
        date screened
    """,
    contact.accepted_date: "accepted date; date taken on; accepted by eh",
    contact.feedback_date: """
        feedback date; date told requester outcome; referrer informed; date referrer informed; date feedback given;
        feedback to referrer date; referrer told; date response sent to referrer; date agency advised of outcome; date
        referrer advised; feedback sent to referrer; response to referrer date; referrer notified; outcome letter
        sent; date outcome fed back; fed back to referrer
    """,
    eh_assessment.assessment_id: "assessment id; form id",
    eh_assessment.person_key: "person id",
    eh_assessment.family_key: "family id",
    eh_assessment.start_date: """
        assessment start date; assessment date; eha start; form started; assessment created; date form started
    """,
    eh_assessment.due_date: """
        assessment due date; eha due; due date; deadline; completion due date; assessment timescale end date;
        timescale; should be completed by
    """,
    eh_assessment.completion_date: """
        assessment completion date; assessment end date; eha completed; date completed; assessment authorised;
        assessment finished; authorised date; signed off; eha done; date form completed; form completed
    """,
    eh_assessment.organisation: """
        organisation completing assessment; assessing organisation; assessor organisation; agency completing;
        organisation; lead agency
    """,
    eh_assessment.org_type: """
        organisation type; assessor type; sector; organisation sector; sector of completing agency; agency group;
        completed by agency group; completed by sector; partner type; type of organisation completing; organisation
        category; type of setting; agency grouping; assessor agency type
    """,
    eh_assessment.school_urn: "school urn; urn; school completing urn",
    eh_assessment.assessor_role: """
        assessor role; job title; assessor job title; completed by role; profession; professional role; assessment
        author role; author role; role of lead; job title of person completing assessment; worker type completing
        assessment; role of person completing; position of assessor
    """,
    eh_assessment.consent: """
        consent; consent given; consent type; consent status; consent obtained; family consent; parental consent;
        consent to share; agreed to share; consent level; agree to us sharing information; consent outcome
    """,
    eh_assessment.consent_date: """
        consent date; consent signed; consent given on; consent obtained date; date family consented; parental consent
        date; consent form signed; date consent form signed; consent received date; date parent signed; date of parent
        signature; signature date
    """,
    eh_assessment.whole_family: """
        whole family; whole family assessment; think family; family assessed; whole family included; all family
        members included; everyone included; wfa; whole family approach
    """,
    eh_assessment.second_parent: """
        second parent; dad second parent; other parent; father included; father involved; non resident parent; both
        parents; second parent involved; absent parent included; other parent included; nrp; nrp involvement; non
        resident parent involved
    """,
    eh_assessment.child_voice: """
        child voice; child views; wishes and feelings; child seen; child views recorded; child spoken to; child
        contributed; child consulted; child participated; child heard; voice captured; voc captured; lived experience
    """,
    eh_assessment.outcome_code: """
        assessment outcome; outcome; next step; assessment decision; recommendation; what happens next after
        assessment; conclusion of assessment; conclusion; next steps after assessment
    """,
}
