"""Documents: papers for people to read, each in one module and listed in DOCUMENTS, made of released things alone."""

from __future__ import annotations

from earlyhelp.reports.documents import business_case, evidence_paper, monthly_pack
from earlyhelp.reports.documents.declared import ENDINGS, Choice, Document, Material, content_of

DOCUMENTS: dict[str, Document] = {
    each.DOCUMENT.name: each.DOCUMENT for each in (business_case, evidence_paper, monthly_pack)
}

__all__ = ["DOCUMENTS", "ENDINGS", "Choice", "Document", "Material", "content_of"]
