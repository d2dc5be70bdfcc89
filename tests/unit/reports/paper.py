"""One document with a block of each kind, for the tests of every format."""

from __future__ import annotations

from earlyhelp.reports.blocks import Bullets, Content, Figure, Heading, MayNotSay, Note, TableBlock, Text
from earlyhelp.reports.charts import Interval, bar_plot

ROWS = (("North", "1,204", "+3.5"), ("South", "too few to say", "none"))
TABLE = TableBlock("Families by team", ("team", "families", "change"), ROWS, (1, 2))
LONG = TableBlock("Days by team", ("team", "days"), (("North", "12"), ("South", "31")), (1,))
CHART = bar_plot([Interval("North", 12, 10, 14), Interval("South", 31, 20, 42)], "days")
FIGURE = Figure("Days waited by team", CHART, "Bars: North 12 days, South 31 days.", LONG, in_annex=True)
HERE = Figure("Families by team, drawn", CHART, "Bars of families.", TableBlock("Drawn", ("team",), (("North",),)))
PAPER = Content(
    "Waits & <help>",
    "Thornbridge. As at 31 March 2026.",
    "Thornbridge",
    (
        Heading(1, "In short"),
        Text("Families wait <12 days> & more.", strong=True),
        Heading(2, "By team", new_page=True),
        TABLE,
        FIGURE,
        HERE,
        Bullets(("One point.", "Another point.")),
        MayNotSay(("That the team caused it.",)),
        Heading(3, "How counted"),
        Note("Counted by the rule of B2."),
        Heading(1, "Annexes of ours"),
    ),
)
