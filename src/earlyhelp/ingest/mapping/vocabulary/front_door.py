"""What councils call what is told at the front door and in assessments."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, contact, eh_assessment

FRONT_DOOR: Mapping[Column, str] = {
    contact.contact_id: """
        contact id; request id; referral id; contact number; referral number; enquiry number; request number; referral
        reference; notification id
    """,
    contact.person_key: "person id",
    contact.family_key: "family id",
    contact.contact_date: """
        date; contact date; completion time; date submitted; request date; referral date; date received; date of
        contact; referred date; received; enquiry date; date of request; referred on; date referral received; date
        request received; notification date; received date; date asked; referral created; date raised; date logged
    """,
    contact.channel: """
        channel; method of contact; contact method; how received; route; contact type; referral method; how they got
        in touch; medium; received via; contact mode; means of contact; how was contact made; how contacted; mode;
        phone email form; referral route
    """,
    contact.team: "team; receiving team; contact team; hub; team receiving; assigned team",
    contact.source_code: """
        source; contact source; referral source; source of referral; referrer; referred by; referrer type; who
        referred; referring agency; source type; requestor type; agency type; origin of referral; referring role; who
        asked; requested by; referrer role; referral from; source agency; referrer category; request source; came
        from; who is completing form; who is filling in form; person completing form; where did referral come from
    """,
    contact.requestor_organisation: """
        referring organisation; your organisation; your organisation school or setting; requestor organisation;
        referrer         organisation; organisation of referrer; name of referring agency; referrer agency name;
        referring organisation name; referring school; agency name of referrer; requestor agency; referrer name
        organisation; organisation requesting; which organisation are you from; referrer company; organisation making
        contact; place of work; employer; organisation of person referring
    """,
    contact.school_urn: "school urn; urn; referring school urn",
    contact.reason_code: """
        presenting need; reason for contact; reason for referral; presenting issue; reason; primary need; main need;
        primary         issue; main concern; presenting problem; referral reason; contact reason; reason for request;
        need; category of         need; main issue; family like help with; what help is needed; concern type; issue;
        worry; what is the worry; what         are we worried about
    """,
    contact.domestic_abuse: """
        domestic abuse; domestic violence; da flag; domestic abuse flag; dv indicator; domestic abuse indicator; dva;
        dv; da; domestic abuse present; is domestic abuse; domestic abuse concern; domestic abuse identified
    """,
    contact.level_requested: """
        level requested; level do you think; requested level; level of need at referral; level of need req; level req;
        threshold requested; level asked for; referrer level of need
    """,
    contact.level_decided: """
        level decided; level; threshold; tier; level of need; threshold level; agreed level; level agreed; windscreen
        level; level of need dec; level dec; continuum of need level; decided level; threshold decision; tier of need
    """,
    contact.avoidable: """
        avoidable; avoidable contact; inappropriate referral; avoidable request; preventable contact; unnecessary
        referral; unnecessary contact; failure demand; could contact have been avoided; did this need to come to us;
        preventable; inappropriate contact; contact not needed
    """,
    contact.decision_code: """
        decision; contact outcome; referral outcome; outcome of contact; outcome; triage decision; mash decision;
        screening outcome; next step; result; outcome of referral; contact decision; triage outcome; request
        outcome; decision made; what did we decide; action taken; disposal; front door outcome; what happened next
    """,
    contact.decision_date: """
        decision date; date of decision; outcome date; triage date; date decided; screening date; date of outcome;
        triaged; decision made on; contact outcome date; date screened
    """,
    contact.accepted_date: "accepted date; date accepted; acceptance date; date taken on; accepted by eh",
    contact.feedback_date: """
        feedback date; date told requester outcome; referrer informed; date referrer informed; date feedback given;
        feedback         to referrer date; referrer told; date response sent to referrer; date agency advised of
        outcome; date referrer advised; feedback sent to referrer; response to referrer date; referrer notified;
        outcome letter sent; date outcome fed back; fed back to referrer
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
        assessment due date; eha due; due date; target date; assessment target; assessment due; deadline; completion
        due date; assessment timescale end date; timescale; should be completed by
    """,
    eh_assessment.completion_date: """
        assessment completion date; assessment end date; eha completed; eha completion date; assessment completed;
        date completed; completion date; assessment authorised; assessment finished; date eha completed; authorised
        date; caf completed; signed off; date signed off; finalised; assessment closed; eha done; date form completed;
        form completed
    """,
    eh_assessment.organisation: """
        organisation completing assessment; assessing organisation; assessor organisation; assessing agency; agency
        completing; organisation; agency; completed by organisation; assessor agency; lead agency; assessment
        completed by agency
    """,
    eh_assessment.org_type: """
        organisation type; agency type; assessor type; type of agency; sector; organisation sector; sector of
        completing agency; agency group; completed by agency group; completed by sector; partner type; type of
        organisation completing; organisation category; type of setting; agency grouping; assessor agency type
    """,
    eh_assessment.school_urn: "school urn; urn; school completing urn",
    eh_assessment.assessor_role: """
        assessor role; role of assessor; job title; assessor job title; completed by role; profession; professional
        role; assessment author role; author role; role of lead; job title of person completing assessment; worker
        type completing assessment; role of person completing; position of assessor
    """,
    eh_assessment.consent: """
        consent; consent given; consent type; consent status; consent obtained; family consent; parental consent;
        consent to share; agreed to share; consent level; did family consent; agree to us sharing information; consent
        outcome
    """,
    eh_assessment.consent_date: """
        consent date; consent signed; date of consent; consent given on; date consent given; consent obtained date;
        date family         consented; consented on; parental consent date; consent form signed; date consent form
        signed; consent received date; date parent signed; date of parent signature; signature date
    """,
    eh_assessment.whole_family: """
        whole family; whole family assessment; whole household; think family; family assessed; whole family
        included; all family members included; everyone included; wfa; whole family approach
    """,
    eh_assessment.second_parent: """
        second parent; dad second parent; other parent; father included; father involved; non resident parent; both
        parents; second parent involved; absent parent included; other parent included; nrp; nrp involvement; non
        resident parent involved
    """,
    eh_assessment.child_voice: """
        child voice; voice of child; child views; views of child; child wishes and feelings; wishes and feelings;
        child seen; child views recorded; voice of person; person views; child spoken to; child contributed; child
        consulted; child participated; child heard; voice captured; voc; voc captured; lived experience
    """,
    eh_assessment.outcome_code: """
        assessment outcome; outcome; eha outcome; outcome of assessment; caf outcome; result of assessment; next
        step; assessment decision; recommendation; assessment result; what happens next after assessment; conclusion
        of assessment; conclusion; next steps after assessment
    """,
}
