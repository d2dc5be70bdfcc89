"""The page of a measure in Dash: heading, a filter, a line chart, the table."""

import json
import sys
from pathlib import Path

import dash
from dash import dash_table, dcc, html

told = json.loads(Path(sys.argv[1]).read_text())
months, figures = zip(*told["rows"], strict=True)
app = dash.Dash(__name__, serve_locally=True)
app.layout = html.Div(
    [
        html.H1(told["title"]),
        html.P(told["lead"]),
        dcc.Dropdown(["no split", "source_code", "team"], "no split"),
        dcc.Graph(figure={"data": [{"x": months, "y": figures, "type": "scatter"}]}),
        dash_table.DataTable([{"month": m, "figure": f} for m, f in told["rows"]]),
    ]
)
app.run(port=int(sys.argv[2]), debug=False)
