"""A document as Word: real headings, tables whose heads repeat, charts with words for them, in a council's own template."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from earlyhelp.errors import EarlyHelpError, InputRefused
from earlyhelp.reports.blocks import (
    Block,
    Bullets,
    Content,
    Figure,
    Heading,
    MayNotSay,
    Note,
    TableBlock,
    Text,
    printed,
)
from earlyhelp.reports.charts import png
from earlyhelp.reports.column_widths import column_widths

if TYPE_CHECKING:
    from docx.document import Document as Word

LANGUAGE = "en-GB"
FONT = "Arial"
LEAST_CONTENTS, MOST_CONTENTS = 7, 25
"""A list of contents stands before a document of so many headings, or of as many charts: a page or two need none. It goes two
levels deep while it is no longer than so many."""
_TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_QUIET = "595959"
_CHARACTERS = 116
"""So many characters of a table's print fit between the margins of an upright page."""
_TOGETHER = (16, 1200)
"""A table of up to so many lines, its head counted, and so many characters stays on one page."""


def write_word(content: Content, target: Path, made: datetime, template: Path | None = None) -> None:
    """Write the document; `made`: the moment that stands in its properties.

    template: a council's own .docx or .dotx, whose styles, headers and footers are kept and whose words are not. Raises
    InputRefused for one that is no Word file, EarlyHelpError where python-docx is not installed.
    """
    shown = printed(content)
    word = _opened(template)
    _properties(word, content, made)
    _paragraph(word, content.title, "Title")
    _paragraph(word, content.subtitle, "Subtitle")
    if max(len(content.headings), len(content.figures)) >= LEAST_CONTENTS:
        _contents(word, shown.blocks)
    for number, block in enumerate(shown.blocks):
        _add(word, block, number)
    word.save(str(target))


def _opened(template: Path | None) -> Word:
    """The template without its words, or a plain document of our own."""
    try:
        from docx import Document
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise EarlyHelpError(
            "Word files need python-docx, which is not installed.",
            where="docx",
            fix="pip install 'earlyhelp[documents]', or write .html.",
        ) from None
    if template is None:
        word = Document()
        _plain(word)
        return word
    try:
        word = Document(_as_document(template))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise InputRefused(
            "The template is not a Word file.", where=template.name, fix="Give a .docx or .dotx that Word can open."
        ) from None
    body = word.element.body
    for each in list(body):
        if not each.tag.endswith("}sectPr"):
            body.remove(each)
    return word


def _as_document(template: Path) -> BytesIO:
    """The bytes of a template as those of a document: a .dotx differs in one line."""
    found = BytesIO()
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(_TEMPLATE_TYPE.encode(), _DOCUMENT_TYPE.encode())
            copy.writestr(name, content)
    found.seek(0)
    return found


def _plain(word: Word) -> None:
    """Our own look: one font throughout, dark headings, a page number."""
    from docx.shared import Cm, Pt, RGBColor

    for name, size, before, after in (
        ("Normal", 11, 0, 5),
        ("Title", 22, 0, 6),
        ("Subtitle", 11, 0, 6),
        ("Heading 1", 16, 10, 3),
        ("Heading 2", 13, 9, 2),
        ("Heading 3", 12, 8, 2),
    ):
        style = word.styles[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        _font(style.element, FONT)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x0B, 0x0C, 0x0C)
        style.font.italic = False
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.5)
    _field(section.footer.paragraphs[0], "PAGE", "1")


def _font(style: Any, name: str) -> None:
    """The font of a style, and none of the theme's, which would win over it."""
    from docx.oxml.ns import qn

    fonts = style.get_or_add_rPr().get_or_add_rFonts()
    for each in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{each}"), None)
    for each in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{each}"), name)


def _properties(word: Word, content: Content, made: datetime) -> None:
    """Title, author, language and day: what a screen reader announces and a file list shows."""
    about = word.core_properties
    about.title, about.author, about.language = content.title, content.author, LANGUAGE
    about.subject, about.comments, about.keywords, about.last_modified_by = content.subtitle, "", "", content.author
    about.created = about.modified = made
    _language(word)


def _language(word: Word) -> None:
    from docx.oxml.ns import qn

    for part, name in ((word.styles.element, "w:lang"), (word.settings.element, "w:themeFontLang")):
        for each in part.iter(qn(name)):
            each.set(qn("w:val"), LANGUAGE)
    properties = word.styles["Normal"].element.get_or_add_rPr()
    if properties.find(qn("w:lang")) is None:
        properties.append(_element("lang", {"val": LANGUAGE}))


def _add(word: Word, block: Block, number: int) -> None:
    if isinstance(block, Heading):
        _heading(word, block, number)
    elif isinstance(block, Text):
        _paragraph(word, block.text).runs[0].bold = block.strong or None
    elif isinstance(block, Note):
        _note(word, block.text)
    elif isinstance(block, Bullets):
        _bullets(word, block)
    elif isinstance(block, TableBlock):
        _table(word, block)
    else:
        _figure(word, block)


def _paragraph(word: Word, text: str, style: str = "Normal") -> Any:
    return word.add_paragraph(text, style=_style(word, style))


def _style(word: Word, name: str) -> Any:
    """A style by name; made after the plain ones where a template does not hold it."""
    from docx.enum.style import WD_STYLE_TYPE

    if name in word.styles:
        return word.styles[name]
    made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = word.styles["Normal"]
    if name.startswith("Heading"):
        made.font.bold, made.paragraph_format.keep_with_next = True, True
        made.element.get_or_add_pPr().append(_element("outlineLvl", {"val": str(int(name[-1]) - 1)}))
    return made


def _heading(word: Word, block: Heading, number: int) -> None:
    """A heading in its style, with a mark that the list of contents leads to."""
    made = _paragraph(word, block.text, f"Heading {block.level}")
    made.paragraph_format.page_break_before = block.new_page or None
    begins = _element("bookmarkStart", {"id": str(number), "name": _mark(number)})
    made._p.insert(1 if made._p.pPr is not None else 0, begins)
    made._p.append(_element("bookmarkEnd", {"id": str(number)}))


def _mark(number: int) -> str:
    """The name of a heading's mark, by its place among the blocks."""
    return f"_Toc{number}"


def _contents(word: Word, blocks: Sequence[Block]) -> None:
    """A list of contents that Word can bring up to date, already filled, so that nothing is asked when it opens."""
    headings = [(number, each) for number, each in enumerate(blocks) if isinstance(each, Heading)]
    deep = 2 if sum(each.level < 3 for _, each in headings) <= MOST_CONTENTS else 1
    first = last = None
    for number, each in headings:
        if each.level > deep:
            continue
        line = _paragraph(word, "", "List Paragraph" if each.level > 1 else "Normal")
        line.paragraph_format.space_after = 0
        link = _element("hyperlink", {"anchor": _mark(number), "history": "1"})
        link.append(_run(each.text))
        line._p.append(link)
        first, last = first or line, line
    if first is None or last is None:
        return
    start = 1 if first._p.pPr is not None else 0
    for part in reversed([_sign("begin"), _instruction(f' TOC \\o "1-{deep}" \\h \\z '), _sign("separate")]):
        first._p.insert(start, part)
    last._p.append(_sign("end"))


def _note(word: Word, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = _paragraph(word, text).runs[0]
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_QUIET)


def _bullets(word: Word, block: Bullets) -> None:
    if isinstance(block, MayNotSay):
        lead = _paragraph(word, block.lead)
        lead.runs[0].bold, lead.paragraph_format.keep_with_next = True, True
    has_bullets = "List Bullet" in word.styles
    for each in block.items:
        _paragraph(word, each if has_bullets else f"\N{BULLET} {each}", "List Bullet" if has_bullets else "Normal")


def _table(word: Word, block: TableBlock) -> None:
    """A table under its caption; its head repeats on each page, no row breaks across two, and a short one stays whole."""
    from docx.oxml.ns import qn

    caption = _paragraph(word, block.caption)
    caption.runs[0].bold, caption.paragraph_format.keep_with_next = True, True
    made = word.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    widths = _widths(word, block)
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    properties = made._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        look.addprevious(_borders())
    properties.append(_element("tblCaption", {"val": block.caption}))
    lines = (block.columns, *block.rows)
    together = _held_together(lines)
    for number, (row, texts) in enumerate(zip(made._tbl.tr_lst, lines, strict=True)):
        row.get_or_add_trPr().append(_element("cantSplit"))
        for place, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            cell.width = widths[place]
            _fill(cell, text, place in block.figures, bold=not number, stays=number < together)
    made._tbl.tr_lst[0].get_or_add_trPr().append(_element("tblHeader"))
    for each in made._tbl.iter(qn("w:tblLook")):
        each.set(qn("w:firstRow"), "1")
        each.set(qn("w:firstColumn"), "1")
    _space(word)


def _held_together(lines: Sequence[Sequence[str]]) -> int:
    """How many lines from the first on stay on the page of the next: all of a short table, else its head alone."""
    characters = sum(len(text) for line in lines for text in line)
    most_lines, most_characters = _TOGETHER
    return len(lines) - 1 if len(lines) <= most_lines and characters <= most_characters else 1


def _space(word: Word) -> None:
    """A little room after a table: two tables that touch are one to Word."""
    from docx.shared import Pt

    gap = _paragraph(word, "").paragraph_format
    gap.space_before, gap.space_after, gap.line_spacing = Pt(0), Pt(0), Pt(5)


def _widths(word: Word, block: TableBlock) -> list[Any]:
    """The width of each column of a table that is as wide as the text."""
    from docx.shared import Emu

    room = _room(word)
    return [Emu(int(room * share)) for share in column_widths(block.columns, block.rows, _CHARACTERS)]


def _room(word: Word) -> int:
    """The width between the margins."""
    from docx.shared import Cm

    section = word.sections[0]
    return int((section.page_width or Cm(21)) - (section.left_margin or 0) - (section.right_margin or 0))


def _fill(cell: Any, text: str, to_the_right: bool, *, bold: bool, stays: bool) -> None:
    """One cell, written as XML: a table of a thousand cells takes seconds otherwise. stays: on the page of the next row."""
    paragraph = cell.p_lst[0]
    properties = paragraph.get_or_add_pPr()
    if stays:
        properties.append(_element("keepNext"))
    properties.append(_element("spacing", {"before": "20", "after": "20"}))
    if to_the_right:
        properties.append(_element("jc", {"val": "right"}))
    paragraph.append(_run(text, size="18", bold=bold))


def _figure(word: Word, block: Figure) -> None:
    """The title, the picture with the words for it, and its table, or where that stands."""
    from docx.shared import Emu

    title = _paragraph(word, block.title)
    title.runs[0].bold, title.paragraph_format.keep_with_next = True, True
    place = _paragraph(word, "")
    shape = place.add_run().add_picture(BytesIO(png(block.spec)))
    natural = shape.width
    wide = min(_room(word), natural)
    shape.height, shape.width = Emu(int(shape.height * wide / natural)), Emu(wide)
    shape._inline.docPr.set("descr", block.alt)
    shape._inline.docPr.set("title", block.title)
    if block.in_annex:
        place.paragraph_format.keep_with_next = True
        _note(word, f"Table in the annex: {block.table.caption}.")
    else:
        _table(word, block.table)


def _borders() -> Any:
    """A line under each row and none between columns."""
    found = _element("tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        found.append(_element(side, {"val": "single", "sz": size, "space": "0", "color": "BFBFBF"}))
    return found


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    for part in (_sign("begin"), _instruction(f" {instruction} "), _sign("separate"), _run(shown), _sign("end")):
        paragraph._p.append(part)


def _sign(kind: str) -> Any:
    run = _element("r")
    run.append(_element("fldChar", {"fldCharType": kind}))
    return run


def _instruction(text: str) -> Any:
    run, made = _element("r"), _element("instrText")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(made)
    return run


def _run(text: str, size: str = "", bold: bool = False) -> Any:
    run = _element("r")
    if size or bold:
        properties = _element("rPr")
        if bold:
            properties.append(_element("b"))
        if size:
            properties.append(_element("sz", {"val": size}))
        run.append(properties)
    made = _element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(made)
    return run


def _element(name: str, attributes: Mapping[str, str] | None = None) -> Any:
    """One element of WordprocessingML, with its attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in (attributes or {}).items():
        made.set(qn(f"w:{key}"), value)
    return made
