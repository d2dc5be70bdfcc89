"""Word: real headings, tables that repeat their heads, words for charts, and a council's own template."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor
from tests.unit.reports.paper import FIGURE, HERE, LONG, PAPER, TABLE

from earlyhelp.errors import InputRefused
from earlyhelp.reports.blocks import Content, Heading, TableBlock, Text
from earlyhelp.reports.to_word import LEAST_CONTENTS, MOST_CONTENTS, write_word

MADE = datetime(2026, 3, 31)
# The order that the standard of WordprocessingML gives for what describes a table: Word refuses another.
TABLE_PROPERTIES = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"]


@pytest.fixture(scope="module")
def word(tmp_path_factory):
    target = tmp_path_factory.mktemp("word") / "paper.docx"
    write_word(PAPER, target, MADE)
    return Document(str(target))


def styled(word, style: str) -> list[str]:
    return [each.text for each in word.paragraphs if each.style.name == style]


def test_headings_are_real_ones_and_the_title_is_the_title(word):
    assert styled(word, "Title") == [PAPER.title]
    assert styled(word, "Heading 1")[:2] == ["In short", "Annexes of ours"]
    assert styled(word, "Heading 2") == ["By team"]
    assert styled(word, "Heading 3") == ["How counted"]
    assert styled(word, "List Bullet")[:2] == ["One point.", "Another point."]


def test_what_may_not_be_said_stands_under_its_own_words(word):
    texts = [each.text for each in word.paragraphs]
    assert texts[texts.index("That the team caused it.") - 1] == "What may not be said:"


def test_a_table_repeats_its_head_and_breaks_no_row(word):
    assert word.tables[0].cell(1, 1).text == "1,204"
    for table in word.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)


def test_what_describes_a_table_stands_in_the_order_that_word_reads(word):
    for table in word.tables:
        names = [each.tag.split("}")[1] for each in table._tbl.tblPr]
        assert {"tblBorders", "tblLook", "tblCaption"} <= set(names)
        assert names == sorted(names, key=TABLE_PROPERTIES.index)


def test_each_chart_has_words_for_it_and_its_table(word):
    described = [each._inline.docPr.get("descr") for each in word.inline_shapes]
    assert described == [FIGURE.alt, HERE.alt]
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in word.tables]
    assert captions == [TABLE.caption, HERE.table.caption, LONG.caption]
    assert styled(word, "Heading 1")[-1].startswith("Annex: the figures")


def test_language_title_author_and_day_are_in_its_properties(word):
    about = word.core_properties
    assert (about.title, about.author, about.language) == (PAPER.title, "Thornbridge", "en-GB")
    assert about.created == about.modified == MADE.replace(tzinfo=UTC)
    languages = {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert {each.get(qn("w:val")) for each in word.settings.element.iter(qn("w:themeFontLang"))} <= {"en-GB"}


def test_contents_lead_to_headings_that_are_there(tmp_path):
    headings = [Heading(1, f"Part {number}") for number in range(LEAST_CONTENTS)]
    write_word(Content("Parts", "", "Thornbridge", tuple(headings)), tmp_path / "parts.docx", MADE)
    word = Document(str(tmp_path / "parts.docx"))
    marks = [each.get(qn("w:name")) for each in word.element.body.iter(qn("w:bookmarkStart"))]
    led_to = [each.get(qn("w:anchor")) for each in word.element.body.iter(qn("w:hyperlink"))]
    assert led_to
    assert set(led_to) <= set(marks)
    assert len(set(marks)) == len(marks)
    signs = [each.get(qn("w:fldCharType")) for each in word.element.body.iter(qn("w:fldChar"))]
    assert signs == ["begin", "separate", "end"]


def test_a_page_or_two_need_no_contents(word):
    assert not list(word.element.body.iter(qn("w:hyperlink")))


def test_the_columns_of_a_table_fill_the_page_by_what_stands_in_them(tmp_path):
    wide = TableBlock("Wide", ("n", "in words"), (("1", "what it would have to avoid to pay for itself " * 3),))
    write_word(Content("Wide", "", "Thornbridge", (Heading(1, "One"), wide)), tmp_path / "wide.docx", MADE)
    [table] = Document(str(tmp_path / "wide.docx")).tables
    number, words = (each.w for each in table._tbl.tblGrid.gridCol_lst)
    assert words > 10 * number
    assert [(row.cells[0].width, row.cells[1].width) for row in table.rows] == [(number, words)] * 2


def test_a_short_table_stays_on_one_page_and_a_long_one_may_break(tmp_path):
    tables = [TableBlock(f"{count} rows", ("n",), (("1",),) * count) for count in (3, 40)]
    write_word(Content("Two", "", "Thornbridge", (Heading(1, "One"), *tables)), tmp_path / "two.docx", MADE)
    short, long = Document(str(tmp_path / "two.docx")).tables
    bound = [
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in each.rows] for each in (short, long)
    ]
    assert bound == [[True] * 3 + [None], [True] + [None] * 40]


def test_long_contents_go_one_level_deep(tmp_path):
    headings = [Heading(2, f"Part {number}") for number in range(MOST_CONTENTS)]
    write_word(Content("Long", "", "Thornbridge", (Heading(1, "First"), *headings)), tmp_path / "long.docx", MADE)
    body = Document(str(tmp_path / "long.docx")).element.body
    assert len(list(body.iter(qn("w:hyperlink")))) == 1


def test_the_same_document_gives_the_same_words_and_no_theme_font(word, tmp_path):
    write_word(PAPER, tmp_path / "again.docx", MADE)
    again = Document(str(tmp_path / "again.docx"))
    assert [each.text for each in again.paragraphs] == [each.text for each in word.paragraphs]
    fonts = word.styles["Heading 1"].element.rPr.rFonts
    assert fonts.get(qn("w:ascii")) == "Arial"
    assert fonts.get(qn("w:asciiTheme")) is None


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A council's own template: purple headings, words of its own, a footer."""
    own = Document()
    own.styles["Heading 1"].font.color.rgb = RGBColor(0x6A, 0x1B, 0x9A)
    own.add_paragraph("Replace these words.")
    own.sections[0].footer.paragraphs[0].text = "Thornbridge Council"
    own.save(str(tmp_path / "own.docx"))
    return tmp_path / "own.docx"


def test_a_template_gives_its_styles_and_footer_and_not_its_words(template, tmp_path):
    write_word(PAPER, tmp_path / "paper.docx", MADE, template)
    made = Document(str(tmp_path / "paper.docx"))
    assert made.styles["Heading 1"].font.color.rgb == RGBColor(0x6A, 0x1B, 0x9A)
    assert made.sections[0].footer.paragraphs[0].text == "Thornbridge Council"
    assert "Replace these words." not in [each.text for each in made.paragraphs]


def test_a_dotx_opens_like_a_document(template, tmp_path):
    dotx = tmp_path / "own.dotx"
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(dotx, "w") as copy:
        for name in source.namelist():
            content = source.read(name).replace(b"document.main+xml", b"template.main+xml")
            copy.writestr(name, content)
    write_word(PAPER, tmp_path / "paper.docx", MADE, dotx)
    assert PAPER.title in [each.text for each in Document(str(tmp_path / "paper.docx")).paragraphs]


def test_a_template_without_our_styles_gets_them_as_real_headings(template, tmp_path):
    own = Document(str(template))
    for name in ("Heading 2", "List Bullet", "Subtitle"):
        own.styles[name].element.getparent().remove(own.styles[name].element)
    own.save(str(template))
    write_word(PAPER, tmp_path / "paper.docx", MADE, template)
    made = Document(str(tmp_path / "paper.docx"))
    level = made.styles["Heading 2"].element.pPr.find(qn("w:outlineLvl"))
    assert level.get(qn("w:val")) == "1"
    assert "\N{BULLET} One point." in [each.text for each in made.paragraphs]


@pytest.mark.parametrize("bytes_of_it", [b"no zip at all", b""])
def test_a_template_that_is_none_is_refused_by_name(tmp_path, bytes_of_it):
    (tmp_path / "own.docx").write_bytes(bytes_of_it)
    with pytest.raises(InputRefused) as told:
        write_word(PAPER, tmp_path / "paper.docx", MADE, tmp_path / "own.docx")
    assert told.value.where == "own.docx"
    assert not (tmp_path / "paper.docx").exists()


def test_a_template_that_is_a_workbook_or_is_not_there_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "own.docx", "w") as other:
        other.writestr("xl/workbook.xml", "<workbook/>")
    plain = Content("Short", "", "Thornbridge", (Heading(1, "First"), Text("Said.")))
    for name in ("own.docx", "nowhere.docx"):
        with pytest.raises(InputRefused, match="not a Word file"):
            write_word(plain, tmp_path / "paper.docx", MADE, tmp_path / name)
