"""Selection from a JSON body by a path, for parameter mappings."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from apigw2.testing._json import parse
from apigw2.testing._jsonpath import select as jsonpath

_LIMIT: Final = 100 * 1024
"""Maximum bytes of a body that a path applies to (developer guide, "Transform API requests")."""

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_DECODER: Final = json.JSONDecoder()


def select(body: bytes, path: str) -> str | None:
    """Select from a body.

    Recursive descent (`a..b`) and filters are not supported, as on the service.

    Args:
        body: The body; with a path, only the first 100 KB are used.
        path: Path, such as `pets[0].name`; empty for the whole body.

    Returns:
        The value, strings unchanged and others as JSON; `None` if it is absent or null.
    """
    if not path:
        return body.decode(errors="replace")
    if ".." in path:
        return None
    try:
        if len(body) > _LIMIT:
            document, _ = _beginning(body[:_LIMIT].decode(errors="ignore"), 0)
        else:
            document = parse(body)
        value = jsonpath(document, path)
        return value if value is None or isinstance(value, str) else json.dumps(value)
    except (RecursionError, ValueError):
        return None


def _beginning(text: str, at: int) -> tuple[Any, int | None]:
    """Read the complete parts of a truncated JSON value.

    Returns:
        The value, and its end position: `None` if the value is truncated.

    Raises:
        ValueError: No part of the value is complete.
    """
    at = _skip(text, at)
    try:
        return _DECODER.raw_decode(text, at)
    except ValueError:
        if text[at : at + 1] not in {"{", "["}:
            raise
    is_map = text[at] == "{"
    members: dict[str, Any] = {}
    items: list[Any] = []
    end: int | None = at
    separator = text[at]
    try:
        while end is not None and text[_skip(text, end)] == separator:
            end = _skip(text, end) + 1
            name = ""
            if is_map:
                name, end = _DECODER.raw_decode(text, _skip(text, end))
                end = text.index(":", end) + 1
            value, end = _beginning(text, end)
            members[name] = value
            items.append(value)
            separator = ","
    except (IndexError, ValueError):
        pass  # the text is truncated here
    return (members if is_map else items), None


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()
