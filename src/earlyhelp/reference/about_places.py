"""What is published about places: lists of areas and how they nest, deprivation, low income, small-area population, crime."""

from __future__ import annotations

from earlyhelp.reference.areas import DISTRICT, SMALL_AREA, WARD
from earlyhelp.reference.publication import (
    ATTRIBUTION,
    BOUNDARIES,
    LOOKUP,
    Area,
    Publication,
    names,
    unpivoted,
    wide,
)

_ONS = "Office for National Statistics"
_GEOGRAPHY = "https://geoportal.statistics.gov.uk"
_HOUSING = "Ministry of Housing, Communities and Local Government"
_DEPRIVATION = "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025"
_LOW_INCOME = "https://www.gov.uk/government/collections/children-in-low-income-families-local-area-statistics"
_POPULATION = "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates"
_MYSOCIETY = "https://pages.mysociety.org/uk_local_authority_names_and_codes/"

# Lists of areas

AUTHORITIES = Publication(
    id="authorities",
    title="The 153 children's services authorities of England with every code and name they go by",
    publisher="Department for Education, Office for National Statistics, mySociety; joined",
    where=_MYSOCIETY,
    how="The list of authorities, joined from the education department's, the statistics office's and mySociety's",
    headings=names(
        "region_name la_name new_la_code old_la_code dfe_region dfe_type la_3char official_name nice_name la_type ecode "
        "former_gss_codes combined_authority area_km2 population_2020 lat long gov_uk_slug mapit_area_code region_code "
        "ons_region pfa24_code pfa24_name project_role"
    ),
    keys=("new_la_code",),
    kind=LOOKUP,
    licence=ATTRIBUTION,
)
AUTHORITY_NAMES = Publication(
    id="authority_names",
    title="Names that authorities go by",
    publisher="mySociety",
    where=_MYSOCIETY,
    how="The table from name to three-letter code",
    headings=("la-name", "local-authority-code"),
    keys=("la-name", "local-authority-code"),
    kind=LOOKUP,
    licence=ATTRIBUTION,
)
SMALL_AREA_CHANGES = Publication(
    id="small_area_changes",
    title="Small areas (LSOA) of 2011 and of 2021",
    publisher=_ONS,
    where=_GEOGRAPHY,
    how="Lookup LSOA (2011) to LSOA (2021) to local authority district, England",
    headings=names("lsoa11_code lsoa21_code change_code lsoa21_name ltla22_code"),
    keys=("lsoa11_code", "lsoa21_code"),
    kind=LOOKUP,
)
SMALL_AREAS = Publication(
    id="small_areas",
    title="Small areas (LSOA 2021) by ward, district and authority",
    publisher=_ONS,
    where=_GEOGRAPHY,
    how="Best-fit lookup LSOA (2021) to ward (2024) to local authority district, England",
    headings=names("lsoa21_code lsoa21_name ward24_code ward24_name ltla24_code ltla24_name utla_code"),
    keys=("lsoa21_code",),
    kind=LOOKUP,
)
DISTRICTS = Publication(
    id="districts",
    title="Districts by children's services authority",
    publisher=_ONS,
    where=_GEOGRAPHY,
    how="Lookup lower tier to upper tier local authority, England",
    headings=names("ltla23_code ltla23_name utla23_code utla23_name"),
    keys=("ltla23_code",),
    kind=LOOKUP,
)

# Boundaries


def _boundaries(id: str, title: str, how: str, properties: str) -> Publication:
    return Publication(
        id=id,
        title=title,
        publisher=f"{_ONS}; contains Ordnance Survey data",
        where=_GEOGRAPHY,
        how=how,
        headings=names(properties),
        keys=(properties.split()[0],),
        kind=BOUNDARIES,
        endings=(".geojson", ".json"),
    )


AUTHORITY_BOUNDARIES = _boundaries(
    "authority_boundaries",
    "Boundaries of the children's services authorities",
    "Counties and unitary authorities, ultra generalised, as GeoJSON (WGS 84)",
    "CTYUA23CD CTYUA23NM",
)
DISTRICT_BOUNDARIES = _boundaries(
    "district_boundaries",
    "Boundaries of the local authority districts",
    "Local authority districts, generalised, as GeoJSON (WGS 84)",
    "LAD24CD LAD24NM",
)
WARD_BOUNDARIES = _boundaries(
    "ward_boundaries",
    "Boundaries of wards",
    "Wards of a council, generalised, as GeoJSON (WGS 84)",
    "WD25CD WD25NM LAD25CD LAD25NM utla_code council",
)
SMALL_AREA_BOUNDARIES = _boundaries(
    "small_area_boundaries",
    "Boundaries of small areas (LSOA 2021) of a council",
    "Lower layer super output areas of a council, generalised, as GeoJSON (WGS 84)",
    "LSOA21CD LSOA21NM LADCD_ACTIVE utla_code",
)

# Need

_INDICES = names(
    "imd_score imd_rank imd_decile idaci_rank idaci_decile idaci_numerator_children idaopi_rank idaopi_decile income_score "
    "income_rank income_decile employment_score employment_decile education_score education_decile health_score "
    "health_decile crime_score crime_rank crime_decile housing_and_services_score housing_and_services_decile "
    "environment_score environment_decile"
)
DEPRIVATION = Publication(
    id="deprivation",
    title="English Indices of Deprivation 2025 by small area",
    publisher=_HOUSING,
    where=_DEPRIVATION,
    how="Files 1 to 8 by LSOA (2021), joined",
    headings=(*names("lsoa21_code lsoa21_name lad24_code lad24_name"), *_INDICES),
    keys=("lsoa21_code",),
    long=wide(Area("lsoa21_code", SMALL_AREA), "'2025'", _INDICES),
    measures=_INDICES,
)


def _summaries() -> tuple[str, ...]:
    """The headings of the district summaries: for each domain rank, score and share, and a scale for two of them."""
    share = "proportion_of_lso_as_in_most_deprived_10_percent_nationally"

    def of(domain: str) -> tuple[str, ...]:
        kinds = ("average_rank", "average_score", share)
        return tuple(f"{domain}_{prefix}{kind}" for kind in kinds for prefix in ("", "rank_of_"))

    scales = {"income", "employment"}
    domains = names(
        "income employment education_skills_and_training health_deprivation_and_disability crime "
        "barriers_to_housing_and_services living_environment"
    )
    extent = tuple(f"imd25_{prefix}{kind}" for kind in ("extent", "local_concentration") for prefix in ("", "rank_of_"))
    rest = [
        (*of(domain), *((f"{domain}_scale", f"rank_of_{domain}_scale") if domain in scales else ()))
        for domain in domains
    ]
    return (*of("imd"), *extent, *(heading for headings in rest for heading in headings))


DEPRIVATION_OF_DISTRICTS = Publication(
    id="deprivation_of_districts",
    title="English Indices of Deprivation 2025: summaries of districts",
    publisher=_HOUSING,
    where=_DEPRIVATION,
    how="File 10, local authority district summaries (lower tier)",
    headings=("ltla24_code", "ltla24_name", *_summaries()),
    keys=("ltla24_code",),
    long=wide(Area("ltla24_code", DISTRICT), "'2025'", _summaries()),
    measures=_summaries(),
)

_CRIMES = names(
    "violence_with_injury_per_1000 violence_without_injury_per_1000 stalking_and_harassment_per_1000 "
    "burglary_per_1000_properties theft_per_1000 criminal_damage_per_1000 public_order_and_possession_of_weapons_per_1000 "
    "anti_social_behaviour_per_1000"
)
CRIME_INDICATORS = Publication(
    id="crime_indicators",
    title="English Indices of Deprivation 2025: crime indicators by small area",
    publisher=_HOUSING,
    where=_DEPRIVATION,
    how="File 8, underlying indicators, crime, by LSOA (2021)",
    headings=("lsoa21_code", *_CRIMES, "lad24_code"),
    keys=("lsoa21_code",),
    long=wide(Area("lsoa21_code", SMALL_AREA), "'2025'", _CRIMES),
    measures=_CRIMES,
)

_POOR = names("children_fye2024 children_fye2025 pct_fye2024 pct_fye2025 children_0_15_implied_fye2025")
_ENDS_IN_YEAR = "'FYE ' || right(indicator, 4)"
_BEFORE_YEAR = "left(indicator, length(indicator) - 8)"


def _low_income(id: str, area: Area, level: str, headings: str) -> Publication:
    return Publication(
        id=id,
        title=f"Children under 16 in relative low income after housing costs, by {level}",
        publisher="Department for Work and Pensions, HM Revenue and Customs",
        where=_LOW_INCOME,
        how=f"Relative low income after housing costs, children aged 0 to 15, by {level}, financial years ending 2024 and 2025",
        headings=(*names(headings), *_POOR),
        keys=(area.column,),
        long=wide(area, _ENDS_IN_YEAR, _POOR, _BEFORE_YEAR),
        measures=("children", "pct", "children_0_15_implied"),
    )


LOW_INCOME = _low_income("low_income", Area("area_code", DISTRICT), "district", "area_name area_code")
LOW_INCOME_OF_WARDS = _low_income(
    "low_income_of_wards", Area("ward_code", WARD), "ward", "la_name la_code ward_name ward_code"
)

_AGES = names("total_population age_0_15 age_0_17")
CHILDREN_OF_SMALL_AREAS = Publication(
    id="children_of_small_areas",
    title="Population and children by small area (LSOA 2021), mid-2020, carried over from the areas of 2011",
    publisher=f"{_ONS}; carried over",
    where=_POPULATION,
    how="Small-area population estimates by age; these were carried over from the LSOA of 2011 in equal parts",
    headings=("lsoa21_code", *_AGES, "lsoa_change_code"),
    keys=("lsoa21_code",),
    long=wide(Area("lsoa21_code", SMALL_AREA), "'2020'", _AGES),
    measures=_AGES,
)
CHILDREN_OF_WARDS = Publication(
    id="children_of_wards",
    title="Population and children by ward (2024), mid-2020, carried over from the small areas of 2011",
    publisher=f"{_ONS}; carried over",
    where=_POPULATION,
    how="Small-area population estimates by age; these were carried over from the LSOA of 2011 in equal parts",
    headings=(*names("ward24_code ward24_name ltla24_code ltla24_name utla_code"), *_AGES),
    keys=("ward24_code",),
    long=wide(Area("ward24_code", WARD), "'2020'", _AGES),
    measures=_AGES,
)
POLICE_OFFENCES = Publication(
    id="police_offences",
    title="Offences recorded by the police by ward and month, Metropolitan Police",
    publisher="Metropolitan Police Service, London Datastore",
    where="https://data.london.gov.uk/dataset/recorded_crime_summary",
    how="Ward level crime, most recent 24 months, as one row a ward, month and offence",
    headings=names("major minor ward_code borough month offences"),
    keys=names("major minor ward_code month"),
    long=unpivoted(
        f"ward_code AS area_code, '{WARD}' AS area_type, month AS period, major || '/' || minor AS measure",
        ["offences"],
    ),
)

ABOUT_PLACES = (
    AUTHORITIES,
    AUTHORITY_NAMES,
    SMALL_AREA_CHANGES,
    SMALL_AREAS,
    DISTRICTS,
    AUTHORITY_BOUNDARIES,
    DISTRICT_BOUNDARIES,
    WARD_BOUNDARIES,
    SMALL_AREA_BOUNDARIES,
    DEPRIVATION,
    DEPRIVATION_OF_DISTRICTS,
    CRIME_INDICATORS,
    LOW_INCOME,
    LOW_INCOME_OF_WARDS,
    CHILDREN_OF_SMALL_AREAS,
    CHILDREN_OF_WARDS,
    POLICE_OFFENCES,
)
