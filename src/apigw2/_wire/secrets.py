"""Keeping what a request was signed with out of messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNED_HEADERS: Final = ("Authorization", "X-Amz-Security-Token")
_SHORTEST: Final = 8  # characters; a shorter text is not a credential, and occurs by chance

# A signed request that AWS quotes, whether or not its token is the one that was sent.
_QUOTED: Final = re.compile(
    r"(?i)(x-amz-security-token\W{1,4})\S+|(AWS4-HMAC-SHA256 Credential=)[^\n]+"
)


@attrs.frozen(repr=False)
class Secrets:
    """Texts that must not occur in a message.

    Attributes:
        texts: The values of a request's signature headers.
    """

    texts: tuple[str, ...] = ()

    @classmethod
    def of_headers(cls, headers: Mapping[str, object]) -> Secrets:
        """Collect the secrets among the headers of a request."""
        values = (headers.get(name) for name in _SIGNED_HEADERS)
        texts = (v.decode("latin-1") if isinstance(v, bytes) else str(v or "") for v in values)
        return cls(tuple(text for text in texts if len(text) >= _SHORTEST))

    def redact(self, value: Any) -> Any:
        """Return JSON, or text, without secrets."""
        try:
            return self._redact(value)
        except RecursionError:
            return "(nested too deeply to show)"

    def _redact(self, value: Any) -> Any:
        if isinstance(value, str):
            for text in self.texts:
                value = value.replace(text, "...")
            return _QUOTED.sub(r"\1\2...", value)
        if isinstance(value, list):
            items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
            return [self._redact(item) for item in items]
        if isinstance(value, dict):
            fields = cast("dict[str, Any]", value)
            return {self._redact(key): self._redact(item) for key, item in fields.items()}
        return value
