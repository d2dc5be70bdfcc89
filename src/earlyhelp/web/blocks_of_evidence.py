"""What screens about studies and money show: what may and may not be said side by side, and a form that asks a question."""

from __future__ import annotations

from dataclasses import dataclass

from earlyhelp.web.blocks import Form, OnScreen


@dataclass(frozen=True)
class SaidBeside(OnScreen):
    """What may be said of a study beside what may not: neither stands alone."""

    may: tuple[str, ...]
    may_not: tuple[str, ...]
    lead: str = "What you may say"
    lead_not: str = "What you may not say"


@dataclass(frozen=True)
class AskForm(Form):
    """A form whose answer is a page with an address of its own: what was asked is part of it, and nothing is changed."""
