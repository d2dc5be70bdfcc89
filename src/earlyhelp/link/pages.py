"""The manual's page of family definitions, written from their declarations."""

from __future__ import annotations

from textwrap import dedent

from earlyhelp.link.family_rules import DEFAULT, DEFINITIONS, MOST_IN_FAMILY, FamilyDefinition, FamilyRule

_HEAD = f"""\
# What a family is

Every definition of a family there is, written from the declarations in `link/family_rules.py`: change those instead. The one
that stands behind `family_id` is `{DEFAULT.name}`, unless `council.toml` names another ([how](../../how-to/choose-a-family.md)).

A person who is in no family of a definition is a family of one. A family id with more than {MOST_IN_FAMILY} people under it is
collective ("unknown", a refuge) and joins nobody, and families that would have more members together are left apart; both end
in a warning. A person may belong to several families, one after another or at once: `family_membership` holds them all, with
the rule and the version of the definition that put them there.
"""


def generated_pages() -> dict[str, str]:
    """The text of the page, by its path below `docs/reference/generated`."""
    return {"families.md": "\n".join([_HEAD, *(_section(each) for each in DEFINITIONS.values())])}


def _section(definition: FamilyDefinition) -> str:
    rules = [
        *definition.gathers,
        *([definition.joins] if definition.joins else []),
        definition.main,
        definition.records,
    ]
    head = f"## {definition.full_name}\n\n{definition.says}\n"
    return "\n".join([head, *(_rule(rule) for rule in rules)])


def _rule(rule: FamilyRule) -> str:
    return f"### {rule.name}\n\n{rule.says}\n\n```sql\n{dedent(rule.sql).strip()}\n```\n"
