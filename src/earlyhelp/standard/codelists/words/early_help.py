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
_ONE_AGENCY = (
    "single agency; single agency response; single agency support; one agency; lead agency only; school led support"
)
_NFA = "no further action; nfa; no action; no action needed; no action required; no further involvement; no role"
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
                removed; no longer consent; no longer want; no longer wish; no longer consenting; family withdrew; parent
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
                not all outcome; not all need; not all goal
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

contact_decisions_words = WordRules(
    tiers=(
        {
            "statutory": f"""{_TO_STATUTORY}; referral to social care; progress to referral; referral to children service; police
                protection; passed to mash; pass to mash; refer to mash; referred to mash""",
            "returned": """
                returned; return to referrer; returned to referrer; sent back; more information needed; more information
                required; more information requested; further information needed; further information required; further
                information requested; insufficient information; incomplete information; not enough information; incomplete
                referral; inappropriate; inappropriate referral; rejected; not accepted; declined; consent missing
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
                family; tac; lead professional
            """,
            "universal": f"{_UNIVERSAL}; {_ONE_AGENCY}",
        },
        {"advice": _ADVICE},
        {"nfa": _NFA},
    ),
    open="closed; transferred",
)

assessment_outcomes_words = WordRules(
    tiers=(
        {
            "step_up": f"{_TO_STATUTORY}; {_TO_THE_FRONT_DOOR}",
            "no_further_action": f"""{_NFA}; no additional need; no additional support; no need identified; no need; no unmet
                need; no support; no support needed; no support required; no service; no service required""",
            "single_agency": _ONE_AGENCY,
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
    open="assessment completed; completed; closed; consent",
)

levels_words = WordRules(
    tiers=(
        {
            "universal": "universal; universal service; universal support",
            "community": "universal plus; universal partnership plus; community; additional; additional need; single agency",
            "targeted": """
                targeted; targeted support; targeted help; targeted early help; intensive; intensive support; intensive early
                help; multi agency; multi agency support; complex; complex need
            """,
            "family_help": "family help; families first",
            "statutory": """
                statutory; specialist; acute; social care; child protection; child in need; cin; cp; section 17; s17; section 47;
                s47
            """,
        },
        {
            "universal": "level 1; tier 1; l1; t1",
            "community": "level 2; tier 2; l2; t2",
            "targeted": "level 3; tier 3; l3; t3",
            "statutory": "level 4; tier 4; l4; t4",
        },
    ),
    open="level 1 2; level 2 3; level 3 4; tier 1 2; tier 2 3; tier 3 4",
)
"""A name says more than a number: councils draw their ladders differently."""

delivery_status_words = WordRules(
    tiers=(
        {
            "waiting": "waiting; waiting list; waitlist; awaiting; awaiting start; awaiting allocation; not yet started",
            "completed": "completed; complete; finished; graduated; attended all",
            "dropped_out": """
                dropped out; drop out; did not complete; not completed; not complete; disengaged; disengagement; stopped
                attending; withdrew; withdrawn; left early; non completion; incomplete
            """,
            "never_started": "did not start; never started; never attended; did not attend any; dna all; no show; not started",
            "declined": "declined; refused; did not take up; not taken up; not wanted",
        },
        {"started": "started; attending; currently attending; ongoing; active; engaging; still attending"},
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
