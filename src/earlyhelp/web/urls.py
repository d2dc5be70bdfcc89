"""Every address: the pages, and under accounts/ those for signing in that the gate lets through."""

from __future__ import annotations

from django.urls import include, path

from earlyhelp.web import pages

urlpatterns = [*pages.patterns(), path("accounts/", include("allauth.urls"))]
handler400 = "earlyhelp.web.problems.not_understood"
handler403 = "earlyhelp.web.problems.refused"
handler404 = "earlyhelp.web.problems.not_there"
handler500 = "earlyhelp.web.problems.failed"
