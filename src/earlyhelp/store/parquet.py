"""How the store writes Parquet: one way for everything."""

from __future__ import annotations

_DICTIONARY = 1_000
"""Columns with more different values are written plainly: looking for a dictionary among ids only costs time."""

_TOGETHER = 61_440
"""Rows of a group, which one processor writes: half of what is usual, so that none ends much later than the others."""

AS_PARQUET = (
    "(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION uncompressed, "
    f"DICTIONARY_SIZE_LIMIT {_DICTIONARY}, ROW_GROUP_SIZE {_TOGETHER})"
)
"""What follows a file's name in COPY. Version 2 packs what is no dictionary more tightly, in less time. What is packed so is not
compressed again: a million requests would take a fifth less room, and each writing and reading of them a tenth more time."""
