"""How `gunicorn app:server` serves: threads, because callbacks are short and wait for nothing; see docs/decisions/0001.

HOST and PORT say where it listens, WEB_CONCURRENCY how many processes. All of them follow the store, and one of them
pulls the source; see docs/decisions/0012.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # this file is read before the application's folder is known
from connectors.logs import log_settings

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8050'}"

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 8  # with four, four slow pages held up the health check; with eight they do not
timeout = 60  # a first answer may wait for a pull of the roster, whose own deadline is 60 s in a thread of its own
graceful_timeout = 30
keepalive = 5  # the page asks again every few seconds: let it keep its connection
# The heartbeat file in memory: on a slow disk a busy worker would be taken for a dead one.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

control_socket_disable = True  # nothing here is steered through it, and two servers would share its place

accesslog = "-"
errorlog = "-"
loglevel = "info"
logconfig_dict = log_settings(os.environ.get("DASHBOARD_LOG") or "text")
# The path without its query, which names cohorts and districts; no client address, no referring page, no cookie.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms'

SUMMED = "PROMETHEUS_MULTIPROC_DIR"  # where processes leave their numbers for whichever is asked for the sum


def on_starting(server: Any) -> None:
    """An empty folder for the numbers: what earlier processes have counted is over."""
    folder = os.environ.get(SUMMED)
    if folder is None:
        os.environ[SUMMED] = tempfile.mkdtemp(prefix="dashboard-metrics-")
        server.metrics_folder = os.environ[SUMMED]
        return
    Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in Path(folder).glob("*.db"):
        file.unlink(missing_ok=True)


def when_ready(server: Any) -> None:
    """The address that signs in once, said by the one process that starts the others."""
    if str(getattr(server.app, "app_uri", "")).startswith("donor_app"):
        return  # nobody signs in there
    import click

    from callbacks.command_line import terminal_language
    from callbacks.sign_in_command import printed
    from connectors.one_time import OneTime
    from connectors.programmes import several_from_environment
    from connectors.settings import SettingsError, settings_from_environment
    from dashboard.programme import ProgrammeError
    from dashboard.text import Text

    try:
        several = several_from_environment(os.environ)
        settings = several.settings if several else settings_from_environment(os.environ)
        if settings.doors.kind == "one_time":
            token = OneTime(settings.common).make()
            click.echo(printed(settings.reached_at, token, Text(terminal_language(os.environ))))
    except (SettingsError, ProgrammeError, OSError):
        return  # the processes that serve say it, and end


def on_exit(server: Any) -> None:
    """The folder goes with the server that made it."""
    shutil.rmtree(getattr(server, "metrics_folder", ""), ignore_errors=True)


def post_worker_init(worker: Any) -> None:
    """Follow the store from the start, whether or not anyone looks: the history grows overnight as well."""
    worker.wsgi.extensions["dashboard"].start()


def worker_exit(server: Any, worker: Any) -> None:
    """Let another process lead at once."""
    application = getattr(worker, "wsgi", None)
    if application is not None:
        application.extensions["dashboard"].stop()


def child_exit(server: Any, worker: Any) -> None:
    """What a process has counted stays; what it measured at the moment goes with it."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
