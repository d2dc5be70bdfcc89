"""Code lists of statutory events: what kind, on what legal footing, and how a period of care began."""

from __future__ import annotations

from earlyhelp.standard.types import CodeList, CodeValue

social_care_event_types = CodeList(
    "social_care_event_types",
    "Kinds of statutory event",
    (
        CodeValue("referral", "Referral to children's social care", ("Referral",)),
        CodeValue("assessment", "Statutory assessment", ("Single assessment", "Child and family assessment", "C&F")),
        CodeValue("s47", "Section 47 enquiry", ("Section 47", "S.47", "Child protection enquiry")),
        CodeValue("icpc", "Initial child protection conference", ("Initial CPC", "Initial conference")),
        CodeValue("cin_plan", "Child in need plan", ("CIN plan", "CIN plan start")),
        CodeValue("cin_episode", "Period as a child in need", ("CIN episode", "CIN", "Child in need")),
        CodeValue("cp_plan", "Child protection plan", ("CP plan", "CPP", "Child protection")),
        CodeValue("looked_after", "Looked after", ("CLA", "LAC", "Looked after child", "In care", "Child in care")),
    ),
    source="Early Help standard, version 1, after Ofsted Annex A lists 3 to 8 and the children in need census",
)

legal_status = CodeList(
    "legal_status",
    "Legal status of a looked-after child",
    (
        CodeValue("C1", "Interim care order", ("ICO",)),
        CodeValue("C2", "Full care order", ("FCO", "Care order", "Section 31")),
        CodeValue("D1", "Freeing order granted", ("Freeing order", "Freed for adoption")),
        CodeValue("E1", "Placement order granted", ("Placement order", "PO")),
        CodeValue(
            "V2",
            "Single period of accommodation under section 20",
            ("Section 20", "S20", "Single period under S20", "Accommodated under section 20"),
        ),
        CodeValue(
            "V3",
            "Series of short breaks, individual episodes recorded",
            ("Short term breaks, episodes recorded",),
            note="Normally left out of counts of children looked after.",
        ),
        CodeValue(
            "V4",
            "Series of short breaks, agreements recorded",
            ("Short term breaks, agreements recorded",),
            note="Normally left out of counts of children looked after.",
        ),
        CodeValue("L1", "Under police protection, in local authority accommodation", ("Police protection",)),
        CodeValue("L2", "Emergency protection order", ("EPO",)),
        CodeValue("L3", "Under child assessment order, in local authority accommodation", ("Child assessment order",)),
        CodeValue("J1", "Remanded to local authority or youth detention accommodation", ("Remanded", "On remand")),
        CodeValue("J2", "Placed in local authority accommodation under PACE", ("PACE", "Under PACE")),
        CodeValue("J3", "Sentenced to youth rehabilitation order", ("Youth rehabilitation order", "YRO")),
    ),
    source="SSDA903, field LS; Ofsted Annex A list 8 (child's legal status)",
)

period_start_reason = CodeList(
    "period_start_reason",
    "Reason for a new episode of care",
    (
        CodeValue("S", "Started to be looked after", ("Start of period of care",)),
        CodeValue("L", "Change of legal status only"),
        CodeValue("P", "Change of placement and carer only"),
        CodeValue("T", "Change of placement, same carer"),
        CodeValue("B", "Change of legal status, placement and carer at the same time"),
        CodeValue("U", "Change of legal status and placement, same carer"),
    ),
    source="SSDA903, field RNE: S begins a period of care, the others continue one",
)
