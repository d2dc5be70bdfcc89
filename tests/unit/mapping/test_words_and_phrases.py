"""What the words inside a local code word say, by the rules of its list: small tables a person can check by eye."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from earlyhelp.ingest.codes import SURE, code_reader, propose, spelling
from earlyhelp.ingest.phrases import Phrases, words_of
from earlyhelp.standard import WordRules, code_lists, codelists, contact, person, social_care_event
from earlyhelp.synthetic.faults.words import own_words

RULED = [codes for codes in code_lists().values() if codes.words]


def sure(column, text):
    placing = propose(column.code_list, text)
    return placing.code if placing.sure else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Police Investigations", "6"),
        ("Starting Well School Nurse", "3C"),
        ("Health Services - A & E Dept", "3E"),
        ("Health - Substance Misuse", "3F"),
        ("Education - not school", "2B"),
        ("Hospital (apart from A&E and paediatrics)", "3F"),
        ("5B other internal (department other than social care, e.g. youth offending)", "5B"),
        ("Aquaintance", "1B"),
        ("MIDW", "3D"),
        ("Gateway Service", None),
        ("Police / School", None),
        ("Dept of Work and Pensions", "8"),
        ("Hosp Wkr", "3F"),
        ("KCC other department", "5B"),
        ("Registrar", None),
        ("HV", "3B"),
        ("Children and Families", "5A"),
        ("Other - e.g. a charity, Barnardo's", "8"),
        ("Other (including hospices, prisons)", None),
        ("Other - Probation", None),
        ("Other legal agency - e.g. voluntary organisations", "7"),
        ("OTH - Child minder", "8"),
        ("Health, non-primary", "3F"),
        ("LA services - internal (not social care, housing or police)", "5B"),
        ("Out of area social services", "5C"),
    ],
)
def test_who_asked(text, code):
    """A role decides over its group; two roles leave it open, and so does a role of one group put under another's rest.

    What stands after "not" or "other than" is left out, in brackets to their end; "non" turns the next word away.
    Examples do not decide, but they confirm.
    """
    assert sure(contact.source_code, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(A.A28)White - British", "WBRI"),
        ("Black - Eritrean", "BAFR"),
        ("Mixed - White/Black Carribean", "MWBC"),
        ("Asian / Asian British (Vietnamese)", "OOTH"),
        ("Asian / Asian British (Afghan)", None),
        ("Sudanese", "BAFR"),
        ("Requested, unable to provide", "NOBT"),
        ("White - Kurdish", "WOTH"),
        ("C.C14 : Asian or Asian British", "AOTH"),
        ("WEEU White Eastern European", "WOTH"),
        ("Not Stated - Refused", None),
        ("Zorg", None),
    ],
)
def test_ethnicity(text, code):
    """A people decides over its group, unless the group that stands first is another one."""
    assert sure(person.ethnicity, text) == code if code else sure(person.ethnicity, text) in (None, "REFU", "NOBT")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("N3SF : Children with mentally ill parents", "N3"),
        ("N1a - Domestic Violence", "N1"),
        ("Family dysfunction: young people presenting as homeless", "N5"),
        ("8e Child Privately Fostered", "N8"),
        ("LD1", None),
        ("Financial problems", None),
        ("16/17 year old homeless", None),
        ("Physical Support: personal care", "N2"),
        ("Socially unacceptable behaviour - substance abuse", "N6"),
        ("Other Vulnerable People", None),
    ],
)
def test_primary_need(text, code):
    assert sure(social_care_event.category, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Step down to Early Help", "RC9"),
        ("Closed to TAF", "RC9"),
        ("Transfer to single agency / EHA", "RC9"),
        ("Case closed after initial assessment, no further action", "RC8"),
        ("Client moved out of area", "RC5"),
        ("Young person turned 18", "RC7"),
        ("Step Down Cancelled", None),
        ("Step down to CIN", None),
        ("Step down from CP to CIN", None),
        ("Needs met, referred to family hub", None),
        ("Case closed", "RC7"),
        ("Case closed to Forward Together", None),
        ("No further action", None),
        ("NFA following C&F assessment", "RC8"),
        ("Assessment completed", None),
        ("Transferred to OLA after assessment", "RC5"),
        ("CP plan following assessment", "RC7"),
        ("Return home (not under (new) residence order)", "RC7"),
        ("Death of parent", "RC7"),
        ("Consent withdrawn by family", "RC7"),
        ("Non-engagement", "RC7"),
        ("Closed after assessment - referred to EH", "RC9"),
    ],
)
def test_why_a_case_closed(text, code):
    assert sure(social_care_event.outcome_code, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2.0", "F"),
        ("A", "M"),
        ("b)", "F"),
        ("Fem", "F"),
        ("Declined to say", "U"),
        ("Miss", None),
        ("Non-binary", None),
    ],
)
def test_sex(text, code):
    """A title says nothing of it, and neither does the gender that somebody has."""
    assert sure(person.sex, text) == code


def test_a_longer_phrase_wins_an_earlier_tier_decides_and_a_hint_only_proposes():
    rules = Phrases(WordRules(({"a": "red rose"}, {"b": "rose; tulip"}), hints={"c": "petal"}, open="thorn"))
    told = {
        text: rules.says(text) for text in ("Red roses", "rose", "tulip and red rose", "petals", "thorn rose", "weed")
    }
    assert [says.code if says else None for says in told.values()] == ["a", "b", "a", "c", None, None]
    assert told["petals"].confidence < SURE <= told["rose"].confidence < told["Red roses"].confidence


def test_words_are_compared_without_case_accents_plurals_and_little_words():
    assert words_of("The Children's Centres (A & E)") == ["children", "centre", "ae"]


def test_a_councils_own_word_wins_over_every_rule():
    read = code_reader(contact.source_code.coded, {spelling("Step Down"): "5A"})
    assert read("step  down") == ("5A", None)
    assert read("Step-down team") == ("5D", None)


@pytest.mark.parametrize("codes", RULED, ids=lambda each: each.name)
def test_every_rule_is_about_a_code_of_its_list_and_says_something(codes):
    rules = codes.words
    for phrases in (*rules.tiers, rules.alone, rules.hints):
        assert set(phrases) <= set(codes.codes)
        for phrase in (each for text in phrases.values() for each in text.split(";")):
            assert words_of(phrase), f"{codes.name}: {phrase!r} holds no word"
            alone = len(words_of(phrase)) == 1 < len(phrase.split())
            assert not alone, f"{codes.name}: of {phrase!r} only {words_of(phrase)} is left, and it would say too much"


@pytest.mark.parametrize("codes", RULED, ids=lambda each: each.name)
def test_no_phrase_stands_for_two_codes_of_one_tier(codes):
    for phrases in codes.words.tiers:
        owners = {}
        for code, text in phrases.items():
            for phrase in text.split(";"):
                owners.setdefault(tuple(words_of(phrase)), set()).add(code)
        assert {phrase: codes for phrase, codes in owners.items() if len(codes) > 1} == {}


PIECES = [
    "police",
    "school",
    "other",
    "not",
    "white",
    "asian",
    "(and)",
    "-",
    "/",
    "e.g.",
    "step",
    "down",
    "TAF",
    "N1a",
    "A&E",
    "3",
]
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join))


@given(TEXTS, st.sampled_from([*RULED, codelists.lsoa, codelists.end_reasons, codelists.organisation_types]))
def test_every_text_has_a_placing_on_a_code_of_the_list_or_none(text, codes):
    placing = propose(codes, text)
    assert 0.0 <= placing.confidence <= 1.0
    assert placing.why
    assert placing.code is None or placing.code in codes or placing.code in ("unmapped", "not_recorded")


@given(TEXTS, st.sampled_from(RULED))
@example("AA=OTHER 0:1", codelists.end_reasons)
@example("AA - OTHER", codelists.end_reasons)
def test_case_and_spacing_change_nothing(text, codes):
    text = text.encode("ascii", "ignore").decode()
    assert propose(codes, f"  {text.upper()} ").code == propose(codes, text.lower().replace(" ", "  ")).code


@given(TEXTS, st.sampled_from(RULED))
def test_a_code_that_was_found_is_found_again_in_itself(text, codes):
    placing = propose(codes, text)
    if placing.code:
        assert propose(codes, placing.code).code == placing.code


def test_what_invented_councils_write_is_never_surely_another_code():
    """The words by which the truth report plants mistakes; of harm to a child the need is abuse or neglect, whatever kind."""
    lists = code_lists()
    placed = [
        (name, code, propose(lists[name], word)) for (name, code), words in own_words().known.items() for word in words
    ]
    wrong = {(name, code, each.code) for name, code, each in placed if each.sure and each.code != code}
    assert wrong == {("needs_statutory", "EMO", "N1"), ("needs_statutory", "PHY", "N1")}
