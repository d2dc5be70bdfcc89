"""Words for what police, landlords, schools and health services tell of a family."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

partner_event_types_words = WordRules(
    tiers=(
        {
            "domestic_abuse": """
                domestic; domestic abuse; domestic violence; domestic incident; da; dv; dva; coercive control; dash
            """,
            "missing": "missing; missing child; missing person; missing episode; absconded; abscond",
            "caution": "caution; youth caution; conditional caution",
            "conviction": "conviction; convicted; sentenced; court sentence",
            "anti_social_behaviour": "anti social; antisocial; anti social behaviour; antisocial behaviour; asb",
            "rent_arrears": "rent arrear; rent debt; arrear of rent",
            "council_tax_arrears": "council tax arrear; council tax debt; ctax arrear",
            "homelessness": "homeless; homelessness; eviction; evicted; notice seeking possession; nosp; notice to quit",
            "free_school_meals": "free school meal; fsm",
            "benefit_cap": "benefit cap; benefit capped",
            "a_and_e": "ae; emergency department; accident and emergency; ed attendance",
            "mental_health": "mental health; camhs; section 136; s136",
        },
        {
            "offence": """
                offence; crime; arrest; arrested; assault; theft; burglary; robbery; criminal damage; shoplifting; public order
            """,
            "safeguarding_concern": """
                safeguarding; safeguarding concern; welfare concern; cause for concern; child concern; child protection; neglect
            """,
            "substance_misuse": "substance misuse; substance use; drug; alcohol",
        },
    ),
    open="no domestic; found safe; no offence; repayment; paid",
)
"""A domestic incident is told as one, whatever offence comes with it."""
