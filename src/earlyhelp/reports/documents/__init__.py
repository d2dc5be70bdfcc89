"""Documents: papers for people to read, each in one module and listed in DOCUMENTS, made of released things alone."""

from __future__ import annotations

from earlyhelp.reports.documents import (
    business_case,
    evidence_paper,
    inspection_pack,
    monthly_pack,
    partner_page,
    service_blueprint,
    ward_profile,
)
from earlyhelp.reports.documents.declared import ENDINGS, About, Choice, Document, Material, Spent, content_of

DOCUMENTS: dict[str, Document] = {
    each.DOCUMENT.name: each.DOCUMENT
    for each in (
        business_case,
        evidence_paper,
        monthly_pack,
        partner_page,
        ward_profile,
        inspection_pack,
        service_blueprint,
    )
}

__all__ = ["DOCUMENTS", "ENDINGS", "About", "Choice", "Document", "Material", "Spent", "content_of"]
