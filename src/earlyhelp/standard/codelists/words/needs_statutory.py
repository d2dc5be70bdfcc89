"""Words for a primary need. What is written before a council's own number below a national code (N3SB) is that code."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_NATIONAL = {
    "N1": """
        abuse or neglect; abuse neglect and exploitation; as result of or at risk of abuse; at risk because of
        domestic violence; abuse and neglect
    """,
    "N2": """
        child's disability; children's disability illness or intrinsic condition; intrinsic condition; child's
        illness or intrinsic condition; child disability; child's disability or illness
    """,
    "N3": """
        parental illness or disability; parental disability or illness; parent illness or disability; parental
        illness disabled; parent carer illness disability; capacity of their parent; impaired by disability;
        parental capacity impaired by disability; parents capacity to care is impaired
    """,
    "N4": """
        family in acute stress; acute stress; temporary crisis; temporary crisis such that parenting capacity is
        diminished; temporary crisis that diminishes parental capacity; temporary crisis diminishes parenting
        capacity; family acute stress
    """,
    "N5": """
        family dysfunction; family dysfunctional; parenting capacity is chronically inadequate; chronically
        inadequate; parental capacity chronically inadequate
    """,
    "N6": """
        unacceptable behaviour; behaviour impacting detrimentally; behaviour impacts detrimentally;
        detrimentally on community; socially unacceptable behaviour
    """,
    "N7": "low income; income below; below standard state entitlement",
    "N8": "absent parenting; no parent available",
    "N9": """
        other than children in need; children who are not in need; cases other than cin; cases other than
        children in need; cases other than child in need
    """,
    "N0": "not stated",
}
_NAMED = {
    "N1": """
        abuse neglect; abuse; neglect; nai; physical injury; domestic violence; exploitation; cse; cce; criminal
        exploitation; female genital mutilation; fgm; trafficking; trafficked; forced marriage; section 47; s47;
        honour based; child protection; abuse or neglect domestic violence; non accidental injury; harm; spirit
        possession; gang; county line; slavery; fabricated illness; breast ironing; grooming; forced labour;
        failure to thrive; shaken baby; physical chastisement; abused; neglected; sexual assault; coercive
        control; harmful practice; witchcraft; honour violence; hbv; physical assault; assault of child;
        schedule one offender
    """,
    "N2": """
        child disability; child disability illness; sensory support; sensory disability; visual impairment; hearing
        impairment; hearing impaired; visually impaired; child illness; autism; autistic; adhd; child mental health; sensory
        impairment; disability; disabled; special educational need; sen; chronic health; frailty; dual sensory loss; illness
        child; communication disorder; life limiting; complex health; child ill health; physical support; mental health
        support; memory and cognition; access and mobility; life threatening; terminal illness; asd; aspergers; deaf; blind;
        deafblind; chronic illness; epilepsy; cerebral palsy; downs syndrome; developmental delay; global delay; medical
        condition; medical need; health need; physical health child; child mental ill health; young person mental health;
        mental health child; mental health young person; eating disorder; speech and language; neurodiverse;
        neurodevelopmental; ehcp; multiple learning; profound and multiple; severe learning; moderate learning; sight
        impairment; sight loss; hearing loss; limiting illness
    """,
    "N3": """
        parent has learning disability; parent has learning difficulty; parent has disability; parent has mental health;
        parental disability; parental illness; parental disability illness; parent illness; parent disability;
        parental mental health; parent mental health; parental learning disability; parental learning
        difficulty; parents with learning difficulty; parents with learning disability; mentally ill parent;
        physically ill parent; alcoholic parent; parents abuse drug; parents abuse alcohol; drug taking parent;
        drug abusing parent; parental drug; parental alcohol; parental substance abuse; parental substance;
        parent carer illness disability; parents alcohol; carer illness; mental health parent carer; disability
        parent; parents who abuse; illness of parent; parent substance misuse; parental misuse; parent drug;
        young carer; parental health; parent mentally ill; parent physically ill; parent disabled; disabled
        parent; parental addiction; parent addiction; parental alcoholism; parental ill; parent substance abuse;
        substance misuse parent; substance misuse parental; drug misuse by parent; alcohol misuse by parent;
        parental depression; maternal mental health; mothers mental health; father mental health; post natal
        depression; postnatal depression; parent mental illness; parental mental illness; carer disability;
        carer mental health; parents physical illness; parents physical disability; chronically ill parent;
        terminally ill parent; parental chronic illness; parental sensory impairment; children caring for
        parent; child carer; child as carer; adult mental health
    """,
    "N4": """
        family in acute stress; acute stress; homelessness; homeless; bereavement; death of other family member;
        family stress; death; teenage pregnancy; rent arrears; eviction; family crisis; parental separation;
        overcrowding; housing; condition of accommodation; divorce; temporary crisis; refugee family; bereaved;
        parental death; parental divorce; parental dispute; unsuitable accommodation; family illness; single
        parent under stress; isolation of family; social isolation; environmental factor; neighbour dispute;
        family separation; family acute; family under stress; parental stress; carer breakdown
    """,
    "N5": """
        family dysfunction; dysfunction; dysfunctional; family breakdown; family relationship; inadequate
        parenting; boundary control; family conflict; parenting capacity; family dysfunctional; relationship
        breakdown; parent child conflict; relationship problem; relationship difficulty; marital discord;
        parental conflict; poor parenting; parenting difficulty; parenting problem; inability to parent;
        inadequate parent; lack of parental control; lack of boundaries; parent teenager conflict; adolescent
        conflict; parent conflict; inconsistent parenting; chaotic family; sibling conflict; sibling rivalry;
        rejected child; breakdown in relationship; family dynamic; chronically inadequate parenting; parent
        child relationship
    """,
    "N6": """
        socially unacceptable behaviour; social unacceptable behaviour; unacceptable behaviour; offending; offender; anti
        social behaviour; antisocial behaviour; asb; truancy; radicalisation; prevent; beyond parental control; substance
        abuse child; criminal behaviour; disorderly behaviour; unsafe sexual behaviour; non school attendance; school
        refusal; absconding; inappropriate sexual behaviour; sexually harmful behaviour; child substance misuse; child drug;
        crime; harmful sexual behaviour; challenging behaviour; criminal; drug use by child; child alcohol misuse; child
        substance abuse; substance misuse by child; substance misuse young person; young person substance misuse; alcohol
        misuse by child; drug misuse by child; solvent abuse; aggressive; aggression; violent behaviour; violence by child;
        violence to others; gang involvement; fire setting; arson; theft; school non attendance; school attendance;
        sexualised behaviour; sexually abusive behaviour; inappropriate behaviour; behaviour problem; behavioural problem;
        behaviour issue; behaviour management; antisocial; nuisance; truanting; offending behaviour; child to parent
        violence; adolescent to parent violence; cruelty to animal; unruly
    """,
    "N7": """
        low income; poverty; financial difficulty; nrpf; financial hardship; destitute; debt; habitually
        resident; no recourse; destitution; asylum seeking family; non habitually resident; low wage; no access
        to public fund; dependent on benefit; asylum seeker family; asylum family; no public fund
    """,
    "N8": """
        absent parenting; absent parent; uasc; unaccompanied asylum; unaccompanied; orphan; abandoned;
        abandonment; parents in custody; parent absent; privately fostered; parents in prison; parental
        abandonment; relinquished; parents deceased; lost child; parental imprisonment; both parents died;
        parents overseas; parent abroad; no parent; without parent; parent imprisoned; absence of parent; absent
        mother; parental absence; parents missing; orphaned; separated child; separated children; unaccompanied
        refugee; sole carer in prison; lone child; parents dead
    """,
    "N9": """
        other than child in need; not cin; not child in need; not in need; early help involvement; private
        fostering; court report; adoption disruption; step parent adoption; n9 other; no child in case who is in
        need; legal work only; request for information; inter country adoption; post adoption; other than cin;
        cases other than cin; other than children in need; adoption support; section 7 report; section 37; court
        directed report; special guardianship support; court ordered report; not applicable cin; adoption only;
        adult adoption; access to record; birth record counselling; non cin; inter agency adoption; intercountry
        adoption; private foster arrangement; stepparent adoption; adoption case; non child in need; sgo support
    """,
    "N0": """
        not stated; not recorded; not known; unknown; no need code; need code not entered; not entered; need code not
        stated; not yet determined; not yet known; not determined; not specified; need not stated; unspecified; no primary
        need; not yet recorded; not assessed; not yet assessed; awaiting assessment; uncategorised; undetermined; not
        provided; none recorded; no need recorded
    """,
}
_ALONE = {"N1": "children at risk", "N3": "parental"}

needs_statutory_words = WordRules(
    tiers=(_NATIONAL, _NAMED, _ALONE),
    hints={
        "N1": "substance misuse; alcohol problem; drug problem; da; dv; dva; risk to child",
        "N2": "mental health; complex need; sensory; learning difficulty; communication",
        "N4": "temporary; young parent; teenage parent; refugee",
        "N5": "control; parenting",
        "N6": "behaviour; substance; bullying; exclusion; running away; missing from home",
        "N7": "asylum; asylum seeker; benefit; income; financial",
        "N8": """
            16 17 year old homeless; 16 17 yr old homeless; homeless young person; homeless young people; youth homelessness
        """,
        "N9": "other; adoption; fostering",
    },
    open="support to carer; vulnerable people; code error; do not use",
    numbering=(
        (r"(?:(?:CIN(?: census)?|Child) ?-? ?)?N ?(?P<need>\d)(?![0-9]).*", r"N\g<need>"),
        (r"(?P<need>[1-8])[a-z]{1,2} .*", r"N\g<need>"),
        (r"(?P<need>[1-8])[A-Z]{3,}\b.*", r"N\g<need>"),
        (r"ABS_.*", "N1"),
        (r"DIS_.*", "N2"),
        (r"FDS_.*", "N5"),
        (r"ABP_.*", "N8"),
    ),
)
