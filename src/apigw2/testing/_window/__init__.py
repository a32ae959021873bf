"""The window: a web page that shows the content and the activity of a served gateway.

The page consists of three static files in this package. It receives its data in one stream of
server-sent events: `state` after each change, and `request` for each request. Text from the gateway
is only inserted as text nodes, and the Content-Security-Policy allows only the page's own script.
The events contain no headers, queries or bodies of requests, and so no credentials.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._http import Request, Response, Stream, json_response

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from apigw2.testing._history import Activity

PATH: Final = "/_apigw2/"

_FILES: Final = {
    "": ("page.html", "text/html; charset=utf-8"),
    "style.css": ("style.css", "text/css; charset=utf-8"),
    "script.js": ("script.js", "text/javascript; charset=utf-8"),
}
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_PAUSE: Final = 0.5
"""Seconds after which the state is checked if there was no request."""


@attrs.frozen
class Window:
    """Handles the requests for the page and its data.

    Attributes:
        state: Function that returns the content of the gateway as a JSON value.
        activity: The requests to the gateway.
    """

    state: Callable[[], object]
    activity: Activity

    def answer(self, request: Request) -> Response | Stream:
        """Answer a request whose path starts with `PATH`."""
        name = request.path.removeprefix(PATH)
        if request.method not in {"GET", "HEAD"}:
            return json_response(405, {"message": "Method Not Allowed"}, {"allow": "GET, HEAD"})
        if name == "events":
            last = request.headers.get("last-event-id", "")
            # A browser that reconnects sends the id of the last event that it received.
            chunks = self.events(int(last) if last.isdecimal() else 0)
            return Stream(headers={**_HEADERS, "content-type": "text/event-stream"}, chunks=chunks)
        if name not in _FILES:
            return json_response(404, {"message": "Not Found"})
        file, content_type = _FILES[name]
        return Response(
            status=200,
            headers={**_HEADERS, "content-type": content_type},
            body=files(__name__).joinpath(file).read_bytes(),
        )

    def events(self, last: int) -> Generator[bytes]:
        """The data of the page as an endless stream of server-sent events.

        Args:
            last: Number of the last request that the page has received.
        """
        yield b"retry: 1000\n\n"
        shown = ""
        while True:
            state = json.dumps(self.state(), default=str)
            if state != shown:
                shown = state
                yield f"event: state\ndata: {state}\n\n".encode()
            events = self.activity.after(last, _PAUSE)
            for event in events:
                last = event.number
                data = json.dumps(attrs.asdict(event), default=str)
                yield f"id: {last}\nevent: request\ndata: {data}\n\n".encode()
            if not events:
                yield b":\n\n"  # fails if the page or the server is closed
