"""Beside other councils: packs that they sent, this council's figures among theirs, and the keys by which packs are believed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp import answering, receiving, sharing
from earlyhelp.compare import Comparison
from earlyhelp.compare.comparison import Line, MeasureCompared
from earlyhelp.compare.pack import LARGEST
from earlyhelp.errors import EarlyHelpError, InputRefused
from earlyhelp.reports.blocks import Bullets, Heading, Note, Text
from earlyhelp.reports.compared.words import interval_in_words, value_in_words
from earlyhelp.reports.wording import in_words
from earlyhelp.web.access import READERS, Power, having
from earlyhelp.web.actions import releases as actions
from earlyhelp.web.blocks import Choice, Empty, Filter, Form, Link, LinkedTable, Links, Shown, Warned
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.looking import record_download
from earlyhelp.web.on_pages import told
from earlyhelp.web.pages import page
from earlyhelp.web.reading import prepared
from earlyhelp.web.scanning import record_refused
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.pack_figures import groups_of
from earlyhelp.web.tables import table_of
from earlyhelp.web.uploads import ScannedFile
from earlyhelp.web.workspace import workspace

RECEIVES = having(Power.PROPOSE, Power.LOAD)
STATUS_WORDS = {
    "suppressed": "too few to say",
    "not_mature": "not mature yet",
    "no_data": "no data",
    "missing": "not in its pack",
    "other_definition": "counted otherwise",
    "ok": "not reached yet",
}
"""Why a council has no figure; the last: a median that half of the cases have not reached."""


class PackFile(PlainForm):
    """A pack as another council sent it."""

    file = ScannedFile(label="The pack", help_text="A .json file of at most 2 MB.", max_length=200)

    def clean_file(self) -> UploadedFile:
        """Refuse what is larger than any pack."""
        return _small_enough(self.cleaned_data["file"])


class KeyFile(PlainForm):
    """Another council's public key, and what they said its fingerprint is."""

    file = ScannedFile(label="The key file", help_text="The .json file that the council sent you.", max_length=200)
    told = forms.CharField(
        label="Its fingerprint, as the council told you by telephone",
        help_text="16 characters. Call a number that you know already, not one that came with the file.",
        max_length=40,
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is larger than any key."""
        return _small_enough(self.cleaned_data["file"])


def _small_enough(file: UploadedFile) -> UploadedFile:
    if file.size > LARGEST:
        raise forms.ValidationError("The file is too large: choose the file as the council sent it.")
    return file


@page("packs/", rule=READERS)
def packs(request: HttpRequest) -> Screen:
    """Figures of this council beside those of others that sent a pack: never a ranking, and only like with like."""
    files = receiving.received_packs(workspace())
    steps = _steps(request)
    if not files:
        words = "No other council's pack is here yet. Ask councils like yours for one, and for their key."
        return Screen("Beside other councils", (Empty(words, steps),), way=_way())
    key = ("packs", tuple((each.name, each.stat().st_mtime_ns) for each in files))
    try:
        found = prepared(request, key, lambda: sharing.compare_packs(workspace(), files))
    except InputRefused as problem:
        return Screen("Beside other councils", (Warned(told(problem)), Links(steps)), way=_way())
    chosen = request.GET.get("measure", "")
    blocks = _one(found, chosen) or _all(found)
    left_out: list[Shown] = []
    if found.left_out:
        why = tuple(f"{each.file}: {each.why}" for each in found.left_out)
        left_out = [Heading(1, "Left out"), Bullets(why)]
    return Screen(
        f"Beside {len(found.councils) - 1} other {'council' if len(found.councils) == 2 else 'councils'}",
        (
            *blocks,
            *left_out,
            Heading(1, "Packs"),
            Links(steps),
        ),
        lead="Only figures that are counted alike are compared. No council is ranked.",
        filters=_filters(found, chosen),
        way=_way(),
    )


def _way(*more: Link) -> tuple[Link, ...]:
    return (Link("Releases", reverse("releases")), *more)


def _steps(request: HttpRequest) -> tuple[Link, ...]:
    steps = [
        Link("What to ask them", reverse("learn"), "what councils that do better do differently"),
        Link("Case studies", reverse("case_studies"), "what was tried, for whom, and what changed"),
    ]
    steps.append(Link("Keys", reverse("keys"), "this council's own, and those that it trusts"))
    if request.user.powers & {Power.PROPOSE, Power.LOAD}:
        steps.insert(0, Link("Add a pack", reverse("receive_pack"), "a file that another council sent"))
    if Power.PROPOSE in request.user.powers:
        steps.append(Link("Propose your own pack", reverse("propose_pack")))
    return tuple(steps)


def _filters(found: Comparison, chosen: str) -> tuple[Filter, ...]:
    names = {each.measure: each.name for each in found.measures}
    choices = (Choice("", "every measure"), *(Choice(each, f"{each} {name}") for each, name in names.items()))
    return (Filter("measure", "Measure", choices, chosen if chosen in names else ""),)


def _all(found: Comparison) -> list[Shown]:
    """Every measure in total: own figure, between what half of the councils lie, and where the own one lies."""
    totals = [each for each in found.measures if not each.dims and any(line.value is not None for line in each.lines)]
    if not totals:
        return [Text("No measure has a figure in any of the packs.")]
    rows = [
        (each.name, _definition(each), _figure(each, each.lines[0]), _middle(each), _place(each.lines[0]))
        for each in totals
    ]
    heads = ("measure", "definition", "here", "half of the councils", "beside all together")
    first, last = (in_words(date.fromisoformat(each)) for each in found.year)
    table = table_of(f"Figures for {first} to {last}", heads, rows, (2, 3))
    address = reverse("packs")
    return [LinkedTable(table, tuple(f"{address}?measure={each.measure}" for each in totals)), *_others(found.councils)]


def _others(councils: Mapping[str, str]) -> list[Shown]:
    return [Note(f"Councils: {', '.join(councils.values())}.")]


def _definition(found: MeasureCompared) -> str:
    return "the usual one" if found.definition == "default" else found.definition


def _one(found: Comparison, chosen: str) -> list[Shown]:
    """One measure, and each value of its splits, over the councils."""
    of_measure = [each for each in found.measures if each.measure == chosen]
    blocks: list[Shown] = []
    for each in of_measure:
        wanted = answering.measure_called(each.measure, each.definition)
        of = f", {groups_of(wanted, each.dims)}" if each.dims else ""
        rows = [(line.name, _figure(each, line), _interval(each, line), _place(line)) for line in each.lines]
        heads = ("council", "figure", "95 per cent interval", "beside all together")
        blocks.append(
            table_of(f"{each.name}{of} ({_definition(each)}): counts {each.unit}", heads, rows, (1, 2), nothing="none")
        )
        blocks.append(Note(_pooled(each)))
    return blocks


def _pooled(found: MeasureCompared) -> str:
    if found.pooled is None:
        return found.not_pooled or "The councils' figures are not put together."
    together = found.pooled
    return (
        f"Put together over {together.councils} councils: {value_in_words(found, together.mean)}, somewhere between "
        f"{value_in_words(found, together.lower)} and {value_in_words(found, together.upper)}."
    )


def _figure(found: MeasureCompared, line: Line) -> str:
    return STATUS_WORDS.get(line.status, line.status) if line.value is None else value_in_words(found, line.value)


def _interval(found: MeasureCompared, line: Line) -> str:
    return "" if line.lower is None else interval_in_words(found, line)


def _middle(found: MeasureCompared) -> str:
    if found.spread is None:
        return "too few councils to say"
    return (
        f"{value_in_words(found, found.spread.lower_quartile)} to {value_in_words(found, found.spread.upper_quartile)}"
    )


def _place(line: Line) -> str:
    """Where a figure lies by the funnel, in words that say how surprising that is."""
    if line.differs_in:
        return f"not compared: {', '.join(line.differs_in)}"
    words = {
        "": "not compared",
        "inside": "as chance alone would give",
        "above_95": "higher than chance usually gives",
        "below_95": "lower than chance usually gives",
        "above_998": "much higher than chance gives",
        "below_998": "much lower than chance gives",
    }
    return words.get(line.place.replace(" ", "_").replace(".", ""), line.place)


@page("packs/receive/", rule=RECEIVES, posts=True, needs_snapshot=False)
def receive_pack(request: HttpRequest) -> Screen | HttpResponse:
    """Add a pack that another council sent. It is believed only if it is signed with a key that is trusted here."""
    form = PackFile(request.POST, request.FILES) if request.method == "POST" else PackFile()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            pack = actions.receive_pack(request, content=file.read(LARGEST + 1), name=file.name)
            messages.success(request, f"Pack {pack.serial} of {pack.name or pack.council}: {pack.rows} figures.")
            answer: HttpResponse = redirect("packs")
            return answer
        except InputRefused as problem:
            form.add_error("file", told(problem))
    record_refused(request)
    blocks = (
        Form(form, "Add it", takes_files=True),
        Link("Keys that are trusted", reverse("keys"), "trust the council's key first"),
    )
    return _asked("Add another council's pack", blocks, form)


def _asked(title: str, blocks: tuple[Shown, ...], form: PlainForm, lead: str = "") -> Screen:
    failed = bool(form.errors)
    way = _way(Link("Beside other councils", reverse("packs")))
    return Screen(title, blocks, lead=lead, way=way, status=422 if failed else 200, has_errors=failed)


@page("packs/keys/", rule=READERS, posts=True, needs_snapshot=False)
def keys(request: HttpRequest) -> Screen | HttpResponse:
    """The public key of this council, and the keys of others that it trusts."""
    may_trust = Power.APPROVE in request.user.powers
    form = KeyFile(request.POST, request.FILES) if request.method == "POST" and may_trust else KeyFile()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(LARGEST + 1)
            key = actions.trust_key(request, content=content, name=file.name, told=form.cleaned_data["told"])
            messages.success(request, f"The key of {key.council} is trusted: {key.fingerprint}.")
            answer: HttpResponse = redirect("keys")
            return answer
        except EarlyHelpError as problem:
            form.add_error("file", told(problem))
    record_refused(request)
    return _asked(
        "Keys", tuple(_keys(form if may_trust else None)), form, "A pack is believed by the key that signed it."
    )


def _keys(form: PlainForm | None) -> list[Shown]:
    own = receiving.public_key(workspace())
    others = {code: key for code, key in receiving.trusted_keys(workspace()).items() if code != own.council}
    blocks: list[Shown] = [
        Heading(1, "This council's own"),
        Text(f"Fingerprint: {own.fingerprint}. Read it to other councils by telephone."),
        Link("Take the key file", reverse("own_key"), "to send to other councils; it is no secret"),
        Heading(1, "Trusted"),
    ]
    if others:
        rows = [(code, key.fingerprint) for code, key in others.items()]
        blocks.append(table_of("Keys of other councils", ("council", "fingerprint"), rows))
    else:
        blocks.append(Text("No other council's key is trusted yet."))
    if form is not None:
        blocks += [Heading(1, "Trust another"), Form(form, "Trust this key", takes_files=True)]
    return blocks


@page("packs/keys/own/", rule=READERS, needs_snapshot=False)
def own_key(request: HttpRequest) -> HttpResponse:
    """The file of this council's public key."""
    key = receiving.public_key(workspace())
    record_download(request, "the public key")
    answer = HttpResponse(key.file_bytes(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{key.council}-key.json"'
    return answer
