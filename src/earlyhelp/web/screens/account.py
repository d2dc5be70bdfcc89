"""The user's own page: roles, what they allow, the second factor."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp.reports.blocks import Bullets, Heading, Text
from earlyhelp.web.access import SIGNED_IN
from earlyhelp.web.blocks import Link, Links
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen


@page("account/", rule=SIGNED_IN, needs_snapshot=False)
def account(request: HttpRequest) -> Screen:
    """Who you are here, what you may do, and your second factor."""
    user = request.user
    powers = tuple(sorted(str(each) for each in user.powers))
    return Screen(
        "Your account",
        (
            Text(f"You are signed in as {user.email}."),
            Text(f"Roles: {user.role_words or 'none yet: ask the administrator for one'}."),
            Heading(1, "You may"),
            Bullets(powers or ("nothing yet",)),
            Links(
                (
                    Link("Change your password", reverse("account_change_password")),
                    Link("Second factor", reverse("mfa_index"), "a code from an app on your telephone"),
                )
            ),
        ),
    )
