"""The application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Early Help Evidence on the web."""

    name = "earlyhelp.web"
    label = "web"
    verbose_name = "Early Help Evidence"
    default_auto_field = "django.db.models.BigAutoField"
