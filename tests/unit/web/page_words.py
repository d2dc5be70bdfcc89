"""What a reader sees of an answer: the words of its main part, without markup."""

from __future__ import annotations

import html
import re
from typing import Any


def words_of(answer: Any) -> str:
    """The words between the head and the foot of the page, each run of white space as one space."""
    page = answer.content.decode()
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    text = re.sub(r"<script.*?</script>", " ", found[0] if found else page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
