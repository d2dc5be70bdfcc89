"""Holistix (early help case records of voluntary and council services): a recipe for its export as one sheet of cases."""

from __future__ import annotations

from earlyhelp.sources.cases import cases
from earlyhelp.sources.layout import PROPOSED, Heading, Source

holistix = Source(
    name="holistix",
    title="Holistix: a sheet of cases",
    publisher="Holistix; headings proposed",
    status=PROPOSED,
    formats=("xlsx", "csv"),
    parts=(
        cases(
            "holistix cases",
            Heading("Client ref", also=("Client ID", "Holistix ID", "Holistix client ID")),
            Heading("Case ref", also=("Case ID", "Case number", "Holistix case ID")),
            name="holistix(cases|export)?",
        ),
    ),
)
