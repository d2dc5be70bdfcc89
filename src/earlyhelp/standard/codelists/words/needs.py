"""Words for what a family needs help with, by the ten headline outcomes.

Sources: the needs that the Supporting Families programme guidance 2022-25 lists under each headline outcome, in the words
that forms and trackers use for them.
"""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_SAID = {
    "SF1": """
        attendance; school attendance; non attendance; persistent absence; severe absence; absence from school; school
        absence; missing school; not attending school; exclusion; excluded; suspension; suspended from school; school
        refusal; school avoidance; school refuser; ebsa; ebsna; truancy; truanting; sen; send; ehcp; ehc plan; special
        educational need; special need; education; educational; home education; ehe; cme; missing education; school
        place; out of education; alternative provision; reduced timetable; part time timetable; literacy; attainment
    """,
    "SF2": """
        early year; child development; development delay; developmental delay; delayed development; developmental
        milestone; speech and language; speech delay; language delay; school readiness; school ready; pregnancy;
        pregnant; expectant; unborn; antenatal; new baby; newborn; breastfeeding; weaning; toilet training; potty
        training; toileting; nursery place; two year old; 2 year old
    """,
    "SF3": """
        mental health; mental ill health; perinatal mental health; postnatal depression; emotional wellbeing;
        emotional health; emotional need; emotional support; emotional regulation; emotional
        distress; wellbeing; anxiety; separation anxiety; anxious; depression; depressed; low mood; low self esteem; self
        esteem; self harm; self harming; suicide; suicidal; suicidal ideation; eating disorder; trauma; bereavement;
        bereaved; grief; camhs; physical health; health; health need; ill health; illness; medical; disability;
        disabled; learning disability; learning difficulty; autism; autistic; asd; asc; adhd; semh; neurodiversity;
        neurodiverse; neurodevelopmental; obesity; healthy weight
    """,
    "SF4": """
        substance; substance misuse; substance use; substance abuse; drug; drug use; drug misuse; alcohol; alcohol
        misuse; alcohol use; drinking; cannabis; addiction; addicted
    """,
    "SF5": """
        parenting; parenting support; parenting skill; parenting capacity; parenting programme; boundary; routine;
        family relationship; parent child relationship; parental relationship; parental conflict; inter parental
        conflict; family conflict; family breakdown; family functioning; family dysfunction; acute stress; parental
        separation; separation; divorce; contact dispute; custody dispute; young carer; caring responsibility; child
        on parent violence; child to parent violence; child to parent abuse; adolescent to parent violence; capva;
        violence towards parent; violence to parent; attachment; sibling relationship; relationship breakdown
    """,
    "SF6": """
        neglect; child abuse; physical abuse; sexual abuse; emotional abuse; sexual harm; exploitation; sexual
        exploitation; criminal exploitation; cse; cce; county line; going missing; missing from home; missing from
        care; missing episode; goes missing; radicalisation; extremism; online safety; online harm; grooming; groomed;
        trafficking; trafficked; modern slavery; extra familial harm; harm outside the home; contextual safeguarding;
        harmful sexual behaviour; hsb; fgm; forced marriage
    """,
    "SF7": """
        crime; criminal behaviour; criminal activity; anti social behaviour; antisocial behaviour; anti social;
        antisocial; asb; offending; offender; youth offending; reoffending; gang; knife; knife crime; weapon; serious
        violence; youth violence; youth justice; arrested; arrest
    """,
    "SF8": """
        domestic abuse; domestic violence; domestic incident; da; dv; dva; dasv; ipv; intimate partner violence; coercive
        control; controlling behaviour by partner; coercive; honour based abuse; honour based violence; violence
        between parents
    """,
    "SF9": """
        housing; housing need; homeless; homelessness; eviction; evicted; overcrowded; overcrowding; accommodation;
        temporary accommodation; tenancy; rehousing; rehoused; unsuitable housing; sofa surfing; no fixed abode
    """,
    "SF10": """
        finance; financial; financial difficulty; financial hardship; financial stability; debt; money; poverty; child
        poverty; benefit advice; benefit issue; benefit support; benefit entitlement; benefit claim; benefit cap; benefit
        sanction; welfare benefit; housing benefit; universal credit; unemployed; unemployment; worklessness; workless;
        employment; out of work; low income; cost of living; food bank; foodbank; food poverty; fuel poverty;
        budgeting; rent arrears; neet; hardship; nrpf; no recourse to public fund
    """,
}
_NOT_THE_CASE = "; ".join(f"no {phrase.strip()}" for text in _SAID.values() for phrase in text.split(";"))
"""What is said not to be there is no need."""

needs_words = WordRules(
    tiers=(_SAID,),
    hints={
        "SF1": "school; learning; college",
        "SF5": "relationship; family; conflict; behaviour at home; challenging behaviour; anger",
        "SF6": "abuse; safeguarding; missing",
        "SF7": "police",
        "SF8": "domestic",
        "SF10": "benefit",
    },
    open=f"no known; no concern; no evidence; other; various; health visitor; health visiting; {_NOT_THE_CASE}",
)
