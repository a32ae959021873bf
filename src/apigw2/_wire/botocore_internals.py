"""All uses of botocore's private attributes.

Each also works without the attribute, so a botocore that renames it only costs speed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class EventHandlers:
    """The handlers that are registered for a client's events.

    botocore has no public way to ask for them.

    Args:
        events: `client.meta.events`.
    """

    def __init__(self, events: Any) -> None:
        self._emitter = getattr(events, "_emitter", events)

    def version(self) -> object:
        """An object that is replaced when a handler is added or removed; `None` if unknown.

        botocore caches the handlers of each event in a dict, which it replaces on each change.
        """
        return getattr(self._emitter, "_lookup_cache", None)

    def of(self, event: str) -> Iterable[Any] | None:
        """The handlers of an event; `None` if they are unknown."""
        search = getattr(getattr(self._emitter, "_handlers", None), "prefix_search", None)
        return None if search is None else search(event)


def credentials_of(client: Any) -> object | None:
    """The credentials that a client signs with, which may refresh themselves; `None` if unknown.

    botocore has no public way to ask for them. Without them, a new session looks for its own.
    """
    return getattr(getattr(client, "_request_signer", None), "_credentials", None)


def is_parser_error(error: BaseException) -> bool:
    """Whether an exception was raised by botocore's response parsers.

    Only some of them are `ResponseParserError`: for values of another type than the model's, the
    parsers raise AttributeError, TypeError, ValueError and UnicodeDecodeError of Python itself.
    """
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_globals.get("__name__") == "botocore.parsers":
            return True
        traceback = traceback.tb_next
    return False
