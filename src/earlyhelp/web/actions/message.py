"""Sending the weekly message to users who may read the figures: by the council's mail server, or into a folder."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.http import HttpRequest

from earlyhelp.errors import GateClosed
from earlyhelp.web.access import Power
from earlyhelp.web.looking import record_act
from earlyhelp.web.models import User


def readers() -> list[User]:
    """Users who may read released figures, and can sign in."""
    return [each for each in User.objects.filter(is_active=True).order_by("email") if Power.READ in each.powers]


def send(request: HttpRequest, *, to: Sequence[str], subject: str, body: str) -> int:
    """Send the message to each of them; how many were sent. It is on record before the first leaves.

    Raises GateClosed for anybody who may not read the figures here.
    """
    allowed = {each.email for each in readers()}
    if not set(to) <= allowed:
        raise GateClosed(
            "The message goes to users who may read these figures, and to nobody else.", where="to", fix=""
        )
    record_act(request, "message", subject=subject, to=sorted(to))
    return sum(EmailMessage(subject, body, to=[each]).send() for each in to)
