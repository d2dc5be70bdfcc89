"""The worked examples of the manual, one test each, and every measure has some."""

from __future__ import annotations

import pytest

from earlyhelp.measures import CATALOGUE
from spec.example import Example, examples

EXAMPLES = [example for each in examples().values() for example in each]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_worked_example(example: Example):
    example.check()


@pytest.mark.parametrize("measure", CATALOGUE.values(), ids=lambda measure: measure.id)
def test_every_measure_and_each_of_its_definitions_has_a_worked_example(measure):
    shown = {example.definition for example in examples()[measure.id]}
    assert shown == {"default", *measure.definitions}


def test_no_two_examples_have_one_title():
    titles = [str(example) for example in EXAMPLES]
    assert len(titles) == len(set(titles))
