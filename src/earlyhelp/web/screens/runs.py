"""The runs: each from the files in the inbox to a new snapshot, with its steps, what was refused, and a way to stop it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from earlyhelp.errors import NothingToDo
from earlyhelp.reports.blocks import Heading, TableBlock, Text
from earlyhelp.reports.documents import DOCUMENTS
from earlyhelp.reports.wording import listed
from earlyhelp.sharing import State
from earlyhelp.web import jobs
from earlyhelp.web.access import READERS, Power, having
from earlyhelp.web.actions import runs as doing
from earlyhelp.web.blocks import BigNumber, Empty, Folded, Form, Link, LinkedTable, Links, Numbers, Shown, Warned
from earlyhelp.web.blocks_of_runs import Progress, Task, TaskList
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.made_aside import how_far, page_of
from earlyhelp.web.models import Run
from earlyhelp.web.on_pages import advice
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.templatetags.eh import in_words
from earlyhelp.web.workspace import workspace

LOADERS = having(Power.LOAD)
BY_AUDIT = "The audit found that it would tell too much. It stands in the register as refused."
PROPOSED = {
    State.PROPOSED: "it is proposed. Somebody else must approve it before it can leave.",
    State.APPROVED: "these very figures were approved before. They can be written now.",
}
MOST_LISTED = 50
STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Read the files", ("reading ", "checking ")),
    ("Gather the records of all files", ("gathering records",)),
    ("Recognise people and families", ("recognising people",)),
    ("Put spells of help together", ("putting spells",)),
    ("Check the rules and write the snapshot", ("checking rules",)),
    ("Count every measure ahead", ("counting every measure",)),
)
"""The parts of a run, each with what its steps begin with; a later part's words are looked at first."""
KINDS = {
    "run": "files to figures",
    "cube": "figures counted ahead",
    "changes": "what changed",
    jobs.PAPER: "paper",
    jobs.PROPOSAL: "proposal",
}
"""What each kind of run does."""
SAYS_ASIDE = {
    Run.State.FAILED: "It did not come to its end. Nothing is lost: it can be asked for again.",
    Run.State.STOPPED: "It was stopped. Nothing is lost: it can be asked for again.",
}
SAYS = {
    Run.State.WAITING: "It has not begun yet: it waits for the process that does long work.",
    Run.State.RUNNING: "It is under way. You can leave this page: it goes on without you.",
    Run.State.DONE: "It is done.",
    Run.State.FAILED: "It did not come to its end. The figures shown are those of before.",
    Run.State.STOPPED: "It was stopped. The figures shown are those of before; what had been read is kept.",
}


@page("runs/", rule=READERS, place=82, needs_snapshot=False, posts=True)
def runs(request: HttpRequest) -> Screen | HttpResponse:
    """Every run, the latest first: who asked for it, when, how long it took and how it ended."""
    if request.method == "POST":
        return started(request)
    jobs.stop_stale()
    found = list(Run.objects.select_related("asked_by").defer("result").order_by("-id")[:MOST_LISTED])
    blocks: list[Shown] = (
        [table_of(found, "The latest runs")] if found else [Empty("Nothing has been run yet.", _way())]
    )
    if may_load(request):
        blocks.append(start_form(words="Start a run"))
    return Screen("Runs", tuple(blocks), lead=runs.__doc__ or "", way=_way())


def started(request: HttpRequest) -> HttpResponse:
    """Start a run, or lead to the one that is under way. Raises Http404 for whoever may not."""
    if not may_load(request):
        raise Http404
    try:
        return redirect("run", doing.start(request=request).pk)
    except NothingToDo:
        messages.warning(request, "A run is under way already: this is it.")
        under_way = jobs.under_way()
        return redirect("run", under_way.pk) if under_way else redirect("runs")


def start_form(words: str) -> Form:
    """The button that starts a run."""
    return Form(PlainForm(), words, action=reverse("runs"))


def may_load(request: HttpRequest) -> bool:
    """Whether whoever asks may bring in extracts and run."""
    return Power.LOAD in request.user.powers


def table_of(found: Sequence[Run], caption: str) -> LinkedTable:
    """Runs as a table whose rows lead to each."""
    rows = tuple(
        (
            f"Run {each.pk}",
            what(each),
            in_words(each.asked),
            str(each.asked_by),
            each.get_state_display(),
            lasted(each),
            each.message or "no remark",
        )
        for each in found
    )
    table = TableBlock(caption, ("run", "what", "asked for", "by", "state", "took", "remark"), rows)
    return LinkedTable(table, tuple(reverse("run", args=[each.pk]) for each in found))


def what(run: Run) -> str:
    """What a run does, in words."""
    if run.kind not in jobs.ASIDE:
        return KINDS.get(run.kind, run.kind)
    document = DOCUMENTS.get(run.arguments["document"])
    title = document.title.partition(": {about}")[0].replace("{about}", "a partner") if document else "a paper"
    return f"{KINDS[run.kind]}: {title}"


def lasted(run: Run) -> str:
    """How long a run took, or has taken, in words."""
    if run.started is None:
        return "not begun"
    return took(run.started, run.finished or timezone.now())


def took(begun: datetime, ended: datetime) -> str:
    """The time between two moments in words."""
    seconds = max(0, int((ended - begun).total_seconds()))
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    parts = [_many(hours, "hour"), _many(minutes, "minute"), _many(seconds % 60 if not hours else 0, "second")]
    return listed([each for each in parts if each]) or "less than a second"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}" if count else ""


@page("runs/<int:run_id>/", rule=READERS, needs_snapshot=False)
def run(request: HttpRequest, run_id: int) -> Screen:
    """One run: its steps as they are done, what was refused and why, and what to do next. Raises Http404 for none."""
    jobs.stop_stale()
    found = Run.objects.select_related("asked_by").prefetch_related("steps").filter(pk=run_id).first()
    if found is None:
        raise Http404
    blocks: list[Shown] = _state(found)
    if found.kind == "run":
        blocks += [*_how_far(found), _steps(found, names=may_load(request))]
    if found.kind in jobs.ASIDE and not found.is_over:
        blocks += [Text(f"It is about a {what(found)}."), *how_far(found)]
    if found.is_over:
        blocks += _result(request, found)
    blocks += _next(request, found)
    says = SAYS | (SAYS_ASIDE if found.kind in jobs.ASIDE else {})
    return Screen(
        f"Run {found.pk}: {found.get_state_display().lower()}",
        tuple(blocks),
        lead=says[Run.State(found.state)],
        way=(*_way(), Link("Runs", reverse("runs"))),
        poll=0 if found.is_over else 2,
    )


def _way() -> tuple[Link, ...]:
    return (Link("Data desk", reverse("data")),)


def _state(found: Run) -> list[Shown]:
    asked = f"Asked for by {found.asked_by} on {in_words(found.asked)}. Time: {lasted(found)}."
    told: list[Shown] = [Text(asked)]
    if found.heartbeat and not found.is_over:
        told.append(
            Text(f"Last heard of {took(found.heartbeat, timezone.now())} ago. It tells of itself every two seconds.")
        )
    if found.cancel_asked and not found.is_over:
        told.insert(0, Warned("It was asked to stop, and does so within a few seconds."))
    if found.message:
        told.insert(0, Warned(f"{found.message} {advice(found.fix)}".strip()))
    return told


def _how_far(found: Run) -> list[Shown]:
    """How many parts of a run that is under way are done."""
    if found.state != Run.State.RUNNING:
        return []
    done = max((stage_of(each.words) for each in found.steps.all()), default=0)
    return [Progress(f"{max(done, 0)} of {len(STAGES)} parts are done", max(done, 0), len(STAGES))]


def _steps(found: Run, *, names: bool) -> TaskList:
    """The parts of the run with their states. names: with the file that is being read."""
    held: dict[int, list[str]] = {}
    for each in found.steps.all():
        held.setdefault(stage_of(each.words), []).append(each.words)
    last = max(held, default=-1)
    tasks = []
    for place, (words, _) in enumerate(STAGES):
        state = _state_of(found, place, last)
        tasks.append(Task(words, state, _about(place, held.get(place, []), names), over=state != "Under way"))
    return TaskList("Steps", tuple(tasks))


def stage_of(step: str) -> int:
    """The place in `STAGES` of a step's words; -1 for words of none."""
    for place in reversed(range(len(STAGES))):
        if step.startswith(STAGES[place][1]):
            return place
    return -1


def _state_of(found: Run, place: int, last: int) -> str:
    if place < last or (found.state == Run.State.DONE and (place <= last or jobs.published(found))):
        return "Done" if place <= last else "Not needed"
    if place == last:
        return "Under way" if not found.is_over else "Not finished"
    return "Not begun"


def _about(place: int, steps: Sequence[str], names: bool) -> str:
    if place or not steps:
        return ""
    files = list(dict.fromkeys(each.partition(" ")[2] for each in steps))
    told = f"{len(files)} file{'s' * (len(files) != 1)}"
    return f"{told}; the latest: {files[-1]}" if names else told


def _result(request: HttpRequest, found: Run) -> list[Shown]:
    """What came of a run: the snapshot, and what was refused."""
    told: dict[str, Any] = found.result or {}
    blocks: list[Shown] = []
    if found.kind in jobs.ASIDE:
        return _of_a_paper(found)
    if found.kind == "changes" and told:
        return [Link("What changed since the snapshot before", reverse("changes"), "with the figures that moved")]
    if told.get("snapshot"):
        blocks.append(Heading(1, "What came of it"))
        blocks.append(_numbers(told))
        as_at = in_words(datetime.fromisoformat(str(told["as_at"])).date())
        is_current = told["snapshot"] == workspace().current
        now = "Its figures are those shown now." if is_current else "A later run has taken its place."
        blocks.append(Text(f"Snapshot {told['snapshot']}, as at {as_at}. {now}"))
    if may_load(request):
        blocks += _refused(told.get("refused", []))
    return blocks


def _of_a_paper(found: Run) -> list[Shown]:
    """Where a paper that was made is read, or a proposal is decided on."""
    told: dict[str, Any] = found.result or {}
    asked = found.arguments
    if "release" in told:
        link = Link(f"See release {told['release']}", reverse("release", args=[told["release"]]))
        said = (
            Warned(BY_AUDIT) if told["state"] == State.REFUSED else Text(f"{told['title']}: {PROPOSED[told['state']]}")
        )
        return [said, link]
    blocks: list[Shown] = [Link("Read the paper", page_of(asked["document"], asked["about"]))]
    if found.kind == jobs.PROPOSAL:
        again = f"{reverse('propose_paper', args=[asked['document']])}?{urlencode({'about': asked['about']})}"
        blocks.append(Link("Propose it again", again))
    return blocks


def _numbers(told: dict[str, Any]) -> Numbers:
    refused, feeds = len(told.get("refused", [])), len(told.get("feeds", []))
    return Numbers(
        (
            BigNumber("Files read", str(feeds), about="in this run"),
            BigNumber("Files refused", str(refused), about="they stay in the inbox"),
        )
    )


def _refused(refused: Sequence[dict[str, Any]]) -> list[Shown]:
    if not refused:
        return []
    rows = tuple(
        (each["where"] or "a file", each["error"], advice(each["fix"]) or "Ask for it again.") for each in refused
    )
    return [
        Heading(1, "What was refused, and why"),
        TableBlock("Files that could not be read", ("file", "why", "what to do"), rows),
        Links((Link("Match the columns of a file", reverse("mapping"), "for a layout that is not known yet"),)),
    ]


def _next(request: HttpRequest, found: Run) -> list[Shown]:
    links = []
    if not found.is_over:
        links.append(Link("See how far it is now", reverse("run", args=[found.pk])))
        if may_load(request):
            links.append(Link("Stop this run", reverse("stop_run", args=[found.pk]), "you will be asked once more"))
    elif jobs.published(found):
        links.append(Link("What changed since the snapshot before", reverse("changes")))
        links.append(Link("Can these numbers be trusted?", reverse("quality")))
    blocks: list[Shown] = [Links(tuple(links))] if links else []
    if found.is_over and may_load(request) and found.kind == "run":
        again = found.state in (Run.State.STOPPED, Run.State.FAILED)
        blocks.append(start_form("Run again" if again else "Start another run"))
    told = [each for each in found.steps.all() if stage_of(each.words) >= 0]
    if told and may_load(request) and found.is_over:
        rows = tuple((f"{timezone.localtime(each.begun):%H:%M:%S}", each.words) for each in told)
        blocks.append(
            Folded("The log of this run", (TableBlock("Every step and when it began", ("at", "step"), rows),))
        )
    return blocks


@page("runs/<int:run_id>/stop/", rule=LOADERS, needs_snapshot=False, posts=True)
def stop_run(request: HttpRequest, run_id: int) -> Screen | HttpResponse:
    """Asks once more, then stops a run. Raises Http404 for none."""
    found = Run.objects.filter(pk=run_id).first()
    if found is None:
        raise Http404
    if request.method == "POST" or found.is_over:
        doing.stop(request=request, run=found)
        return redirect("run", found.pk)
    return Screen(
        "Stop this run?",
        (
            Text(
                "What has been read is kept. The figures shown stay as they are. You can run again later: it carries on."
            ),
            Form(PlainForm(), "Stop the run", warning=True),
            Link("Let it go on", reverse("run", args=[found.pk])),
        ),
        way=(*_way(), Link("Runs", reverse("runs"))),
    )
