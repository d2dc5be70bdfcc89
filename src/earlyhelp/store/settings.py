"""What a council decides for itself, in `council.toml`: name, local standards, suppression, how sources write dates."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from earlyhelp.errors import InputRefused
from earlyhelp.standard.local_standards import LOCAL_STANDARDS, default_standards
from earlyhelp.store.files import typed_text

DATE_ORDERS = ("day-first", "month-first")
ONS_CODE = re.compile(r"E(06|08|09|10)\d{6}")
POLICIES = ("dfe", "nhs", "opensafely", "open-data", "pack", "internal", "none")
FAMILY_DEFINITIONS = ("family", "recorded", "household")
"""The names of `earlyhelp.link.family_rules.DEFINITIONS`, which lies above."""


@dataclass(frozen=True)
class Settings:
    """A council's settings: `standards` are its own by name, `policy` is the disclosure policy of figures (`release`)."""

    name: str = ""
    ons_code: str = ""
    standards: Mapping[str, int] = field(default_factory=default_standards)
    policy: str = "dfe"
    round_to: int = 0
    year_starts: int = 4
    date_orders: Mapping[str, str] = field(default_factory=dict)
    family_definition: str = "family"


_TEMPLATE = """# Settings of this council. Everything here may be changed; a run records what it used.
name = "{name}"
ons_code = "{ons_code}"

[standards]
{standards}
# Month in which the reporting year starts: 4 is April.
year_starts = 4

[families]
# What a family is: "family" (recorded families joined across systems and homes), "recorded" (each family id by itself) or
# "household" (who lives at one address now).
definition = "family"

[release]
# "dfe": counts of 1 to 5 are suppressed, and further ones where a small one could be worked out. "nhs", "opensafely",
# "open-data" and "pack": counts of 1 to 7 are suppressed and all others rounded to 5. "internal" and "none": nothing is
# hidden; only for people who may see every row.
policy = "dfe"
# Round counts to this base (0: exact).
round_to = 0

[review]
# Of every hundred pairs of records that a reviewer decided, so many are shown to a second one, who is not told.
second_review_percent = 10

[worklists]
# Families after a sign of poverty, for roles that may see families: one plain rule, no score. true switches it on.
poverty = false

# A study of what changed on one day, declared before its figures are read: earlyhelp evaluate DIR budget-cut
# [studies.budget-cut]
# day = 2024-04-01
# localities = ["North"]  # where it happened; the others are what it is compared with
# phase_in = 3            # months left out while it took hold
# kind = "referral"       # or cin_episode, cp_plan, looked_after

# A change after which figures cannot be compared with those before; as many as there were.
# [[events]]
# day = 2024-04-01
# name = "New referral form"

# [sources.annex_a]
# date_order = "month-first"
"""


def template(name: str, ons_code: str) -> str:
    """The text of a new `council.toml`."""
    standards = "\n".join(f"# {each.words}\n{each.name} = {each.default}" for each in LOCAL_STANDARDS.values())
    return _TEMPLATE.format(name=name.replace('"', "'"), ons_code=ons_code, standards=standards)


def read_settings(path: Path) -> Settings:
    """The settings in a `council.toml`. Raises InputRefused for what is not a setting or not a value of one."""
    content = _content(path)
    standards, release = _section(content, "standards"), _section(content, "release")
    return Settings(
        name=str(content.get("name", "")),
        ons_code=str(content.get("ons_code", "")),
        standards=_standards(standards),
        year_starts=_whole(standards, "year_starts", 4, range(1, 13)),
        policy=_choice(release, "policy", "dfe", POLICIES),
        round_to=_whole(release, "round_to", 0, range(0, 101)),
        date_orders=_date_orders(_section(content, "sources")),
        family_definition=_choice(_section(content, "families"), "definition", "family", FAMILY_DEFINITIONS),
    )


def second_review_share(path: Path) -> float:
    """The share of reviewed pairs that a second reviewer sees, 0 to 1; no figure rests on it, so it is none of `Settings`."""
    return _whole(_section(_content(path), "review"), "second_review_percent", 10, range(0, 101)) / 100


WORKLISTS = ("poverty",)
"""The worklists of families that a council may switch on; each is off until it does."""


def worklists_on(path: Path) -> frozenset[str]:
    """The worklists that the council has switched on; no figure rests on them, so they are none of `Settings`."""
    section = _section(_content(path), "worklists")
    for name in WORKLISTS:
        if not isinstance(section.get(name, False), bool):
            raise _wrong(name, "true or false")
    return frozenset(name for name in WORKLISTS if section.get(name, False))


def declared_studies(path: Path) -> dict[str, dict[str, Any]]:
    """Studies of what changed on one day, by name: `day`, `localities` (none: everywhere), `phase_in` months, `kind`.

    Raises InputRefused for a section that is none.
    """
    section = _section(_content(path), "studies")
    return {name: _declared_study(name, section) for name in section}


def _declared_study(name: str, section: Mapping[str, Any]) -> dict[str, Any]:
    each = _section(section, name)
    localities, phase_in = each.get("localities", []), _whole(each, "phase_in", 0, range(0, 25))
    if type(each.get("day")) is not date or not all(isinstance(one, str) for one in localities):
        raise _wrong(f"studies.{name}", 'a section with day = 2024-04-01 and localities = ["North"]')
    kinds = ("referral", "cin_episode", "cp_plan", "looked_after")
    kind = _choice(each, "kind", "referral", kinds)
    return {"day": each["day"], "localities": tuple(localities), "phase_in": phase_in, "kind": kind}


def declared_events(path: Path) -> list[tuple[date, str]]:
    """What changed on a day (a new form, a lockdown), so that figures before and after are no one series; in order.

    Each is a section `[[events]]` with `day` and `name`. Raises InputRefused for one that is not.
    """
    listed = _content(path).get("events", [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise _wrong("events", "a list of sections, each [[events]] with day and name")
    for each in listed:
        if type(each.get("day")) is not date or not isinstance(each.get("name"), str):
            raise _wrong("events", 'sections with day = 2024-04-01 and name = "New form"')
    return sorted((each["day"], each["name"]) for each in listed)


def _content(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise InputRefused(
            "The folder is not a workspace: it has no council.toml.",
            where=str(path.parent),
            fix="Make one: earlyhelp init DIR",
        )
    try:
        return tomllib.loads(typed_text(path, "file of settings"))
    except tomllib.TOMLDecodeError as problem:
        raise InputRefused(f"The settings cannot be read: {problem}.", where=path.name, fix="Mend that line.") from None


def _standards(section: Mapping[str, Any]) -> dict[str, int]:
    return {
        name: _whole(section, name, each.default, range(each.lowest, each.highest + 1))
        for name, each in LOCAL_STANDARDS.items()
    }


def _section(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = content.get(name, {})
    if not isinstance(section, dict):
        raise _wrong(name, "a section in square brackets")
    return section


def _whole(section: Mapping[str, Any], name: str, default: int, allowed: range) -> int:
    value = section.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        raise _wrong(name, f"a whole number from {allowed.start} to {allowed.stop - 1}")
    return value


def _choice(section: Mapping[str, Any], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = section.get(name, default)
    if value not in allowed:
        raise _wrong(name, " or ".join(f'"{each}"' for each in allowed))
    return str(value)


def _date_orders(sources: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: _choice(section, "date_order", "day-first", DATE_ORDERS)
        for name, section in sources.items()
        if isinstance(section, dict) and "date_order" in section
    }


def _wrong(name: str, expected: str) -> InputRefused:
    return InputRefused(f"The setting {name} is not {expected}.", where="council.toml", fix="Correct it.")
