"""Packs made to do harm: changed, replayed, weakened, malformed, too large, or of nobody known. Each refusal says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.compare import PublicKey, finished, held_from_json, held_with, read_pack, signed, verified
from earlyhelp.compare.pack import LARGEST, canonical
from earlyhelp.compare.tables import tables_of_pack
from earlyhelp.compare.verify import held_as_json
from earlyhelp.errors import InputRefused
from earlyhelp.measures import Estimate
from unit.compare.swapped_packs import asked, drafted, figure, key_of, named, private_key, sent

COUNCIL = "E09000001"
MEASURES = (asked("A2", figure(33, 98)), asked("B1", figure(40)), asked("A4", figure(3, 98)))
GROUPS = (named("A1", "source_system", mosaic=60, ecaf=13), named("F1", "org_type", school=40, police=5))
GOOD = sent(*MEASURES, groups=GROUPS)
TRUSTED = {COUNCIL: key_of(COUNCIL)}


def refusal(content: bytes, trusted: dict[str, PublicKey] | None = None, held: Any = None) -> str:
    with pytest.raises(InputRefused) as caught:
        verified(content, "theirs.json", TRUSTED if trusted is None else trusted, held or {})
    assert caught.value.where == "theirs.json"
    assert caught.value.fix
    return caught.value.error


def resigned(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The good pack, changed and signed again with the council's own key: what a bad member can do."""
    body = finished(drafted(*MEASURES, groups=GROUPS).body, 1, "2026-07-01T09:00:00+00:00")
    change(body)
    return signed(body, private_key(COUNCIL))


def first_row(body: dict[str, Any]) -> dict[str, Any]:
    return body["measures"][0]["rows"][0]


def test_a_good_pack_is_read():
    assert verified(GOOD, "theirs.json", TRUSTED, {}).council == COUNCIL


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_pack_in_which_any_byte_was_changed_is_refused(place: int, by: int):
    changed = bytearray(GOOD)
    changed[place] ^= by
    refusal(bytes(changed))


@given(st.integers(0, len(GOOD) - 1))
def test_a_pack_that_was_cut_short_is_refused(length: int):
    refusal(GOOD[:length])


@given(st.binary(max_size=200))
def test_what_is_no_pack_is_refused(content: bytes):
    refusal(content)


def test_groups_changed_without_the_key_are_refused():
    assert "changed after it was signed" in refusal(GOOD.replace(b'"codes":["ecaf","mosaic"]', b'"codes":["mosaic"]'))


def older(serial: int = 1) -> bytes:
    """A pack of the first format, which names no groups, as an older version of the software writes it."""
    body = finished(drafted(*MEASURES).body, serial, "2026-07-01T09:00:00+00:00")
    told = {name: each for name, each in body.items() if name != "groups"}
    return signed({**told, "format": 1}, private_key(COUNCIL))


def test_a_pack_of_the_first_format_is_read_and_says_nothing_of_groups():
    pack = verified(older(), "theirs.json", TRUSTED, {})
    assert (pack.format, pack.groups, pack.rows) == (1, None, 3)
    assert tables_of_pack(pack)


def test_an_older_format_after_a_newer_one_is_a_downgrade_and_the_other_way_round_is_none():
    held = held_with({}, verified(GOOD, "theirs.json", TRUSTED, {}))
    assert "weaker rules" in refusal(older(serial=2), held=held)
    before = held_with({}, verified(older(), "theirs.json", TRUSTED, {}))
    newer = sent(*MEASURES, groups=GROUPS, serial=2)
    assert verified(newer, "theirs.json", TRUSTED, before).format == 2


def test_the_same_content_written_otherwise_is_refused():
    told = json.loads(GOOD)
    assert "no pack" in refusal(json.dumps(told).encode())
    assert "no pack" in refusal(GOOD + b"\n")
    assert "no pack" in refusal(GOOD.replace(b'"serial":1', b'"serial":1,"serial":1'))


def test_figures_changed_without_the_key_are_refused():
    assert "changed after it was signed" in refusal(GOOD.replace(b'"numerator":35', b'"numerator":45'))


def test_a_pack_of_a_council_whose_key_was_not_trusted_first_is_refused():
    assert "is not known here" in refusal(GOOD, trusted={})


def test_a_pack_in_anothers_name_is_refused():
    body = finished(drafted(*MEASURES).body, 1, "2026-07-01T09:00:00+00:00")
    forged = signed(body, private_key("E09000666"))
    assert "another key" in refusal(forged)
    both = {**TRUSTED, "E09000666": key_of("E09000666")}
    assert "another key" in refusal(forged, trusted=both)


def test_a_pack_older_than_the_one_held_is_refused_and_the_same_one_is_not():
    second = sent(asked("A2", figure(43, 98)), serial=2)
    held = held_with({}, verified(second, "theirs.json", TRUSTED, {}))
    assert "number 2 is held already" in refusal(GOOD, held=held)
    assert verified(second, "theirs.json", TRUSTED, held).serial == 2
    assert held_from_json(json.loads(json.dumps(held_as_json(held)))) == held


def test_two_different_packs_under_one_number_are_refused():
    held = held_with({}, verified(GOOD, "theirs.json", TRUSTED, {}))
    assert "differ" in refusal(sent(asked("A2", figure(43, 98))), held=held)


def test_a_pack_made_by_weaker_rules_than_the_last_is_refused():
    pack = verified(GOOD, "theirs.json", TRUSTED, {})
    stricter = replace(pack, policy=replace(pack.policy, highest=10, round_to=10))
    assert "weaker rules" in refusal(sent(*MEASURES, serial=2), held=held_with({}, stricter))


def test_a_pack_that_was_never_released_is_refused():
    assert "never released" in refusal(sent(*MEASURES, serial=0))


@pytest.mark.parametrize(
    ("told", "why"), [(0, "promised less"), (3, "reads up to"), ("1", "which format"), (None, "which")]
)
def test_a_pack_of_an_older_or_unknown_format_is_refused(told: object, why: str):
    assert why in refusal(resigned(lambda body: body.update(format=told)))


@pytest.mark.parametrize(
    "policy",
    [
        {"highest": 5},
        {"round_to": 0},
        {"round_to": 3},
        {"lowest": 2},
        {"highest": 5000},
        {"round_to": True},
    ],
)
def test_a_pack_under_a_weaker_policy_is_refused(policy: dict[str, Any]):
    assert "polic" in refusal(resigned(lambda body: body["policy"].update(policy)))


def test_a_larger_file_than_any_pack_is_refused_before_it_is_looked_at():
    assert "larger than a pack may be" in refusal(b"[" * (LARGEST + 1))


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"pack":' * 50_000, b"1" * 10_000, b'{"a":1e400}\n', b'{"a":"\\ud800"}\n']
)
def test_a_file_made_to_exhaust_the_reader_is_refused(content: bytes):
    assert "no pack" in refusal(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(children=[{"name": "somebody"}]),
        lambda body: body.pop("links"),
        lambda body: body.update(serial=-1),
        lambda body: body.update(serial=True),
        lambda body: body.update(made="yesterday"),
        lambda body: body["council"].update(name="\x1b[2J"),
        lambda body: body["council"].update(name="[bold]Barnet"),
        lambda body: body["council"].update(name="x" * 81),
        lambda body: body["council"].update(code="E0900000\u0661"),
        lambda body: body["reference_year"].update(end="2026-02-30"),
        lambda body: body["context"].update(snapshot=None),
        lambda body: body["links"].update(sure=3),
        lambda body: body["measures"].append(body["measures"][0]),
        lambda body: body["measures"][0].update(rows="none"),
        lambda body: body["measures"][0].update(statistic="mean"),
        lambda body: body["measures"][0].update(measure="Z1"),
        lambda body: body["measures"][0].update(settings={"pay_rise": 3}),
        lambda body: body["measures"][0].update(meaning="0"),
        lambda body: body["measures"][0].update(completeness={"contact.contact_date": 1.2}),
        lambda body: body["measures"][0]["rows"].append(first_row(body)),
        lambda body: body["measures"][0]["rows"].extend([first_row(body)] * 5_001),
        lambda body: first_row(body).update(name="somebody"),
        lambda body: first_row(body).update(dims={"person_id": "a" * 90}),
        lambda body: first_row(body).update(dims={"a": "1", "b": "1", "c": "1", "d": "1"}),
        lambda body: first_row(body).update(numerator=5),
        lambda body: first_row(body).update(numerator=33),
        lambda body: first_row(body).update(denominator=98),
        lambda body: first_row(body).update(numerator=105),
        lambda body: first_row(body).update(numerator=35.0),
        lambda body: first_row(body).update(value=0.3367),
        lambda body: first_row(body).update(value=0.350001),
        lambda body: first_row(body).update(value=None),
        lambda body: first_row(body).update(denominator=None),
        lambda body: first_row(body).update(lower=0.4),
        lambda body: first_row(body).update(upper=0.3),
        lambda body: first_row(body).update(status="suppressed"),
        lambda body: first_row(body).update(status="fine"),
        lambda body: first_row(body).update(end="2026-3-31"),
        lambda body: body["measures"][1]["rows"][0].update(value=41.0),
        lambda body: body.pop("groups"),
        lambda body: body.update(format=1),
        lambda body: body.update(groups={"A1": ["mosaic"]}),
        lambda body: body.update(groups=["A1"]),
        lambda body: body["groups"].extend([body["groups"][0]] * 20),
        lambda body: body["groups"].append(body["groups"][0]),
        lambda body: body["groups"][0].pop("end"),
        lambda body: body["groups"][0].update(count=60),
        lambda body: body["groups"][0].update(codes={"ecaf": 10, "mosaic": 60}),
        lambda body: body["groups"][0].update(codes=["ecaf", 60]),
        lambda body: body["groups"][0].update(codes=["ecaf", "ecaf"]),
        lambda body: body["groups"][0].update(codes=["mosaic", "ecaf"]),
        lambda body: body["groups"][0].update(codes=["somebody_s_list"]),
        lambda body: body["groups"][0].update(codes=["not_recorded"]),
        lambda body: body["groups"][0].update(by="team", codes=["Somebody's team"]),
        lambda body: body["groups"][0].update(by="org_type", codes=[]),
        lambda body: body["groups"][0].update(measure="B1"),
        lambda body: body["groups"][0].update(measure="Z1"),
        lambda body: body["groups"][0].update(end="2027-03-31"),
        lambda body: body["groups"][0].update(start="2026-04-01"),
        lambda body: body["groups"][0].update(start="yesterday"),
        lambda body: body["groups"][1].update(codes=["mosaic"]),
    ],
)
def test_a_malformed_pack_is_refused_even_when_it_is_signed(change: Callable[[dict[str, Any]], object]):
    words = refusal(resigned(change))
    assert words.startswith("The pack is malformed")
    assert "somebody" not in words


@pytest.mark.parametrize(
    ("counts", "why"), [((5, 100), "policy hides"), ((33, 100), "policy hides"), ((110, 100), "more than all")]
)
def test_a_share_whose_numbers_go_together_is_refused_for_its_counts(counts: tuple[int, int], why: str):
    share = round(counts[0] / counts[1], 4)
    told = {"numerator": counts[0], "denominator": counts[1], "value": share, "lower": share, "upper": share}
    assert why in refusal(resigned(lambda body: first_row(body).update(told)))


def test_a_median_of_too_few_is_refused():
    body = finished(
        drafted(asked("B2", figure(40, 50, estimate=Estimate(14.0, 9.0, 21.0)))).body, 1, "2026-07-01T09:00:00+00:00"
    )
    assert verified(signed(body, private_key(COUNCIL)), "theirs.json", TRUSTED, {}).rows == 1
    first_row(body).update(numerator=10, denominator=10)
    assert "rests on too few" in refusal(signed(body, private_key(COUNCIL)))


def test_a_rate_must_follow_from_its_counts():
    good = asked("C1", figure(100, 8000), definition="rate")
    body = finished(drafted(good).body, 1, "2026-07-01T09:00:00+00:00")
    per = good.released.measure.per
    assert first_row(body)["value"] == pytest.approx(100 / 8000 * per)
    first_row(body).update(value=first_row(body)["value"] + 1)
    assert "does not follow" in refusal(signed(body, private_key(COUNCIL)))


def test_a_file_without_a_good_signature_is_refused():
    told = json.loads(GOOD)
    for signature in (None, {}, {**told["signature"], "algorithm": "none"}, {**told["signature"], "value": "00"}):
        refusal(canonical({**told, "signature": signature}))
    assert read_pack(GOOD, "f").key == key_of(COUNCIL).key
