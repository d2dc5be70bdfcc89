"""Users and their roles: added, changed, switched off. Nobody is deleted, for the audit log names them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from earlyhelp.errors import UsageProblem
from earlyhelp.web.access import Role
from earlyhelp.web.models import User


@transaction.atomic
def add(*, email: str, password: str, roles: list[str], name: str = "", team: str = "", organisation: str = "") -> User:
    """A new user. Raises UsageProblem for an address that has one, a role there is not, or a password that is too weak."""
    unknown = [each for each in roles if each not in set(Role)]
    if unknown or not roles:
        fix = f"One of: {', '.join(Role)}."
        raise UsageProblem(
            f"There is no role {unknown[0]}." if unknown else "A user has a role.", where="role", fix=fix
        )
    if User.objects.filter(email=email.casefold()).exists():
        raise UsageProblem("There is a user with this address.", where="email", fix="Change that user instead.")
    more: dict[str, Any] = {"name": name, "team": team, "organisation": organisation}
    refuse_weak(password, User(email=email, name=name))
    return User.objects.create_user(email, password, roles, **more)


def refuse_weak(password: str, user: User) -> None:
    """Raises UsageProblem for a password that is too short, too common, or much like the user's own name."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise UsageProblem(" ".join(weak.messages), where="password", fix="Choose a longer, less common one.") from None
