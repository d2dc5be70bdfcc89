"""The mess of Thornbridge's extracts, declared: every fault that is planted, where, and how often."""

from __future__ import annotations

from thornbridge_maker import faults as f
from thornbridge_maker.chance import Chance
from thornbridge_maker.days import EXTRACT_DAY
from thornbridge_maker.faults import FLAGGED, REPAIRED, Plant, Planted
from thornbridge_maker.rows import File, Row

ANNEX_25, ANNEX_26 = "annex_a_2025-03.xlsx", "annex_a_2026-03.xlsx"
CIN_24, CIN_25, CIN_26 = "cin_2023-24.xml", "cin_2024-25.xml", "cin_2025-26.xml"
HEADER, EPISODES, MISSING_CSV = (f"ssda903_2025-26_{name}.csv" for name in ("header", "episodes", "missing"))
EARLY_HELP, PERSON = "ssd_early_help_episodes", "ssd_person"
CHILD = "Child Unique ID"
STARTED, ENDED = "earl_episode_start_date", "earl_episode_end_date"


def _leaf(row: Row) -> bool:
    """An element with nothing nested in it, so that its fault is its own."""
    return not row.nested


def _only_a_referral(row: Row) -> bool:
    """A child with one referral and nothing below it."""
    return len(row.nested) == 1 and not row.nested[0].nested and not row.nested[0].spoilt


def _csv(kind: f.Kind, table: str, column: str, count: int = 1) -> Plant:
    return Plant(kind, f"{table}.csv", table, column, count)


ANNEX_A = (
    Plant(f.TWO_DIGIT_YEAR, ANNEX_25, "List_1", "Date of Contact"),
    Plant(f.MISSING, ANNEX_25, "List_1", "Date of Contact"),
    Plant(f.MISSING, ANNEX_25, "List_1", CHILD),
    Plant(f.DATE_IN_WORDS, ANNEX_25, "List_1", "Date of Contact", 2),
    Plant(
        f.word("Police - MASH", "6"),
        ANNEX_25,
        "List_1",
        "Contact Source",
        2,
        lambda row: "6" in str(row.cells["Contact Source"]),
    ),
    Plant(f.word("See notes", "unmapped"), ANNEX_25, "List_1", "Contact Source"),
    Plant(f.SWAPPED, ANNEX_25, "List_2", "Assessment start date"),
    Plant(f.IMPOSSIBLE, ANNEX_25, "List_2", "Assessment start date"),
    Plant(f.EXCEL_SERIAL, ANNEX_25, "List_2", "Assessment start date", 2),
    Plant(f.before("Assessment start date"), ANNEX_25, "List_2", "Assessment completion date"),
    Plant(f.HARD_SPACES, ANNEX_25, "List_2", "Organisation completing assessment", 2),
    Plant(f.NOT_AVAILABLE, ANNEX_25, "List_3", "Date of referral"),
    Plant(f.DATE_AS_TEXT, ANNEX_25, "List_3", "Date of referral", 2),
    Plant(f.NOT_AVAILABLE, ANNEX_25, "List_6", "Allocated Worker", 2),
    Plant(f.SPACES_AFTER, ANNEX_25, "List_6", "Case status", 2),
    Plant(f.MISSING, ANNEX_26, "List_1", CHILD, 2),
    Plant(f.IMPOSSIBLE, ANNEX_26, "List_1", "Date of Contact"),
    Plant(f.SWAPPED, ANNEX_26, "List_1", "Date of Contact"),
    Plant(f.EXCEL_SERIAL, ANNEX_26, "List_1", "Date of Contact"),
    Plant(f.SPACES_AFTER, ANNEX_26, "List_1", CHILD, 2),
    Plant(
        f.word("School (primary)", "2A"),
        ANNEX_26,
        "List_1",
        "Contact Source",
        2,
        lambda row: "2A" in str(row.cells["Contact Source"]),
    ),
    Plant(f.word("TBC", "unmapped"), ANNEX_26, "List_1", "Contact Source"),
    Plant(f.TWO_DIGIT_YEAR, ANNEX_26, "List_2", "Assessment start date", 2),
    Plant(f.MISSING, ANNEX_26, "List_2", "Assessment start date"),
    Plant(f.DATE_IN_WORDS, ANNEX_26, "List_2", "Assessment start date", 2),
    Plant(f.TWO_DIGIT_YEAR, ANNEX_26, "List_2", "Assessment completion date"),
    Plant(f.SWAPPED, ANNEX_26, "List_2", "Date of Birth"),
    Plant(f.MISSING, ANNEX_26, "List_3", CHILD),
    Plant(f.IMPOSSIBLE, ANNEX_26, "List_4", "Continuous Assessment Start Date"),
    Plant(f.before("CIN Start Date"), ANNEX_26, "List_6", "CIN Closure Date"),
    Plant(f.word("Closed - see chronology", "unmapped"), ANNEX_26, "List_6", "Reason for Closure"),
    Plant(f.NOT_AVAILABLE, ANNEX_26, "List_7", "Allocated Worker"),
    Plant(f.NOT_AVAILABLE, ANNEX_26, "List_8", "Allocated Worker"),
)
CIN = (
    Plant(f.MISSING, CIN_24, "Child", "LAchildID", 1, _only_a_referral),
    Plant(f.DATE_WITH_TIME, CIN_24, "CINdetails", "CINreferralDate", 2),
    Plant(f.MISSING, CIN_24, "Assessments", "AssessmentActualStartDate"),
    Plant(f.value_of("9", "gender 9, indeterminate in this year's codes", REPAIRED, "U"), CIN_24, "Child",
    "GenderCurrent"),
    Plant(f.SPACES_AFTER, CIN_24, "CINdetails", "ReferralSource"),
    Plant(f.IMPOSSIBLE_YEAR_FIRST, CIN_25, "CINdetails", "CINreferralDate", 1, _leaf),
    Plant(f.before("CINPlanStartDate"), CIN_25, "CINPlanDates", "CINPlanEndDate"),
    Plant(f.word("5E", "unmapped"), CIN_25, "CINdetails", "ReferralSource"),
    Plant(f.value_of("false", "no further action as a word", REPAIRED, "false"), CIN_25, "CINdetails", "ReferralNFA", 2,
          lambda row: row.cells["ReferralNFA"] == "0"),
    Plant(f.value_of("A99912", "pupil number too short", FLAGGED), CIN_25, "Child", "UPN"),
    Plant(f.SWAPPED_YEAR_FIRST, CIN_26, "Assessments", "AssessmentActualStartDate"),
    Plant(f.MISSING, CIN_26, "Section47", "S47ActualStartDate", 1, lambda row: row.cells["DateOfInitialCPC"] is None),
    Plant(f.IMPOSSIBLE_YEAR_FIRST, CIN_26, "ChildProtectionPlans", "CPPendDate"),
    Plant(f.word("RC10", "unmapped"), CIN_26, "CINdetails", "ReasonForClosure"),
)  # fmt: skip
SSDA903 = (
    Plant(f.IMPOSSIBLE, HEADER, HEADER[:-4], "DOB"),
    Plant(f.word("WBTR", "unmapped"), HEADER, HEADER[:-4], "ETHNIC"),
    Plant(f.MISSING, EPISODES, EPISODES[:-4], "DECOM"),
    Plant(f.TWO_DIGIT_YEAR, EPISODES, EPISODES[:-4], "DECOM"),
    Plant(f.before("DECOM"), EPISODES, EPISODES[:-4], "DEC"),
    Plant(f.SPACES_AFTER, EPISODES, EPISODES[:-4], "CHILD"),
    Plant(f.DATE_IN_WORDS, MISSING_CSV, MISSING_CSV[:-4], "MIS_START"),
)
SAFEGUARDING_DATASET = (
    _csv(f.IMPOSSIBLE_YEAR_FIRST, PERSON, "pers_dob"),
    _csv(f.MISSING, PERSON, "pers_person_id"),
    _csv(f.HARD_SPACES, PERSON, "pers_surname", 2),
    _csv(f.word("Mixed - see file", "unmapped"), PERSON, "pers_ethnicity"),
    _csv(f.DATE_IN_WORDS, EARLY_HELP, STARTED, 3),
    _csv(f.EXCEL_SERIAL, EARLY_HELP, STARTED, 3),
    _csv(f.TWO_DIGIT_YEAR, EARLY_HELP, STARTED, 2),
    _csv(f.SWAPPED, EARLY_HELP, STARTED, 2),
    _csv(f.IMPOSSIBLE, EARLY_HELP, STARTED),
    _csv(f.MISSING, EARLY_HELP, STARTED, 2),
    _csv(f.MISSING, EARLY_HELP, "earl_person_id", 2),
    _csv(f.NOT_AVAILABLE, EARLY_HELP, "earl_episode_worker_id", 2),
    _csv(f.before(STARTED), EARLY_HELP, ENDED, 2),
    _csv(f.TWO_DIGIT_YEAR, EARLY_HELP, ENDED),
    _csv(f.LINE_BREAK, EARLY_HELP, "earl_episode_reason", 2),
    _csv(f.word("Fam Sup Tier 2", "unmapped"), EARLY_HELP, "earl_episode_reason"),
    _csv(f.word("Case hygiene", "unmapped"), EARLY_HELP, "earl_episode_end_reason"),
    _csv(f.SPACES_AFTER, EARLY_HELP, "earl_episode_end_reason", 2),
    _csv(f.MISSING, "ssd_family", "fami_person_id"),
    _csv(f.MISSING, "ssd_contacts", "cont_contact_date"),
    _csv(f.IMPOSSIBLE_YEAR_FIRST, "ssd_contacts", "cont_contact_date"),
    _csv(f.word("6P", "unmapped"), "ssd_contacts", "cont_contact_source_code"),
    _csv(f.MISSING, "ssd_linked_identifiers", "link_person_id"),
    _csv(f.word("Library card", "unmapped"), "ssd_linked_identifiers", "link_identifier_type"),
)
FRONT_DOOR = (
    _csv(f.MISSING, "contact", "contact_date"),
    _csv(f.SWAPPED_YEAR_FIRST, "contact", "contact_date"),
    _csv(f.DATE_IN_WORDS, "contact", "contact_date"),
    _csv(f.before("contact_date"), "contact", "decision_date"),
    _csv(f.word("Early Help Hub", "5D"), "contact", "source_code"),
    _csv(f.word("ZZ", "unmapped"), "contact", "source_code"),
    _csv(f.LINE_BREAK, "contact", "reason_raw", 2),
    _csv(f.HARD_SPACES, "contact", "requestor_organisation"),
    _csv(f.before("start_date"), "service_delivered", "end_date"),
    _csv(f.MISSING, "feedback", "asked_date"),
)
DECLARED = (*ANNEX_A, *CIN, *SSDA903, *SAFEGUARDING_DATASET, *FRONT_DOOR)


def make_mess(files: dict[str, File]) -> list[Planted]:
    """Spoil the files as declared and return every fault in them."""
    found = f.plant_unborn(files[ANNEX_26], EXTRACT_DAY)
    found += f.plant(DECLARED, files)
    found += f.plant_twin(files[ANNEX_25], "List_6", 1, Chance("twin 1"))
    found += f.plant_twin(files[ANNEX_26], "List_6", 2, Chance("twin 2"))
    found += f.plant_twin(files[ANNEX_26], "List_7", 1, Chance("twin 3"))
    found += f.plant_twin(files[f"{PERSON}.csv"], PERSON, 1, Chance("twin 4"))
    found += f.plant_twin(files[f"{EARLY_HELP}.csv"], EARLY_HELP, 1, Chance("twin 5"))
    found += f.plant_blank_row(files[ANNEX_25], "List_1", 9)
    found += f.plant_ragged_row(
        files["ssd_contacts.csv"],
        "cont_contact_source_desc",
        "Health services - Health visitor, Dunmere clinic",
        Chance("ragged"),
    )
    return [*found, *_reword(files), *_file_faults(files)]


def _reword(files: dict[str, File]) -> list[Planted]:
    """In the later workbook somebody typed a sheet name and a heading afresh."""
    sheet = files[ANNEX_26].sheet("List_3")
    sheet.called, sheet.reworded = "List 3", {"Date of referral": "Referral Date"}
    return [
        Planted(ANNEX_26, "List_3", None, "", "sheet named 'List 3', with a space", REPAIRED, "List_3"),
        Planted(
            ANNEX_26, "List_3", 2, "Date of referral", "heading reworded 'Referral Date'", REPAIRED, "Date of referral"
        ),
    ]


def _file_faults(files: dict[str, File]) -> list[Planted]:
    """What is unusual about whole files, read off the files themselves."""
    words = {
        "cp1252": "saved in the cp1252 code page, with accented names",
        "utf-8-sig": "begins with a byte order mark",
    }
    found = [
        Planted(file.name, "", None, "", words[file.encoding], REPAIRED)
        for file in files.values()
        if file.encoding in words
    ]
    found += [
        Planted(file.name, "", None, "", "semicolons between the cells", REPAIRED)
        for file in files.values()
        if file.delimiter == ";"
    ]
    return found
