"""Words for why a case closed. Anything that goes on in early help is a step down (RC9), whoever holds it there."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_NAMED = {
    "RC1": "adopted; adoption; adoption order; adoption order granted; adoption order made",
    "RC2": "died; deceased; death; child died; client died; death of child; service user died; child has died",
    "RC3": """
        child arrangement order; child arrangements order; residence order; assisted residence order; cao; shared
        residence order; residence order granted; residence contact order
    """,
    "RC4": """
        special guardianship; special guardianship order; sgo; special gship; guardianship order; special guardian
    """,
    "RC5": """
        another la; another local authority; other local authority; other la; transferred to another la; out of
        area; out of borough; left area; moved to another authority; another authority; transferred to other la;
        moved to other la; moved out of area; moved out of borough; moved out of county; client left area; other
        authority; new authority; left the area; left county; left borough; moved to other local authority;
        transferred out of area; another council; service of another la; services of another local authority; move
        to another la; other council; case transferred out
    """,
    "RC6": """
        adult social care; adult social service; adult service; adults services; adult care; adult team; transition
        to adult; transferred to adult; transferred to adult social care; adult learning disability team; transfer
        to adult; transferred to adult team
    """,
    "RC7": """
        services ceased; ceased for any other reason; any other reason; no longer in need; child no longer in need;
        no longer cin; other reason; aim achieved; aims achieved; objective met; objectives achieved; goal met; work
        completed; all work completed; completed; successfully completed; successful completion; circumstances
        changed; change of circumstance; refused service; client refused; declined service; assessment declined; no
        longer engaging; disengaged; non engagement; not engaging; failed to engage; withdrawn; withdrew; consent
        withdrawn; withdrawal of consent; turned 18; reached 18; 18th birthday; age 18; over 18; aged 18; age of
        majority; moved away; person has moved away; not required; no longer required; service no longer required;
        needs met; need met; family moved abroad; moved abroad; deported; gone abroad; emigrated; whereabouts
        unknown; referred to other agency; other agency; auto closed; automatically closed; duplicate; opened in
        error; created in error; error; stepped up; step up; stepped up to social care; care plan stepped up; looked
        after; looked after placement; became looked after; leaving care; transferred to leaving care; universal
        service; other universal service; universal plus; no further involvement; no further work; no further social
        work involvement; not in need after referral; no contact; case closed other; closed other; other; no service
        required; age; did not engage; unable to contact; signposted; plan completed; outcome met;
        outcomes achieved; contact ended; no longer resident; untraceable; deescalated; child protection plan;
        safeguarding plan; closed child placed; resolved; short break; intensive adolescent support; referred
        to another department; signed off; service ended; services ended; plan ended; end of plan; family declined;
        parents declined; support declined; did not consent; consent not given; lost contact; unable to engage;
        transferred to another team; transfer to another team; internal transfer; independent living; returned home;
        return home; rehabilitated home; accommodated; escalated; child protection; no role; no further role; family
        request; parental request; supervision order; proceedings ended; report completed; left care; aged out;
        attained 18; inappropriate referral; private fostering ended; respite; client request; parent request;
        refused; declined; not engaged; placement ended; placed with; court report; needs being met; intervention
        completed; support no longer required; support ended; closed to social care; existing plan; moved address;
        child in care; moved to another placement; custody; nrpf ended; age limit; cancelled by family; alternative
        provision; moved overseas; left country; moved out of country; duplicate record
    """,
    "RC8": """
        after assessment; closed after assessment; nfa after assessment; not in need after assessment; no further
        action after assessment; case closed after assessment; following assessment no further action; after assess;
        assessment completed nfa; assessment nfa; assessment no further action; no action after assessment; closed
        following assessment; after initial assessment; after core assessment; after single assessment; after
        initial or continuous assessment; closed after assessment no further action; case closed after assessment no
        further action; case closed after assessment nfa; deemed not in need after assessment; deemed not in need
        after assess; not to be in need after assess; not to be in need after assessment; not eligible after
        assessment; no service after assessment; no social care service offered
    """,
    "RC9": """
        step down; stepped down; stepping down; deescalation to early help; de escalation to early help; de
        escalation; de escalated; early help; early help team; early help service; early help hub; eha; ehm; taf;
        tac; caf; ecaf; cafcass caf; team around the family; team around the child; team around family; team around
        child; common assessment; targeted early help; single agency; lead professional; step down to single agency;
        step down to universal; early intervention; step down to; early help plan; taf ehm; earlyhlp; early help
        assessment; referred to early help; lead agency; case closed step down; transfer to early help
    """,
    "E11": "application unopposed",
    "E12": "consent dispensed; consent dispensed with",
    "E3": "care taken by another la; care taken over by another la",
}

closure_reasons_words = WordRules(
    tiers=({"RC9": _NAMED.pop("RC9")}, {"RC8": _NAMED.pop("RC8")}, _NAMED),
    hints={
        "RC7": "no further action; nfa; advice; information; missing; universal; deescalated",
        "RC8": "assessment",
        "RC9": """
            family support; targeted family support; family hub; targeted support; targeted service; family
            solution; childrens centre; sure start; stronger family; troubled family; supporting family; family
            first; family help; edge of care; family intervention
        """,
    },
    open="early help not; step cancelled; step down cancelled; step down declined; cancelled",
    numbering=((r"RC ?(?P<reason>[1-9])[a-z]?\b.*", r"RC\g<reason>"),),
)
