"""eCAF (common assessments kept online, and what councils carried over from it): a recipe for one sheet of cases."""

from __future__ import annotations

from earlyhelp.sources.cases import cases
from earlyhelp.sources.layout import PROPOSED, Heading, Source

ecaf = Source(
    name="ecaf",
    title="eCAF: a sheet of common assessments and their cases",
    publisher="eCAF suppliers; headings proposed",
    status=PROPOSED,
    formats=("xlsx", "csv"),
    parts=(
        cases(
            "ecaf cases",
            Heading("Child ref", also=("eCAF child ID", "Child ID", "CYP ID", "Young person ID")),
            Heading("CAF number", also=("eCAF ID", "CAF ID", "CAF ref", "CAF reference", "eCAF reference")),
            name="e?caf(cases|export|s)?",
        ),
    ),
)
