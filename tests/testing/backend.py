"""An HTTP server that echoes requests, or responds with prepared documents."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.support.loopback import serving

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager


def echo(
    documents: Mapping[str, object] | None = None, requests: list[Any] | None = None
) -> AbstractContextManager[str]:
    """Serve on loopback during a `with` block, and yield the URL.

    Args:
        documents: Responses by path; the server echoes requests to other paths.
        requests: List to which the server appends the requests.
    """

    class Echo(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            seen = {
                "method": self.command,
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": self.rfile.read(length).decode(),
            }
            if requests is not None:
                requests.append(seen)
            self.send_response(200)
            self.send_header("X-Backend", "yes")
            self.send_header("Set-Cookie", "a=1")
            self.send_header("Set-Cookie", "b=2")
            self.end_headers()
            self.wfile.write(json.dumps((documents or {}).get(self.path, seen)).encode())

        do_GET = do_PUT = do_POST = _answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's
            """Log nothing."""

    return serving(Echo)
