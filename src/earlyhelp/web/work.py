"""The process that does long work: it takes one run after the other from the web's own database.

Papers have a queue of their own, so that they need not wait for a run that takes minutes.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from threading import Thread

from earlyhelp import own_process

LOOKS_EVERY = 2.0
ASIDE_EVERY = 0.5


def main() -> int:
    """Take runs until told to stop, or until whoever started this process is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from earlyhelp.web.jobs import ASIDE_QUEUE, stop_stale

    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    stop_stale()
    Thread(target=_take_aside, args=(ASIDE_QUEUE,), daemon=True).start()
    call_command(
        "db_worker",
        queue_name="*",
        exclude_queues=ASIDE_QUEUE,
        interval=1.0,
        verbosity=0,
        worker_id=f"work-{os.getpid()}",
        reload=False,
    )
    return 0


def _take_aside(queue: str) -> None:
    """Take one run after the other from a queue, whatever becomes of each; ends with the process."""
    from django_tasks_db.management.commands.db_worker import Worker

    while True:
        worker = Worker(
            queue_names=[queue],
            excluded_queue_names=[],
            interval=ASIDE_EVERY,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{queue}-{os.getpid()}",
        )
        try:
            worker.run()
        except Exception:  # were this thread to end, no paper would ever be made again
            logging.getLogger(__name__).exception("the queue %s cannot be read", queue)
            time.sleep(LOOKS_EVERY)


def _end_with(parent: int) -> None:
    """End this process, and the run that it does, once the process that started it is gone."""
    while os.getppid() == parent:
        time.sleep(LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)  # the first waits for the run, the second does not


if __name__ == "__main__":
    own_process.begin()
    sys.exit(main())
