"""The page's heartbeat: one small question that a page asks every two seconds, answered without counting anything."""

from flask import Flask, jsonify, request
from werkzeug.wrappers import Response as WrappedResponse

from callbacks.service import Dashboard

PULSE = "/pulse"


def register(server: Flask, service: Dashboard) -> None:
    """Add the route. Equal answers cost a browser no body: they carry a tag, and 304 says that nothing has changed."""

    @server.get(PULSE)
    def pulse() -> WrappedResponse:
        told = service.pulse()
        response = jsonify(pulse=told)
        response.headers["Cache-Control"] = "private, no-cache"
        response.set_etag(told)
        return response.make_conditional(request)
