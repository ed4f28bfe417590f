"""The repair list as a file: `/repair.csv?lang=fr`."""

from flask import Flask, Response, request

from callbacks.service import Dashboard
from layouts.repair_csv import repair_csv
from layouts.repair_page import CSV

WAIT = 5.0  # seconds that the file waits for a roster that is due


def register(server: Flask, service: Dashboard) -> None:
    """Add the file."""
    server.add_url_rule(CSV, "repair_csv", lambda: repair_file(service))


def repair_file(service: Dashboard) -> Response:
    """The list in the language asked for; 503 as long as no roster has been read, 404 where guests are in the room."""
    if request.args.get("guests") == "1":
        return Response("", 404, mimetype="text/plain")
    text = service.plain(request.query_string.decode("utf-8", "replace"))
    found = service.repair_list(WAIT)
    if found is None:
        return Response(text("empty.loading") + "\n", 503, mimetype="text/plain")
    answer = Response(repair_csv(found, text), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="repair.csv"'
    return answer
