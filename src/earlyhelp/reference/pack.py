"""A pack: files of public statistics with their provenance, in the form of a Frictionless data package.

Three forms are read. A folder with `datapackage.json` is a pack. A folder with `MANIFEST.csv` (one row a file) is one too. A
folder or file with neither is read by its headings alone: there is no fingerprint and no number of rows to hold it against.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from earlyhelp.errors import InputRefused
from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.publication import FIGURES, LICENCES, Publication
from earlyhelp.reference.symbols import SYMBOLS
from earlyhelp.store.files import sha256_of, write_json

DESCRIPTOR = "datapackage.json"
MANIFEST = "MANIFEST.csv"
_READ_AGAIN = "Get the pack again from where it came, or describe it anew from the published files."
_MEDIA = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True)
class Resource:
    """One file of a pack and what is said of it. Empty text, or None for `size` and `rows`, where nothing is said."""

    path: str
    publication: str = ""
    licence: str = ""
    vintage: str = ""
    retrieved: str = ""
    origin: str = ""
    notes: str = ""
    sha256: str = ""
    size: int | None = None
    rows: int | None = None


@dataclass(frozen=True)
class Pack:
    """A folder of public files: its name, its title and its files."""

    folder: Path
    name: str
    title: str
    resources: tuple[Resource, ...]

    def file(self, resource: Resource) -> Path:
        """Where a file of the pack lies. Raises InputRefused for a path that leaves the pack, or where no file is."""
        path = PurePosixPath(resource.path)
        file = self.folder / path
        if path.is_absolute() or ".." in path.parts or not file.resolve().is_relative_to(self.folder.resolve()):
            raise InputRefused("The path leads out of the pack.", where=resource.path, fix=_READ_AGAIN)
        if not file.is_file():
            raise InputRefused("The pack names this file, and it is not there.", where=resource.path, fix=_READ_AGAIN)
        return file

    def unchanged(self, resource: Resource) -> Path:
        """The file, whose size and fingerprint are as the pack says. Raises InputRefused when they are not."""
        file = self.file(resource)
        size = file.stat().st_size
        if resource.size is not None and size != resource.size:
            found = f"The file has {size:,} bytes and the pack says {resource.size:,}."
            raise InputRefused(f"{found} It was changed or cut off.", where=resource.path, fix=_READ_AGAIN)
        if resource.sha256 and sha256_of(file) != resource.sha256:
            raise InputRefused("The file was changed since the pack was made.", where=resource.path, fix=_READ_AGAIN)
        return file


def open_pack(path: Path) -> Pack:
    """The pack at a path, in any of the three forms; files are not read yet.

    Raises InputRefused when nothing is there, when a description cannot be read, or when there is no file to read.
    """
    if path.is_file() and path.name not in (DESCRIPTOR, MANIFEST):
        return Pack(path.parent, path.stem, path.stem, (Resource(path.name),))
    folder = path.parent if path.is_file() else path
    if not folder.is_dir():
        raise InputRefused(
            "There is no such folder or file.", where=str(path), fix="Name a pack: earlyhelp reference list"
        )
    if (folder / DESCRIPTOR).is_file():
        return _from_descriptor(folder)
    if (folder / MANIFEST).is_file():
        return _from_manifest(folder)
    return _from_files(folder)


def _from_files(folder: Path) -> Pack:
    endings = {ending for publication in PUBLICATIONS.values() for ending in publication.endings}
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in endings and file.is_file())
    if not files:
        raise InputRefused(
            "No file of public statistics lies here.",
            where=str(folder),
            fix="Put the published CSV, Parquet or GeoJSON files here: earlyhelp reference list",
        )
    resources = tuple(Resource(file.relative_to(folder).as_posix()) for file in files)
    return Pack(folder, folder.name, folder.name, resources)


# The manifest: one row a file


def _from_manifest(folder: Path) -> Pack:
    try:
        with (folder / MANIFEST).open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, strict=True))
        resources = tuple(_manifest_row(row) for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as fault:
        raise InputRefused(
            f"The list of files cannot be read: it needs the columns file, bytes, rows and sha256 ({type(fault).__name__}).",
            where=MANIFEST,
            fix=_READ_AGAIN,
        ) from None
    return Pack(folder, folder.name, folder.name, _named_once(resources, MANIFEST))


def _manifest_row(row: Mapping[str, str]) -> Resource:
    origin = " ".join(part for part in (row.get("commit_or_version", ""), row.get("source_path", "")) if part)
    return Resource(
        path=row["file"],
        licence=row.get("licence", ""),
        vintage=row.get("vintage", ""),
        origin=origin,
        notes=row.get("notes", ""),
        sha256=row["sha256"],
        size=int(row["bytes"]),
        rows=int(row["rows"]),
    )


# The descriptor: a Frictionless data package


def _from_descriptor(folder: Path) -> Pack:
    try:
        content = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
        resources = tuple(_described(each) for each in content["resources"])
        name, title = str(content["name"]), str(content.get("title", content["name"]))
    except (
        OSError,
        UnicodeDecodeError,
        json.JSONDecodeError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ) as fault:
        raise InputRefused(
            f"The description is no data package that can be read ({type(fault).__name__}).",
            where=DESCRIPTOR,
            fix=_READ_AGAIN,
        ) from None
    return Pack(folder, name, title, _named_once(resources, DESCRIPTOR))


def _described(content: Mapping[str, Any]) -> Resource:
    path, kind, size, rows = content["path"], content.get("publication", ""), content.get("bytes"), content.get("rows")
    if not isinstance(path, str) or not isinstance(kind, str):
        raise TypeError("path and publication are text")
    if not all(number is None or (isinstance(number, int) and number >= 0) for number in (size, rows)):
        raise ValueError("bytes and rows are whole numbers")
    return Resource(
        path=path,
        publication=kind,
        licence="; ".join(str(each.get("title", each.get("name", ""))) for each in content.get("licenses", [])),
        vintage=str(content.get("vintage", "")),
        retrieved=str(content.get("retrieved", "")),
        origin="; ".join(str(each.get("title", "")) for each in content.get("sources", [])[1:]),
        notes=str(content.get("notes", "")),
        sha256=str(content.get("hash", "")).removeprefix("sha256:"),
        size=size,
        rows=rows,
    )


def _named_once(resources: tuple[Resource, ...], where: str) -> tuple[Resource, ...]:
    paths = [resource.path for resource in resources]
    if not paths or len(set(paths)) < len(paths):
        found = "a file twice" if paths else "no file"
        raise InputRefused(f"The pack lists {found}.", where=where, fix=_READ_AGAIN)
    return resources


def write_descriptor(pack: Pack, checks: Mapping[str, tuple[str, ...]]) -> None:
    """Write `datapackage.json` into the pack's folder. Each resource names its publication; `checks` are those by publication."""
    resources = [_as_described(resource, PUBLICATIONS[resource.publication], checks) for resource in pack.resources]
    content = {"profile": "data-package", "name": pack.name, "title": pack.title, "resources": resources}
    write_json(pack.folder / DESCRIPTOR, content)


def _as_described(
    resource: Resource, publication: Publication, checks: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    licence, address = LICENCES[publication.licence]
    suffix = PurePosixPath(resource.path).suffix.lower()
    origin = [{"title": resource.origin}] if resource.origin else []
    return {
        "name": re.sub(r"[^a-z0-9._]+", "-", resource.path.lower()),
        "path": resource.path,
        "publication": publication.id,
        "title": publication.title,
        "contributors": [{"title": publication.publisher, "role": "publisher"}],
        "licenses": [{"name": publication.licence, "title": resource.licence or licence, "path": address}],
        "sources": [{"title": publication.how, "path": publication.where}, *origin],
        "vintage": resource.vintage,
        "retrieved": resource.retrieved,
        "format": suffix.lstrip("."),
        "mediatype": _MEDIA.get(suffix, "application/geo+json"),
        "encoding": "utf-8",
        "bytes": resource.size,
        "hash": f"sha256:{resource.sha256}",
        "rows": resource.rows,
        "schema": _schema(publication),
        "checks": list(checks.get(publication.id, ())),
        "notes": resource.notes,
    }


def _schema(publication: Publication) -> dict[str, Any]:
    """The file's columns. Those that may hold a symbol in place of a figure are text: a reader must not take them for blanks."""
    fields = [{"name": heading, "type": "string"} for heading in publication.headings]
    symbols = publication.symbols if publication.kind == FIGURES else SYMBOLS[:1]
    meanings = [{"symbol": each.printed, "status": each.status, "meaning": each.meaning} for each in symbols]
    return {"fields": fields, "primaryKey": list(publication.keys), "missingValues": [""], "symbols": meanings}
