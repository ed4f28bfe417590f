"""The dashboard as it is served, but for one limit: a file of 400,000 rows is larger than a file may be otherwise."""

from flask import Flask

from connectors import table_file

MEGABYTES = 200


def create_app() -> Flask:
    """The server as the environment configures it."""
    table_file.MAX_MEGABYTES = MEGABYTES
    from app import create_app as create

    return create()
