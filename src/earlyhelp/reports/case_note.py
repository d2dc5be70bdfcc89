"""A case study as a file: a short TOML note, its fields, lengths and tags declared once, read with nothing taken on trust."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from earlyhelp.errors import InputRefused
from earlyhelp.release.free_text import plain_text
from earlyhelp.standard import CodeList, code_lists
from earlyhelp.store.settings import ONS_CODE

LONGEST: Mapping[str, int] = {
    "title": 120,
    "tried": 1500,
    "for_whom": 500,
    "changed": 1000,
    "not_changed": 1000,
    "contact": 200,
}
"""The fields of a note that are text, each with the most signs it may have. All are needed."""
MOST_FIGURES, MOST_TAGS, LARGEST = 10, 10, 20_000
TAGGED_FROM = ("needs", "levels", "organisation_types", "partner_agencies")
"""The code lists that tags come from; a tag is one of their codes."""
RECOGNISED = "nobody_can_be_recognised"
BLANK = f'''# A case study in plain words. Leave every number of people out of the text: name its certificate under figures.
title = ""
tried = """
"""
for_whom = ""
changed = ""
not_changed = ""
# A team or a role, and how to reach it. No family and no private person.
contact = ""
# Certificates of the figures that changed, as the figures carry them: ["C0123..."]
figures = []
# Codes of: {", ".join(TAGGED_FROM)}. Such as ["SF6", "targeted"]
tags = []
# Read it once more. No name, no address, no story that neighbours would know. Names cannot be checked for you.
{RECOGNISED} = false
'''
_FIX = "earlyhelp case-study blank says what there is."
_CERTIFICATE = re.compile(r"C[0-9a-zA-Z]{8,40}")
_SHARED_FIELDS = ("council", "council_name", "told")


@dataclass(frozen=True)
class CaseStudy:
    """One note. `figures`: certificates. `council`: empty for an own one; else who shared it, with its figures as `told`."""

    title: str
    tried: str
    for_whom: str
    changed: str
    not_changed: str
    contact: str
    tags: tuple[str, ...]
    figures: tuple[str, ...] = ()
    council: str = ""
    council_name: str = ""
    told: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What its file is called: the words of its title, with the council's code before it where it was received."""
        words = "-".join(re.findall(r"[a-z0-9]+", self.title.casefold()))[:60].strip("-") or "note"
        return f"{self.council.casefold()}-{words}" if self.council else words


def parsed(content: bytes, where: str) -> dict[str, Any]:
    """What the bytes of a file tell. Raises InputRefused for what is no TOML or too large."""
    fix = "Begin with: earlyhelp case-study blank"
    if len(content) > LARGEST:
        raise InputRefused("The file is larger than a case study may be.", where=where, fix=fix)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputRefused("The file is no case study, or its TOML is broken.", where=where, fix=fix) from None


def note_of(told: Mapping[str, Any], where: str) -> CaseStudy:
    """The note that a file tells. Raises InputRefused, naming a field, for what is none."""
    wrong = next(_wrong(told), "")
    if wrong:
        raise InputRefused(f"The case study is not as one is written: {wrong}.", where=where, fix=_FIX)
    plain: dict[str, Any] = {field: plain_text(told[field]) for field in LONGEST}
    plain |= {name: tuple(map(plain_text, told.get(name, ()))) for name in ("tags", "figures", "told")}
    plain |= {name: plain_text(told.get(name, "")) for name in ("council", "council_name")}
    return CaseStudy(**plain)


def _wrong(told: Mapping[str, Any]) -> Iterator[str]:
    """What is not as a note has it; the words name a field and quote nothing."""
    if not set(told) <= {*LONGEST, "tags", "figures", *_SHARED_FIELDS}:
        yield "it has a field that there is not"
    for field, longest in LONGEST.items():
        text = told.get(field)
        if not isinstance(text, str) or not plain_text(text):
            yield f"{field} is missing"
        elif len(text) > longest:
            yield f"{field} is longer than {longest} signs"
    yield from _wrong_lists(told)
    name, code = told.get("council_name", ""), told.get("council")
    if not isinstance(name, str) or len(name) > 80:
        yield "council_name is no name"
    if code is not None and not (isinstance(code, str) and ONS_CODE.fullmatch(code)):
        yield "council is no council's code"


def _wrong_lists(told: Mapping[str, Any]) -> Iterator[str]:
    for name, most, longest in (("tags", MOST_TAGS, 40), ("figures", MOST_FIGURES, 60), ("told", MOST_FIGURES, 400)):
        if not _is_list(told.get(name, []), most, longest):
            yield f"{name} is no list of at most {most} words"
            return
    if not told.get("tags") or any(label_of(each) is None for each in told["tags"]):
        yield f"tags are codes of {', '.join(TAGGED_FROM)}, one at least"
    if not all(_CERTIFICATE.fullmatch(each) for each in told.get("figures", [])):
        yield "figures are certificates, as C0123456789"


def _is_list(told: object, most: int, longest: int) -> bool:
    return (
        isinstance(told, list)
        and len(told) <= most
        and all(isinstance(each, str) and len(each) <= longest for each in told)
    )


def label_of(tag: str) -> str | None:
    """The words of a tag; None where no list has it."""
    return next((each.label(tag) for each in _tag_lists() if tag in each), None)


def _tag_lists() -> list[CodeList]:
    return [code_lists()[name] for name in TAGGED_FROM]


def as_toml(note: CaseStudy) -> str:
    """The note as its file: strings as JSON writes them, which TOML reads."""
    told: dict[str, object] = {field: getattr(note, field) for field in LONGEST}
    told |= {"tags": list(note.tags)}
    told |= (
        {"council": note.council, "council_name": note.council_name, "told": list(note.told)} if note.council else {}
    )
    told |= {"figures": list(note.figures)} if not note.council else {}
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items())
