"""The first user of a workspace, made by whoever started the application."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from earlyhelp.errors import UsageProblem
from earlyhelp.reports.blocks import Text
from earlyhelp.web.access import ANYONE, Role
from earlyhelp.web.actions import first_user, users
from earlyhelp.web.blocks import Form
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen

FIRST_ROLES = [Role.ADMINISTRATOR, Role.ANALYST, Role.STEWARD]


class FirstUser(PlainForm):
    """Who the first user is."""

    email = forms.EmailField(label="Your e-mail address")
    password = forms.CharField(
        label="A password",
        help_text="At least 15 characters. Three or four words that have nothing to do with each other are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        """Refuse a password that is too weak."""
        told = self.cleaned_data
        if "email" in told and "password" in told:
            try:
                users.refuse_weak(told["password"], users.User(email=told["email"]))
            except UsageProblem as weak:
                self.add_error("password", f"{weak.error} {weak.fix}")


@page("welcome/<str:token>/", rule=ANYONE, needs_snapshot=False, posts=True)
def welcome(request: HttpRequest, token: str) -> Screen | HttpResponse:
    """Make the first user. Raises Http404 once there is one, or where the address was not made here today."""
    if not first_user.is_open(token):
        raise Http404
    form = FirstUser(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = users.add(roles=[str(each) for each in FIRST_ROLES], **form.cleaned_data)
        login(request, made, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("data")
    return Screen(
        "Welcome",
        (
            Text(
                "You are the first here. You will be administrator, analyst and data steward of this council; you can "
                "add others, and give up roles, later."
            ),
            Form(form, "Begin"),
        ),
        lead="Make your account, then bring in your first extract: it takes about ten minutes to the first chart.",
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )
