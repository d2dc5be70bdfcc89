"""What to do, as it is said on pages: advice that names a command names the page instead, where there is one."""

from __future__ import annotations

import re

from earlyhelp.errors import EarlyHelpError

_FILES = (
    (r", or map the file: earlyhelp map DIR .*$", ", or match its columns here."),
    (r"Map the word to a code: earlyhelp map\.", "Bring the file in again, and match its words before you run."),
    (r"Put extracts into inbox/ and run: earlyhelp run DIR", "Bring in extracts and start a run on the page Data."),
    (r": earlyhelp map\.$", ": match them, and bring the file in again."),
    (r"earlyhelp map lists the words", "The page Match a file lists the words"),
)
_RELEASES = (
    (
        r"Somebody else runs: earlyhelp release approve DIR (\w+); then write it again\.",
        r"Somebody else approves it on the page of release \1, under Releases; then write it again.",
    ),
    (r"^earlyhelp release approve DIR (\w+)$", r"Somebody else approves it on the page of release \1, under Releases."),
    (r"^earlyhelp release (list DIR|show DIR ID)$", "Look at it on the page Releases."),
    (r"^earlyhelp pack write DIR --out FILE\.json$", "Write it on its own page, under Releases."),
    (r"^earlyhelp measure DIR (\w+)$", r"The page of measure \1 says what is missing."),
    (r"^Say for whom: --for .*$", "Say for whom, such as the partnership board."),
)
_PACKS = (
    (
        r"compare the fingerprint by telephone, then: earlyhelp pack trust DIR KEY$",
        "compare the fingerprint by telephone, then trust it on the page Keys.",
    ),
    (
        r"If it has a new key: earlyhelp pack trust DIR KEY --replace",
        "If it has a new key, whoever looks after this server puts it in the place of the old one: "
        "earlyhelp pack trust DIR KEY --replace",
    ),
    (r", as `earlyhelp pack write` made it\.", ", just as it was written there."),
    (r"the file that `earlyhelp pack keys` writes\.", "the key file that they take from their page Keys."),
    (
        r"^earlyhelp check DIR; then make a new snapshot: earlyhelp run DIR$",
        "See on the page Quality what is wrong with the records, then start a run on the page Data.",
    ),
)
_ELSEWHERE = (
    (r"^earlyhelp case-study (?:list DIR|receive DIR FILE)$", "Look at it on the page Case studies."),
    (r"^earlyhelp measures$", "The page Measures lists them."),
    (r"^earlyhelp review next DIR$", "Go on with the next pair on the page Review links."),
    (r"^Copy the id that earlyhelp review next DIR shows\.$", "Open it from the page Review links."),
    (r"is told by earlyhelp link\.", "is told on the page Quality."),
    (r"is in earlyhelp check\.", "is on the page Fix-lists."),
    (r"earlyhelp check says which and why\.", "the page Quality says which and why."),
    (r"earlyhelp certificate DIR ID tells the rule", "Each certificate leads to the rule"),
    (r": earlyhelp run DIR$", ": start a run on the page Data."),
)
_INSTEAD = tuple((re.compile(each), words) for each, words in (*_FILES, *_RELEASES, *_PACKS, *_ELSEWHERE))
"""Advice of the command line, and what stands in its place. What has no page keeps its command."""
_NO_PLACE = re.compile(r"--[a-z-]+|[A-Z]+")
"""Names of options and arguments: on a page they are no place."""


def advice(text: str) -> str:
    """The advice for somebody who reads a page."""
    for command, instead in _INSTEAD:
        text = command.sub(instead, text)
    return text


def place(where: str) -> str:
    """Where something went wrong; empty where only a command would have such a place."""
    return "" if _NO_PLACE.fullmatch(where) else where


def told(problem: EarlyHelpError) -> str:
    """What was found and what to do, for somebody who reads a page, in one line."""
    return f"{problem.error} {advice(problem.fix)}".strip()
