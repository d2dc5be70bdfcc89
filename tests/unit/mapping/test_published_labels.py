"""The words of published lists: each label, alone or behind its letter or code, is its own code, or is asked; never another."""

from __future__ import annotations

import json
import re

import pytest

from earlyhelp.ingest.codes import propose
from earlyhelp.standard import contact, person, social_care_event

LISTS = {
    "Ethnicity": person.ethnicity,
    "Contact / Referral Source": contact.source_code,
    "Primary Need Code": social_care_event.category,
    "Child's Category of Need": social_care_event.category,
    "Reason for Closure": social_care_event.outcome_code,
    "Reason Ceased to be Looked After": social_care_event.outcome_code,
}
"""Code lists of Ofsted's Annex A (August 2019), and the columns of the standard that hold them."""
CODE = re.compile(r"(?:[a-z]\) )?(?P<code>[A-Z0-9]+)\b[\s:–-]*(?P<words>.*)")


def labels(shared, name):
    """Code, how Ofsted prints it, and its words alone where Ofsted's list has any beyond the group's."""
    file = shared / "samples" / "annex_a" / "ofsted_annex_a_2019-08_guidance_and_codes.json"
    for entry in json.loads(file.read_text(encoding="utf-8"))["codes"][name]:
        code = CODE.match(entry["code"])
        detail = CODE.match(entry.get("detail", ""))
        alone = detail["words"] if detail and detail["code"] == code["code"] else entry.get("detail", code["words"])
        yield code["code"], (entry["code"], entry.get("detail", entry["code"])), alone


@pytest.mark.parametrize("name", LISTS)
def test_every_label_as_it_is_printed_is_its_own_code(shared, name):
    codes = LISTS[name].code_list
    told = {(code, text): propose(codes, text) for code, printed, _ in labels(shared, name) for text in printed}
    assert told
    assert {about: each for about, each in told.items() if not each.sure or each.code != about[0]} == {}


@pytest.mark.parametrize("name", [name for name in LISTS if not name.startswith("Reason Ceased")])
def test_the_words_of_a_label_without_its_code_are_that_code_too(shared, name):
    codes = LISTS[name].code_list
    told = {(code, words): propose(codes, words) for code, _, words in labels(shared, name)}
    assert {about: each for about, each in told.items() if not each.sure or each.code != about[0]} == {}


def test_words_of_the_end_of_care_are_never_applied_as_the_end_of_another_kind(shared):
    """Without its code "Died" may be RC2 or E2: either way somebody died."""
    same = {"RC1": "E11 E12", "RC2": "E2", "RC3": "E41", "RC4": "E45 E46 E47 E48", "RC6": "E7", "RC7": "E"}
    codes = social_care_event.outcome_code.code_list
    told = [
        (code, words, propose(codes, words)) for code, _, words in labels(shared, "Reason Ceased to be Looked After")
    ]
    wrong = [
        (code, words, each.code)
        for code, words, each in told
        if each.sure and code != each.code and not any(code.startswith(may) for may in same.get(each.code, "-").split())
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("N1", "Children in need as a result of, or at risk of, abuse or neglect"),
        ("N2", "Children whose main need arises out of the child's disability, illness or intrinsic condition"),
        ("N3", "The capacity of their parents or carers to care for them is impaired by disability or illness"),
        ("N4", "The family is going through a temporary crisis that diminishes parenting capacity"),
        ("N5", "Parenting capacity is chronically inadequate"),
        ("N6", "Their behaviour impacts detrimentally on the community"),
        ("N7", "Dependent on an income below the standard state entitlements"),
        ("N8", "No parents available to provide for them"),
    ],
)
def test_what_the_census_says_a_need_means_is_that_need(code, text):
    """Department for Education, children in need census guide, primary need code: the meaning of each, in brief."""
    placing = propose(social_care_event.category.code_list, text)
    assert (placing.code, placing.sure) == (code, True)
