"""The application for a web server: `gunicorn earlyhelp.web.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.web.settings")
application = get_wsgi_application()
