"""How `gunicorn app:server` serves: threads, because callbacks are short and wait for nothing; see docs/decisions/0001.

HOST and PORT say where it listens, WEB_CONCURRENCY how many processes. Each process keeps its own copy of the roster.
"""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8050'}"

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 8  # with four, four slow pages held up the health check; with eight they do not
timeout = 60  # a first answer may wait for a pull of the roster, whose own deadline is 60 s in a thread of its own
graceful_timeout = 30
keepalive = 5  # the page asks again every few seconds: let it keep its connection
# The heartbeat file in memory: on a slow disk a busy worker would be taken for a dead one.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

accesslog = "-"
errorlog = "-"
loglevel = "info"
# The path without its query, which names cohorts and districts; no client address, no referring page, no cookie.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms'
