"""The gate before every page: who has no power that its rule asks for does not come in; what has no rule is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from earlyhelp.web import pages
from earlyhelp.web.access import ANYONE, SIGNED_IN, Power, Rule
from earlyhelp.web.looking import record_refusal

RULES_OF_SIGNING_IN = {
    "account_login": ANYONE,
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_authenticate": ANYONE,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "openid_connect_login": ANYONE,
    "openid_connect_callback": ANYONE,
    "socialaccount_login_error": ANYONE,
    "socialaccount_login_cancelled": ANYONE,
}
"""The rules of the pages under accounts/, which a library brings. Those that are not here are closed."""
_TO_GET_A_FACTOR = {"mfa_activate_totp", "account_logout", "account_reauthenticate", "mfa_generate_recovery_codes"}


def rule_of(view: Callable[..., Any], name: str) -> Rule | None:
    """The rule of a view: its page's own, or of the pages for signing in; None where it has none."""
    page = getattr(view, "page", None)
    return page.rule if page is not None else RULES_OF_SIGNING_IN.get(name)


class Gate:
    """Refuses, before a view is called, whom its rule does not let in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the pages behind the gate, which nobody on the way may keep unless it says so itself."""
        answer = self.get_response(request)
        answer.setdefault("Cache-Control", "no-store")
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], parts: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the request through. Raises Http404 for a view without a rule."""
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        rule = rule_of(view, name)
        if rule is None:
            raise Http404
        user = request.user
        if rule.public:
            return None
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if _lacks_second_factor(request, name):
            return redirect("mfa_activate_totp")
        if not rule.allows(user.powers, signed_in=True):
            if request.path == "/" and (own := _first_page(user.powers)):
                return redirect(own)
            record_refusal(request)
            return render(request, "earlyhelp/refused.html", {"rule": rule}, status=403)
        return None


def _first_page(powers: frozenset[Power]) -> str:
    """Where somebody begins who may not read the first page: the first of the menu that is open to them, or none."""
    return next((each.name for each in pages.in_menu() if each.rule.allows(powers, signed_in=True)), "")


def _lacks_second_factor(request: HttpRequest, name: str) -> bool:
    if not settings.SECOND_FACTOR_ASKED or name in _TO_GET_A_FACTOR or not request.user.needs_second_factor:
        return False
    return not is_mfa_enabled(request.user)


class SessionEnds:
    """Ends a session that was left alone, or that is too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, after a session that is over was ended."""
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            began = request.session.setdefault("began", now)
            last = request.session.get("last", now)
            if now - last > settings.IDLE_MINUTES * 60 or now - began > settings.LONGEST_HOURS * 3600:
                logout(request)
            elif now - last > 30 or "last" not in request.session:
                request.session["last"] = now
        return self.get_response(request)
