"""A document as one HTML file: nothing is fetched, no script runs, charts are drawings inside it, each with its table."""

from __future__ import annotations

from base64 import b64encode
from html import escape

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
from earlyhelp.reports.charts import png, svg

_STYLE = """
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: counter(page); font: 9pt sans-serif; color: #595959; } }
body { font-family: Arial, "Liberation Sans", Helvetica, sans-serif; color: #0b0c0c; line-height: 1.45; max-width: 46rem;
       margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.2; margin: 1.6em 0 .5em; break-after: avoid; }
h1.title { font-size: 2rem; margin-top: .5em; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.3rem; } h3 { font-size: 1.08rem; }
.subtitle, .note, figcaption.quiet { color: #595959; }
.note { font-size: .88rem; overflow-wrap: anywhere; }
.strong { font-weight: bold; }
.lead { margin-bottom: .2em; font-weight: bold; }
table { border-collapse: collapse; width: 100%; margin: .6em 0 1.2em; font-size: .9rem; }
caption { text-align: left; font-weight: bold; padding: .3em 0; break-after: avoid; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em .3em 0; border-bottom: 1px solid #bfbfbf; }
thead th { border-bottom: 2px solid #595959; }
.figure { text-align: right; padding-right: .8em; }
tr { break-inside: avoid; } thead { display: table-header-group; }
figure { margin: 1.2em 0; break-inside: avoid; } figcaption { font-weight: bold; margin-bottom: .4em; }
img { max-width: 100%; height: auto; }
summary { cursor: pointer; }
@media screen { .wide { overflow-x: auto; } }
@media print {
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.35; }
  h1, h2, h3, h4 { margin-top: .9em; margin-bottom: .3em; } h2.new-page { margin-top: 0; }
  p, ul { margin: .4em 0; } figure { margin: .6em 0 .2em; } table { margin: .3em 0 .8em; }
  img { max-width: 80%; }
  .new-page { break-before: page; }
}
"""


def html_page(content: Content, *, paper: bool = False) -> str:
    """The whole page. `paper`: as it is printed, tables behind charts opened, the long ones moved to an annex at the end."""
    shown = printed(content) if paper else content
    body = "\n".join(_block(each, paper) for each in shown.blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(content.title)}</title>\n'
        f'<meta name="author" content="{escape(content.author)}">\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n'
        f'<h1 class="title">{escape(content.title)}</h1>\n<p class="subtitle">{escape(content.subtitle)}</p>\n'
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block, paper: bool) -> str:
    if isinstance(block, Heading):
        return _heading(block)
    if isinstance(block, Text):
        kind = "strong" if block.strong else "text"
        return f'<p class="{kind}">{escape(block.text)}</p>'
    if isinstance(block, Note):
        return f'<p class="note">{escape(block.text)}</p>'
    if isinstance(block, Bullets):
        return _bullets(block)
    if isinstance(block, TableBlock):
        return f'<div class="wide">{_table(block)}</div>'
    return _figure(block, paper)


def _heading(block: Heading) -> str:
    """A heading under the title, which is the page's only one of the first rank."""
    rank = block.level + 1
    page = ' class="new-page"' if block.new_page else ""
    return f"<h{rank}{page}>{escape(block.text)}</h{rank}>"


def _bullets(block: Bullets) -> str:
    lead = f'<p class="lead">{escape(block.lead)}</p>' if isinstance(block, MayNotSay) else ""
    return f"{lead}<ul>{''.join(f'<li>{escape(each)}</li>' for each in block.items)}</ul>"


def _table(block: TableBlock) -> str:
    def cell(place: int, text: str, tag: str, more: str = "") -> str:
        side = ' class="figure"' if place in block.figures else ""
        return f"<{tag}{more}{side}>{escape(text)}</{tag}>"

    heads = "".join(cell(place, each, "th", ' scope="col"') for place, each in enumerate(block.columns))
    rows = "".join(
        f"<tr>{_row_head(row[0])}{''.join(cell(place, each, 'td') for place, each in enumerate(row) if place)}</tr>"
        for row in block.rows
    )
    caption = f"<caption>{escape(block.caption)}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row_head(text: str) -> str:
    return f'<th scope="row">{escape(text)}</th>'


def _drawing(block: Figure, paper: bool) -> str:
    """The chart inside the page. On paper a picture: the letters of a drawing would be set in whatever font is there."""
    kind, made = ("png", png(block.spec)) if paper else ("svg+xml", svg(block.spec).encode())
    return f"data:image/{kind};base64,{b64encode(made).decode()}"


def _figure(block: Figure, paper: bool) -> str:
    image = f'<img alt="{escape(block.alt)}" src="{_drawing(block, paper)}">'
    where = (
        f'<p class="note">Table in the annex: {escape(block.table.caption)}.</p>' if paper and block.in_annex else ""
    )
    chart = f"<figure><figcaption>{escape(block.title)}</figcaption>{image}{where}</figure>"
    if not paper:
        opened = "" if block.in_annex else " open"
        table = f'<div class="wide">{_table(block.table)}</div>'
        return f"{chart}<details{opened}><summary>The chart as a table</summary>{table}</details>"
    return chart if block.in_annex else chart + _table(block.table)
