"""Plain Splink with ordinary settings on FEBRL 4, on the six fields that ours reads.

usage: splink_febrl.py ORIGINAL.parquet SPOILT.parquet CLUSTERS.parquet

Both names, street number, street, postcode and date of birth. Comparisons of Splink's own library, rarity of values counted,
learned by expectation maximisation on two blockings. The files are known to hold each person once, so of the pairs of
probability one half and more each record keeps its best.
"""

import logging
import sys

import duckdb
import splink.comparison_library as library
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

original, spoilt, clusters = sys.argv[1:]
logging.getLogger("splink").setLevel(logging.ERROR)
con = duckdb.connect()
for name, path in (("a_original", original), ("b_spoilt", spoilt)):
    con.execute(f"CREATE TABLE {name} AS SELECT rec_id AS unique_id, * EXCLUDE (rec_id) FROM '{path}'")
api = DuckDBAPI(connection=con)
settings = SettingsCreator(
    link_type="link_only",
    blocking_rules_to_generate_predictions=[
        block_on("given_name", "surname"),
        "l.given_name = r.surname AND l.surname = r.given_name",
        block_on("date_of_birth"),
        block_on("street_number", "address_1"),
        block_on("postcode"),
    ],
    comparisons=[
        library.NameComparison("given_name").configure(term_frequency_adjustments=True),
        library.NameComparison("surname").configure(term_frequency_adjustments=True),
        library.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        library.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        library.JaroWinklerAtThresholds("address_1").configure(term_frequency_adjustments=True),
        library.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    ],
)
linker = Linker([api.register("a_original"), api.register("b_spoilt")], settings)
linker.training.estimate_probability_two_random_records_match(
    [block_on("given_name", "surname", "date_of_birth"), block_on("surname", "postcode", "date_of_birth")], recall=0.8
)
linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
pairs = linker.inference.predict(threshold_match_probability=0.5)
con.execute(
    f"CREATE TABLE kept AS SELECT unique_id_l, unique_id_r FROM {pairs.physical_name} "
    "QUALIFY row_number() OVER (PARTITION BY unique_id_l ORDER BY match_weight DESC) = 1 "
    "AND row_number() OVER (PARTITION BY unique_id_r ORDER BY match_weight DESC) = 1"
)
con.execute(
    "COPY (SELECT unique_id_l AS person_key, unique_id_l AS cluster FROM kept "
    f"UNION ALL SELECT unique_id_r, unique_id_l FROM kept) TO '{clusters}'"
)
