"""Claims about money that no generated text may hold, each declared with texts that fail and texts that pass.

The canonical case: the first Troubled Families Programme was said to have saved 1.2 billion pounds, gross, before its
evaluation found no discernible impact (Public Accounts Committee, session 2016-17, HC 711).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from earlyhelp.errors import GateClosed
from earlyhelp.evaluate.verdicts import MATCHED_CHANGE

_MONEY = (
    r"(?:£\s?\d|\b\d[\d,.]*\s?(?:million|billion|thousand|bn\b|m\b|k\b|pounds?\b)"
    r"|\b(?:millions?|billions?|thousands) of pounds\b"
    r"|\b(?:an?|one|two|half an?|over an?|nearly an?) (?:million|billion)\b)"
)
_BODIES = r"(?:agenc\w+|partners?|public (?:bodies|purse|sector)|tax ?payers?|society|nhs|police|whole system|bearers?)"


class Fault(NamedTuple):
    """One bad claim in a text: the rule it breaks, the sentence, and why it may not stand."""

    rule: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Rule:
    """A claim that may not be made. `says`: what gives it away in a sentence; `unless`: what makes the sentence honest.

    `below_grade`: it may stand from this design grade on (Maryland scale); 6 is never. `fails`, `passes`: examples.
    """

    code: str
    why: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    fails: tuple[str, ...]
    passes: tuple[str, ...]
    below_grade: int = 6

    def broken_by(self, sentence: str, design_grade: int) -> bool:
        """Whether the sentence makes the claim without what would make it honest."""
        if design_grade >= self.below_grade or not self.says.search(sentence):
            return False
        return self.unless is None or not self.unless.search(sentence)


def _any(*ways: str) -> re.Pattern[str]:
    """A pattern that any of these ways of saying it fits, in capitals or not."""
    return re.compile("|".join(ways), re.IGNORECASE)


_INTERVAL = r"(?:interval|range|between)\D{0,30}\d[\d.,]*\D{1,12}\d|\d[\d.,]*\s?(?:to|-|–)\s?£?\d[\d.,]*"
_CAUSED = (
    r"(?:causes?\b|caused|causing|prevent(?:ed|s|ing)\b|le(?:d|ads) to\b|result(?:ed|s) in\b|thanks to\b|because of\b"
    r"|due to\b|reduc(?:ed|es|ing)\b|brought down\b|cuts? the (?:risk|number|rate)\b|drove\b|had the effect of\b"
    r"|kept \w+ (?:children|families) (?:out of|from)\b|is (?:effective|responsible)\b|works\b)"
)
_NOT = r"\b(?:not|never|no|nor|cannot|neither|whether|without)\b"
_EACH_POUND = r"(?:per|for every|for each) (?:£1\b|£|pound\b|1 pound\b|one\b)"
RULES: tuple[Rule, ...] = (
    Rule(
        "saved-a-sum",
        "A sum saved is a forecast told as a fact: tell what is spent and what is displaced, with ranges.",
        _any(
            rf"\bsav(?:ed?|es|ings?)\b.{{0,80}}?{_MONEY}",
            rf"{_MONEY}.{{0,60}}?\b(?:sav(?:ed|es|ings?)|(?:was|has been) recouped)\b",
        ),
        _any(rf"{_NOT}.{{0,60}}\bsav(?:e|ed|es|ings?)\b", r"\b(?:claimed|was said) to have saved\b"),
        (
            "The programme saved £1.2 million.",
            "Early help saves the council 400 thousand pounds a year.",
            "That is a saving of £84,000.",
            "£1.2m was saved for the borough.",
            "It has saved over a million pounds.",
            "Sav\u00adings of £2,000 a family.",
            "The service SAVED **£1.2 million**!",
            "The service\nsaved\n£1.2 million.",
        ),
        (
            "The budget falls by £84,000 a year.",
            "It has not been shown that £84,000 was saved.",
            "The chance that the cut saves the council money is 62 per cent.",
        ),
    ),
    Rule(
        "caused-below-grade-3",
        "Below grade 3 of the Maryland scale a study shows an association and no cause.",
        _any(rf"\b{_CAUSED}"),
        _any(
            rf"\b(?:no|not|never|nor|cannot|neither|whether)\b(?! doubt).{{0,60}}\b{_CAUSED}",
            r"\bassociated with\b",
            r"\bwould have to\b",
            r"\bif what was found\b",
        ),
        (
            "Family Steps caused fewer families to step up.",
            "The service prevented 12 children from entering care.",
            "Thanks to early help, referrals fell.",
            "The scheme kept nine children out of care.",
            "The cut led to more referrals.",
            "Early help is effective.",
            "It reduced the number of plans.",
            "There is no doubt that it prevented harm.",
        ),
        (
            "Being offered it was associated with fewer families stepping up.",
            "This is no proof of cause.",
            "To pay for itself it would have to have prevented 3 entries.",
        ),
        below_grade=MATCHED_CHANGE,
    ),
    Rule(
        "gross-savings",
        "What families cost before less what they cost after is mostly what would have come anyway.",
        _any(
            r"\bgross\b.{0,30}\b(?:sav\w+|benefits?|impacts?)\b",
            r"\b(?:sav\w+|benefits?)\b.{0,20}\bgross\b",
            r"\bcost(?:s|ing)?\b.{0,40}\bbefore\b.{0,60}\bafter\b.{0,60}\b(?:sav\w+|benefit)\b",
        ),
        _any(_NOT),
        (
            "Gross savings came to 11,200 pounds a family.",
            "The benefit, gross, is large.",
            "Families cost £9,000 before and £4,000 after, a benefit for all.",
        ),
        (
            "A gross impact is not told: it holds what would have come anyway.",
            "Gross expenditure is from the ledger.",
        ),
    ),
    Rule(
        "sum-across-bearers",
        "What one body pays and another is spared is no saving of either; fiscal, economic and social never add up.",
        _any(
            r"\b(?:total|combined|overall|altogether|together|sum of|aggregate)\b.{0,60}"
            rf"\b(?:sav\w+|benefits?|value|return)\b.{{0,80}}\b{_BODIES}\b",
            rf"\b{_BODIES}\b.{{0,60}}\b(?:total|combined|altogether)\b.{{0,30}}\b(?:sav\w+|benefits?)\b",
            r"\bfiscal\b.{0,20}(?:\b(?:plus|and)\b|\+|&)\s*(?:economic|social)\b.{0,60}\d",
            r"\b(?:total|combined) (?:public|social) value\b.{0,40}\d",
        ),
        _any(rf"{_NOT}.{{0,40}}\b(?:add|merge|sum|total|one)"),
        (
            "The total saving to the council, the NHS and the police is large.",
            "Combined benefits across all agencies are 3 million.",
            "Fiscal and social benefits of £3 million are expected.",
            "Total public value: £4.1 million.",
        ),
        (
            "Fiscal, economic and social benefits are never added.",
            "What is displaced on the NHS is told apart from what is displaced on the council.",
            "The total budget of the council is 4 million pounds.",
        ),
    ),
    Rule(
        "ratio-without-interval",
        "A ratio of benefit to cost is nothing without its interval and the grade of its design.",
        _any(
            r"\b(?:bcr|s?roi|benefit[- ](?:to[- ])?cost ratio|return on investment)\b.{0,40}\d",
            rf"\d[\d.]*\s?(?:pounds )?{_EACH_POUND}",
            r"\b(?:for|per) (?:each|every) (?:£1|pound|£)\b.{0,60}\d",
            rf"\b(?:return|benefit)s?\b.{{0,30}}\d[\d.]* (?:{_EACH_POUND}|to (?:£1|one)\b)",
        ),
        _any(rf"(?=.*(?:{_INTERVAL}))(?=.*\bgrade\b)"),
        (
            "The BCR is 2.28.",
            "2.28 pounds for each pound.",
            "For every £1 spent, £2.28 comes back.",
            "ROI of 151 per cent.",
            "It returns £2.28 per £1.",
            "A benefit-cost ratio of 2.3 (95 per cent interval 1.1 to 3.9).",
        ),
        (
            "The benefit-cost ratio is 2.28 (95 per cent interval 1.10 to 3.40; design grade 2 on the Maryland scale).",
            "The ledger tells 4,200 pounds per family.",
        ),
    ),
    Rule(
        "average-as-cashable",
        "An average cost holds staff and buildings that stay: only what leaves a budget is cashable.",
        _any(
            r"\baverage\b.{0,80}\b(?:cashable|cash(?:ed)? (?:saving|release|out)|banked?|released? from|taken out of)\b",
            r"\b(?:cashable|bankable)\b.{0,60}\baverage\b",
        ),
        _any(_NOT),
        (
            "The average cost of 72,000 pounds is cashable.",
            "At the average cost, 3 places can be taken out of the budget.",
            "Cashable benefits are taken at the average cost.",
        ),
        ("The average cost is not cashable.", "On average, families wait 14 days."),
    ),
    Rule(
        "certainty",
        "No estimate here is a proof or a promise.",
        _any(
            r"\b(?:prov(?:es|en|ed)|guarantee[sd]?|will (?:definitely|certainly)|conclusive(?:ly)?|undeniabl[ey])\b",
            r"\b(?:beyond|without|no) (?:any )?doubt\b",
        ),
        _any(rf"{_NOT}(?! (?:any )?doubt)"),
        (
            "This proves that early help pays.",
            "The investment will certainly pay for itself.",
            "A guaranteed return.",
            "There is no doubt that it pays.",
        ),
        ("This is no proof.", "It has not been proven.", "The approved budget is from the ledger."),
    ),
    Rule(
        "nothing-shown-is-not-no-effect",
        "A difference that is not shown is not the same as none.",
        _any(
            r"\b(?:has|had|have|with) no (?:effect|impact|benefit)\b",
            r"\bdoes(?: not|n't) work\b",
            r"\b(?:is ineffective|makes no difference)\b",
        ),
        _any(r"\b(?:no proof|not the same as|cannot (?:say|tell)|not shown|may not be said)\b"),
        (
            "Coffee and Play has no effect.",
            "The course does not work.",
            "It makes no difference to families.",
        ),
        ("No effect is shown.", "We cannot tell whether it has no effect or a small one."),
    ),
)
"""Every claim that may not be made. A text is held against all of them, sentence by sentence."""

_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARKS = re.compile(r"[*_`~<>]|</?[a-z]+>")
_ENDS = re.compile(r"(?<=[.!?])\s+|\s*\n\s*\n\s*|\s*•\s*|\n\s*-\s+")


def faults(text: str, design_grade: int = 2, names: Sequence[str] = ()) -> list[Fault]:
    """Every bad claim in a text, in order.

    design_grade: of the study that it speaks of, on the Maryland scale, 1 to 5. names: of services and places in it, whose
    words claim nothing ("Family Works").
    """
    return list(_faults(text, design_grade, names))


def _faults(text: str, design_grade: int, names: Sequence[str]) -> Iterator[Fault]:
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", "Name", text)
    for sentence in sentences(text):
        for rule in RULES:
            if rule.broken_by(sentence, design_grade):
                yield Fault(rule.code, sentence, rule.why)


def guarded(text: str, design_grade: int = 2, names: Sequence[str] = ()) -> str:
    """The text itself, unchanged, where it makes no bad claim. Raises GateClosed that names the first rule broken.

    design_grade, names: as for `faults`.
    """
    for fault in _faults(text, design_grade, names):
        raise GateClosed(
            f'A sentence may not be told: "{fault.sentence}". {fault.why}',
            where=f"claims guard, rule {fault.rule}",
            fix="Tell what was found with its range and its design, or leave the sentence out.",
        )
    return text


def sentences(text: str) -> list[str]:
    """The sentences of a text as the rules read them: one spelling of each sign, nothing hidden, no marks, one line each."""
    plain = _MARKS.sub("", _HIDDEN.sub("", unicodedata.normalize("NFKC", text)))
    parts = [" ".join(each.split()) for each in _ENDS.split(plain)]
    return [each for each in parts if each]
