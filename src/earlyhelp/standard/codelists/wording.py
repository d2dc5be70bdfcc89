"""How systems word a code: by itself, and after the name of the group it stands in."""

from __future__ import annotations


def within(groups: tuple[str, ...], *words: str) -> tuple[str, ...]:
    """The words by themselves, then after each group's name: "GP", "Health services: GP"."""
    return (*words, *(f"{group}: {word}" for group in groups for word in words))
