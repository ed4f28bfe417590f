"""A line cuts its sockets when time is up, whoever is still reading from them."""

import socket
import threading
import time

import pytest
import requests

from connectors.google_line import Line, LineAdapter, put_on_line


def test_a_reader_is_woken_when_time_is_up() -> None:
    line = Line(0.1)
    near, far = socket.socketpair()
    with near, far, line.open():
        line.watch(near)
        assert near.recv(1) == b""  # blocks until the line is cut
        assert line.left == 0


def test_a_socket_opened_after_the_end_is_cut_at_once() -> None:
    line = Line(0.01)
    near, far = socket.socketpair()
    with near, far, line.open():
        time.sleep(0.05)
        line.watch(near)
        assert near.recv(1) == b""


def test_a_pull_that_ends_in_time_leaves_its_connection_alone() -> None:
    line = Line(0.05)
    near, far = socket.socketpair()
    with near, far:
        with line.open():
            line.watch(near)
        time.sleep(0.1)
        far.send(b"x")
        assert near.recv(1) == b"x"
    assert line.left == float("inf")
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_nothing_is_sent_without_time_left() -> None:
    line = Line(0)
    with requests.Session() as session, line.open():
        put_on_line(session, line)
        with pytest.raises(requests.Timeout):
            session.get("http://127.0.0.1:9/")
        assert all(isinstance(session.get_adapter(root), LineAdapter) for root in ("http://x", "https://x"))
