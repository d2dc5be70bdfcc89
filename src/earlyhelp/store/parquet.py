"""How the store writes Parquet: one way for everything."""

from __future__ import annotations

_DICTIONARY = 1_000
"""Columns with more different values are written plainly: looking for a dictionary among ids only costs time."""

AS_PARQUET = f"(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT {_DICTIONARY})"
"""What follows a file's name in COPY. Version 2 packs what is no dictionary more tightly, in less time. What is packed so is not
compressed again: a million requests would take a fifth less room, and each writing and reading of them a tenth more time."""
