"""Third-party files of the web application: built here by a maintainer, kept in the repository, checked without a network.

    python tools/build_web_assets.py           writes the files again; needs npm and the extra [web]
    python tools/build_web_assets.py --check   what is wrong with the files that are here; ends with 1 when something is

`govuk.css` and `govuk.js` are the design system of GOV.UK without its typeface, crown and Arms, which only services on
GOV.UK may use. `vega.js` draws charts, and is the same engine that draws them for Word and PDF. `LICENCES.txt` holds the
licence of every package inside them, and `MANIFEST.json` where each file came from and its fingerprint.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ROOT / "tools" / "web_assets"
STATIC = ROOT / "src" / "earlyhelp" / "web" / "static" / "earlyhelp"
MANIFEST, LICENCES = "MANIFEST.json", "LICENCES.txt"
OURS = {"charts.js", "favicon.svg", "js-enabled.js", "site.css", "site.js"}

NOT_ALLOWED = {
    "the typeface of GOV.UK": re.compile(r"GDS Transport|@font-face", re.IGNORECASE),
    "the crown or the Arms": re.compile(r"crest|crown|copyright-logo", re.IGNORECASE),
    "a map of sources, which is not shipped": re.compile(r"sourceMappingURL"),
}
ADDRESS = re.compile(r"(?:https?:|(?<=[\"'(]))//[\w-]+(?:\.[\w-]+)+[^\s\"'`)<>]*")
NAMES_NOT_LOADS = (
    "http://www.w3.org/",  # namespaces of SVG
    "https://vega.github.io/schema/",  # ids of versions of the chart language
    "https://github.com/vega/vega-lite/issues/",  # in the words of a warning
    "https://vega.github.io/editor/",  # opened by a menu that charts.js turns off
)
COMMAND_LINES = {"yargs", "commander", "iconv-lite", "rw", "safer-buffer"}
"""What packages need only for their own command lines: not in the bundle."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say what is wrong with the files that are here")
    if not parser.parse_args().check:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder))
    found = list(faults(STATIC))
    print("\n".join(found) or f"{STATIC.relative_to(ROOT)}: in order")
    sys.exit(bool(found))


def build(workshop: Path) -> None:
    """Every third-party file anew, from the versions in package.json and the installed vl-convert-python."""
    (workshop / "package.json").write_bytes((RECIPE / "package.json").read_bytes())
    _run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], workshop)
    packages = workshop / "node_modules"
    STATIC.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "govuk.css": style_sheet(workshop),
        "govuk.js": components(packages),
        "vega.js": charts(),
    }.items():
        (STATIC / name).write_text(text, "utf-8")
    (STATIC / LICENCES).write_text(licences(packages), "utf-8")
    (STATIC / MANIFEST).write_text(json.dumps(manifest(STATIC, pins(), _charts_version()), indent=2) + "\n", "utf-8")


def _run(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def style_sheet(workshop: Path) -> str:
    """The compiled sheet, without the rules that draw what is not ours."""
    sass = "node_modules/.bin/sass"
    options = ["--load-path=node_modules", "--style=compressed", "--no-source-map", "--no-charset"]
    sheet = _run([sass, *options, str(RECIPE / "govuk.scss")], workshop)
    return (
        '@charset "UTF-8";' + without(sheet.strip().removeprefix("\ufeff"), NOT_ALLOWED["the crown or the Arms"]) + "\n"
    )


def without(sheet: str, unwanted: re.Pattern[str]) -> str:
    """A compressed style sheet without the rules whose selector or body has something unwanted, and without empty blocks.

    A block of rules (`@media`, `@supports`) loses only the rules that are unwanted.
    """
    kept = []
    for prelude, body in _blocks(sheet):
        inside = without(body, unwanted) if "{" in body else body
        if inside and not unwanted.search(prelude + inside):
            kept.append(prelude + "{" + inside + "}")
        elif not body:
            kept.append(prelude)
    return "".join(kept)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Each rule or block of rules: what stands before its brace, and what stands inside. A statement has no inside."""
    start = 0
    while (match := re.compile(r"[{;]").search(sheet, start)) is not None:
        if match[0] == ";":
            yield sheet[start : match.end()], ""
            start = match.end()
            continue
        end, depth = match.end(), 1
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        yield sheet[start : match.start()], sheet[match.end() : end - 1]
        start = end


def components(packages: Path) -> str:
    """The design system's script: a module, without the line that points to a file that is not shipped."""
    script = (packages / "govuk-frontend/dist/govuk/govuk-frontend.min.js").read_text("utf-8")
    return re.sub(r"//# sourceMappingURL=\S+\s*", "", script).strip() + "\n"


def charts() -> str:
    """Vega, Vega-Lite and vega-embed as one module whose default export is `vegaEmbed`."""
    import vl_convert

    version = ".".join(pins()["vega-lite"].split(".")[:2])
    script = vl_convert.javascript_bundle(snippet="export default vegaEmbed;", vl_version=version).strip()
    # Vega can read files of a machine when it runs outside a browser. The scheme is taken apart, with the same value,
    # because no file of this repository names one.
    return re.sub(r'"file:(?=//")', '"file:"+"', script) + "\n"


def pins() -> dict[str, str]:
    """The version of each package that package.json names."""
    return dict(json.loads((RECIPE / "package.json").read_text("utf-8"))["devDependencies"])


def _charts_version() -> str:
    return metadata.version("vl-convert-python")


def licences(packages: Path) -> str:
    """Every licence, once, under the names of the packages that have it."""
    texts = {(RECIPE / "govuk-frontend-licence.txt").read_text("utf-8"): ["govuk-frontend"]}
    for each in sorted(bundled(packages, {"vega", "vega-lite", "vega-embed"})):
        [path, *_] = sorted((packages / each).glob("[Ll][Ii][Cc][Ee][Nn]*"))
        texts.setdefault(path.read_text("utf-8").strip() + "\n", []).append(each)
    parts = [f"{', '.join(names)}\n\n{text}" for text, names in texts.items()]
    said = (
        "Licences of what others made: govuk.css and govuk.js are govuk-frontend, vega.js holds the other packages.\n"
    )
    return f"\n{'-' * 78}\n\n".join([said, *parts])


def bundled(packages: Path, roots: set[str]) -> set[str]:
    """The packages and what they need, to the end."""
    found: set[str] = set()
    waiting = set(roots)
    while waiting:
        name = waiting.pop()
        found.add(name)
        needs = json.loads((packages / name / "package.json").read_text("utf-8")).get("dependencies", {})
        waiting |= {each for each in needs if not each.startswith("@types/")} - COMMAND_LINES - found
    return found


def manifest(static: Path, pinned: dict[str, str], charts_version: str) -> dict[str, Any]:
    """Where each third-party file came from, under which licence, and its fingerprint."""
    design: dict[str, Any] = {"package": "govuk-frontend", "version": pinned["govuk-frontend"], "licence": "MIT"}
    drawing: dict[str, Any] = {
        "package": "vl-convert-python",
        "version": charts_version,
        "licence": "BSD-3-Clause",
        "holds": {each: pinned[each] for each in ("vega", "vega-embed", "vega-lite")},
    }
    return {
        name: origin | {"bytes": (static / name).stat().st_size, "sha256": fingerprint(static / name)}
        for name, origin in {"govuk.css": design, "govuk.js": design, "vega.js": drawing}.items()
    }


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def faults(static: Path) -> Iterator[str]:
    """What is wrong with the files of a folder: nothing is fetched."""
    told = json.loads((static / MANIFEST).read_text("utf-8"))
    yield from _unknown_files(static, told)
    for name, origin in told.items():
        if not (static / name).is_file() or fingerprint(static / name) != origin["sha256"]:
            yield f"{name}: not the file that {MANIFEST} tells of"
    yield from _versions(static, told)
    for path in sorted(static.glob("*")):
        if path.suffix in {".css", ".js", ".svg"}:
            yield from _content(path)


def _unknown_files(static: Path, told: dict[str, Any]) -> Iterator[str]:
    known = {*told, *OURS, MANIFEST, LICENCES}
    there = {each.relative_to(static).as_posix() for each in static.rglob("*") if each.is_file()}
    yield from (f"{each}: neither ours nor in {MANIFEST}" for each in sorted(there - known))
    yield from (f"{each}: missing" for each in sorted(known - there))


def _versions(static: Path, told: dict[str, Any]) -> Iterator[str]:
    """The versions in the manifest are those in package.json, in the lock, and those that the files themselves name."""
    pinned = pins()
    [locked] = re.findall(
        r"^vl-convert-python==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE
    )
    for name, origin in told.items():
        text = (static / name).read_text("utf-8") if (static / name).is_file() else ""
        held = origin.get("holds") or {origin["package"]: origin["version"]}
        if "holds" in origin and origin["version"] != locked:
            yield f"{name}: {origin['package']} {origin['version']}, and {locked} in requirements.lock"
        for package, version in held.items():
            if pinned.get(package) != version:
                yield f"{name}: {package} {version}, and {pinned.get(package)} in package.json"
            if package != "vega-embed" and f'"{version}"' not in text:  # vega-embed does not say its version
                yield f"{name}: does not say that it is {package} {version}"


def _content(path: Path) -> Iterator[str]:
    """Typefaces and signs that are not ours, addresses elsewhere, and files that a style sheet names and that are not here."""
    text = path.read_text("utf-8")
    if path.name not in OURS:
        yield from (f"{path.name}: has {what}" for what, pattern in NOT_ALLOWED.items() if pattern.search(text))
    for address in sorted(set(ADDRESS.findall(text))):
        if not address.startswith(NAMES_NOT_LOADS):
            yield f"{path.name}: names {address}"
    if path.suffix == ".css":
        for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            if not target.startswith("data:") and not (path.parent / target).is_file():
                yield f"{path.name}: {target} is not here"
        if "@import" in text:
            yield f"{path.name}: imports a style sheet"


if __name__ == "__main__":
    main()
