"""The weekly message: three sentences with links, to copy or to send to those who may read the figures."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from earlyhelp.reports.blocks import Heading, Note, Text
from earlyhelp.web import message as written
from earlyhelp.web.access import Power, having
from earlyhelp.web.actions import message as actions
from earlyhelp.web.blocks import Form, Shown
from earlyhelp.web.blocks_of_words import TextToCopy
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.pages import page
from earlyhelp.web.reading import as_at_of
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.month import told
from earlyhelp.web.workspace import today, workspace


class Recipients(PlainForm):
    """To whom the message goes."""

    to = forms.MultipleChoiceField(label="Send it to", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = [(each.email, str(each)) for each in actions.readers()]
        self.fields["to"].error_messages["required"] = "Choose at least one person."


@page("messages/", rule=having(Power.NOTE), posts=True, name="weekly_message")
def weekly_message(request: HttpRequest) -> Screen | HttpResponse:
    """The message of the week about what changed, as text, to copy or to send."""
    settings = workspace().settings
    subject = written.subject(settings.name or settings.ons_code, today())
    body = written.body(told(request, "this-month"), as_at_of(request), lambda measure: _whole(request, measure))
    form = Recipients(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = actions.send(request, to=form.cleaned_data["to"], subject=subject, body=body)
        messages.success(request, f"Sent to {sent} {'person' if sent == 1 else 'people'}.")
        return redirect("weekly_message")
    blocks: list[Shown] = [
        Text(f"Subject: {subject}"),
        TextToCopy("message", "The text", body),
        Heading(1, "Send it"),
        Form(form, "Send"),
        Note("Where no mail server is set, messages are written to the folder web/mail of the workspace."),
    ]
    return Screen(
        "This week's message",
        tuple(blocks),
        lead="Three things at most, in words, with a link for each.",
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def _whole(request: HttpRequest, measure: str) -> str:
    address: str = request.build_absolute_uri(reverse("measure", args=[measure]) if measure else reverse("month"))
    return address
