"""What councils call what they know of people and families."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import Column, family_member, person, person_address, person_identifier

PEOPLE: Mapping[Column, str] = {
    person.person_key: """
        person id; mosaic id; lcs id; ehm id; pid; liquidlogic id; eclipse id; system id; casefile person id;
        identifier; person; record number; ics number
    """,
    person.forename: "forename; person forename; known first name",
    person.surname: "surname; person surname",
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
    person.dob: "date of birth; birthday; born; person birth date; born on",
    person.dob_accuracy: """
        date of birth accuracy; birth date estimated; dob status; dob precision; dob qualifier; dob quality; how
        accurate is dob; dob verified
    """,
    person.expected_dob: """
        expected date of birth; due date of baby; estimated delivery date; edd; expected delivery date; unborn due
        date; anticipated birth date; expected birth; edob
    """,
    person.death_date: "date of death; deceased date; died; dod; date person died",
    person.sex: "sex; sex at birth; m f; person sex; male female",
    person.gender: """
        gender identity; gender identified as; preferred gender; self described gender; best describes gender; person
        identifies as; identifies as; self identified gender
    """,
    person.ethnicity: "ethnicity; heritage; race; sde; self defined ethnicity; how would you describe ethnicity",
    person.disability: """
        disability; disability type; does child have disability; long term condition; disability or long term
        condition
    """,
    person.first_language: """
        first language; home language; language; mother tongue; language spoken; preferred language; pref language
    """,
    person.sen_status: """
        sen status; sen; send; special educational needs; sen provision; send status; ehcp; sen stage; sen support;
        send support
    """,
    person.address_line: """
        address; address line 1; home address; street; house and street; where does child live; live at; contact address
    """,
    person.postcode: "postcode; home postcode; address postcode",
    person.uprn: "uprn; property reference; uprn home address; property uprn",
    person.lsoa: """
        lsoa; lower super output area; small area; output area; lsoa postcode; lsoa home postcode; lsoa home address
    """,
    person.is_child: "is child; child or adult; under 18; u18; child under 18; minor; aged 0 17",
    person.is_duplicate_of: """
        merged into; merged with id; superseded by person id; duplicate id; merge target id; retained id after merge;
        duplicate of; correct record id; master record id; master id; duplicate of mosaic id; surviving record id;
        live record id; replaced by person id; recorded under id
    """,
    person_address.address_line: "address; address line 1; home address; street; full postal address",
    person_address.postcode: "postcode; home postcode",
    person_address.valid_from: """
        start date; from date; moved in; living there since; lived there from; effective from; valid from
    """,
    person_address.valid_to: "end date; to date; moved out; lived there to; effective to; valid to",
    person_address.lsoa: "lsoa; lower super output area",
    person_identifier.value: "upn; nhs number; pupil number; national insurance",
    family_member.family_key: "family id; group id; family group id; case family id",
    family_member.role: """
        role in family; relationship to child; relationship; relation to index child; relationship type; member type;
        relationship role; family member type; position in household; parent child sibling other; who are they in
        family; relation; rel
    """,
    family_member.from_date: """
        joined household; in household since; moved in; member from; group member start date; membership start date;
        added to family on; date added to family group; member start date; date linked to family; relationship start
        date
    """,
    family_member.to_date: """
        left household; moved out of household; member until; group member end date; membership end date; relationship
        end date; rel end date; no longer in household from; membership valid to; member end date; removed from
        family; date removed from family
    """,
}
