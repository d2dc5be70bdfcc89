"""The data desk: what came in, what is wrong with it, and the run that makes figures of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp import desk
from earlyhelp.errors import InputRefused
from earlyhelp.reports.blocks import Heading, Note, TableBlock, Text
from earlyhelp.reports.wording import in_words
from earlyhelp.web import jobs, scanning, uploads
from earlyhelp.web.access import READERS, Power
from earlyhelp.web.actions import extracts
from earlyhelp.web.blocks import Empty, Folded, Form, Link, LinkedTable, Links, Shown, Warned
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.inbox import Lying, lying
from earlyhelp.web.models import Run
from earlyhelp.web.on_pages import advice
from earlyhelp.web.pages import page
from earlyhelp.web.reading import KEPT
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.runs import may_load, start_form, table_of
from earlyhelp.web.tables import table_of as cells
from earlyhelp.web.templatetags.eh import in_words as moment_in_words
from earlyhelp.web.workspace import today, workspace

LATEST_RUNS = 5
COUNTS = ("rows_read", "rows_accepted", "rows_quarantined")


class SeveralFiles(forms.FileInput):
    """An input that takes more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked at before any is kept."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files. Raises ValidationError with a sentence for each that is refused."""
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(each, initial) for each in given or [None]]
        problems = [problem for each in files if (problem := _problem(each))]
        if problems:
            raise forms.ValidationError(problems)
        return files


def _problem(file: UploadedFile) -> str:
    try:
        uploads.refuse(file)
    except InputRefused as refused:
        return f"{refused.where}: {refused.error} {refused.fix}"
    return ""


class BringIn(PlainForm):
    """Files to be put into the inbox."""

    files = FilesField(
        label="Extracts",
        help_text="One or more files: an Annex A workbook, a census return, an export of your case system. "
        "What a file is, is found out by what is in it. The largest may have 500 MB.",
        error_messages={
            "required": "Choose at least one file.",
            "empty": "One of the files is empty: export it again.",
        },
    )

    drawn = forms.DateField(
        label="Day on which they were drawn, if their names do not tell it",
        help_text="For example 31/3/2026. Without it the day is taken from the file's name, or from the latest event in it.",
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d/%m/%y"],
        error_messages={"invalid": "Write the day as 31/3/2026."},
    )

    def clean_drawn(self) -> date | None:
        """The day. Raises ValidationError for one that is still to come."""
        day: date | None = self.cleaned_data["drawn"]
        if day and day > today():
            raise forms.ValidationError("That day is still to come.")
        return day


class TakeOut(PlainForm):
    """Files to be taken out of the inbox."""

    keys = forms.MultipleChoiceField(
        label="Which files",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one file.", "invalid_choice": "That file is not there any more."},
    )

    def __init__(self, *args: Any, found: Sequence[Lying], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["keys"].choices = [(each.key, each.shown) for each in found]


@page("data/", rule=READERS, menu="Data", place=80, needs_snapshot=False, private=True, posts=True)
def data(request: HttpRequest) -> Screen | HttpResponse:
    """What came in, what is wrong with it, and the run that makes figures of it."""
    bring_in = take_out = None
    if request.method == "POST":
        if not may_load(request):
            raise Http404
        if request.POST.get("do") == "take out":
            take_out = TakeOut(request.POST, found=lying(workspace().inbox))
            if take_out.is_valid():
                return _taken_out(request, take_out.cleaned_data["keys"])
        else:
            bring_in = BringIn(request.POST, request.FILES)
            if bring_in.is_valid():
                return _brought_in(request, **bring_in.cleaned_data)
            scanning.record_refused(request)
    return _shown(request, bring_in, take_out)


def _shown(request: HttpRequest, bring_in: BringIn | None, take_out: TakeOut | None) -> Screen:
    """The data desk; to those who may not bring in extracts, what was received and run."""
    wrong = bool((bring_in and bring_in.errors) or (take_out and take_out.errors))
    blocks: list[Shown] = []
    if may_load(request):
        blocks += _under_way()
        blocks += [Heading(1, "Bring in extracts"), _form(bring_in or BringIn())]
        if scanning.is_on():
            blocks.append(Note("Each file is looked at by a virus scanner before it is taken in."))
        blocks += _inbox(take_out)
    blocks += _runs()
    blocks += _received(request)
    blocks += [Heading(1, "Where to look next"), Links(_next(request))]
    lead = "From the files of your systems to figures: bring them in, run, and see what was read and what was not."
    return Screen("Data desk", tuple(blocks), lead=lead, status=422 if wrong else 200, has_errors=wrong)


def _form(form: BringIn) -> Form:
    return Form(form, "Put into the inbox", name="bring in", takes_files=True)


def _brought_in(request: HttpRequest, files: Sequence[UploadedFile], drawn: date | None) -> HttpResponse:
    kept = extracts.bring_in(request=request, files=files, drawn=drawn)
    new = [each.name for each in kept if not each.again]
    if new:
        messages.success(request, f"In the inbox now: {', '.join(new)}. Start a run when all your files are here.")
    again = [each.name for each in kept if each.again]
    if again:
        messages.success(request, f"There already, with the same content: {', '.join(again)}.")
    return redirect("data")


def _taken_out(request: HttpRequest, keys: Sequence[str]) -> HttpResponse:
    gone = extracts.take_out(request=request, keys=keys)
    messages.success(request, f"Taken out of the inbox and deleted: {', '.join(each.shown for each in gone)}.")
    return redirect("data")


def _under_way() -> list[Shown]:
    run = jobs.under_way()
    if run is None:
        return []
    return [
        Warned("A run is under way. What you bring in now may have to wait for the next."),
        Link(f"See run {run.pk}", reverse("run", args=[run.pk])),
    ]


def _inbox(take_out: TakeOut | None) -> list[Shown]:
    """What lies in the inbox, and what can be done with it."""
    found = lying(workspace().inbox)
    blocks: list[Shown] = [Heading(1, "In the inbox")]
    if not found:
        return [*blocks, Text("The inbox is empty."), *_again()]
    refused = _refused_before()
    rows = [(each.shown, each.size_words, moment_in_words(each.came), refused.get(each.name)) for each in found]
    links = tuple(reverse("map_columns", args=[each.key]) for each in found)
    columns = ("file", "size", "came", "the last run said")
    table = cells("Files that wait to be read", columns, rows, (1,), nothing="nothing yet")
    blocks += [
        LinkedTable(table, links),
        Note("A file's name leads to its columns: look there first where its layout is your own."),
        start_form("Start a run"),
    ]
    form = take_out or TakeOut(found=found)
    blocks.append(
        Folded(
            "Take files out of the inbox",
            (
                Text("They are deleted here. Nothing that was read before is touched."),
                Form(form, "Take out and delete", name="take out", warning=True),
            ),
        )
    )
    return blocks


def _refused_before() -> dict[str, str]:
    """Why the latest run refused a file, by the file's name; it may lie in the inbox still."""
    latest = Run.objects.filter(kind="run", result__isnull=False).order_by("-id").first()
    told = latest.result.get("refused", []) if latest and latest.result else []
    return {each["where"].partition(",")[0]: f"Refused: {each['error']} {advice(each['fix'])}".strip() for each in told}


def _again() -> list[Shown]:
    """What those who reviewed, mapped or changed a setting need: a run over what was received before."""
    if workspace().current is None:
        return []
    form = start_form("Run again over what was received")
    return [Folded("Nothing new, but maps, reviews or settings changed", (Text("A run takes them up."), form))]


def _runs() -> list[Shown]:
    jobs.stop_stale()
    found = list(Run.objects.select_related("asked_by").defer("result").order_by("-id")[:LATEST_RUNS])
    if not found:
        return [Heading(1, "Runs"), Text("Nothing has been run from these pages yet.")]
    return [Heading(1, "Runs"), table_of(found, "The latest runs"), Link("All runs", reverse("runs"))]


def feeds() -> list[dict[str, Any]]:
    """Every file that was received; read anew when one was added, taken away, or another snapshot is current."""
    served = workspace()
    changed = served.feeds.stat().st_mtime_ns if served.feeds.is_dir() else 0
    return KEPT.get(("feeds", str(served.root), changed, served.current), lambda: desk.received(served))


def _received(request: HttpRequest) -> list[Shown]:
    """The files received before, with exact counts for those who may see exact figures."""
    found = feeds()
    if not found:
        steps = (Link("This council from public figures", reverse("public_profile"), "while there are no records yet"),)
        return [Heading(1, "Received before"), Empty("No file has been read yet.", steps)]
    table = _exact(found) if sees_counts(request) else _without_counts(found)
    waiting = sum(1 for each in found if not each["current"])
    told = [Text(f"{waiting:,} of these files are not in the figures yet: start a run.")] if waiting else []
    said = _remarks(found) if sees_counts(request) else []
    note = Note("Differences: from the load before of the same list.")
    return [Heading(1, "Received before"), *told, table, note, *said]


def _remarks(found: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """What a run said of the files that the figures rest on: a sentence a row, each leading to the file's own page."""
    told = [(each, advice(words)) for each in found if each["current"] for words in each["remarks"]]
    if not told:
        return []
    rows = tuple((each["path"], words) for each, words in told)
    table = TableBlock("What a run said of each file, with exact counts of rows", ("file", "what to know"), rows)
    links = tuple(reverse("feed", args=[each["feed_id"]]) for each, _ in told)
    return [Heading(1, "What to know of the files behind the figures"), LinkedTable(table, links)]


def sees_counts(request: HttpRequest) -> bool:
    """Whether whoever asks may see exact counts of rows."""
    return Power.EXACT in request.user.powers


def _exact(found: Sequence[Mapping[str, Any]]) -> LinkedTable:
    rows = tuple(
        (
            each["path"],
            each["source"],
            day_of(each["extract_date"]),
            *(f"{total(each, name):,}" for name in COUNTS),
            f"{len(each['unmapped_values']):,}",
            f"{len(each['drift']):,}",
        )
        for each in found
    )
    columns = (
        "file",
        "read as",
        "drawn on",
        "rows read",
        "accepted",
        "quarantined",
        "words without a code",
        "changes",
    )
    table = TableBlock("Every file that was read, the latest first", columns, rows, (3, 4, 5, 6, 7))
    return LinkedTable(table, tuple(reverse("feed", args=[each["feed_id"]]) for each in found))


def _without_counts(found: Sequence[Mapping[str, Any]]) -> TableBlock:
    rows = tuple((each["path"], each["source"], day_of(each["extract_date"])) for each in found)
    columns = ("file", "read as", "drawn on")
    return TableBlock("Every file that was read, the latest first", columns, rows)


def total(feed: Mapping[str, Any], name: str) -> int:
    """A count of a feed over all its tables."""
    return sum(int(table[name]) for table in feed["tables"])


def day_of(told: str | None) -> str:
    """A day of a report in words."""
    return in_words(date.fromisoformat(told)) if told else "not told"


def _next(request: HttpRequest) -> tuple[Link, ...]:
    links = [
        ("quality", "Can these numbers be trusted?", "rules, completeness, recording delay, linkage", None),
        ("changes", "What changed since the snapshot before", "records, people and figures", Power.EXACT),
        ("fix_lists", "Fix-lists", "what is to be mended, by team", Power.ROWS),
        ("review", "Review links", "pairs of records that may be of one person", Power.REVIEW),
        ("mapping", "Match a file", "columns and words of a layout of your own", Power.LOAD),
        ("systems", "Systems", "what is held where, and what it would switch on", None),
    ]
    powers = request.user.powers
    return tuple(
        Link(words, reverse(name), about) for name, words, about, power in links if not power or power in powers
    )
