"""The glossary, read from the file that is also part of the documentation."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from earlyhelp.web.blocks_of_words import Term

_TERM = re.compile(r"\*\*(?P<word>[^*]+)\*\*:?\s*(?P<meaning>.+)", re.DOTALL)


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Every term in the order of the alphabet. Raises FileNotFoundError where the file came with neither tree nor package."""
    return terms_in(_file().read_text(encoding="utf-8"))


def terms_in(text: str) -> tuple[Term, ...]:
    """The terms of a text in which each is a paragraph that begins **so**, whatever else it holds."""
    found = (_TERM.fullmatch(each.strip()) for each in re.split(r"\n\s*\n", text))
    told = (Term(each["word"].strip(" :"), _plain(each["meaning"])) for each in found if each)
    return tuple(sorted(told, key=lambda each: each.word.casefold()))


def _plain(meaning: str) -> str:
    """One line, without the marks of code and stress."""
    words = re.sub(r"[`*]", "", " ".join(meaning.split()))
    return words[:1].upper() + words[1:]


def _file() -> Path:
    """In the package once it is built; at the top of the tree before that."""
    built = Path(__file__).with_name("GLOSSARY.md")
    return built if built.exists() else Path(__file__).resolve().parents[3] / "GLOSSARY.md"
