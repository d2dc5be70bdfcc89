"""The reference page of the web application: every page, its address, what it is for, and who may open it."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

from earlyhelp.web.access import POWERS, ROLE_WORDS, Role


def generated_pages() -> dict[str, str]:
    """The page by its path below docs/reference/generated."""
    _ready()
    from earlyhelp.web.pages import all_pages

    found = sorted(all_pages().values(), key=lambda each: (each.place, each.route))
    rows = [f"| `/{each.route}` | {_first(each.doc)} | {each.rule.words} | {_marks(each)} |" for each in found]
    return {"pages.md": "\n".join([*_HEAD, *rows, "", *_roles(), ""])}


_HEAD = [
    "# Pages of the web application",
    "",
    "Made from the declarations in `src/earlyhelp/web/screens/` by `tools/generate_docs.py`; do not edit.",
    "",
    "| address | what it is for | for those who may | |",
    "|---|---|---|---|",
]


def _first(doc: str) -> str:
    """The first paragraph, without what is for programmers."""
    return " ".join(doc.split("\n\n")[0].split()).partition(" Raises ")[0]


def _marks(page: object) -> str:
    told = {"private": "never kept, downloaded or frozen", "posts": "has a form"}
    return "; ".join(words for name, words in told.items() if getattr(page, name))


def _roles() -> list[str]:
    rows = [f"| {ROLE_WORDS[role]} (`{role}`) | {'; '.join(sorted(POWERS[role]))} |" for role in Role]
    return ["## Roles", "", "| role | may |", "|---|---|", *rows]


def _ready() -> None:
    """Django with its models; the workspace that its settings ask for is an empty one, and nothing is read from it."""
    from django.apps import apps

    if apps.ready:
        return
    import django

    with TemporaryDirectory() as folder:
        os.environ["EARLYHELP_WORKSPACE"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "earlyhelp.web.settings"
        django.setup()
