"""The application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Early Help Evidence on the web."""

    name = "earlyhelp.web"
    label = "web"
    verbose_name = "Early Help Evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the audit log of sign-ins that are locked."""
        from axes.signals import user_locked_out

        from earlyhelp.web.sign_in import note_lock

        user_locked_out.connect(note_lock, dispatch_uid="note_lock")
