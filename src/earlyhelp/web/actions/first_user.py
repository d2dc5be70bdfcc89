"""The first user: whoever started the application gets an address that nobody can guess, and makes it there."""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from earlyhelp.web.models import User

_HOURS = 12


def address() -> str:
    """The address below the application's own; empty once there are users."""
    if User.objects.exists():
        return ""
    return reverse("welcome", args=[TimestampSigner(salt="first user").sign("first").partition(":")[2]]).lstrip("/")


def is_open(token: str) -> bool:
    """Whether the first user can be made with that token: there is none yet, and it was signed here today."""
    if User.objects.exists():
        return False
    try:
        return TimestampSigner(salt="first user").unsign(f"first:{token}", max_age=_HOURS * 3600) == "first"
    except BadSignature:
        return False
