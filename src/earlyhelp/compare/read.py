"""Reading a pack that may have been made to do harm: nothing in it is taken for granted, and every refusal says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from earlyhelp.compare.pack import (
    FEWEST_BEHIND_A_MEDIAN,
    FORMAT,
    LARGEST,
    MOST_ROWS,
    NAMED,
    NAMES_GROUPS,
    OLDEST_FORMAT,
    PACK_POLICY,
    Groups,
    Pack,
    PackMeasure,
    PackRow,
    canonical,
    content_hash,
    decimals_of,
    parsed,
)
from earlyhelp.compare.sign import is_signed
from earlyhelp.errors import InputRefused
from earlyhelp.measures import CATALOGUE, Statistic
from earlyhelp.release import Policy, Status
from earlyhelp.release.named_groups import codes_named
from earlyhelp.standard.local_standards import LOCAL_STANDARDS

_COUNCIL = re.compile(r"E[0-9]{8}")
_MEASURE = re.compile(r"[A-K][0-9]{1,2}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COLUMN = re.compile(r"[a-z][a-z0-9_.]{0,79}")
_CODE = re.compile(r"[\w .,+()/&'-]{1,80}")
_WORDS = re.compile(r"[\w .,:+()/&'-]{0,80}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00|", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PACK_FIELDS = {
    "format",
    "council",
    "serial",
    "made",
    "reference_year",
    "context",
    "policy",
    "links",
    "measures",
}
_GROUP_FIELDS = {"measure", "by", "start", "end", "codes"}
_CONTEXT = {"as_at", "snapshot", "software_version", "standard_version", "year_starts", "family_definition"}
_MEASURE_FIELDS = {
    "measure",
    "definition",
    "statistic",
    "unit",
    "meaning",
    "settings",
    "completeness",
    "rows",
}
_ROW_FIELDS = {"start", "end", "dims", "numerator", "denominator", "value", "lower", "upper", "status"}
_TOLD_IN_PACKS = (Statistic.COUNT, Statistic.SHARE, Statistic.MIX, Statistic.RATE, Statistic.MEDIAN)


class _Wrong(Exception):
    """What is not as a pack has it; the words name a field and never quote what stood in it."""


@dataclass(frozen=True)
class SignedPack:
    """A pack whose signature fits the key in its file. Whose key that is, is for `verify` to say."""

    pack: Pack
    key: str


def read_pack(content: bytes, where: str) -> SignedPack:
    """The pack in the bytes of a file. where: the name of the file, for messages.

    Raises InputRefused for a file that is too large, malformed, of an older or an unknown format, made under a weaker
    policy, or changed after it was signed.
    """
    if len(content) > LARGEST:
        raise _refused(f"The file is larger than a pack may be ({LARGEST // 1_000_000} MB).", where)
    told = parsed(content)
    if not isinstance(told, dict) or set(told) != {"pack", "signature"} or not isinstance(told["pack"], dict):
        raise _refused("The file is no pack, or is not written in the one way that packs are.", where)
    signed = told["signature"]
    if not isinstance(signed, dict) or set(signed) != {"algorithm", "key", "value"}:
        raise _refused("The pack has no signature.", where)
    if (
        signed["algorithm"] != "Ed25519"
        or not _matches(_HASH, signed["key"])
        or not _matches(_SIGNATURE, signed["value"])
        or not is_signed(signed["key"], canonical(told["pack"]), signed["value"])
    ):
        raise _refused("The pack was changed after it was signed, or its signature is damaged.", where)
    return SignedPack(read_body(told["pack"], where), signed["key"])


def read_body(body: Mapping[str, Any], where: str) -> Pack:
    """The pack that a body tells. Raises InputRefused, as `read_pack`, for a body that tells none."""
    _check_format(body.get("format"), where)
    try:
        return _pack(body)
    except _Wrong as problem:
        raise _refused(f"The pack is malformed: {problem}.", where) from None


def _check_format(told: object, where: str) -> None:
    if type(told) is not int:
        raise _refused("The pack does not say of which format it is.", where)
    if told < OLDEST_FORMAT:
        raise _refused(f"The pack is of format {told}, which promised less than format {OLDEST_FORMAT}.", where)
    if told > FORMAT:
        raise InputRefused(
            f"The pack is of format {told}; this version reads up to {FORMAT}.", where=where, fix="Update earlyhelp."
        )


def _pack(body: Mapping[str, Any]) -> Pack:
    names_groups = body["format"] >= NAMES_GROUPS
    _fields(body, _PACK_FIELDS | ({"groups"} if names_groups else set()), "the pack")
    council, year, context = (_object(body[name], name) for name in ("council", "reference_year", "context"))
    _fields(council, {"code", "name"}, "council")
    _fields(year, {"start", "end"}, "reference_year")
    _fields(context, _CONTEXT, "context")
    policy = _policy(_object(body["policy"], "policy"))
    measures = _list(body["measures"], "measures")
    if sum(len(_list(_object(each, "a measure").get("rows"), "rows")) for each in measures) > MOST_ROWS:
        raise _Wrong(f"it holds more than {MOST_ROWS} rows")
    read = [_measure(each, policy) for each in measures]
    by_key = {(each.measure, each.definition): each for each in read}
    if len(by_key) < len(read):
        raise _Wrong("a measure is there twice")
    days = (_day(year["start"], "reference_year"), _day(year["end"], "reference_year"))
    return Pack(
        council=_text(council["code"], _COUNCIL, "council.code"),
        name=_text(council["name"], _WORDS, "council.name"),
        serial=_number(body["serial"], "serial"),
        made=_text(body["made"], _MOMENT, "made"),
        format=body["format"],
        year=days,
        policy=policy,
        context=_context(context),
        links=_links(_object(body["links"], "links"), policy),
        measures=by_key,
        content=content_hash(body),
        groups=_groups(_list(body["groups"], "groups"), days[1]) if names_groups else None,
    )


def _groups(told: list[Any], last: str) -> Mapping[tuple[str, str], Groups]:
    """By measure and split the groups that are named. last: the last day of the reference year, after which none is told."""
    if len(told) > len(NAMED):
        raise _Wrong("it names groups of more than packs do")
    read = [_group(_object(each, "groups"), last) for each in told]
    if len(dict(read)) < len(read):
        raise _Wrong("groups of a measure are there twice")
    return dict(read)


def _group(told: Mapping[str, Any], last: str) -> tuple[tuple[str, str], Groups]:
    _fields(told, _GROUP_FIELDS, "groups")
    measure, by = _text(told["measure"], _MEASURE, "groups"), _text(told["by"], _NAME, "groups")
    if (measure, by) not in {(each.measure, each.by) for each in NAMED}:
        raise _Wrong("it names groups of what packs do not")
    codes = tuple(_text(code, _CODE, "groups") for code in _list(told["codes"], "groups"))
    if not set(codes) <= set(codes_named(CATALOGUE[measure], by)):
        raise _Wrong(f"{measure} names a group there is not")
    if list(codes) != sorted(set(codes)):
        raise _Wrong(f"{measure} names groups twice or out of order")
    start, end = _day(told["start"], "start"), _day(told["end"], "end")
    if not start <= end <= last:
        raise _Wrong(f"{measure} names groups of another time")
    return (measure, by), Groups(start, end, codes)


def _policy(told: Mapping[str, Any]) -> Policy:
    """The policy the pack says it was made under. Refused where it hides less or rounds finer than ours."""
    _fields(told, {"name", "lowest", "highest", "round_to"}, "policy")
    name = _text(told["name"], re.compile(r"[a-z-]{1,40}"), "policy.name")
    lowest, highest, round_to = (_number(told[each], f"policy.{each}") for each in ("lowest", "highest", "round_to"))
    finer = round_to == 0 or round_to % PACK_POLICY.round_to != 0
    if lowest > PACK_POLICY.lowest or highest < PACK_POLICY.highest or finer or max(highest, round_to) > 1000:
        raise _Wrong(f"its policy is weaker than {PACK_POLICY.name!r}, which hides up to {PACK_POLICY.highest}")
    return Policy(name, lowest, highest, round_to)


def _context(told: Mapping[str, Any]) -> Mapping[str, str | int]:
    whole = {name: _number(told[name], name) for name in ("standard_version", "year_starts")}
    words = {name: _text(told[name], _WORDS, name) for name in ("snapshot", "software_version", "family_definition")}
    return {"as_at": _day(told["as_at"], "as_at"), **words, **whole}


def _links(told: Mapping[str, Any], policy: Policy) -> Mapping[str, int | None]:
    return {_text(name, _NAME, "links"): _count(records, policy, "links") for name, records in told.items()}


def _measure(told: Mapping[str, Any], policy: Policy) -> PackMeasure:
    _fields(told, _MEASURE_FIELDS, "a measure")
    name, definition = _text(told["measure"], _MEASURE, "measure"), _text(told["definition"], _NAME, "definition")
    statistic = told["statistic"]
    if statistic not in _TOLD_IN_PACKS:
        raise _Wrong(f"{name} has a statistic that packs do not tell")
    filled = _object(told["completeness"], "completeness")
    settings = _object(told["settings"], "settings")
    if not set(settings) <= set(LOCAL_STANDARDS):
        raise _Wrong(f"{name} has a setting there is not")
    rows = tuple(_row(_object(each, "a row"), statistic, policy, (name, definition)) for each in told["rows"])
    if len({(row.end, row.dims) for row in rows}) < len(rows):
        raise _Wrong(f"{name} has two rows for one place")
    return PackMeasure(
        measure=name,
        definition=definition,
        statistic=statistic,
        unit=_text(told["unit"], _WORDS, "unit"),
        meaning=_text(told["meaning"], _HASH, "meaning"),
        settings={each: _number(number, "settings") for each, number in settings.items()},
        completeness={_text(each, _COLUMN, "completeness"): _share(share) for each, share in filled.items()},
        rows=rows,
    )


def _row(told: Mapping[str, Any], statistic: str, policy: Policy, key: tuple[str, str]) -> PackRow:
    measure, definition = key
    _fields(told, _ROW_FIELDS, f"a row of {measure}")
    dims = _object(told["dims"], "dims")
    if len(dims) > 3:
        raise _Wrong(f"a row of {measure} is split by more than three things")
    status = told["status"]
    if not isinstance(status, str) or status not in set(map(str, Status)):
        raise _Wrong(f"a row of {measure} has a status there is not")
    digits = decimals_of(statistic)
    row = PackRow(
        start=_day(told["start"], "start"),
        end=_day(told["end"], "end"),
        dims=tuple(sorted((_text(name, _NAME, "dims"), _text(code, _CODE, "dims")) for name, code in dims.items())),
        numerator=_count(told["numerator"], policy, measure),
        denominator=_count(told["denominator"], policy, measure),
        value=_decimal(told["value"], digits, measure),
        lower=_decimal(told["lower"], digits, measure),
        upper=_decimal(told["upper"], digits, measure),
        status=status,
    )
    _check_row(row, statistic, (measure, definition))
    return row


def _check_row(row: PackRow, statistic: str, key: tuple[str, str]) -> None:
    """Whether the numbers of a row go together: a rate beside other counts could carry what the counts may not."""
    measure, numbers = key[0], (row.numerator, row.value, row.lower, row.upper)
    if row.status != Status.OK:
        if any(each is not None for each in numbers):
            raise _Wrong(f"a row of {measure} that is {row.status} shows a figure")
        return
    if statistic == Statistic.MEDIAN and (row.denominator or 0) < FEWEST_BEHIND_A_MEDIAN:
        raise _Wrong(f"a median of {measure} rests on too few")
    if row.value is None or row.numerator is None:
        if statistic == Statistic.MEDIAN:
            return  # fewer than half have ended, so that there is no median yet
        raise _Wrong(f"a row of {measure} lacks its figure")
    if (row.lower or 0) > row.value or row.value > (row.value if row.upper is None else row.upper):
        raise _Wrong(f"a row of {measure} has a value outside its interval")
    expected = _expected(row, statistic, key)
    if expected is not None and abs(row.value - expected) > 0.6 * 10.0 ** -decimals_of(statistic):
        raise _Wrong(f"a value of {measure} does not follow from its counts")


def _expected(row: PackRow, statistic: str, key: tuple[str, str]) -> float | None:
    """The value that the counts of a row give; None where it is not made of them, or the measure is none of ours."""
    measure, definition = key
    assert row.numerator is not None
    if statistic == Statistic.COUNT:
        return row.numerator
    if not row.denominator:
        raise _Wrong(f"a row of {measure} has nothing it is a share of")
    if statistic in (Statistic.SHARE, Statistic.MIX):
        if row.numerator > row.denominator:
            raise _Wrong(f"a share of {measure} is more than all")
        return row.numerator / row.denominator
    known = CATALOGUE.get(measure)
    if statistic != Statistic.RATE or known is None or definition not in ("default", *known.definitions):
        return None
    return row.numerator / row.denominator * known.defined_as(definition).per


def _count(told: object, policy: Policy, what: str) -> int | None:
    if told is None:
        return None
    number = _number(told, what)
    if policy.hides(number) or number % policy.round_to:
        raise _Wrong(f"{what} holds a count that its policy hides or rounds")
    return number


def _number(told: object, what: str) -> int:
    if type(told) is not int or not 0 <= told <= 10**9:
        raise _Wrong(f"{what} is no whole number from 0 up")
    return told


def _decimal(told: object, digits: int, what: str) -> float | None:
    if told is None:
        return None
    if type(told) is not float or not 0 <= told <= 1e9 or round(told, digits) != told:
        raise _Wrong(f"{what} holds a value that is no number of at most {digits} decimals")
    return told


def _share(told: object) -> float | None:
    if told is None:
        return None
    found = _decimal(told, 2, "completeness")
    if found is None or found > 1:
        raise _Wrong("completeness holds what is no share")
    return found


def _day(told: object, what: str) -> str:
    try:
        return date.fromisoformat(_text(told, _DAY, what)).isoformat()
    except ValueError:
        raise _Wrong(f"{what} is no day") from None


def _text(told: object, pattern: re.Pattern[str], what: str) -> str:
    if not _matches(pattern, told):
        raise _Wrong(f"{what} is not written as it should be")
    return str(told)


def _matches(pattern: re.Pattern[str], told: object) -> bool:
    return isinstance(told, str) and pattern.fullmatch(told) is not None and told.isprintable()


def _object(told: object, what: str) -> Mapping[str, Any]:
    return _of(told, dict, what)


def _list(told: object, what: str) -> list[Any]:
    return _of(told, list, what)


def _of(told: object, kind: Callable[..., Any], what: str) -> Any:
    if type(told) is not kind:
        raise _Wrong(f"{what} is of another kind")
    return told


def _fields(told: Mapping[str, Any], wanted: set[str], what: str) -> None:
    if set(told) != wanted:
        raise _Wrong(f"{what} has other fields than it should")


def _refused(why: str, where: str) -> InputRefused:
    return InputRefused(
        why, where=where, fix="Ask the council to send the file again, as `earlyhelp pack write` made it."
    )
