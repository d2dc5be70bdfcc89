"""Signing in: nobody signs up by themselves, and no sign-in is tied to an account by its e-mail address alone."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):
    """Accounts are made by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class OtherAccounts(DefaultSocialAccountAdapter):
    """The council's own identity provider. Whoever comes from there for the first time has no role until given one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the council's provider knows may come in; without a role there is nothing to see."""
        return True
