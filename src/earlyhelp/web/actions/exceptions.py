"""An exception: somebody may see names for half an hour, for a reason, and those responsible see that they did."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from earlyhelp.web.looking import record_act
from earlyhelp.web.models import GLASS_STAYS_BROKEN, BrokenGlass, User


@transaction.atomic
def break_glass(request: HttpRequest, *, user: User, reason: str) -> BrokenGlass:
    """The exception, which begins now; it is on record before anything can be seen."""
    begins = timezone.now()
    made = BrokenGlass.objects.create(user=user, reason=reason, begins=begins, ends=begins + GLASS_STAYS_BROKEN)
    record_act(request, "break-glass", reason=reason, ends=made.ends.isoformat(timespec="seconds"))
    return made


@transaction.atomic
def end_early(request: HttpRequest, *, user: User) -> None:
    """Nothing more is needed: the exceptions of the user end now."""
    now = timezone.now()
    if user.glasses.filter(ends__gt=now).update(ends=now):
        record_act(request, "break-glass ended")


@transaction.atomic
def seen(request: HttpRequest, *, exception: BrokenGlass, by: User) -> None:
    """Somebody responsible has looked at the exception and says so. Nobody does for their own: ValueError."""
    if exception.user == by:
        raise ValueError("nobody is responsible for their own exception")
    exception.seen_by = by
    exception.save()
    record_act(request, "break-glass seen", exception=exception.pk, user=exception.user.email)
