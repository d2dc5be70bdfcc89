"""Words for a primary need. What is written before a council's own number below a national code (N3SB) is that code."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_NATIONAL = {
    "N1": "abuse or neglect; abuse and neglect; abuse neglect and exploitation",
    "N2": "child's disability; child disability; child's disability or illness",
    "N3": """
        parental illness or disability; parental disability or illness; parent illness or disability; parents
        illness disability; parental illness disabled; parent carer illness disability; parent's illness or
        disability
    """,
    "N4": "family in acute stress; family acute stress; acute stress",
    "N5": "family dysfunction; family dysfunctional",
    "N6": "socially unacceptable behaviour; unacceptable behaviour",
    "N7": "low income",
    "N8": "absent parenting",
    "N9": "cases other than children in need; other than children in need",
    "N0": "not stated",
}
_NAMED = {
    "N1": """
        abuse neglect; abuse; neglect; physical abuse; sexual abuse; emotional abuse; physical harm; physical
        injury; domestic violence; domestic abuse; child sexual exploitation; sexual exploitation; child
        exploitation; exploitation; cse; cce; criminal exploitation; female genital mutilation; fgm; trafficking;
        trafficked; modern slavery; forced marriage; significant harm; section 47; s47; honour based; child
        protection; sexual harm; abuse or neglect domestic violence; non accidental injury; physical abuse neglect;
        neglect emotional abuse; harm; faith based abuse; spirit possession; risk of abuse; gang; county line;
        slavery; fabricated illness; breast ironing; at risk of harm; deliberate self harm
    """,
    "N2": """
        child disability; children disability; disability child; child disability illness; disabled child; learning
        disability; physical disability; sensory support; sensory disability; visual impairment; hearing impairment;
        child illness; autism; autistic; adhd; child mental health; learning disability support; sensory impairment;
        disability; disabled; special educational need; sen; chronic health; frailty; children with learning
        disability; children with physical disability; multiple disability; dual sensory loss; illness child;
        children with multiple disability; children with chronic health condition; speech communication disorder;
        communication disorder; life limiting; complex health; child ill health
    """,
    "N3": """
        parental disability; parental illness; parental disability illness; parent illness; parent disability;
        parents illness; parental mental health; parent mental health; parental learning disability; parental
        learning difficulty; parents with learning difficulty; parents with learning disability; mentally ill
        parent; physically ill parent; alcoholic parent; parents abuse drug; parents abuse alcohol; drug taking
        parent; drug abusing parent; parental drug; parental alcohol; parental substance misuse; parental substance
        abuse; parental substance; parental drug alcohol; parent carer illness disability; parent carer illness;
        parents alcohol; carer illness; mental health parent carer; disability parent; parents who abuse; children
        whose parents abuse drug; children whose parents abuse alcohol; children with mentally ill parent; children
        with physically ill parent; parental ill health; illness of parent; parent substance misuse; adult mental
        health; children with disabled parent; parental misuse; parent drug; parent alcohol; young carer; parental
        health
    """,
    "N4": """
        family in acute stress; acute stress; family acute stress; homelessness; homeless; bereavement; death of
        parent; death of family member; death of other family member; family stress; death; teenage pregnancy; rent
        arrears; eviction; family crisis; parental separation; overcrowding; housing; condition of accommodation;
        family in crisis; acute family stress; divorce; temporary crisis; refugee family
    """,
    "N5": """
        family dysfunction; dysfunction; dysfunctional; dysfunctional family; family breakdown; family relationship;
        inadequate parenting; boundary control; family conflict; parenting capacity; family dysfunctional;
        relationship breakdown; chronic family conflict; low boundary control; parent child conflict
    """,
    "N6": """
        socially unacceptable behaviour; unacceptable behaviour; offending; offender; anti social behaviour;
        antisocial behaviour; asb; truancy; radicalisation; prevent; beyond parental control; substance abuse child;
        criminal behaviour; youth offending; disorderly behaviour; unsafe sexual behaviour; non school attendance;
        school refusal; absconding; inappropriate sexual behaviour; sexually harmful behaviour; child substance
        misuse; child drug; risk of offending; crime; harmful sexual behaviour; challenging behaviour
    """,
    "N7": """
        low income; poverty; financial difficulty; no recourse to public fund; nrpf; financial hardship; destitute;
        debt; habitually resident; financial; no recourse; destitution; asylum seeking family; non habitually
        resident
    """,
    "N8": """
        absent parenting; absent parent; uasc; unaccompanied asylum; unaccompanied asylum seeking child;
        unaccompanied; unaccompanied minor; orphan; abandoned; abandonment; parents in custody; parent in custody;
        parent absent; privately fostered; child privately fostered; parents in prison; parent in prison; parental
        abandonment; relinquished; parents deceased; lost child; parental imprisonment; both parents died;
        relinquished baby; parents overseas
    """,
    "N9": """
        cases other than child in need; other than child in need; not cin; not child in need; not in need; early
        help involvement; private fostering; court report; request for court report; adoption disruption; step
        parent adoption; n9 other; no child in case who is in need; legal work only; request for information; inter
        country adoption; post adoption; other than cin; not a child in need; case not cin; children receiving
        service not in need; cases other than cin; other than children in need; adoption support; section 7 report;
        section 37
    """,
    "N0": """
        not stated; not recorded; not known; unknown; no need code; need code not stated; not yet determined; not
        yet known; no need code recorded; not determined; to be determined; not specified; need not stated;
        unspecified
    """,
}
_ALONE = {"N1": "children at risk", "N3": "parental"}

needs_statutory_words = WordRules(
    tiers=(_NATIONAL, _NAMED, _ALONE),
    hints={
        "N1": "substance misuse; alcohol problem; drug problem",
        "N2": "mental health; mental health support",
        "N5": "control; parenting",
        "N6": "behaviour; substance",
        "N7": "asylum; asylum seeker; benefit; income",
        "N9": "other; adoption; fostering",
    },
    open="support to carer; vulnerable people; code error; do not use",
    numbering=(
        (r"(?:(?:CIN|Child) ?-? ?)?N ?(?P<need>\d)(?![0-9]).*", r"N\g<need>"),
        (r"(?P<need>[1-8])[a-z]{1,2} .*", r"N\g<need>"),
        (r"(?P<need>[1-8])[A-Z]{3,}\b.*", r"N\g<need>"),
        (r"ABS_.*", "N1"),
        (r"DIS_.*", "N2"),
        (r"FDS_.*", "N5"),
        (r"ABP_.*", "N8"),
    ),
)
