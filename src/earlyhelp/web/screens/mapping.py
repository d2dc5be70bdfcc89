"""A file of a layout that is not known: match its columns, match its words, check what would become of its rows, save the map.

Nothing is written before the last page. What was said so far lies in the session of whoever says it: headings, columns and
code words, never a value. Examples of values are read from the file for each page, shown, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp.ingest.mapping import SavedMap, read_maps
from earlyhelp.ingest.mapping.map_files import map_in, text_of
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.reports.blocks import Bullets, Heading, Note, TableBlock, Text
from earlyhelp.sources import SOURCES
from earlyhelp.standard import TABLES
from earlyhelp.web.access import Power, having
from earlyhelp.web.actions import maps as saving
from earlyhelp.web.blocks import BigNumber, Choice, Empty, Filter, Form, Link, LinkedTable, Links, Numbers, Shown
from earlyhelp.web.inbox import Lying, lying
from earlyhelp.web.looking import record_look
from earlyhelp.web.mapping_faults import KINDS, faults_file
from earlyhelp.web.mapping_forms import Called, Columns, Meanings, column_called, in_words
from earlyhelp.web.mapping_process import of_file
from earlyhelp.web.on_pages import advice
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import today, workspace

LOADERS = having(Power.LOAD)
PROPOSED = Choice("", "what it is like most")


@page("data/mapping/", rule=LOADERS, needs_snapshot=False, private=True)
def mapping(request: HttpRequest) -> Screen:
    """The files that can be mapped, and the maps that are saved."""
    found, saved = lying(workspace().inbox), read_maps(workspace().maps).by_name
    blocks: list[Shown] = [Heading(1, "Files in the inbox")]
    if found:
        table = TableBlock(
            "Choose the file to match", ("file", "size"), tuple((e.shown, e.size_words) for e in found), (1,)
        )
        blocks.append(LinkedTable(table, tuple(reverse("map_columns", args=[each.key]) for each in found)))
    else:
        blocks.append(Empty("The inbox is empty.", (Link("Bring in an extract", reverse("data")),)))
    blocks.append(Heading(1, "Saved maps"))
    if saved:
        rows = [
            (name, each.version, len(each.lists), sum(map(len, each.words.values()))) for name, each in saved.items()
        ]
        blocks.append(table_of("Maps of this council", ("map", "version", "lists", "words"), rows, (1, 2, 3)))
        blocks.append(
            Note("They lie under maps/ as small text files without data, and can be given to other councils.")
        )
    else:
        blocks.append(Text("No map is saved yet. Published layouts, such as Annex A, need none."))
    return Screen("Match a file", tuple(blocks), lead=mapping.__doc__ or "", way=_way())


def _way(*more: Link) -> tuple[Link, ...]:
    return (Link("Data desk", reverse("data")), *more)


def _file(key: str) -> Lying:
    """The file of the inbox that a key stands for. Raises Http404 for none."""
    found = next((each for each in lying(workspace().inbox) if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _asked(file: Lying, what: str, **more: Any) -> dict[str, Any]:
    return of_file(workspace().root, file.path, settings.PRIVATE / "mapping", what=what, **more)


@page("data/mapping/<slug:key>/", rule=LOADERS, needs_snapshot=False, private=True, posts=True)
def map_columns(request: HttpRequest, key: str) -> Screen | HttpResponse:
    """Step 1 of 3: what each column of a file fills. Raises Http404 for a file that is not in the inbox."""
    file = _file(key)
    record_look(request, "examples of values in a file that is being mapped", file=file.shown)
    told = _asked(file, "look", draft=_start(request, key), tables=_tables(request), identity=_sees_names(request))
    if told["published"]:
        return _published(request, file, told)
    form = Columns(request.POST or None, told=told)
    if request.method == "POST" and form.is_valid():
        _keep(request, key, form.draft())
        return redirect("map_words", key)
    blocks: list[Shown] = [
        _what_lists(told),
        *_repeated(told),
        *_doubts(told),
        *_fixed(told),
        Form(form, "Save and go on to the words"),
    ]
    return Screen(
        f"Match the columns of {file.shown}",
        tuple(blocks),
        lead="Step 1 of 3. Say what each column fills. Nothing is saved before the last step.",
        filters=_filters(request, told),
        way=_way(Link("Match a file", reverse("mapping"))),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def _sees_names(request: HttpRequest) -> bool:
    return Power.IDENTITY in request.user.powers


def _start(request: HttpRequest, key: str) -> str:
    """The text of the map to start from: the saved one that was chosen, else what was said of the file so far, or none."""
    chosen = read_maps(workspace().maps).by_name.get(request.GET.get("from", ""))
    start = chosen or _draft(request, key)
    return text_of(start) if start else ""


def _tables(request: HttpRequest) -> dict[str, str]:
    """What a row of the file's only list is, where it was said in the page's address."""
    said = request.GET.get("is", "")
    return {"": said} if said in TABLES else {}


def _filters(request: HttpRequest, told: Mapping[str, Any]) -> tuple[Filter, ...]:
    """Which saved map to start from; and, for a file of one list, what a row of it is."""
    names = tuple(Choice(name, name) for name in read_maps(workspace().maps).by_name)
    found = [Filter("from", "Start from the map", (PROPOSED, *names), request.GET.get("from", ""))] if names else []
    if len(told["lists"]) == 1:
        only = told["lists"][0]
        tables = tuple(Choice(name, f"{name.replace('_', ' ')}: {table.grain}"[:90]) for name, table in TABLES.items())
        found.append(Filter("is", "A row of it is", tables, only["table"]))
    return tuple(found)


def _what_lists(told: Mapping[str, Any]) -> Shown:
    rows = [(each["title"], *_taken_for(each), len(each["headings"])) for each in told["lists"]]
    return table_of("What is in the file", ("list", "taken for", "a row is", "columns"), rows, (3,))


def _fixed(told: Mapping[str, Any]) -> Iterator[Shown]:
    """What is the same on every row of a list, which no column tells."""
    for each in told["lists"]:
        for column, text in each["fixed"].items():
            words = in_words(column_called(column))
            yield Note(f"{each['title']}: on every row, {words} is {text}, unless a column is said to fill it.")


def _repeated(told: Mapping[str, Any]) -> Iterator[Shown]:
    """That a heading stands over several columns, of which only the first can be matched."""
    for each in told["lists"]:
        if each["repeated"]:
            yield Note(
                f"{each['title']}: over several columns stands {', '.join(each['repeated'])}. Only the first is read. "
                "Give each a heading of its own in the file, and bring it in again."
            )


def _doubts(told: Mapping[str, Any]) -> Iterator[Shown]:
    """What would mislead if the columns were matched as they are proposed."""
    for each in told["lists"]:
        for doubt in each["doubts"]:
            yield Note(f"{each['title']}: {doubt[0].lower()}{doubt[1:]}")


def _taken_for(told: Mapping[str, Any]) -> tuple[str, str]:
    """What a list is taken for and what a row of it is; nothing where no heading of it is like anything."""
    if not any(about["columns"] for about in told["headings"].values()):
        return "nothing that is known", ""
    return told["table"].replace("_", " "), TABLES[told["table"]].grain


def _published(request: HttpRequest, file: Lying, told: Mapping[str, Any]) -> Screen:
    """For a file of a published layout, which needs no map of its columns; its words may still be matched."""
    title = SOURCES[told["name"]].title
    _keep(request, file.key, map_in(told["draft"], "draft"))
    blocks: list[Shown] = [Text(f"This file is of a layout that is known: {title}. Its columns need no map.")]
    links = [Link("Data desk", reverse("data"), "start a run")]
    if told["words"]:
        words = Link(
            "Match its words", reverse("map_words", args=[file.key]), f"{len(told['words'])} have no sure code"
        )
        links.insert(0, words)
    return Screen(
        f"{file.shown} is known", (*blocks, Links(tuple(links))), way=_way(Link("Match a file", reverse("mapping")))
    )


def _keep(request: HttpRequest, key: str, draft: SavedMap) -> None:
    request.session["mapping"] = {"key": key, "draft": text_of(draft)}


def _draft(request: HttpRequest, key: str) -> SavedMap | None:
    """What was said of this file so far, or None."""
    kept = request.session.get("mapping", {})
    return map_in(kept["draft"], "draft") if kept.get("key") == key else None


@page("data/mapping/<slug:key>/words/", rule=LOADERS, needs_snapshot=False, private=True, posts=True)
def map_words(request: HttpRequest, key: str) -> Screen | HttpResponse:
    """Step 2 of 3: what dates mean that can be read two ways, and words that have no sure code, the most frequent first."""
    file, draft = _file(key), _draft(request, key)
    if draft is None:
        return redirect("map_columns", key)
    record_look(request, "dates and words in a file that is being mapped", file=file.shown)
    told = _asked(file, "look", draft=text_of(draft), identity=_sees_names(request))
    form = Meanings(request.POST or None, words=told["words"], dates=told["dates"])
    if request.method == "POST" and form.is_valid():
        _keep(request, key, draft.with_words(form.said()).with_dates(form.said_of_dates()))
        return redirect("map_check", key)
    return Screen(
        f"Match the dates and words of {file.shown}",
        tuple(_meanings(form, key, len(told["words"]))),
        lead="Step 2 of 3. A word that is left open is accepted, and told as not mapped.",
        way=_way(Link("Match a file", reverse("mapping")), Link("Columns", reverse("map_columns", args=[key]))),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def _meanings(form: Meanings, key: str, words: int) -> Iterator[Shown]:
    if form.asks:
        yield Form(form, "Save and go on to the check")
    else:
        yield Text("Every date tells what it means, and every word has a sure code: there is nothing to match.")
        yield Link("Go on to the check", reverse("map_check", args=[key]))
    left = words - form.asked_words
    if left:
        yield Note(f"{left:,} further words are left open: they are rarer, or may speak about a person.")


@page("data/mapping/<slug:key>/check/", rule=LOADERS, needs_snapshot=False, private=True, posts=True)
def map_check(request: HttpRequest, key: str) -> Screen | HttpResponse:
    """Step 3 of 3: what would become of every row, and the name under which the map is saved."""
    file, draft = _file(key), _draft(request, key)
    if draft is None:
        return redirect("map_columns", key)
    form = Called(request.POST or None, initial={"name": draft.name})
    if draft.name in SOURCES:
        form.fields["name"].disabled = True
    if request.method == "POST" and form.is_valid():
        return _saved(request, draft, form.cleaned_data["name"])
    report = _asked(file, "try", draft=text_of(draft), received_on=today().isoformat())
    return Screen(
        f"Check {file.shown} and save the map",
        (*_account(report, draft), *_faulty_links(report, key), Form(form, "Save the map")),
        lead="Step 3 of 3. This is what the map makes of the file. Nothing has been read into the records yet.",
        way=_way(
            Link("Match a file", reverse("mapping")),
            Link("Columns", reverse("map_columns", args=[key])),
            Link("Words", reverse("map_words", args=[key])),
        ),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def _saved(request: HttpRequest, draft: SavedMap, name: str) -> HttpResponse:
    saved = saving.save(request=request, draft=draft, name=name)
    request.session.pop("mapping", None)
    messages.success(request, f"The map {saved.name} is saved, version {saved.version}. A run reads the file by it.")
    return redirect("data")


def _faulty_links(report: Mapping[str, Any], key: str) -> Iterator[Shown]:
    """Where the faulty rows are taken as a file, if there are any."""
    if any(each["severity"] != "note" for table in report["tables"] for each in table["issues"]):
        address = reverse("map_faults", args=[key])
        about = "row by row: what was expected there, and what to do"
        yield Links(
            tuple(Link(f"Take the faulty rows as {KINDS[each]}", f"{address}?as={each}", about) for each in KINDS)
        )


@page("data/mapping/<slug:key>/faults/", rule=LOADERS, needs_snapshot=False, private=True)
def map_faults(request: HttpRequest, key: str) -> HttpResponse:
    """The rows that the map would not take as they stand, as a file. Raises Http404 for a kind of file that it cannot be."""
    file, draft, ending = _file(key), _draft(request, key), request.GET.get("as", "csv")
    if ending not in KINDS:
        raise Http404
    if draft is None:
        return redirect("map_columns", key)
    record_look(request, "the faulty rows of a file that is being mapped", file=file.shown)
    told = _asked(file, "faults", draft=text_of(draft), received_on=today().isoformat(), identity=_sees_names(request))
    return faults_file(request, file.shown, told, ending)


def _account(report: Mapping[str, Any], draft: SavedMap) -> list[Shown]:
    """Rows in, kept and dropped, and why."""
    counts = {
        name: sum(table[name] for table in report["tables"])
        for name in ("rows_read", "rows_accepted", "rows_quarantined")
    }
    words = {"rows_read": "Rows in", "rows_accepted": "Kept", "rows_quarantined": "Dropped into quarantine"}
    blocks: list[Shown] = [Numbers(tuple(BigNumber(words[name], f"{count:,}") for name, count in counts.items()))]
    if report["source"] != draft.name:
        blocks.append(Text(f"The file is read as {report['source']}, not by this map: that layout is more like it."))
    issues = [(table["table"], each) for table in report["tables"] for each in table["issues"]]
    rows = [
        (
            each["rule"].replace("_", " "),
            f"{each['column']}, in {table}".replace("_", " "),
            f"{each['count']:,}",
            "dropped" if each["severity"] == "error" else "kept",
            advice(PROBLEMS[each["rule"]].fix) if each["rule"] in PROBLEMS else "",
        )
        for table, each in issues
    ]
    if rows:
        columns = ("what", "where", "rows", "the row is", "what to do")
        blocks.append(table_of("What is wrong, in groups", columns, rows, (2,), nothing="nothing"))
    unmapped = report["unmapped_values"]
    if unmapped:
        rows_of = sum(each["count"] for each in unmapped)
        blocks.append(
            Text(f"Words without a code: {len(unmapped):,}, in {rows_of:,} rows, kept and told as not mapped.")
        )
    left_out = [f"{each['part']}: left out, {each['why']}." for each in report["left_out"]]
    return [*blocks, *([Bullets(tuple(left_out))] if left_out else [])]
