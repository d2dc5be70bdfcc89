"""The code lists of the standard, one module a family; each names its publisher and the years of its codes."""

from __future__ import annotations

from earlyhelp.standard.codelists.attendance import attendance_codes
from earlyhelp.standard.codelists.closure import closure_reasons
from earlyhelp.standard.codelists.early_help import (
    assessment_outcomes,
    audit_grades,
    complaint_kinds,
    consent,
    contact_decisions,
    delivery_status,
    end_reasons,
    feedback_answers,
    lead_qualification,
    outcome_status,
    respondents,
    review_types,
    second_parent,
)
from earlyhelp.standard.codelists.factors import assessment_factors
from earlyhelp.standard.codelists.finance import section251_ro3, spend_kinds, spend_stages
from earlyhelp.standard.codelists.needs import need_frameworks, needs, needs_statutory
from earlyhelp.standard.codelists.organisations import levels, organisation_types, service_status
from earlyhelp.standard.codelists.partners import (
    exclusion_categories,
    partner_agencies,
    partner_event_outcomes,
    partner_event_types,
    risk_levels,
    school_phases,
    terms,
)
from earlyhelp.standard.codelists.people import (
    disability,
    dob_accuracy,
    ethnicity,
    family_roles,
    identifier_types,
    link_grades,
    link_methods,
    population_sex,
    sen_status,
    sex,
)
from earlyhelp.standard.codelists.places import LSOA_PATTERN, lsoa
from earlyhelp.standard.codelists.referral_source import referral_source
from earlyhelp.standard.codelists.statutory import legal_status, period_start_reason, social_care_event_types
from earlyhelp.standard.codelists.systems import CASE_SYSTEM, source_systems

__all__ = [
    "CASE_SYSTEM",
    "LSOA_PATTERN",
    "assessment_factors",
    "assessment_outcomes",
    "attendance_codes",
    "audit_grades",
    "closure_reasons",
    "complaint_kinds",
    "consent",
    "contact_decisions",
    "delivery_status",
    "disability",
    "dob_accuracy",
    "end_reasons",
    "ethnicity",
    "exclusion_categories",
    "family_roles",
    "feedback_answers",
    "identifier_types",
    "lead_qualification",
    "legal_status",
    "levels",
    "link_grades",
    "link_methods",
    "lsoa",
    "need_frameworks",
    "needs",
    "needs_statutory",
    "organisation_types",
    "outcome_status",
    "partner_agencies",
    "partner_event_outcomes",
    "partner_event_types",
    "period_start_reason",
    "population_sex",
    "referral_source",
    "respondents",
    "review_types",
    "risk_levels",
    "school_phases",
    "second_parent",
    "section251_ro3",
    "sen_status",
    "service_status",
    "sex",
    "social_care_event_types",
    "source_systems",
    "spend_kinds",
    "spend_stages",
    "terms",
]
