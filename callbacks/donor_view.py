"""The donor's door and what lies behind it, on a server: the same on the dashboard's and on the donor's own process."""

from dash import Dash
from flask import Flask

from callbacks.donor import create_app
from callbacks.donor_door import Behind, DonorDoor
from dashboard.programme import Programme


def open_to_donors(
    server: Flask, behind: Behind, programme: Programme, key: bytes, *, secure: bool
) -> tuple[DonorDoor, Dash]:
    """Add `/d/…` and `/donor/`. `key` signs the cookies; `secure`: browsers reach the server by https."""
    door = DonorDoor(behind, programme, key, secure=secure)
    door.register(server)
    return door, create_app(server, door.published, programme)
