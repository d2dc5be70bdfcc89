"""What the education department publishes about children: in need, referred, assessed, protected, looked after, absent, LAIT."""

from __future__ import annotations

from earlyhelp.reference.areas import AUTHORITY_NUMBER, COUNTRY, REGION
from earlyhelp.reference.publication import LOOKUP, Publication, by_name, education, names
from earlyhelp.reference.symbols import DASH, SYMBOLS

_RELEASES = "https://explore-education-statistics.service.gov.uk/find-statistics"
_IN_NEED = f"{_RELEASES}/children-in-need"
_LAIT = "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
_TAKE = "Release 'Children in need', data files, the file"

CHILDREN_IN_NEED = education(
    "children_in_need",
    "Children in need: numbers in the year, started, ended and at 31 March",
    f"{_TAKE} b1",
    names(
        "Anypoint_episodes Anypoint_child Started_episodes Started_child Ended_episodes Ended_child At31_episodes "
        "awaiting_assessment"
    ),
    where=_IN_NEED,
)
REASONS_FOR_CLOSURE = education(
    "reasons_for_closure",
    "Children in need: why episodes closed",
    f"{_TAKE} b6",
    names(
        "Ended_episodes unknown unknown_percent RC1_Adopted RC1_Adopted_percent RC2_Died RC2_Died_percent "
        "RC3_Residence_Order RC3_Residence_Order_percent RC4_Special_Guardianship_Order "
        "RC4_Special_Guardianship_Order_percent RC5_Transfer_to_another_LA RC5_Transfer_to_another_LA_percent "
        "RC6_Transfer_to_Adult_Social_Service RC6_Transfer_to_Adult_Social_Service_percent RC7_Other RC7_Other_percent"
    ),
    where=_IN_NEED,
)
REFERRALS = education(
    "referrals",
    "Referrals to children's social care, and those within 12 months of another",
    f"{_TAKE} c1",
    names(
        "referral_count rereferral_count rereferral_percent no_further_action_count no_further_action_percent "
        "not_in_need_count not_in_need_percent referral_child_count rereferral_child_count rereferral_child_percent"
    ),
    where=_IN_NEED,
)
FACTORS_AT_ASSESSMENT = education(
    "factors_at_assessment",
    "Factors identified at the end of assessment",
    f"{_TAKE} c3",
    names(
        "Episodes_with_assessment_factor Alcohol_Misuse_child Alcohol_Misuse_parent Alcohol_Misuse_person "
        "Drug_Misuse_child Drug_Misuse_parent Drug_Misuse_person Domestic_Abuse_child Domestic_Abuse_parent "
        "Domestic_Abuse_person Mental_Health_child Mental_Health_parent Mental_Health_person "
        "Learning_Disability_child Learning_Disability_parent Learning_Disability_person "
        "Physical_Disability_child Physical_Disability_parent Physical_Disability_person Young_Carer "
        "Privately_fostered Unaccompanied_asylum_seeker Going_missing Child_sexual_exploitation Trafficking "
        "Gangs Socially_unacceptable_behaviour Self_harm Neglect Emotional_Abuse Physical_Abuse_unknown "
        "Physical_Abuse_child_on_child Physical_Abuse_adult_on_child Sexual_Abuse_unknown "
        "Sexual_Abuse_child_on_child Sexual_Abuse_adult_on_child Female_Genital_Mutilation Faith_linked_abuse "
        "Child_criminal_exploitation Other"
    ),
    where=_IN_NEED,
)
SOURCES_OF_REFERRAL = education(
    "sources_of_referral",
    "Referrals by source",
    f"{_TAKE} c5",
    names(
        "Referrals Individual Schools Education_Services Health_Services Housing LA_Services Police Other_legal_agency "
        "Other Anonymous Unknown"
    ),
    where=_IN_NEED,
)
PROTECTION_PLANS = education(
    "protection_plans",
    "Child protection plans: started, ended, in the year and at 31 March",
    f"{_TAKE} d1",
    names(
        "CPP_start CPP_start_rate CPP_child_start CPP_child_start_rate CPP_end CPP_end_rate CPP_child_end "
        "CPP_child_end_rate CPP_anypoint CPP_anypoint_rate CPP_child_anypoint CPP_child_anypoint_rate CPP_At31 CPP_At31_rate"
    ),
    where=_IN_NEED,
)
LOOKED_AFTER = education(
    "looked_after",
    "Children looked after: number and rate",
    "Release 'Children looked after in England including adoptions', data files, number and rate per 10,000",
    names("population_estimate children_count rate_per_10000"),
    where=f"{_RELEASES}/children-looked-after-in-england-including-adoptions",
    kinds=(),
    splits=("population_type",),
)
ABSENCE = education(
    "absence",
    "Absence from school of children in need, on protection plans and looked after",
    "Release 'Outcomes for children in need, including children looked after', data files, absence by authority",
    names(
        "t_pupils t_sess_possible t_sess_overall pt_overall t_sess_authorised pt_sess_authorised t_sess_unauthorised "
        "pt_sess_unauthorised t_pupils_pa_10_exact pt_pupils_pa_10_exact t_pupils_pa_50_exact pt_pupils_pa_50_exact"
    ),
    where=f"{_RELEASES}/outcomes-for-children-in-need-including-children-looked-after-by-local-authorities-in-england",
    kinds=("absence_terms",),
    splits=("social_care_group", "phase_type_grouping"),
)
CHILDREN = education(
    "children",
    "Children aged 0 to 17, mid-year estimates",
    "Mid-year population estimates by authority and age, as the education department uses them for its rates",
    ("population_estimate",),
    where="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates",
    kinds=("age_group",),
)

_ABUSE = names(
    "Episodes_with_assessment_factor Domestic_Abuse_child Domestic_Abuse_parent Domestic_Abuse_person "
    "children_0_17_mid_prev_year da_child_per_10k da_parent_per_10k da_person_per_10k"
)
DOMESTIC_ABUSE_FACTOR = Publication(
    id="domestic_abuse_factor",
    title="Domestic abuse as a factor at assessment, with rates worked out from children aged 0 to 17",
    publisher="Department for Education; rates worked out from it and the mid-year estimates",
    where=_IN_NEED,
    how="Worked out from the files c3 and the mid-year estimates; not published as such",
    headings=(*names("time_period geographic_level new_la_code old_la_code la_name region_name"), *_ABUSE),
    keys=names("time_period geographic_level region_name new_la_code"),
    long=by_name(_ABUSE),
    measures=_ABUSE,
)

LAIT = Publication(
    id="lait",
    title="Local authority interactive tool: all measures, all years",
    publisher="Department for Education",
    where=_LAIT,
    how="The tool's long table of all measures and authorities",
    headings=("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"),
    keys=("Short Desc", "Years", "LA Number"),
    # Numbers of authorities and regions; `loading` puts the code in their place.
    long=f"""
        SELECT CAST(CAST("LA Number" AS DOUBLE) AS INTEGER)::VARCHAR AS area_code,
               CASE WHEN CAST("LA Number" AS DOUBLE) = 970 THEN '{COUNTRY}'
                    WHEN CAST("LA Number" AS DOUBLE) BETWEEN 980 AND 990 THEN '{REGION}'
                    ELSE '{AUTHORITY_NUMBER}' END AS area_type,
               "Years" AS period, "Short Desc" AS measure, "Values" AS printed
        FROM source
    """,
    symbols=(*SYMBOLS, DASH),
    endings=(".parquet",),
)
LAIT_DICTIONARY = Publication(
    id="lait_dictionary",
    title="Local authority interactive tool: what each measure is",
    publisher="Department for Education",
    where=_LAIT,
    how="The tool's data dictionary",
    headings=(
        *names("Measure_code Topic Measure Measure_short Polarity y_axis_name state_funded_flag Year_Type"),
        *("Last Update", "Next Update", "Description", "Methodology", "Hyperlink(s)"),
    ),
    keys=("Topic", "Measure_short"),
    kind=LOOKUP,
)
NEIGHBOURS = Publication(
    id="neighbours",
    title="Statistical neighbours of each children's services authority",
    publisher="Department for Education",
    where=_LAIT,
    how="The children's services statistical neighbour model, one row an authority and neighbour",
    headings=names("old_la_code la_name sn_rank sn_old_la_code closeness new_la_code sn_la_name sn_new_la_code"),
    keys=("new_la_code", "sn_rank"),
    kind=LOOKUP,
)

ABOUT_CHILDREN = (
    CHILDREN_IN_NEED,
    REASONS_FOR_CLOSURE,
    REFERRALS,
    FACTORS_AT_ASSESSMENT,
    SOURCES_OF_REFERRAL,
    PROTECTION_PLANS,
    LOOKED_AFTER,
    ABSENCE,
    CHILDREN,
    DOMESTIC_ABUSE_FACTOR,
    LAIT,
    LAIT_DICTIONARY,
    NEIGHBOURS,
)
