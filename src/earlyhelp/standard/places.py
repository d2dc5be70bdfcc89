"""Places and the people in them: the denominators."""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import Column, Row, table
from earlyhelp.standard.constraints import Between
from earlyhelp.standard.shapes import lsoa_shape
from earlyhelp.standard.types import Code, Integer, Number, Text


@table(grain="people in one area by group", key="area_code year age_band sex ethnicity source")
class population(Row):
    """How many people live in an area, by age, sex and ethnic group."""

    area_code = Column(Text, "Code of the area: small area, ward, council or England.", required=True)
    year = Column(Integer, "Year of the estimate.", required=True, rules=[Between(1981, 2100)])
    age_band = Column(Text, "Ages counted, as 0-4 or 0-17.", required=True)
    sex = Column(Code(codelists.population_sex), "Sex counted.")
    ethnicity = Column(Code(codelists.ethnicity), "Ethnic group counted.", quasi_identifier=True)
    count = Column(Number, "People; estimates need not be whole.", required=True, rules=[Between(0)])
    source = Column(Text, "Publication the figure comes from.", required=True)


@table(grain="one small area")
class place(Row):
    """A small area, and the larger areas it lies in."""

    lsoa = Column(Text, "Code of the small area.", required=True, rules=[lsoa_shape])
    ward_code = Column(Text, "Code of the ward.", required=True)
    ward_name = Column(Text, "Name of the ward.")
    la_code = Column(Text, "Code of the council.", required=True)
    locality = Column(Text, "The council's own locality or hub area.")
    children_0_17 = Column(Number, "Children aged 0 to 17.", rules=[Between(0)])
    imd_decile = Column(
        Integer, "Decile of the index of multiple deprivation; 1 is the most deprived.", rules=[Between(1, 10)]
    )
    idaci_decile = Column(
        Integer,
        "Decile of the index of income deprivation affecting children; 1 is the most deprived.",
        rules=[Between(1, 10)],
    )
