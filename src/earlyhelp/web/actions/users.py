"""Users and their roles: added, changed, switched off. Nobody is deleted, for the audit log names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from earlyhelp import sharing
from earlyhelp.errors import GateClosed, UsageProblem
from earlyhelp.web.access import Role
from earlyhelp.web.looking import record_act
from earlyhelp.web.models import User
from earlyhelp.web.workspace import workspace


@transaction.atomic
def add(*, email: str, password: str, roles: list[str], name: str = "", team: str = "", organisation: str = "") -> User:
    """A new user. Raises UsageProblem for an address that has one, a role there is not, or a password that is too weak."""
    _refuse_unknown(roles)
    if User.objects.filter(email=email.casefold()).exists():
        raise UsageProblem("There is a user with this address.", where="email", fix="Change that user instead.")
    more: dict[str, Any] = {"name": name, "team": team, "organisation": organisation}
    refuse_weak(password, User(email=email, name=name))
    sharing.mark_users(workspace())
    return User.objects.create_user(email, password, roles, **more)


@transaction.atomic
def add_by(request: HttpRequest, **about: Any) -> User:
    """A new user, on record with who added them. Raises what `add` raises."""
    made = add(**about)
    record_act(request, "user added", user=made.email, roles=made.roles)
    return made


@transaction.atomic
def change(request: HttpRequest, user: User, *, name: str, roles: list[str], team: str, organisation: str) -> None:
    """The user with other roles, team or organisation.

    Raises GateClosed for roles that somebody gives to themselves, and where nobody would be left to look after users;
    UsageProblem for a role there is not.
    """
    _refuse_unknown(roles)
    if user == request.user and set(roles) - set(user.roles):
        raise GateClosed("You cannot give yourself a role.", where="roles", fix="Ask another administrator.")
    if Role.ADMINISTRATOR not in roles:
        _refuse_the_last(user)
    before, user.roles = user.roles, roles
    user.name, user.team, user.organisation = name, team, organisation
    user.save()
    record_act(
        request, "user changed", user=user.email, roles_before=before, roles=roles, team=team, organisation=organisation
    )


@transaction.atomic
def switch(request: HttpRequest, user: User, *, on: bool) -> None:
    """Let the user sign in, or no longer. Raises GateClosed for oneself, so that somebody is always left who can."""
    if user == request.user:
        raise GateClosed("You cannot switch yourself off.", where="user", fix="Ask another administrator.")
    user.is_active = on
    user.save()
    if not on:
        _end_sessions(request, user)
    record_act(request, "user switched on" if on else "user switched off", user=user.email)


@transaction.atomic
def set_password(request: HttpRequest, user: User, *, password: str) -> None:
    """A new password, with which all sessions of the user end. Raises UsageProblem for one that is too weak."""
    refuse_weak(password, user)
    user.set_password(password)
    user.save()
    _end_sessions(request, user)
    record_act(request, "password set", user=user.email)


@transaction.atomic
def end_sessions(request: HttpRequest, user: User) -> int:
    """Sign the user out everywhere, but for the session in which this is asked for; how many sessions that ended."""
    ended = _end_sessions(request, user)
    record_act(request, "sessions ended", user=user.email, sessions=ended)
    return ended


@transaction.atomic
def forget_second_factor(request: HttpRequest, user: User) -> None:
    """Take away a second factor that was lost: the user sets up another at the next sign-in. All sessions end."""
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(request, user)
    record_act(request, "second factor taken away", user=user.email)


def sessions_of(user: User) -> list[Session]:
    """The sessions that the user has now. Sessions are few, and each has to be opened to know whose it is."""
    now = Session.objects.filter(expire_date__gt=timezone.now())
    return [each for each in now if each.get_decoded().get("_auth_user_id") == str(user.pk)]


def refuse_weak(password: str, user: User) -> None:
    """Raises UsageProblem for a password that is too short, too common, or much like the user's own name."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise UsageProblem(" ".join(weak.messages), where="password", fix="Choose a longer, less common one.") from None


def _refuse_unknown(roles: Sequence[str]) -> None:
    unknown = [each for each in roles if each not in set(Role)]
    if unknown or not roles:
        fix = f"One of: {', '.join(Role)}."
        raise UsageProblem(
            f"There is no role {unknown[0]}." if unknown else "A user has a role.", where="role", fix=fix
        )


def _refuse_the_last(user: User) -> None:
    """Raises GateClosed where the user is the only one who can look after users."""
    active = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if Role.ADMINISTRATOR in user.roles and not any(Role.ADMINISTRATOR in each.roles for each in active):
        raise GateClosed(
            "Nobody would be left to look after users.", where="roles", fix="Make somebody else administrator first."
        )


def _end_sessions(request: HttpRequest, user: User) -> int:
    """How many sessions were ended: all of the user, but the one in which this is asked for."""
    found = [each for each in sessions_of(user) if each.session_key != request.session.session_key]
    for each in found:
        each.delete()
    return len(found)
