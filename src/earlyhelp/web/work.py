"""The process that does long work: it takes one run after the other from the web's own database."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Take runs until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from earlyhelp.web.jobs import stop_stale

    stop_stale()
    call_command("db_worker", queue_name="*", interval=1.0, verbosity=0, worker_id=f"work-{os.getpid()}", reload=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
