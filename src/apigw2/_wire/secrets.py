"""Removal of the credentials that signed a request from messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SIGNED_HEADERS: Final = ("Authorization", "X-Amz-Security-Token")
_SHORTEST: Final = 8  # characters; a shorter text is not a credential, and occurs by chance

# A signed request that AWS quotes, whether or not its token is the one that was sent.
_QUOTED: Final = re.compile(
    r"(?i)(x-amz-security-token\W{1,4})\S+|(AWS4-HMAC-SHA256 Credential=)[^\n]+"
)


def redact(value: Any, headers: Mapping[str, object]) -> Any:
    """Return JSON or text without the credentials that signed a request.

    Args:
        value: The JSON or text.
        headers: The headers of the request.
    """
    values = (headers.get(name) for name in _SIGNED_HEADERS)
    texts = (v.decode("latin-1") if isinstance(v, bytes) else str(v or "") for v in values)
    try:
        return _without(value, [text for text in texts if len(text) >= _SHORTEST])
    except RecursionError:
        return "(nested too deeply to show)"


def _without(value: Any, texts: Sequence[str]) -> Any:
    if isinstance(value, str):
        for text in texts:
            value = value.replace(text, "...")
        return _QUOTED.sub(r"\1\2...", value)
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]  # any JSON
        return [_without(item, texts) for item in items]
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {_without(key, texts): _without(item, texts) for key, item in fields.items()}
    return value
