"""What councils call what they know of people and families."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, family_member, person, person_identifier

PEOPLE: Mapping[Column, str] = {
    person.person_key: """
        person id; child reference; person number; child unique id; mosaic id; lcs id; ehm id; client id; pupil id;
        pid; liquidlogic id; eclipse id; system id; casefile person id; young person number; identifier; person;
        record number; unique id; index child id; ics number; id
    """,
    person.forename: """
        forename; first name; given name; christian name; forenames; person forename; known first name; name first
    """,
    person.surname: "surname; last name; family name; second name; person surname; name last",
    person.preferred_name: """
        preferred name; pref; pref name; chosen name; chosen forename; known as; likes to be called; alias; nickname;
        goes by; preferred first name; known by; known by any other name; usual first name; familiar name; name child
        prefers; name used day to day
    """,
    person.former_surname: """
        former surname; previous surname; maiden name; birth name; also known as surname; surname at birth; surname
        before change; another surname; old surname; former name; nee; other surnames used; other surnames; alias
        surname; other surname known by
    """,
    person.dob: "date of birth; birth date; birthday; born; person birth date; born on",
    person.dob_accuracy: """
        date of birth accuracy; birth date estimated; dob status; dob precision; dob qualifier; dob quality; how
        accurate is dob; dob verified
    """,
    person.expected_dob: """
        expected date of birth; due date of baby; estimated delivery date; edd; expected delivery date; unborn due
        date; anticipated birth date; expected birth; edob
    """,
    person.death_date: "date of death; death date; deceased date; died; dod; date person died",
    person.sex: "sex; sex at birth; gender; m f; person sex; person gender; gender at birth; male female",
    person.gender: """
        gender identity; gender identified as; preferred gender; self described gender; best describes gender; person
        identifies as; identifies as; self identified gender
    """,
    person.ethnicity: """
        ethnicity; ethnic origin; ethnic group; ethnic background; ethnic category; ethnicity code; heritage; race;
        ethnic; sde; self defined ethnicity; how would you describe ethnicity
    """,
    person.disability: """
        disability; disabilities; disabled; has a disability; disability type; disability flag; impairment; does child
        have disability; long term condition; disability or long term condition
    """,
    person.first_language: """
        first language; home language; language; main language; mother tongue; language spoken; spoken language;
        preferred language; pref language
    """,
    person.sen_status: """
        sen status; sen; send; special educational needs; sen provision; send status; ehcp; sen stage; sen support;
        send support
    """,
    person.address_line: """
        address; address line 1; home address; street; full address; current address; house and street; address 1;
        where does child live; live at
    """,
    person.postcode: "postcode; post code; home postcode; address postcode; pcode; zip; current postcode",
    person.uprn: "uprn; unique property reference number; property reference; uprn home address; property uprn",
    person.lsoa: """
        lsoa; lower super output area; small area; lsoa code; output area; lsoa 2021; lsoa11; lsoa21; lsoa postcode;
        lsoa home postcode; lsoa home address
    """,
    person.is_child: "is child; child or adult; adult or child; under 18; u18; child under 18; minor; aged 0 17",
    person.is_duplicate_of: """
        merged into; merged with id; superseded by person id; duplicate id; merge target id; retained id after merge;
        duplicate of; correct record id; master record id; master id; duplicate of mosaic id; surviving record id;
        live record id; replaced by person id; recorded under id
    """,
    person_identifier.value: "upn; unique pupil number; nhs number; nhs; pupil number; national insurance",
    family_member.family_key: """
        family id; family reference; family number; household id; household number; group id; family group id; case
        family id; household reference
    """,
    family_member.role: """
        role in family; relationship to child; relationship; family role; relation to index child; relationship
        type; role in household; member type; relationship role; family member type; position in household; parent
        child sibling other; who are they in family; relation; rel
    """,
    family_member.from_date: """
        joined household; joined family; in household since; moved in; member from; group member start date;
        membership start date; added to family on; date added to family group; member start date; date linked to
        family; relationship start date
    """,
    family_member.to_date: """
        left household; left family; moved out of household; member until; group member end date; membership end date;
        relationship end date; rel end date; no longer in household from; membership valid to; member end date;
        removed from family; date removed from family
    """,
}
