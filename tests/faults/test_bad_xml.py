"""Census returns that are hostile, torn or of another kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.faults.damaged import CHILD_XML, NAME, census, child_xml
from tests.staged import Row, Staged, names_nobody, refusal, stage


def read(folder: Path, text: str, encoding: str = "utf-8") -> Staged:
    """The return as staged."""
    return stage(folder, written(folder, text, encoding))


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """The return as a file, beside one that no return may draw in."""
    (folder / "secret.txt").write_text(NAME)
    file = folder / "cin.xml"
    file.write_bytes(text.encode(encoding))
    return file


def referrals(staged: Staged) -> list[Row]:
    """The staged referrals, in the order of the return."""
    return [row for row in staged.rows("social_care_event") if row["type"] == "referral"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DECLARED = {
    "a billion laughs": f'<!DOCTYPE Message [<!ENTITY l0 "ha">{LAUGHS}]>',
    "a file of this machine": '<!DOCTYPE Message [<!ENTITY l9 SYSTEM "secret.txt">]>',
    "a file of the network": '<!DOCTYPE Message [<!ENTITY l9 SYSTEM "http://192.0.2.1/x">]>',
    "a parameter entity": '<!DOCTYPE Message [<!ENTITY % p SYSTEM "secret.txt"> %p; <!ENTITY l9 "x">]>',
    "an outside document type": '<!DOCTYPE Message SYSTEM "secret.txt">',
}


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED.keys())
def test_a_return_that_declares_entities_is_refused_and_nothing_is_fetched(tmp_path: Path, declared: str) -> None:
    refused = refusal(tmp_path, written(tmp_path, census(child_xml(1, source="&l9;"), before=declared)))
    assert "document type" in refused.error


def test_references_to_outside_files_by_other_means_are_left_alone(tmp_path: Path) -> None:
    root = (
        'Message xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="secret.txt"'
    )
    included = '<xi:include href="secret.txt" parse="text"/>'
    style = '<?xml-stylesheet href="secret.txt" type="text/xsl"?>'
    staged = read(tmp_path, census(child_xml(1, more=included), CHILD_XML, root=root, before=style))
    assert staged.parts["Child"] == (2, 2, 0)
    assert staged.parts["CINdetails"] == (2, 2, 0)
    assert names_nobody(str(staged.rows("social_care_event")))


def test_an_entity_nobody_declared_is_refused(tmp_path: Path) -> None:
    assert "well formed" in refusal(tmp_path, written(tmp_path, census(child_xml(1, source="&nobody;")))).error


@pytest.mark.parametrize("root", ['Message xmlns="urn:not-the-published-one"', 'Message xmlns:x="urn:x"'])
def test_a_wrong_namespace_is_noted_and_the_elements_are_read_by_name(tmp_path: Path, root: str) -> None:
    staged = read(tmp_path, census(CHILD_XML, child_xml(2), root=root))
    assert staged.parts["Child"] == (2, 2, 0)
    assert any("namespace" in note for note in staged.report["notes"]) == ("xmlns=" in root)


def test_a_return_without_a_header_is_read_and_its_day_is_inferred(tmp_path: Path) -> None:
    staged = read(tmp_path, f"<Message><Children>{CHILD_XML}{child_xml(2)}</Children></Message>")
    assert staged.parts["CINdetails"] == (2, 2, 0)
    assert staged.report["extract_date_inferred"] is True


def test_a_header_that_makes_no_sense_costs_no_row(tmp_path: Path) -> None:
    text = census(CHILD_XML, child_xml(2)).replace("2026-03-31", "the end of March").replace("<Year>2026", "<Year>")
    staged = read(tmp_path, text)
    assert staged.parts["Child"] == (2, 2, 0)
    assert staged.report["extract_date_inferred"] is True


@pytest.mark.parametrize(
    "text",
    [
        census(collection="SC").replace("<Children></Children>", "<Pupils><Pupil/></Pupils>"),
        census(),
        census(CHILD_XML, collection="CLA"),
        "<html><body>Zebedee Quillfeather</body></html>",
        "<?xml version='1.0'?><Message/>",
        "<",
        "<?xml version='1.0'?>",
        "<Message><Children></Message></Children>",
    ],
    ids=[
        "pupils",
        "no children",
        "another collection",
        "a web page",
        "nothing in it",
        "a bracket",
        "a declaration",
        "crossed tags",
    ],
)
def test_what_is_no_children_in_need_return_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, written(tmp_path, text)).where.startswith("cin.xml")


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_return_cut_short_is_refused_whole(tmp_path: Path, kept: float) -> None:
    text = census(CHILD_XML, *(child_xml(number) for number in range(2, 200)))
    refused = refusal(tmp_path, written(tmp_path, text[: int(len(text) * kept)]))
    assert "cut short" in refused.error


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("", "utf-8-sig"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1"),
    ],
)
def test_a_return_is_read_in_the_encoding_it_declares(tmp_path: Path, declaration: str, encoding: str) -> None:
    staged = read(tmp_path, census(CHILD_XML, child_xml(2, source="Café"), before=declaration), encoding)
    assert staged.parts["Child"] == (2, 2, 0)
    assert referrals(staged)[-1]["source_code_raw"] == "Café"


@pytest.mark.parametrize(
    "text",
    [
        census(child_xml(1, source="Caf\udce9")),
        census(child_xml(1), before='<?xml version="1.0" encoding="klingon"?>'),
        census(child_xml(1, source="&#0;")),
        census(child_xml(1, source="\x01")),
        census(child_xml(1, source="\x00")),
    ],
    ids=["a byte that is no UTF-8", "an unknown encoding", "a reference to zero", "a control character", "a zero"],
)
def test_characters_that_xml_does_not_allow_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cin.xml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert refusal(tmp_path, file).where.startswith("cin.xml")


def test_comments_instructions_and_character_data_are_read_as_xml_means_them(tmp_path: Path) -> None:
    source = "<![CDATA[5D]]><!-- Zebedee Quillfeather --><?note 2011-07-19?>"
    staged = read(tmp_path, census("<!-- first -->", CHILD_XML, child_xml(2, source=source)))
    assert staged.parts["CINdetails"] == (2, 2, 0)
    assert referrals(staged)[-1]["source_code"] == "5D"


def test_a_child_without_an_id_is_set_aside_with_what_is_nested_in_it(tmp_path: Path) -> None:
    nameless = CHILD_XML.replace("<LAchildID>9434765919</LAchildID>", "<LAchildID> </LAchildID>")
    staged = read(tmp_path, census(child_xml(1), nameless, child_xml(3)))
    assert staged.parts["Child"] == (3, 2, 1)
    assert staged.parts["CINdetails"] == (3, 2, 1)
    assert {(row["part"], row["row_no"], row["rule"]) for row in staged.quarantine} == {
        ("Child", 2, "missing_key"),
        ("CINdetails", 2, "missing_key"),
    }


def test_referrals_without_a_sure_day_are_set_aside_and_their_children_stay(tmp_path: Path) -> None:
    days = ("", "soon", "2025-02-31", "31/02/2025", "2025-13-05", "01/06/25")
    staged = read(tmp_path, census(CHILD_XML, *(child_xml(number, referred=day) for number, day in enumerate(days))))
    assert staged.parts["Child"] == (7, 7, 0)
    assert staged.parts["CINdetails"] == (7, 1, 6)


def test_a_child_who_stands_in_the_return_twice_is_in_twice_and_flagged(tmp_path: Path) -> None:
    staged = read(tmp_path, census(CHILD_XML, child_xml(2), child_xml(2)))
    assert staged.parts["Child"] == (3, 3, 0)
    assert "repeated_key" in {rule for _, rule in staged.flagged}


def test_a_child_without_referrals_and_elements_in_odd_places_lose_nothing(tmp_path: Path) -> None:
    bare = "<Child><LAchildID>5</LAchildID></Child>"
    plan = "<CINPlanDates><CINPlanStartDate>2025-07-01</CINPlanStartDate></CINPlanDates>"
    stray = child_xml(6).replace("<CINdetails>", f"{plan}<CINdetails>{plan}{plan}")
    staged = read(tmp_path, census(bare, stray))
    assert staged.parts["Child"] == (2, 2, 0)
    assert staged.parts["CINPlanDates"] == (3, 3, 0)


def test_a_text_of_five_megabytes_costs_no_row_and_is_not_printed(tmp_path: Path) -> None:
    long = "Zebedee Quillfeather " * 250_000
    staged = read(tmp_path, census(child_xml(1, source=long), CHILD_XML, child_xml(3, more=f"<Note>{long}</Note>")))
    assert staged.parts["CINdetails"] == (3, 3, 0)
    assert referrals(staged)[0]["source_code"] == "unmapped"
    assert len(str(staged.report)) < 20_000


def test_a_school_census_without_pupils_is_refused_with_what_to_load_instead(tmp_path: Path) -> None:
    text = census(collection="SC").replace("<Children></Children>", "<Pupils><Pupil/></Pupils>")
    refused = refusal(tmp_path, written(tmp_path, text))
    assert "not a return of the school census" in refused.error
    assert "the tables made of it as CSV" in refused.fix
