"""Clients in child processes.

A forked child shares the sockets of its parent's open connections. If both use one, each receives
the other's responses. So the child closes its copies before it makes a request; the parent's stay
open, and the child connects anew.
"""

from __future__ import annotations

import os
import weakref
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from botocore.client import BaseClient

_clients: Final[weakref.WeakSet[Any]] = weakref.WeakSet()


def close_after_fork(client: BaseClient) -> None:
    """Close a client's connections in each child process that is forked from this one."""
    if hasattr(client, "close"):  # a test double need not have it
        _clients.add(client)


def _close_all() -> None:
    for client in _clients:
        client.close()  # it connects again with its next request


if hasattr(os, "register_at_fork"):  # pragma: no branch  # not on Windows, which cannot fork
    os.register_at_fork(after_in_child=_close_all)
