"""Signing in: nobody signs up by themselves, and no sign-in is tied to an account by its e-mail address alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.shortcuts import render

from earlyhelp.web.looking import record_act


def came_from(request: HttpRequest) -> str:
    """The network address of whoever asks, by which failed sign-ins are counted.

    Behind a web server it is the last address that this server was told of, which that web server wrote; what stands
    before it anybody could have sent.
    """
    told = "" if settings.ON_THIS_MACHINE else request.headers.get("X-Forwarded-For", "")
    return told.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def tried_as(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The e-mail address that somebody tries to sign in with, in one spelling, by which failed sign-ins are counted, too.

    Without it five wrong passwords would lock everybody who comes from one network address, which may be the whole council.
    """
    told = credentials or {}
    return str(told.get("email") or told.get("login") or request.POST.get("login") or "").strip().casefold()


def note_lock(request: HttpRequest, username: str, **more: Any) -> None:
    """Write into the audit log, once, that a sign-in was locked. An account is named where there is one, and nothing else.

    What was typed where the address belongs may be a password.
    """
    if request.axes_failures_since_start != settings.AXES_FAILURE_LIMIT:
        return
    is_known = get_user_model().objects.filter(email=username).exists()
    record_act(request, "sign-in locked", user=username if is_known else "nobody known here")


class Accounts(DefaultAccountAdapter):
    """Accounts are made by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As failed sign-ins are counted."""
        return came_from(request)


class OtherAccounts(DefaultSocialAccountAdapter):
    """The council's own identity provider. Whoever comes from there for the first time has no role until given one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the council's provider knows may come in; without a role there is nothing to see."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Give who comes for the first time the e-mail address that the provider tells of.

        Raises ImmediateHttpResponse, with a page that says what to do, where it tells of none or where an account here has
        it: accounts are tied by the provider's own id alone, for an address can be given to somebody else.
        """
        if sociallogin.is_existing:
            return
        email = _email_told(sociallogin.account.extra_data)
        if not email or get_user_model().objects.filter(email=email).exists():
            raise ImmediateHttpResponse(render(request, "earlyhelp/not_tied.html", {"email": email}, status=403))
        sociallogin.user.email = email
        sociallogin.email_addresses = [EmailAddress(email=email, primary=True)]

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """The new user, on record."""
        made = super().save_user(request, sociallogin, form)
        record_act(request, "user came from the provider", user=made.email)
        return made


def _email_told(told: Mapping[str, Any]) -> str:
    """The address in the provider's token; Entra ID has it under the name for signing in where there is no mailbox."""
    claims = told.get("id_token") or told.get("userinfo") or told
    found = str(claims.get("email") or claims.get("preferred_username") or "").casefold()
    return found if "@" in found else ""
