"""People: one load of one file, the people in it, what identifies them, where they live and who belongs together."""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import Column, Row, table
from earlyhelp.standard.constraints import Between, OnOrAfter
from earlyhelp.standard.shapes import postcode_shape, sha256_shape, uprn_shape
from earlyhelp.standard.types import Boolean, Code, Codes, Date, DateTime, Integer, Key, Number, Postcode, Text


def _lists(heading: str, first: int = 1, last: int = 8) -> str:
    """A heading that several lists of Annex A share."""
    return "; ".join(f"{number}: {heading}" for number in range(first, last + 1))


@table(grain="one load of one file")
class feed(Row):
    """What was received, when it was drawn, and what it covers: so that "no record" can be told from "not covered"."""

    feed_id = Column(Text, "Name of this load; every row it brought carries it.", required=True)
    source_system = Column(
        Code(codelists.source_systems), "Case system, return or partner list the file came from.", required=True
    )
    extract_date = Column(
        Date, "Day the source drew the extract; nothing in it can be later.", required=True, quasi_identifier=True
    )
    coverage_start = Column(Date, "First day the extract covers; when not stated, its first event.")
    coverage_end = Column(
        Date,
        "Last day the extract covers; when not stated, its last event.",
        rules=[OnOrAfter("coverage_start")],
        planned=True,
    )
    coverage_area = Column(Text, "Area the extract covers, where it is less than the whole council.")
    definition_note = Column(
        Text, "How the source builds its rows: which cohort it chose, which date it calls the end."
    )
    rows = Column(Integer, "Rows in the file, as read.", rules=[Between(0)])
    control_total = Column(Integer, "Number of rows the sender says the file holds.", rules=[Between(0)])
    sha256 = Column(Text, "Fingerprint of the file's bytes.", rules=[sha256_shape])


@table(grain="one person as one system knows them")
class person(Row):
    """A child or adult, once for each system that knows them, until linkage joins the rows."""

    person_key = Column(Key, "Key of this person in this system.", required=True)
    source_person_id = Column(
        Text,
        "The system's own number for the person.",
        required=True,
        direct_identifier=True,
        annex_a=_lists("Child Unique ID"),
        cin="LAchildID",
        ssda903="header: CHILD",
        ssd="PERS001A",
    )
    forename = Column(Text, "First name.", direct_identifier=True, ssd="PERS015A")
    surname = Column(Text, "Family name.", direct_identifier=True, ssd="PERS016A")
    preferred_name = Column(Text, "Name the person goes by.", direct_identifier=True)
    former_surname = Column(Text, "An earlier family name.", direct_identifier=True)
    dob = Column(
        Date,
        "Date of birth; empty for the unborn.",
        direct_identifier=True,
        annex_a=_lists("Date of Birth"),
        cin="PersonBirthDate",
        ssda903="header: DOB",
        ssd="PERS005A",
    )
    dob_accuracy = Column(Code(codelists.dob_accuracy), "How exact the date of birth is.")
    expected_dob = Column(
        Date,
        "Expected date of birth of an unborn child.",
        direct_identifier=True,
        cin="ExpectedPersonBirthDate",
        ssd="PERS009A",
        planned=True,
    )
    death_date = Column(
        Date,
        "Date of death.",
        rules=[OnOrAfter("dob")],
        direct_identifier=True,
        cin="PersonDeathDate",
        ssd="PERS010A",
    )
    sex = Column(
        Code(codelists.sex),
        "Sex as the source records it.",
        quasi_identifier=True,
        annex_a=_lists("Gender"),
        cin="Sex; GenderCurrent",
        ssda903="header: SEX",
        ssd="PERS002A",
    )
    gender = Column(
        Text, "Gender in the person's own words, where the source asks.", special_category=True, ssd="PERS003A"
    )
    ethnicity = Column(
        Code(codelists.ethnicity),
        "Ethnic group.",
        special_category=True,
        annex_a=_lists("Ethnicity"),
        cin="Ethnicity",
        ssda903="header: ETHNIC",
        ssd="PERS004A",
    )
    disability = Column(
        Codes(codelists.disability),
        "Disabilities, one or several.",
        special_category=True,
        annex_a=_lists("Does the Child have a Disability", first=4),
        cin="Disability",
    )
    first_language = Column(Text, "First language.", quasi_identifier=True)
    sen_status = Column(
        Code(codelists.sen_status), "Special educational needs status.", special_category=True, ssd="PERS008A"
    )
    address_line = Column(Text, "Current address.", direct_identifier=True)
    postcode = Column(Postcode, "Current postcode.", rules=[postcode_shape], direct_identifier=True)
    uprn = Column(Text, "Unique property reference number of the address.", rules=[uprn_shape], direct_identifier=True)
    lsoa = Column(Code(codelists.lsoa), "Small area of the current address.", quasi_identifier=True)
    is_child = Column(Boolean, "True for a child or young person; an adult in the family otherwise.")
    is_duplicate_of = Column(Key, "Key of the record that replaced this one when the source merged two.")


@table(grain="one identifier of one person", key="person_key type value")
class person_identifier(Row):
    """A number by which some system knows a person, and for how long it held."""

    person_key = Column(Key, "Person the number belongs to.", required=True, ssd="LINK002A")
    type = Column(Code(codelists.identifier_types), "Kind of number.", required=True, ssd="LINK003A")
    value = Column(
        Text, "The number itself.", required=True, direct_identifier=True, cin="UPN; FormerUPN", ssd="LINK004A"
    )
    valid_from = Column(Date, "First day it held.", ssd="LINK005A")
    valid_to = Column(Date, "Last day it held.", rules=[OnOrAfter("valid_from")], ssd="LINK006A", planned=True)


@table(grain="one address of one person for a period", key="person_key valid_from postcode address_line")
class person_address(Row):
    """Where a person lived, and when."""

    person_key = Column(Key, "Person who lived there.", required=True)
    address_line = Column(Text, "The address, without its postcode.", direct_identifier=True)
    postcode = Column(Postcode, "Postcode of the address.", rules=[postcode_shape], direct_identifier=True)
    uprn = Column(Text, "Unique property reference number.", rules=[uprn_shape], direct_identifier=True)
    lsoa = Column(Code(codelists.lsoa), "Small area of the address.", quasi_identifier=True)
    valid_from = Column(Date, "First day at the address.")
    valid_to = Column(
        Date, "Last day at the address; empty while current.", rules=[OnOrAfter("valid_from")], planned=True
    )


@table(grain="one source person in one linked person", key="person_id person_key")
class person_link(Row):
    """Which records are the same human being, how surely, and who decided."""

    person_id = Column(Key, "The linked person.", required=True)
    person_key = Column(Key, "The record in one system.", required=True)
    score = Column(
        Number, "Probability that the record belongs to the linked person, from 0 to 1.", rules=[Between(0, 1)]
    )
    grade = Column(Code(codelists.link_grades), "How sure the link is.")
    method = Column(Code(codelists.link_methods), "What decided the link.")
    reviewed_by = Column(Text, "Account of the reviewer, where a person decided.")
    reviewed_at = Column(DateTime, "When the reviewer decided.")


@table(grain="one person in one family for a period", key="family_key person_key from_date")
class family_member(Row):
    """Who belongs to a family, in what role, from when to when."""

    family_key = Column(Key, "Key of the family in this system.", required=True, ssd="FAMI001A")
    person_key = Column(Key, "The member.", required=True, ssd="FAMI002A")
    role = Column(Code(codelists.family_roles), "Role in the family.")
    from_date = Column(Date, "First day in the family, where known.", quasi_identifier=True)
    to_date = Column(
        Date, "Last day in the family; empty while current.", rules=[OnOrAfter("from_date")], quasi_identifier=True
    )
