"""Funnel limits against published ones and by hand. Each test names where the figures are from.

The published ones are reference values of the tests of the R package PHEindicatormethods (Office for Health Improvement
and Disparities). Limits of Spiegelhalter's own examples could not be found in figures: for them, the slow second
implementation in tests/unit/statistics/test_funnel.py stands in.
"""

from __future__ import annotations

import pytest

from earlyhelp.statistics.funnel import overdispersion, rate_limits, share_limits

# testdata_funnel_rate_outputs.csv: events, and the population (of one of three years) in which so many lie on the
# lower limit and on the upper limit at 95 %, then at 99.8 %, at a target of 116.1720835 per 100,000. They were searched
# for: of 1 event at 99.8 % the file expects 0.00100056 by chance, where -ln 0.999 = 0.00100050. Hence 1 in 10,000 below.
RATES = [
    (1, 1598.675694, 7.264481402, 2649.348525, 0.287087625),
    (2, 2072.984403, 69.49732367, 3221.906682, 13.02722321),
    (5, 3348.002593, 465.8280129, 4721.370883, 212.14848),
    (9, 4902.152951, 1180.827018, 6501.096999, 703.6760012),
    (10, 5276.757672, 1375.943768, 6924.776769, 849.4639547),
]


@pytest.mark.parametrize(("events", "lower_95", "upper_95", "lower_998", "upper_998"), RATES)
def test_rate_limits_are_those_of_the_funnels_of_pheindicatormethods(events, lower_95, upper_95, lower_998, upper_998):
    for confidence, low, high in [(0.95, lower_95, upper_95), (0.998, lower_998, upper_998)]:
        lower = rate_limits(3 * low, 116.1720835, 100000, confidence).lower
        upper = rate_limits(3 * high, 116.1720835, 100000, confidence).upper
        assert lower * 3 * low / 100000 == pytest.approx(events, rel=1e-4)
        assert upper * 3 * high / 100000 == pytest.approx(events, rel=1e-4)


@pytest.mark.parametrize(
    ("denominator", "lower_95", "upper_95", "lower_998", "upper_998"),
    [
        (50, 69.691035, 91.593861, 63.375595, 97.909301),
        (102, 72.974925, 88.309971, 68.553233, 92.731663),
        (1008, 78.203374, 83.081521, 76.796814, 84.488082),
        (9998, 79.867989, 81.416907, 79.421375, 81.863521),
    ],
)
def test_share_limits_lie_within_one_and_a_half_persons_of_those_of_pheindicatormethods(
    denominator, lower_95, upper_95, lower_998, upper_998
):
    """testdata_funnel_prop_outputs.csv, in per cent at a target of 80.642448, drawn from Wilson's interval; ours are exact."""
    found = [*share_limits(denominator, 0.80642448), *share_limits(denominator, 0.80642448, 0.998)]
    published = [lower_95, upper_95, lower_998, upper_998]
    assert [100 * limit for limit in found] == pytest.approx(published, abs=100 * 1.5 / denominator)


def test_share_limits_of_ten_at_one_half_worked_by_hand():
    # At most 1: 11/1024 = 0.010742; at most 2: 56/1024 = 0.054688. So r is 2, a = (0.054688 - 0.025) / 0.043945 = 0.675556
    # and the lower limit is (2 - 0.675556) / 10; the upper is its mirror. At 99.8 %: at most 0: 1/1024 = 0.000977, so r
    # is 1, a = (0.010742 - 0.001) / 0.009766 = 0.9976 and the lower limit is 0.00024.
    assert share_limits(10, 0.5) == pytest.approx((0.1324444, 1 - 0.1324444), abs=1e-7)
    assert share_limits(10, 0.5, 0.998) == pytest.approx((0.00024, 1 - 0.00024), abs=1e-7)


def test_overdispersion_worked_by_hand():
    # The scores 1 to 9 about 0: -4 to 4 has a mean square of 60/9. Pulled in by a tenth at each end (quantiles 0.8 places
    # in, so -3.2 and 3.2): (2 x 10.24 + 2 x (9 + 4 + 1)) / 9 = 48.48 / 9.
    scores = range(-4, 5)
    assert overdispersion(scores, winsorised=0) == pytest.approx(60 / 9)
    assert overdispersion(scores) == pytest.approx(48.48 / 9)
