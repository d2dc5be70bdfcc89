"""The report of one feed: what `load --json` prints and `feed.json` keeps. It holds no value of any person's row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb

from earlyhelp.ingest.codes import SAVED_WHY, WITH_CODE, pieces_of, propose
from earlyhelp.ingest.convert import Filling
from earlyhelp.ingest.feeding import Feeding
from earlyhelp.ingest.grid import Opened
from earlyhelp.ingest.issues import issue_counts
from earlyhelp.ingest.recognise import Recognised
from earlyhelp.ingest.staging import Account, Staged
from earlyhelp.ingest.values import shape
from earlyhelp.standard import Column, code_lists, sql

FORMAT = 2
"""Raised whenever staged rows are laid out differently: the snapshot made of them then has another name."""
LONGEST_LISTED = 60
_COUNTS = ("rows_read", "rows_accepted", "rows_quarantined")
_LONG_NUMBER = re.compile(r"\d{5}|\d{1,4}[-/. ]\d{1,4}[-/. ]\d{1,4}")
_TITLE = re.compile(r"\b(mr|mrs|miss|ms|mx|dr)\b|@", re.IGNORECASE)
_HOME = re.compile(
    r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b"
    r"|\b\d{1,4}[a-z]?,?\s+([a-z'-]+\s+){1,3}(road|rd|street|st|avenue|ave|close|lane|drive|crescent|court|terrace|grove|gardens)\b",
    re.IGNORECASE,
)
"""A postcode, or a number with the name of a street."""
_KIN = re.compile(
    r"\b(?i:mum|mummy|mother|dad|daddy|father|step\w+|nan|nana|gran|granny|grand\w+|aunt\w*|uncle|cousin|brother|sister|sibling"
    r"|son|daughter|twin|child|baby|parent|carer|partner|boyfriend|girlfriend)s?\b\W+((?:[A-Z][\w'-]+\s*)+)(?P<more>[a-z])?"
)
"""Words of kin with words after them that begin with a capital; `more`: the text goes on without one."""
_SURNAMES = frozenset({"black", "day", "english", "foster", "green", "white", "young"})
"""Words of the standard's code lists that are common surnames: in the last place they tell nothing of what a text is."""


def report_of(
    con: duckdb.DuckDBPyConnection, feeding: Feeding, found: Recognised, opened: Opened, staged: Staged
) -> dict[str, Any]:
    """What is known of a feed by itself; `receive` adds the file's name, its place among the feeds, and the drift."""
    accounts = [_account(account) for account in staged.accounts]
    first, last = (_iso(day) for day in staged.events or (None, None))
    return {
        "format": FORMAT,
        "feed_id": feeding.feed_id,
        "source": found.source.name,
        "received_on": feeding.received_on.isoformat(),
        "extract_date": _iso(staged.extract_date),
        "extract_date_inferred": staged.extract_date_inferred,
        "coverage_start": first,
        "coverage_end": last,
        "coverage_inferred": True,
        "tables": _tables(con, accounts),
        "also_filled": _also_filled(con, staged.fillings),
        "unmapped_values": _unmapped(con, feeding, staged.fillings),
        "mapped_values": _mapped(con, feeding, staged.fillings),
        "parts": accounts,
        "parts_missing": _parts_missing(found),
        "left_out": [{"part": name, "why": why} for name, why in found.left_out],
        "notes": list(opened.notes),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _account(account: Account) -> dict[str, Any]:
    part = account.part
    return {
        "part": part.grid.name,
        "list": part.part.title,
        "table": part.part.table.table_name,
        "rows_read": account.read,
        "rows_accepted": account.accepted,
        "rows_quarantined": account.kept,
        "columns": sorted(part.columns.keys() - part.part.joined.keys()),
        "columns_missing": sorted(part.missing),
        "columns_not_read": [heading for heading in part.unknown if heading not in part.repeated],
        "columns_repeated": list(part.repeated),
    }


def _tables(con: duckdb.DuckDBPyConnection, accounts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The account by table of the standard, with the issues found; summed over the parts that fill the table."""
    tables: dict[str, dict[str, Any]] = {}
    for account in accounts:
        total = tables.setdefault(account["table"], {"table": account["table"], "parts": []})
        total["parts"].append({key: account[key] for key in ("part", *_COUNTS)})
        for key in _COUNTS:
            total[key] = total.get(key, 0) + account[key]
    for total in tables.values():
        total["issues"] = issue_counts(con, [part["part"] for part in total["parts"]])
    return list(tables.values())


def _also_filled(con: duckdb.DuckDBPyConnection, fillings: Sequence[Filling]) -> dict[str, int]:
    """Rows of further tables that the same source rows gave."""
    counts: dict[str, int] = {}
    for filling in fillings:
        if not filling.own:
            name = filling.table.table_name
            [(count,)] = con.execute(f"SELECT count(*) FROM {filling.relation}").fetchall()
            counts[name] = counts.get(name, 0) + count
    return counts


def _unmapped(con: duckdb.DuckDBPyConnection, feeding: Feeding, fillings: Sequence[Filling]) -> list[dict[str, Any]]:
    """Words no code list knows, each with the number of source rows that hold it, the most frequent first."""
    listed: dict[tuple[str, str, str], int] = {}
    for filling in fillings:
        for name, (words, _) in filling.dictionaries.items():
            if words.unmapped:
                for text, rows in _unmapped_words(con, filling, name):
                    for piece in _unknown_in(text, filling.table.columns[name], feeding):
                        word = (filling.table.table_name, name, listable(piece))
                        listed[word] = listed.get(word, 0) + rows
    found = [{"table": t, "column": c, "value": v, "count": count} for (t, c, v), count in listed.items()]
    return sorted(found, key=lambda each: (-each["count"], each["table"], each["column"], each["value"]))


def _unmapped_words(con: duckdb.DuckDBPyConnection, filling: Filling, name: str) -> list[tuple[str, int]]:
    raw = sql.name(filling.table.columns[name].raw_name)
    return con.execute(
        f"SELECT {raw}, count(*) FROM {filling.relation} WHERE contains({sql.name(name)}, 'unmapped') "
        f"AND {raw} IS NOT NULL GROUP BY 1"
    ).fetchall()


def _unknown_in(text: str, column: Column, feeding: Feeding) -> list[str]:
    """What of a text that was not mapped is unknown: of several codes in one cell only those; else the text as it stands."""
    if not (column.coded and column.coded.many):
        return [text]
    codes, saved = column.coded.codes, feeding.words.get(str(column))
    pieces = [" ".join(piece.split()) for piece in pieces_of(text, codes, saved)]
    return [piece for piece in pieces if not propose(codes, piece, saved).sure] or [text]


def _mapped(con: duckdb.DuckDBPyConnection, feeding: Feeding, fillings: Sequence[Filling]) -> list[dict[str, Any]]:
    """Words that were given a code by what is in them or by the council's map, each with the code and why.

    Published codes, labels and known spellings are not listed: nobody need look at them.
    """
    listed: dict[tuple[str, str, str], dict[str, Any]] = {}
    for filling in fillings:
        for name, (words, _) in filling.dictionaries.items():
            column = filling.table.columns[name]
            told_apart = words.reworded or column.raw_name in filling.part.columns
            for text, rows in _coded_words(con, filling, name) if column.code_list and told_apart else []:
                placing = propose(column.code_list, text, feeding.words.get(str(column))) if column.code_list else None
                if placing and placing.code and (placing.why == SAVED_WHY or placing.confidence < WITH_CODE):
                    about = {"code": placing.code, "confidence": placing.confidence, "why": placing.why}
                    word = listed.setdefault((str(filling.table), name, listable(text)), {**about, "count": 0})
                    word["count"] += rows
    found = [
        {"table": table, "column": column, "value": text, **told} for (table, column, text), told in listed.items()
    ]
    return sorted(found, key=lambda each: (-each["count"], each["table"], each["column"], each["value"]))


def _coded_words(con: duckdb.DuckDBPyConnection, filling: Filling, name: str) -> list[tuple[str, int]]:
    raw, code = sql.name(filling.table.columns[name].raw_name), sql.name(name)
    return con.execute(
        f"SELECT {raw}, count(*) FROM {filling.relation} WHERE {raw} IS NOT NULL AND {code} NOT LIKE '%unmapped%' "
        f"AND {raw} <> {code} GROUP BY 1"
    ).fetchall()


def listable(text: str) -> str:
    """The words as they stand, or their shape where they may speak about a person.

    Shown in shape: what is long, holds a date or a long number, a postcode or a street with its number, a title or an address
    of email, a name after a word of kin, and two or more words that all begin with a capital and none of which occurs in any
    code list of the standard, but as a surname, as names do; not letters alone.
    """
    words = re.findall(r"[^\W\d_]+", text)
    telling = words[:-1] if words and words[-1].casefold() in _SURNAMES else words
    known = {w.casefold() for w in telling if len(w) > 1} & _vocabulary()  # one letter is a code, and an initial
    like_a_name = 1 < len(words) < len("".join(words)) and all(w[0].isupper() for w in words) and not known
    signs = (_LONG_NUMBER, _TITLE, _HOME)
    if len(text) > LONGEST_LISTED or any(sign.search(text) for sign in signs) or like_a_name or _names_kin(text):
        return shape(text)
    return text


def _names_kin(text: str) -> bool:
    """Whether a word of kin has a name after it: two words with a capital, or one in the midst of words without; none known."""
    for found in _KIN.finditer(text):
        words = re.findall(r"[^\W\d_]+", found[1])
        if (len(words) > 1 or found["more"]) and not {word.casefold() for word in words} & _vocabulary():
            return True
    return False


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every word that occurs in a label or a known spelling of the standard's code lists."""
    spellings = (
        text for codes in code_lists().values() for v in codes.values for text in (v.code, v.label, *v.aliases)
    )
    return frozenset(word for text in spellings for word in re.findall(r"[^\W\d_]+", text.casefold()))


def _parts_missing(found: Recognised) -> list[str]:
    """Lists of the source that a workbook or return should hold and this one has not; single files are no fault."""
    if len(found.matched) + len(found.left_out) < 2:
        return []
    held = {matched.part.title for matched in found.matched}
    return [part.title for part in found.source.parts if part.title not in held]
