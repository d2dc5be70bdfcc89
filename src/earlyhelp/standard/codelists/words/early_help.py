"""Words of early help's own lists: levels, what became of a request, of an assessment, of a service, why an episode ended."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_TO_STATUTORY = """
    step up; stepped up; stepping up; escalate; escalated; escalation; child in need; cin; cin plan; section 17; s17; section 47;
    s47; child protection; cp; cpp; cp plan; cp concern; icpc; strategy discussion; strategy meeting; social care; csc; childrens
    social care; children social work; social work; social work team; social work assessment; social worker; statutory; statutory
    service; statutory assessment; became looked after; looked after; became lac; became cla; lac; cla; entered care;
    accommodated; care proceeding; c and f assessment; cf assessment; child and family assessment; single assessment; core
    assessment; immediate protection
"""
"""What only statutory services do."""
_TO_THE_FRONT_DOOR = "mash; multi agency safeguarding hub; front door"
"""Who decides whether they do: of help that has begun, a way up; of a request, no more than who looks at it."""
_UNIVERSAL = """
    step down; stepped down; stepping down; universal; universal service; universal support; stepped down to universal; step
    down to universal; tier 1; level 1
"""
_ONE_AGENCY = """
    single agency; single agency response; single agency support; one agency; lead agency only; school led support; single
    service; single service response; single service support
"""
_NFA = """
    no further action; nfa; no action; no action needed; no action required; no further involvement; no role; nothing further
"""
_ADVICE = """
    advice; advice given; advice only; information and advice; information advice and guidance; information; information
    provided; information only; guidance; signpost; signposted; signposting; iag
"""

end_reasons_words = WordRules(
    tiers=(
        {
            "stepped_up": f"""{_TO_STATUTORY}; {_TO_THE_FRONT_DOOR}; moved to cin; moved to cp; moved to child protection;
                transferred to social care; transfer to social care; transfer to social work; threshold met; threshold for social
                care met""",
            "universal": f"""{_UNIVERSAL}; {_ONE_AGENCY}; step down to single agency; school to continue; school to support;
                supported by school; support from school; moved to universal""",
            "disengaged": """
                disengaged; disengage; disengagement; disengaging; non engagement; not engaged; not engaging; no engagement;
                did not engage; does not engage; do not engage; will not engage; would not engage; lack of engagement; poor
                engagement; unable to engage; failed to engage; failure to engage; stopped engaging; ceased engaging; refused
                to engage; no contact; lost contact; unable to contact; unable to make contact; cannot contact; could not
                contact; uncontactable; no response; not responding; did not respond; failed to respond; no reply; unable to
                reach; did not attend; failed to attend; dna
            """,
            "consent_withdrawn": """
                consent withdrawn; withdrew consent; withdrawal of consent; withdrawn consent; consent revoked; consent
                removed; no longer consent; no longer want; no longer wish; no longer consenting; consent no longer;
                family withdrew; parent
                withdrew; mother withdrew; father withdrew; carer withdrew; withdrawn by family; withdrawn by parent; family
                request; parent request; request of family; request of parent; family requested closure; parent requested
                closure; requested closure; request to close; asked to close
            """,
            "moved": """
                out of area; out of borough; out of county; out of city; moved out; moved away; moved area; moved borough;
                moved county; moved abroad; left area; left borough; left county; left country; left uk; relocated; another
                la; other la; new la; another local authority; other local authority; new local authority; another council;
                another authority; other authority; another area; another borough; transferred out; ooa; oob
            """,
            "declined": """
                declined; decline; declining; refused; refusal; refuse; did not consent; does not consent; do not consent;
                not consented; not consenting; consent not given; consent refused; consent declined; no consent; did not want;
                does not want; do not want; did not wish; does not wish; do not wish; not taken up; did not take up; offer
                not accepted; support not accepted; help not wanted; support not wanted
            """,
            "outcomes_met": """
                outcome met; outcome achieved; all outcome met; successful outcome; positive outcome; goal met; goal achieved;
                need met; need addressed; aim met; aim achieved; objective met; objective achieved; target met; plan
                complete; plan completed; completed successfully; successfully completed; plan achieved; work complete; work
                completed; intervention complete; intervention completed; programme complete; programme completed; support
                complete; support completed; planned closure; planned ending; issue resolved; concern resolved; problem
                resolved; concern addressed; sustained progress; sustained change; sustained improvement; significant
                progress; good progress; progress sustained; positive change; no further support needed; no further support
                required; no longer needed; no longer required; support no longer needed; support no longer required
            """,
            "partly_met": """
                partly met; partially met; partly achieved; partially achieved; partly complete; partially complete; some
                outcome; some goal; some need; some progress; some improvement; partial; partially; partly; limited progress;
                not all outcome; not all need; not all goal; part met; part achieved; part completed; part success; partial
                success
            """,
            "other": f"""{_NFA}; died; deceased; death; duplicate; duplicated; opened in error; created in error; recorded in
                error; entered in error; error; not eligible; threshold not met; criteria not met; did not meet threshold;
                does not meet threshold; did not meet criteria; turned 18; reached 18; aged 18; aged out; administrative;
                admin error; admin closure; migrated; migration; merged""",
        },
        {
            "outcomes_met": "completed; complete; resolved; improved; improvement; successful; success; achieved",
            "consent_withdrawn": "withdrew; withdrawn; withdrawal; withdraw",
        },
    ),
    hints={"universal": "signpost; signposted; signposting; community", "other": "transferred; referred; reallocated"},
    open="closed to taf; considered; not step; worker left; stepped down to taf; step down to taf",
)

_NOT_BY_ALL = "; ".join(
    f"{nothing} {whom}"
    for nothing in ("nfa", "no further action", "no role")
    for whom in ("early help", "eh", "eha", "social care", "csc", "cin", "statutory")
)
contact_decisions_words = WordRules(
    tiers=(
        {
            "statutory": f"""{_TO_STATUTORY}; referral to social care; progress to referral; referral to children service; police
                protection; passed to mash; pass to mash; refer to mash; referred to mash""",
            "returned": """
                returned; return to referrer; returned to referrer; sent back; more information needed; more information
                required; more information requested; further information needed; further information required; further
                information requested; insufficient information; incomplete information; not enough information; incomplete
                referral; inappropriate; inappropriate referral; rejected; not accepted; declined; consent missing; returned to
                requester; return to requester; return to sender; bounced back; more information; no consent; without consent
            """,
            "pending": """
                pending; awaiting; awaiting decision; awaiting triage; awaiting screening; under review; decision
                outstanding; not yet decided
            """,
        },
        {
            "early_help": """
                early help; eh; eha; ehm; early help assessment; early help hub; early help plan; family support; targeted
                support; targeted help; targeted early help; intensive family support; family help; taf; team around the
                family; tac; lead professional; targeted youth support; targeted youth; parenting programme
            """,
            "universal": f"{_UNIVERSAL}; {_ONE_AGENCY}",
        },
        {"advice": _ADVICE},
        {"nfa": _NFA},
    ),
    open=f"transferred; {_NOT_BY_ALL}",
)
"""No further action of social care may be early help's beginning: where a text names both, somebody is asked."""

assessment_outcomes_words = WordRules(
    tiers=(
        {
            "step_up": f"{_TO_STATUTORY}; {_TO_THE_FRONT_DOOR}",
            "no_further_action": f"""{_NFA}; no additional need; no additional support; no need identified; no need; no unmet
                need; no support; no support needed; no support required; no service; no service required; no ongoing
                support; no ongoing need""",
            "single_agency": _ONE_AGENCY,
            "other": """
                moved out; moved away; moved out of area; out of area; error; opened in error; created in error; duplicate;
                duplicated; cancelled; abandoned; not completed; incomplete
            """,
        },
        {
            "early_help_plan": """
                early help plan; family plan; support plan; action plan; plan agreed; plan; taf; taf meeting; tac; team around
                the family; team around the child; family support; targeted support; targeted early help; intensive support;
                early help support; support provided; ongoing early help; lead professional
            """,
            "universal": _UNIVERSAL,
        },
        {"other": _ADVICE},
    ),
    hints={"early_help_plan": "early help; eh; support; allocated"},
    open="consent",
)

levels_words = WordRules(
    tiers=(
        {
            "universal": "universal; universal service; universal support",
            "community": """
                universal plus; universal partnership plus; community; additional; additional need; single agency; partner led;
                emerging; emerging need; low level; early support
            """,
            "targeted": """
                targeted; targeted support; targeted help; targeted early help; intensive; intensive support; intensive early
                help; multi agency; multi agency support; complex; complex need
            """,
            "family_help": "family help; families first",
            "statutory": """
                statutory; specialist; acute; social care; child protection; child in need; cin; cp; section 17; s17;
                section 47; s47
            """,
        },
        {
            "universal": "level 1; tier 1; l1; t1; level one; tier one",
            "community": "level 2; tier 2; l2; t2; level two; tier two",
            "targeted": "level 3; tier 3; l3; t3; level three; tier three",
            "statutory": "level 4; tier 4; l4; t4; level four; tier four",
        },
    ),
    hints={"universal": "1", "community": "2", "targeted": "3", "statutory": "4"},
    open="level 1 2; level 2 3; level 3 4; tier 1 2; tier 2 3; tier 3 4",
)
"""A name says more than a number: councils draw their ladders differently. A bare number may stand on any, and is asked about."""

delivery_status_words = WordRules(
    tiers=(
        {
            "waiting": """
                waiting; waiting list; wait list; waitlist; awaiting; awaiting start; awaiting allocation; not yet started; not
                yet begun; booked; pending; pending start; due to start; starting soon; next course; next cohort
            """,
            "completed": """
                completed; complete; completion; successful completion; finished; graduated; attended all; all session attended
            """,
            "dropped_out": """
                dropped out; drop out; did not complete; not completed; not complete; disengaged; disengagement; stopped
                attending; withdrew; withdrawn; left early; non completion; incomplete; did not finish; not finished;
                unfinished; stopped coming; stopped engaging; partial completion; partially completed; part completed; not
                fully completed; ended early; finished early
            """,
            "never_started": """
                did not start; never started; never attended; never engaged; never came; never turned up; did not attend
                any; dna all; no show; not started; failed to start; failed to attend any; attended none; none attended; 0
                session; no session attended; non starter; cancelled before start; withdrew before start; withdrawn before
                start
            """,
            "declined": "declined; refused; did not take up; not taken up; not wanted",
        },
        {
            "started": """
                started; attending; currently attending; ongoing; active; engaging; still attending; commenced; begun; underway;
                under way; part way; midway; receiving; live; current; currently
            """
        },
    ),
    hints={"never_started": "dna; did not attend"},
)

review_types_words = WordRules(
    tiers=(
        {
            "team_around_family": "taf; tac; team around the family; team around the child; taf review; taf meeting",
            "supervision": "supervision; case supervision; management oversight; manager oversight",
            "audit": "audit; case audit; quality assurance; dip sample",
        },
        {"visit": "visit; home visit; direct work; phone call; telephone call; face to face"},
        {"review": "review; plan review; review meeting"},
    ),
)

consent_words = WordRules(
    tiers=(
        {
            "assess_only": """
                not share; do not share; not to be shared; not sharing; no sharing; no information sharing; not information
                sharing; not consent share; not consent sharing; not consent information sharing; do not consent share; do
                not consent sharing; not agreed share; not agree share; not agree information sharing; refused sharing;
                refused share; refused information sharing; refuses sharing; refuses information sharing; declined sharing;
                declined share; declined information sharing; without sharing; without information sharing; sharing refused;
                sharing declined; share refused; n share; no share; assess only; assessment only; eha only; caf only;
                consent assess only; limited consent; partial consent; share n; share not agreed; sharing not agreed; data
                sharing refused; declined data sharing; refused data sharing; no data sharing; not data sharing
            """,
            "not_recorded": """
                not recorded; not known; unknown; not stated; no record; no consent information; no consent recorded;
                consent not recorded; not entered; no entry; not captured; not noted; not documented; blank; missing; left
                blank; unclear
            """,
        },
        {
            "refused": """
                refused; refusal; refuse; refusing; declined; decline; declining; denied; not given; no consent; not
                consent; did not consent; do not consent; does not consent; would not consent; not consented; not
                consenting; not agree; did not agree; do not agree; does not agree; not agreed; withdrawn; withdrew;
                withdrawal; without consent; not want; do not want; does not want; did not want; not happy; not willing;
                unwilling
            """,
            "assess_and_share": """
                consented; agreed; share; shared; sharing; information sharing; share information; consent given; full
                consent; fully consented; consent obtained; consent gained; verbal consent; written consent; informed
                consent; explicit consent; signed consent; consent signed; consent form signed; valid consent; consent in
                place; consent received
            """,
        },
    ),
    hints={"assess_and_share": "signed; verbal; written; obtained; gained; yes; agree", "refused": "no"},
    open="""
        awaiting; pending; outstanding; not yet; to be obtained; dispensed; overridden; override; not required; not needed; not
        applicable; expired; out of date; in part; one parent
    """,
)
"""That something is not to be shared is looked for first; what says yes and no both is asked about."""

outcome_status_words = WordRules(
    tiers=(
        {
            "partly": """
                partly; partially; partial; part met; part achieved; part complete; part completed; some progress; some
                improvement; some change; some outcome met; limited progress; progress made; making progress; good progress; not
                fully; not fully met; not fully achieved; not fully resolved; not completely; not all met; mostly met; mostly
                achieved; nearly met; nearly achieved; reduced but
            """,
            "not_achieved": """
                not achieved; not met; not resolved; not successful; not improved; unmet; unresolved; unsuccessful;
                unachieved; no progress; no change; no improvement; no outcome; no better; need remain; need remaining;
                still a need; failed; failed to meet; fail to meet; did not meet; did not achieve; deteriorated;
                deterioration; worse; worsened; got worse; regressed; unchanged
            """,
            "not_due": """
                not due; not yet due; not yet; too early; too soon; due next review; due at review; next review; review due; not
                reached; date not reached; not passed; not elapsed; awaiting review; not started; not measured yet
            """,
        },
        {
            "achieved": """
                outcome met; outcome achieved; goal met; goal achieved; need met; target met; target achieved; aim met; aim
                achieved; objective met; objective achieved; fully met; fully achieved; fully resolved; need resolved; issue
                resolved; 100 met; 100 achieved; 100; met in full; achieved in full; successful outcome; positive outcome;
                sustained; no longer a need; no longer needed
            """,
            "partly": "improved; improvement; improving",
        },
        {"not_due": "ongoing; pending; open; work continues; continuing; working towards; underway"},
    ),
    alone={"achieved": "met; achieved; resolved; successful; success; completed; complete; yes"},
    hints={"partly": "amber", "not_achieved": "red; disengaged; no", "achieved": "green"},
)
"""A bare "met" says so only where nothing unknown stands beside it: "2 of 5 met" is asked about. So are the colours of a tracker:
what is green goes well, and may not be met."""

lead_qualification_words = WordRules(
    tiers=(
        {
            "other": """
                not social worker; not a social worker; non social worker; not sw; non sw; non social work; unqualified; not
                qualified; alternatively qualified; social work assistant; social worker assistant; assistant social worker;
                sw assistant; social care assistant; student social worker; trainee social worker; social work student; social
                work apprentice; apprentice social worker; social work trainee; social work support
            """,
        },
        {
            "social_worker": """
                social worker; social work practitioner; social work qualified; qualified social work; sw; sw qualified;
                qsw; nqsw; asye; swe; swe registered; social work england; lead child protection practitioner; lcpp; social
                work manager
            """,
        },
        {
            "other": """
                family support; family worker; family practitioner; family key worker; family coach; family partner; early
                help; eh; youth worker; youth support; youth practitioner; youth justice; youth offending; yot; nurse;
                school nurse; health visitor; hv; midwife; gp; doctor; paediatrician; therapist; psychologist; counsellor;
                camhs; teacher; head teacher; headteacher; deputy head; teaching assistant; senco; sendco; dsl; designated
                safeguarding lead; safeguarding lead; pastoral; learning mentor; head of year; education welfare; ewo;
                attendance officer; inclusion; nursery; early year; childminder; portage; police; pcso; probation; housing;
                tenancy; key worker; keyworker; support worker; outreach; mentor; volunteer; voluntary; charity; fsw; ehp;
                ehw; fhw; fhp; idva; parenting; advisor; adviser; navigator; home school link
            """
        },
    ),
    hints={
        "other": "practitioner; coordinator; worker; officer; manager; lead",
        "social_worker": "advanced practitioner; senior practitioner",
    },
)
"""Job titles: whoever is no social worker is alternatively qualified; so is a social worker's assistant or student."""
