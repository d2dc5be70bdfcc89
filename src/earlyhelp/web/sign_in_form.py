"""The forms that ask for a password: for signing in, for another password, and again before something grave."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm

FORGOTTEN = "If you have forgotten it, ask the administrator to set another."


class SignIn(LoginForm):
    """Without the offer of a new password by e-mail: the administrator sets one (pages under users/)."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password"].help_text = ""


class OtherPassword(ChangePasswordForm):
    """Without that offer as well."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["oldpassword"].help_text = FORGOTTEN


class SignInAgain(ReauthenticateForm):
    """Without that offer as well."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password"].help_text = FORGOTTEN
