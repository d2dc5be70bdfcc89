"""What stands around every page: the council, the navigation for whoever looks, and how fresh the figures are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import __version__
from earlyhelp.web import pages, reading
from earlyhelp.web.access import Power
from earlyhelp.web.blocks import Link
from earlyhelp.web.workspace import workspace


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. `menu`: the pages that this user may open, each with whether it is the one shown."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    powers = user.powers if signed_in and user else frozenset()
    told = workspace().settings
    return {
        "council": told.name or told.ons_code,
        "menu": [
            (Link(each.menu, reverse(each.name)), _is_here(request, reverse(each.name)))
            for each in (pages.in_menu() if signed_in else ())
            if each.rule.allows(powers, signed_in=True)
        ],
        "as_at": reading.as_at_of(request) if signed_in else None,
        "glass": user.broken_glass if signed_in and user and Power.BREAK_GLASS in powers else None,
        "has_brand": bool(settings.BRAND),
        "version": __version__,
    }


def _is_here(request: HttpRequest, address: str) -> bool:
    return request.path == address if address == "/" else request.path.startswith(address)
