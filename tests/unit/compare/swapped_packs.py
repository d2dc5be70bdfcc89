"""Invented councils and their packs, made on the same way as real ones: figures, the door, the draft, the signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from earlyhelp.compare import (
    PACK_POLICY,
    About,
    Asked,
    Draft,
    Pack,
    PublicKey,
    Shared,
    draft,
    finished,
    public_of,
    signed,
)
from earlyhelp.measures import Figure, Figures, Period
from earlyhelp.release import publish
from earlyhelp.standard.local_standards import default_standards

AS_AT = date(2026, 6, 30)
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
MADE = "2026-07-01T09:00:00+00:00"
SECOND = "2026-08-01T09:00:00+00:00"


def figure(numerator: float | None, denominator: float | None = None, **more: object) -> Figure:
    dims = {name: str(value) for name, value in more.items() if name in ("age_band", "decision_code", "source_code")}
    rest = {name: value for name, value in more.items() if name not in dims}
    return Figure(YEAR, dims, numerator, denominator, **rest)


def asked(measure: str, *figures: Figure, definition: str = "default", by: str = "") -> Asked:
    shared = Shared(measure, definition, by)
    found = Figures(shared.declared, (by,) if by else (), list(figures))
    return Asked(shared, publish(found, PACK_POLICY), {"contact.contact_date": 0.987})


def about(council: str = "E09000001", snapshot: str = "s1", **more: object) -> About:
    told = {"name": f"Council {council[-2:]}", "local": default_standards(), **more}
    return About(council, as_at=AS_AT, year_starts=4, snapshot=snapshot, version="1.0", standard_version=1,
                 family_definition="family", **told)  # fmt: skip


def named(measure: str, by: str, **cases: float) -> Asked:
    """Groups by code with the cases behind each, below the line where the measure has one."""
    shared = Shared(measure, by=by)
    is_count = shared.declared.statistic == "count"
    told = [Figure(YEAR, {by: code}, number if is_count else 0, None if is_count else number)
            for code, number in cases.items()]  # fmt: skip
    return Asked(shared, publish(Figures(shared.declared, (by,), told), PACK_POLICY), {})


def drafted(*measures: Asked, earlier: Sequence[Pack] = (), groups: Sequence[Asked] = (), **more: object) -> Draft:
    links = [{"grade": "sure", "records": 250.0, "status": "ok"}, {"grade": "unsure", "records": None, "status": "ok"}]
    return draft(about(**more), measures, links, earlier, groups)


def private_key(council: str) -> bytes:
    return sha256(f"the key of {council}".encode()).digest()


def key_of(council: str) -> PublicKey:
    return public_of(private_key(council), council)


def sent(*measures: Asked, serial: int = 1, made: str = MADE, council: str = "E09000001", **more: object) -> bytes:
    """The file that a council sends."""
    body = finished(drafted(*measures, council=council, **more).body, serial, made)
    return signed(body, private_key(council))
