"""Mapping templates, in the Velocity Template Language.

The variables are those of the developer guide, "WebSocket API mapping template reference for API
Gateway".
"""

from __future__ import annotations

import base64
import importlib
import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus, unquote_plus

from apigw2.testing._extras import extra
from apigw2.testing._json import parse
from apigw2.testing._jsonpath import select
from apigw2.testing._websocket import _events
from apigw2.testing._websocket._exchange import IntegrationError

if TYPE_CHECKING:
    from apigw2.testing._websocket._exchange import RouteEvent

_INTERNAL: Final = re.compile(r"\.\s*__")
_JAVASCRIPT: Final = {
    '"': '\\"',
    "'": "\\'",
    "/": "\\/",
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


class _Input:
    """`$input`: the message, or the response of an integration."""

    def __init__(self, event: RouteEvent, body: str) -> None:
        request = event.request
        self.body = body
        lines = dict(request.lines) if request else {}
        query = {name: values[-1] for name, values in request.query.items()} if request else {}
        self._parameters: dict[str, dict[str, str]] = {
            "path": {},
            "querystring": query,
            "header": lines,
        }

    def path(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        """Select from the body."""
        try:
            return select(parse(self.body), path)
        except ValueError:
            return select({}, path)

    def json(self, path: str) -> str:
        """Select from the body, and write the part as JSON."""
        return json.dumps(self.path(path), separators=(",", ":"), ensure_ascii=False)

    def params(self, name: str | None = None) -> Any:  # noqa: ANN401 - a map, or a text
        """All parameters of the handshake by location, or the value of one."""
        if name is None:
            return self._parameters
        return next((each[name] for each in self._parameters.values() if name in each), "")


class _Util:
    """`$util`."""

    def escapeJavaScript(self, text: object) -> str:  # noqa: N802 - the name that templates use
        """Escape as in a JavaScript string."""
        return "".join(
            _JAVASCRIPT.get(each) or (each if each.isascii() else f"\\u{ord(each):04X}")
            for each in str(text)
        )

    def parseJson(self, text: str) -> Any:  # noqa: ANN401, N802 - any JSON; the same
        """Parse JSON."""
        return parse(text)

    def urlEncode(self, text: object) -> str:  # noqa: N802 - the same
        """URL-encode."""
        return quote_plus(str(text))

    def urlDecode(self, text: object) -> str:  # noqa: N802 - the same
        """URL-decode."""
        return unquote_plus(str(text))

    def base64Encode(self, text: object) -> str:  # noqa: N802 - the same
        """Encode as base64."""
        return base64.b64encode(str(text).encode()).decode()

    def base64Decode(self, text: str) -> str:  # noqa: N802 - the same
        """Decode from base64."""
        return base64.b64decode(text).decode()


def render(template: str, event: RouteEvent, body: str) -> str:
    """Render a mapping template.

    Args:
        template: The template.
        event: The event.
        body: The value of `$input`.

    Raises:
        IntegrationError: The template is malformed, or uses an unknown method or attribute.
        ModuleNotFoundError: The extra `apigw2[testing]` is not installed.
    """
    if "$" not in template and "#" not in template:
        return template
    if _INTERNAL.search(template):
        # airspeed would give access to Python's own attributes.
        raise IntegrationError("the template refers to a name that starts with two underscores")
    with extra("Rendering a mapping template"):
        airspeed: Any = importlib.import_module("airspeed")
    variables = {
        "context": _events.context(event),
        "input": _Input(event, body),
        "stageVariables": dict(event.deployed.stage_variables),
        "util": _Util(),
    }
    try:
        return str(airspeed.Template(template).merge(variables))
    except Exception as error:
        raise IntegrationError(f"the template failed: {type(error).__name__}: {error}") from error
