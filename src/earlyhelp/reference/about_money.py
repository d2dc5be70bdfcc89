"""What is published about councils' spending on children."""

from __future__ import annotations

from earlyhelp.reference.areas import AUTHORITY, AUTHORITY_NUMBER
from earlyhelp.reference.publication import Publication, names, unpivoted

SPEND = Publication(
    id="spend",
    title="Revenue outturn RO3: spending on children's social care, thousand pounds",
    publisher="Ministry of Housing, Communities and Local Government",
    where="https://www.gov.uk/government/collections/local-authority-revenue-expenditure-and-financing",
    how="RO3 data by local authority, one row an authority, service line and column",
    headings=names(
        "financial_year ons_code e_code la_name class certification service_line col_code column gbp_thousands"
    ),
    keys=names("financial_year ons_code service_line col_code"),
    long=unpivoted(
        f"ons_code AS area_code, '{AUTHORITY}' AS area_type, financial_year AS period, "
        "service_line || coalesce('/' || \"column\", '') AS measure",
        ["gbp_thousands"],
    ),
    remarks="SELECT ons_code AS area_code, financial_year AS period, certification AS remark FROM source",
)

_COLUMNS = names(
    "OwnProvision PrivateProvision OtherPublic Voluntary TotalExpenditure Income NetCurrentExpenditure GovGrantsInsideAEF "
    "GovGrantsOutsideAEF LEANetRevenueExpenditure"
)
SPEND_BY_LINE = Publication(
    id="spend_by_line",
    title="Section 251 outturn 2013-14: spending on children and young people line by line, pounds",
    publisher="Department for Education",
    where="https://explore-education-statistics.service.gov.uk/find-statistics/la-and-school-expenditure",
    how="Section 251 outturn, children and young people's services, line level",
    headings=(*names("old_la_code la_name LineNumber CYPServiceDescription ReportGroup"), *_COLUMNS),
    keys=("old_la_code", "LineNumber"),
    long=unpivoted(
        f"regexp_replace(old_la_code, '\\.0$', '') AS area_code, '{AUTHORITY_NUMBER}' AS area_type, '2013-14' AS period, "
        "CYPServiceDescription || '/' || indicator AS measure",
        _COLUMNS,
    ),
)

ABOUT_MONEY = (SPEND, SPEND_BY_LINE)
