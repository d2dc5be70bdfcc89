"""Words for why a case closed. Anything that goes on in early help is a step down (RC9), whoever holds it there."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_ENDED = {
    "RC7": """
        ceased; closed; case closed; case closure; closure; ended; end; cin closed; cin plan closed; cin plan
        ended; cin ended; all service ceased; closed following review; ceased following review; ended at review;
        provision ended; involvement ended; no further service; no service; 18; universal; universal only;
        universal partnership plus; discharge; completion; end of service; end of support; end of involvement;
        end of intervention; service end; inactive; not active; no longer active; case ended; case end; finish;
        stopped; complete
    """,
    "RC6": "adults",
}
"""What says no more than that it ended: it decides only where no other word, known or unknown, stands beside it."""
_ESCALATED = {
    "RC7": """
        stepped up; step up; stepped up to social care; child protection plan; became looked after; became lac; became cla;
        care proceeding; child protection conference; cp plan; cpp; icpc; changed to cp; moved to cp; moved to lac
    """
}
"""More help, not less: what goes on as child protection or care ended for another reason, assessed or not."""
_NAMED = {
    "RC1": "adopted; adoption; adoptive placement order; ao granted",
    "RC2": "died; deceased; death; passed away; rip; dead; decd",
    "RC3": "residence order; cao; residence contact order; ro granted; child arrangements; arrangement order",
    "RC4": "special guardianship; sgo; special gship; guardianship order; special guardian; sg order",
    "RC5": """
        another la; another local authority; other local authority; other la; out of area; out of borough; left
        area; moved to another authority; another authority; moved to other la; moved out of area; moved out of
        borough; moved out of county; other authority; new authority; left county; left borough; moved to other
        local authority; another council; other council; case transferred out; ola; moved to ola; left city;
        moved out of city; moved la; moved to new la; new la; moved from area; moved from borough; moved from
        county; transferred out; moving out of county; another borough; another county; other borough; other
        county; moved borough; moved county; change of local authority; different local authority; receiving
        local authority; neighbouring authority; neighbouring local authority; left this area; left our area;
        moved to another area; moved to another borough; moved to another county; moved to a different area;
        moved to different borough; ooa; oob; no longer in area; no longer in borough; no longer in county; no
        longer living in area; no longer living in borough; not resident in area; not resident in borough; not
        living in area; not living in borough; moved to scotland; moved to wales; moved to northern ireland;
        case responsibility transferred; transferred la; transfer to la; transferring authority; other las;
        moved to another local authority; family moved out of area; family moved out of borough; moved outside
        area; moved outside borough; outside area; outside borough; out of authority; out of city; moved to
        another city; moved to another la area; now resident in another; another area; different area; other
        area; new area; moving to another; moving to other; moving area; moving borough; moving county;
        transferring to another
    """,
    "RC6": """
        adult social care; adult social service; adult service; adult care; adult team; transition to adult;
        transferred to adult; transfer to adult; adult disability team; adult mental health; moved to adult;
        passed to adult; adult social work team; adult health; transition team; asc; adult ssd; adult learning
        disability; adult physical disability; cldt; referred to adult; move to adult
    """,
    "RC7": """
        services ceased; ceased for any other reason; objective met; goal met; completed; circumstances changed;
        change of circumstance; assessment declined; disengaged; non engagement; not engaging; failed to engage;
        withdrawn; withdrew; moved away; not required; needs met; family moved abroad; moved abroad; deported;
        emigrated; whereabouts unknown; auto closed; automatically closed; duplicate; error; looked after;
        leaving care; universal service; universal plus; no contact; case closed other; closed other; other; no
        service required; age; did not engage; unable to contact; signposted; outcome met; contact ended;
        untraceable; deescalated; safeguarding plan; closed child placed; resolved; short break; intensive
        adolescent support; signed off; service ended; plan ended; end of plan; did not consent; consent not
        given; lost contact; unable to engage; internal transfer; independent living; returned home; return
        home; rehabilitated home; accommodated; escalated; child protection; no role; family request; parental
        request; supervision order; proceedings ended; left care; aged out; private fostering ended; respite;
        client request; parent request; refused; declined; not engaged; placement ended; court report; support
        ended; closed to social care; existing plan; moved address; child in care; moved to another placement;
        custody; nrpf ended; cancelled by family; alternative provision; moved overseas; left country; moved out
        of country; another department; another team; another service; changed status; transferred to social
        care; transfer to social care; care order; came into care; received into care; entered care; ceased to
        be looked after; returned to parent; returned to family; reunified; reunification; rehabilitation;
        sentenced; yoi; gone away; no trace; unable to trace; unable to locate; not traced;
        absconded; no response; no reply; failed to attend; did not attend; dna; failed to respond; did not
        respond; non compliance; non compliant; uncooperative; non cooperation; did not cooperate; refusal;
        refuse; opted out; opt out; does not want; do not want; did not want; does not wish; do not wish; did
        not wish; lack of consent; no consent; consent not obtained; lack of engagement; ceased engaging;
        stopped engaging; will not engage; would not engage; failure to engage; unable to progress; risk
        reduced; reduced risk; risk managed; concerns addressed; concerns reduced; no concern; no ongoing
        concern; no current concern; no safeguarding concern; no evidence of concern; improved; improvement;
        progress made; positive outcome; need addressed; needs reduced; no identified need; no need; no unmet
        need; no additional need; no ongoing need; not meet threshold; not meeting threshold; threshold not met;
        below threshold; under threshold; not eligible; ineligible; not meet criteria; criteria not met; support
        provided; service provided; service delivered; service complete; work complete; work ended; intervention
        ended; intervention complete; planned closure; planned ending; planned end; unplanned ending; plan
        complete; plan closed; advice given; advice provided; information given; information provided;
        information and advice; advice information given; redirected; onward referral; referral elsewhere;
        passed to another agency; transferred to another agency; transferred to health; transferred to cwd;
        transferred internally; reallocated; continuing healthcare; asylum granted; leave to remain; removed
        from uk; repatriated; returned to country of origin; left uk; out of uk; abroad; overseas;
        administrative; admin closure; administrative closure; data cleansing; data cleanse; data quality;
        migrated; migration; merged; system closure; closed by system; wrong; incorrect; mistake; time limit;
        expired; expiry; lapsed; reached 21; turned 21; aged 21; 21st birthday; reached 25; turned 25; aged 25;
        became adult; now adult; married; marriage; left school; pregnancy ended; termination of pregnancy;
        miscarriage; miscarried; stillborn; still birth; private fostering arrangement ended; respite ended;
        short breaks ended; direct payments ended; proceedings complete; court proceedings; court order; order
        ended; supervision order ended; report complete; report filed; order revoked; living with father; living
        with mother; living with family; living with relative; living independently; no recourse ended; benefits
        awarded; housed; rehoused; funding ended; funding ceased; contract ended; home education; no case to
        answer; unsubstantiated; not substantiated; unfounded; malicious; risk removed; perpetrator left; safety
        plan; protective factors; coping; request withdrawn; referral cancelled; referral closed; contact only;
        one off; payment made; equipment provided; no social work role; no longer; no further; achieved;
        terminated; discharged; concluded; finished; unsuccessful; successful; signposting; signpost;
        disengagement; disengage; decline; declining; unsuitable; not suitable; not appropriate; inappropriate;
        not accepted; rejected; not allocated; family choice; parental choice; client choice; requested closure;
        request to close; own choice; 16 plus; care leaver; pathway plan; after care; disabled child team;
        children with disability team; cwd team; fostering; permanence; permanency; long term team; safeguarding
        team; cin team; children in care team; hospital team; lac; cla; cic; cp; transferred to education;
        transferred to probation; referral to another agency; referral to voluntary; withdrawal; withdraw; not
        proceeding; not proceeded; no input; not in need; not cin; not child in need; 18th; reached 16; turned
        16; aged 16; advice and guidance; support by school; support from school; supported by school; monitored
        by school; placement order; permanent placement; change of status; status change; became subject; moved
        to looked after; appeal exhausted; appeal rights exhausted; section 17 ended; hospital discharge;
        transferred to hospital; met elsewhere; supported elsewhere; family able to meet; parents able to meet;
        services not provided; no services provided; no support required; no support needed; no intervention
        required; no action required; no action needed; no action taken; assessment refused; refused assessment;
        assessment cancelled; assessment not completed; unable to complete assessment; unable to assess; not
        home; never at home; access denied; placement breakdown; transferred out of service; change of worker;
        not found; request refused; youth detention; asylum claim; adult age; over 18s; nfa by social care;
        alternative service; alternative support; voluntary sector; voluntary agency; youth offending; yot; yos;
        connexion; camhs; death of parent; death of carer; death of mother; death of father; parent died; carer
        died; mother died; father died; parent deceased; carer deceased; post adoption; adoption breakdown;
        adoption disruption; adoption support; adoption enquiry; adoption application withdrawn; over 21; over
        25; 21 plus; 25 plus; now 21; eligibility ceased; private arrangement; financial assistance; eligibility
        ended; legal proceedings; child safe; closed inappropriate; closed incorrectly; opened incorrectly;
        started incorrectly; raised incorrectly; cannot contact; cannot locate; contact lost; family not
        contactable; uncontactable; non attendance; not attended; did not turn up; missed appointment; no wish;
        self managing; self sufficient; emigration; emigrating; out of country; immigration removal; leaving uk;
        left england; external agency; outside agency; partner agency; prison; child placed; turned 18; reached
        18; over 18; aged 18; attained 18; age 18; now 18; 18 plus; 18 years; 18th birthday; placed with family;
        placed with friend; referred elsewhere; referred to another agency; referred to voluntary; referred to
        health
    """,
    "RC8": """
        after assessment; closed after assessment; nfa after assessment; not in need after assessment; no further action
        after assessment; case closed after assessment; following assessment no further action; after assess; assessment
        completed nfa; assessment nfa; assessment no further action; closed following assessment; after initial assessment;
        after core assessment; after single assessment; after initial or continuous assessment; closed after assessment no
        further action; case closed after assessment no further action; case closed after assessment nfa; not to be in need
        after assess; not eligible after assessment; no service after assessment; no social care service offered; post
        assessment; closed post assessment; closed at assessment; closed at end of assessment; end of assessment; closed
        following single assessment; following single assessment; following c and f assessment; following assessment; closed
        following c and f assessment; closed following child and family assessment; following child and family assessment;
        following child assessment; following initial assessment; following core assessment; post single assessment; post
        initial assessment; after child and family assessment; after c and f assessment; after family assessment; after cfa;
        nfa following assessment; no further action following assessment; nfa post assessment; assessment completed no
        further action; assessment complete nfa; assessment complete no further action; assessment only; cfa nfa; nfa at
        assessment; nfa from assessment; nfa single assessment; nfa after single assessment; not child in need after
        assessment; not cin after assessment; assessed as not in need; assessed not in need; assessed not cin; assessment
        closed; assessment done; assessment done no role; assessment no role; assessment complete not in need; assessment
        completed not in need; assessment complete child not in need; assessment completed child not in need; after social
        work assessment; following social work assessment; after s47; following s47; after section 47; following section 47;
        assessment outcome nfa; upon assessment; on completion of assessment; at conclusion of assessment; assessment
        concluded; no further action following assess; on completion of c f assessment; assessed no service; assessed no
        further action; assessed nfa; assessed no need; assessed no ongoing; not in need following assessment; nfa following
        single assessment; nfa following initial assessment; nfa following core assessment; nfa following c f assessment; no
        service following assessment; closed single assessment; closed c f assessment; no further action after c f
        assessment; no factor identified; no factors
    """,
    "RC9": """
        step down; stepped down; stepping down; de escalation; de escalated; early help; eha; ehm; taf; tac;
        caf; ecaf; team around the family; team around the child; common assessment; single agency; lead
        professional; step down to universal; early intervention; earlyhlp; early help assessment; referred to
        early help; referred to eh; lead agency; case closed step down; stepdown; eh service; eh team; eh plan; eh support;
        deescalated to taf; deescalated to family support; deescalated to early help; deescalated to family help; closed
        to eh
    """,
    "E11": "application unopposed",
    "E12": "consent dispensed",
    "E3": "care taken by another la; care taken over by another la",
}

closure_reasons_words = WordRules(
    tiers=(
        {"RC9": _NAMED["RC9"]},
        {code: phrases for code, phrases in _NAMED.items() if code not in ("RC7", "RC8", "RC9")},
        _ESCALATED,
        {"RC8": _NAMED["RC8"]},
        {"RC7": _NAMED["RC7"]},
    ),
    alone=_ENDED,
    hints={
        "RC5": "moved; family moved; moved house; moved home; change of address; relocated; transfer out; case transferred",
        "RC7": "no further action; nfa; advice; information; missing; universal; deescalated; case transfer",
        "RC8": "assessment; assessment completed; assessment complete",
        "RC9": """
            family support; targeted family support; family hub; targeted support; targeted service; family
            solution; childrens centre; sure start; stronger family; troubled family; supporting family; family
            first; family help; edge of care; family intervention
        """,
    },
    open="""
        early help not; step cancelled; step down cancelled; step down declined; cancelled; step down cin; stepped down
        cin; step down child in need; stepped down child in need; step down child in need plan; stepped down cin plan;
        cp to cin; lac to cin; cla to cin; child protection to child in need; referred to family hub; referred to family
        support; referred to targeted support; transferred to family hub; transferred to family support; transferred to
        targeted support; transfer to family support; transfer to targeted support; closed to family support
    """,
    numbering=((r"RC ?(?P<reason>[1-9])[a-z]?\b.*", r"RC\g<reason>"),),
)
