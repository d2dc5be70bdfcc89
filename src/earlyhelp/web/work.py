"""The process that does long work: it takes one run after the other from the web's own database."""

from __future__ import annotations

import os
import signal
import sys
import time
from threading import Thread

LOOKS_EVERY = 2.0


def main() -> int:
    """Take runs until told to stop, or until whoever started this process is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from earlyhelp.web.jobs import stop_stale

    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    stop_stale()
    call_command("db_worker", queue_name="*", interval=1.0, verbosity=0, worker_id=f"work-{os.getpid()}", reload=False)
    return 0


def _end_with(parent: int) -> None:
    """End this process, and the run that it does, once the process that started it is gone."""
    while os.getppid() == parent:
        time.sleep(LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)  # the first waits for the run, the second does not


if __name__ == "__main__":
    sys.exit(main())
