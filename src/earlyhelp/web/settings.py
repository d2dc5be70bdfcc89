"""Django's settings, read from the environment once, at the start: this is an entry point.

`EARLYHELP_WORKSPACE`: the folder of the council. `DATABASE_URL`: PostgreSQL instead of SQLite in that folder.
`EARLYHELP_HOSTS`: names under which the application is reached, by commas; without them this machine alone.
`EARLYHELP_SECRET_KEY`: else one is made and kept in the workspace. `EARLYHELP_OIDC_*`: the council's identity provider.
`EARLYHELP_BRAND`: the colour of the header and buttons, as #1d3557. `EARLYHELP_WARM`: "no" makes pages only when asked.
`EARLYHELP_UPLOAD_SCAN`: a command that looks for viruses in each upload, as clamdscan does; it is given the file's path.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from earlyhelp.web.secret import secret_key

WORKSPACE = Path(os.environ.get("EARLYHELP_WORKSPACE", ".")).resolve()
PRIVATE = WORKSPACE / "web"
_HOSTS = [each.strip() for each in os.environ.get("EARLYHELP_HOSTS", "").split(",") if each.strip()]
ON_THIS_MACHINE = not _HOSTS
"""Reached from this machine alone: no TLS, and a second factor is offered, not asked for."""
SECOND_FACTOR_ASKED = os.environ.get("EARLYHELP_SECOND_FACTOR", "no" if ON_THIS_MACHINE else "yes") != "no"

DEBUG = False
FILE_UPLOAD_TEMP_DIR = str(PRIVATE / "uploads")
Path(FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)  # Django refuses to start without it
SECRET_KEY = os.environ.get("EARLYHELP_SECRET_KEY") or secret_key(PRIVATE)
ALLOWED_HOSTS = _HOSTS or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{each}" for each in _HOSTS]
ROOT_URLCONF = "earlyhelp.web.urls"
WSGI_APPLICATION = "earlyhelp.web.wsgi.application"
AUTH_USER_MODEL = "web.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
BRAND = os.environ.get("EARLYHELP_BRAND", "")
EARLYHELP_WARM = os.environ.get("EARLYHELP_WARM", "yes") != "no"
PROVIDER = os.environ.get("EARLYHELP_OIDC_SERVER", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "earlyhelp.web",
]
MIDDLEWARE = [
    "earlyhelp.web.heads.heads_alone",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before the next, so that style sheets and pictures carry the policy too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # lengthens each answer by chance, so that its size tells nothing (BREACH)
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "earlyhelp.web.gate.SessionEnds",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "earlyhelp.web.gate.Gate",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "earlyhelp.web.frame.around_every_page",
            ],
        },
    }
]
FORM_RENDERER = "earlyhelp.web.forms.Renderer"

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(WORKSPACE / "web.sqlite3"),
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}
_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": dj_database_url.parse(_URL, conn_max_age=60) if _URL else _SQLITE}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = PRIVATE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["earlyhelp.web.uploads.WithinLimit"]
DATA_UPLOAD_MAX_NUMBER_FILES = 50
LARGEST_UPLOAD = 500 * 2**20
UPLOAD_SCAN = os.environ.get("EARLYHELP_UPLOAD_SCAN", "")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "earlyhelp.web.sign_in.Accounts"
SOCIALACCOUNT_ADAPTER = "earlyhelp.web.sign_in.OtherAccounts"
ACCOUNT_FORMS = {
    "login": "earlyhelp.web.sign_in_form.SignIn",
    "change_password": "earlyhelp.web.sign_in_form.OtherPassword",
    "reauthenticate": "earlyhelp.web.sign_in_form.SignInAgain",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # all of a council may come from one network address, and many of them at nine o'clock
    "login_failed": "20/m/ip",
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Early Help Evidence"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "earlyhelp/locked_out.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_USERNAME_CALLABLE = "earlyhelp.web.sign_in.tried_as"
AXES_CLIENT_IP_CALLABLE = "earlyhelp.web.sign_in.came_from"
if PROVIDER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "council",
                    "name": os.environ.get("EARLYHELP_OIDC_NAME", "your council account"),
                    "client_id": os.environ.get("EARLYHELP_OIDC_CLIENT", ""),
                    "secret": os.environ.get("EARLYHELP_OIDC_SECRET", ""),
                    "settings": {
                        "server_url": PROVIDER,
                        "uid_field": os.environ.get("EARLYHELP_OIDC_UID", "oid"),
                        "fetch_userinfo": False,  # what Entra ID tells there has no oid; the token has
                    },
                }
            ],
        }
    }

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EARLYHELP_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(PRIVATE / "mail")
EMAIL_HOST = os.environ.get("EARLYHELP_SMTP_HOST", "")

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # else what is told goes into a cookie

IDLE_MINUTES, LONGEST_HOURS = 15, 8
"""A session ends after so long without a click, and after so long whatever happens (ASVS 5.0, 7.3)."""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = LONGEST_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "earlyhelp.web.problems.form_refused"
if not ON_THIS_MACHINE:
    SESSION_COOKIE_NAME = "__Host-session"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_AT = urlsplit(PROVIDER)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [
            SELF,
            *([f"{_AT.scheme}://{_AT.netloc}"] if PROVIDER else []),
        ],  # browsers ask it of redirects too
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_data": {"()": "earlyhelp.web.logs.WithoutData"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["without_data"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
