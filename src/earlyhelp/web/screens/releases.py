"""What may leave: the register, one release with what its audit found, and the proposal of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp import publishing, sharing
from earlyhelp.reports.blocks import Block, Bullets, Heading, Note, Text
from earlyhelp.reports.released_table import table_content
from earlyhelp.sharing import Release, State
from earlyhelp.web.access import READERS, Power, having
from earlyhelp.web.actions import releases as actions
from earlyhelp.web.blocks import Empty, Folded, Form, Link, LinkedTable, Links, Shown, Warned
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.looking import record_download
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.templatetags.eh import in_words
from earlyhelp.web.workspace import workspace

HANDLES = having(Power.PROPOSE, Power.APPROVE)
STATES = {
    State.PROPOSED: "waits for a second person",
    State.APPROVED: "approved, has not left yet",
    State.REFUSED: "refused",
    State.RELEASED: "has left",
}


NOT_YET = "Not released: what stands here may not be passed on."
"""What stands over figures that nobody has let out. A page with it cannot be taken as a file."""


class Refusal(PlainForm):
    """Why something may not leave."""

    reason = forms.CharField(
        label="Why it may not leave", min_length=5, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class Ending(PlainForm):
    """As what kind of file a release is written."""

    ending = forms.ChoiceField(label="As what file")

    def __init__(self, endings: Sequence[str], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["ending"].choices = [(each, each[1:].upper()) for each in endings]


class Confirm(PlainForm):
    """A button that needs nothing else."""


@page("releases/", rule=READERS, menu="Releases", place=90, needs_snapshot=False)
def releases(request: HttpRequest) -> Screen:
    """The register: everything that left, was refused, or waits for a second person."""
    found = list(reversed(sharing.releases(workspace())))
    steps = steps_of(request)
    if not found:
        return Screen("Releases", (Empty("Nothing has been proposed yet, so nothing has left.", steps),))
    rows = [(each.id, each.proposal.title, each.proposal.recipients, STATES[each.state], each.author) for each in found]
    table = table_of("Releases, the latest first", ("id", "what", "for whom", "state", "proposed by"), rows)
    waiting = sum(each.state is State.PROPOSED for each in found)
    lead = f"{waiting} {'waits' if waiting == 1 else 'wait'} for a second person." if waiting else "Nothing waits."
    blocks = (Links(steps), LinkedTable(table, tuple(reverse("release", args=[each.id]) for each in found)))
    return Screen("Releases", blocks, lead=lead)


def steps_of(request: HttpRequest) -> tuple[Link, ...]:
    """Where this user goes from the register."""
    proposes = [
        Link("Propose a table", reverse("propose_table"), "of one measure, for anybody outside"),
        Link("Propose a paper", reverse("propose_document"), "as it would be printed"),
        Link("Propose a pack", reverse("propose_pack"), "this council's figures for other councils, signed"),
    ]
    packs = Link("Beside other councils", reverse("packs"), "packs that others sent, and your own key")
    return (*(proposes if Power.PROPOSE in request.user.powers else []), packs)


def way(*more: Link) -> tuple[Link, ...]:
    """The pages above."""
    return (Link("Releases", reverse("releases")), *more)


@page("releases/<str:release_id>/", rule=READERS, posts=True, name="release", needs_snapshot=False)
def release(request: HttpRequest, release_id: str) -> Screen | HttpResponse:
    """One release: what it is, what the audit found, who decided, and what can be done now."""
    found = called(release_id)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    shown: dict[str, PlainForm] = {
        "refuse": Refusal(request.POST if do == "refuse" else None),
        "write": _writes(found, request.POST if do == "write" else None),
    }
    if request.method == "POST":
        if do not in _open_to(request, found):
            raise Http404
        form = shown.get(do, Confirm(request.POST))
        if form.is_valid():
            messages.success(request, DOES[do](request, found, form.cleaned_data))
            answer: HttpResponse = redirect("release", found.id)
            return answer
    failed = any(each.errors for each in shown.values())
    blocks: list[Shown] = [*_state(found), *_possible(request, found, shown), *_audit(found), *_figures(request, found)]
    return Screen(
        found.proposal.title,
        tuple(blocks),
        lead=f"Release {found.id}, for {found.proposal.recipients}: {STATES[found.state]}.",
        way=way(),
        mark="" if found.state is State.RELEASED else NOT_YET,
        status=422 if failed else 200,
        has_errors=failed,
    )


def called(release_id: str) -> Release:
    """The release of that id. Raises Http404 for one there is not."""
    found = {each.id: each for each in sharing.releases(workspace())}
    if release_id not in found:
        raise Http404
    return found[release_id]


def _writes(found: Release, sent: Any) -> PlainForm:
    """As what file it is written; a pack is one kind of file. What has left, or never will, is not read for it."""
    if found.proposal.kind == actions.PACK or found.state not in (State.PROPOSED, State.APPROVED):
        return Confirm(sent)
    return Ending(publishing.endings_of(workspace(), found.id), sent)


def _state(found: Release) -> list[Shown]:
    """What happened to it so far, in order."""
    told = [f"{found.author} proposed it on {_moment(found.proposed)}."]
    if found.decided:
        done = "refused it" if found.state is State.REFUSED else "approved it"
        because = f" Reason: {found.reason}" if found.reason else ""
        told.append(f"{found.approver} {done} on {_moment(found.decided)}.{because}")
    if found.released:
        told.append(f"It left on {_moment(found.released)}.")
    left = [table_of("The file that left", ("sum", "value"), [("sha256", found.sha256)])] if found.released else []
    return [Bullets(tuple(told)), *left]


def _moment(text: str) -> str:
    return in_words(datetime.fromisoformat(text)) if text else "an unknown day"


def _is_author(request: HttpRequest, found: Release) -> bool:
    return str(request.user.email).strip().casefold() == found.author.strip().casefold()


def _open_to(request: HttpRequest, found: Release) -> set[str]:
    """What this user may do with the release as it stands. The register enforces the same."""
    powers = request.user.powers
    decides = Power.APPROVE in powers and found.state in (State.PROPOSED, State.APPROVED)
    takes_back = _is_author(request, found) and found.state in (State.PROPOSED, State.APPROVED)
    return {
        *(["approve"] if decides and found.state is State.PROPOSED and not _is_author(request, found) else []),
        *(["refuse"] if decides or takes_back else []),
        *(["write"] if found.state is State.APPROVED and powers & {Power.PROPOSE, Power.APPROVE} else []),
    }


def _approve(request: HttpRequest, found: Release, told: dict[str, Any]) -> str:
    actions.approve(request, release=found.id)
    return "You approved it. It can be written now."


def _refuse(request: HttpRequest, found: Release, told: dict[str, Any]) -> str:
    actions.refuse(request, release=found.id, reason=told["reason"])
    return "It is refused, with your reason, and cannot leave."


def _write(request: HttpRequest, found: Release, told: dict[str, Any]) -> str:
    actions.write(request, release=found, ending=told.get("ending", ".json"))
    return "It is written. It counts as having left from now on."


DOES: dict[str, Callable[[HttpRequest, Release, dict[str, Any]], str]] = {
    "approve": _approve,
    "refuse": _refuse,
    "write": _write,
}
"""What each button does; each gives the words that say so."""


def _possible(request: HttpRequest, found: Release, shown: dict[str, PlainForm]) -> list[Shown]:
    """The buttons that there are for this user, and why there is none."""
    can = _open_to(request, found)
    blocks: list[Shown] = []
    if found.state is State.PROPOSED and "approve" not in can:
        blocks.append(Text(_why_not(request, found)))
    if "approve" in can:
        blocks += [
            Text("Read what the audit found, and the figures, before you decide."),
            _button("Approve it", "approve"),
        ]
    if "write" in can:
        form = shown["write"]
        blocks += [
            Text("Writing it enters it in the register as having left."),
            Form(form, "Write the file", name="write"),
        ]
    if "refuse" in can:
        words = "Take it back" if _is_author(request, found) else "Refuse it"
        asked = Form(shown["refuse"], words, name="refuse", warning=True)
        blocks.append(asked if shown["refuse"].errors else Folded(words, (asked,)))
    return [*blocks, *_files(request, found)]


def _button(words: str, name: str) -> Form:
    return Form(Confirm(), words, name=name)


def _why_not(request: HttpRequest, found: Release) -> str:
    if _is_author(request, found):
        return "You proposed it, so somebody else must approve it: a head of service or an analyst."
    return "A head of service or an analyst who did not propose it can approve it."


def _files(request: HttpRequest, found: Release) -> list[Shown]:
    if found.state is not State.RELEASED or not request.user.powers & {Power.PROPOSE, Power.APPROVE}:
        return []
    files = actions.files_of(found.id)
    if not files:
        return [Note("It was written by command: the file lies where it was written to.")]
    links = tuple(
        Link(each.name, reverse("release_file", args=[found.id, each.name]), _of_file(each.name)) for each in files
    )
    return [Heading(1, "Files"), Links(links)]


def _of_file(name: str) -> str:
    return "the certificate of its audit, to send along" if name.endswith(actions.CERTIFICATE) else "what left"


def _audit(found: Release) -> list[Shown]:
    blocks: list[Shown] = [Heading(1, "What the audit found")]
    if not found.proposal.audit_passed:
        blocks.append(Warned("The audit failed: it would tell of small numbers. Nobody can approve it."))
    rounding = f", counts rounded to {found.proposal.round_to}" if found.proposal.round_to else ""
    return [
        *blocks,
        Bullets(found.proposal.audit or ("Nothing was checked.",)),
        Note(f"Policy: {found.proposal.policy}{rounding}. Made of snapshot {found.proposal.snapshot}."),
    ]


def _figures(request: HttpRequest, found: Release) -> list[Shown]:
    """The figures as they leave: for those who decide, and for every reader once they have left."""
    handles = bool(request.user.powers & {Power.PROPOSE, Power.APPROVE})
    if not (handles or found.state is State.RELEASED):
        return []
    if found.proposal.kind == actions.PACK:
        link = Link(
            "The figures of this pack", reverse("release_figures", args=[found.id]), "as other councils see them"
        )
        return [link] if found.state is not State.REFUSED else []
    content, text = publishing.proposed_words(workspace(), found.id)
    if content is not None:
        return [Heading(1, "The document as it leaves"), *(_lower(each) for each in content.blocks)]
    tables = publishing.proposed_tables(workspace(), found.id)
    blocks: list[Shown] = [Heading(1, "The text as it leaves"), Text(text)] if text else []
    blocks.append(Heading(1, "The figures as they leave"))
    for each in tables:
        blocks += [
            block
            for block in table_content(each, found.id, (found.proposal.title,)).blocks
            if not isinstance(block, Heading)
        ]
    return blocks


def _lower(block: Block) -> Block:
    """A heading of a document one rank lower, as it stands under a heading of the page."""
    return replace(block, level=min(block.level + 1, 3)) if isinstance(block, Heading) else block


@page("releases/<str:release_id>/files/<str:name>/", rule=HANDLES, needs_snapshot=False)
def release_file(request: HttpRequest, release_id: str, name: str) -> HttpResponse:
    """A file of a release that has left. Raises Http404 for one there is not."""
    found = next((each for each in actions.files_of(called(release_id).id) if each.name == name), None)
    if found is None:
        raise Http404
    record_download(request, f"{name} of release {release_id}")
    answer = HttpResponse(found.read_bytes(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
