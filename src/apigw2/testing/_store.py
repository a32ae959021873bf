"""The store of a local gateway: a tree of nodes, one for each resource.

The tree mirrors the URLs: an API is a node in the collection `apis` of the root, and its routes are
nodes in its own collection `routes`. Records are replaced and never changed in place, so a
deployment freezes a configuration by keeping the old records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from apigw2.testing._protocol import Record


@attrs.frozen
class Transition:
    """A scheduled change of a resource."""

    due: datetime
    apply: Callable[[Node], None]


class Node:
    """One resource.

    Attributes:
        collection: URL segment of its collection, such as `routes`.
        id: Identifier in the URL.
        serial: Unique number in the order of creation, which pagination uses.
        record: Members under the names of the service model; replaced on change, never modified.
        hidden: Internal state that the service does not return.
    """

    __slots__ = ("_children", "_transitions", "collection", "hidden", "id", "record", "serial")

    def __init__(self, collection: str, node_id: str, serial: int, record: Record) -> None:
        self.collection: str = collection
        self.id: str = node_id
        self.serial: int = serial
        self.record: Record = record
        self.hidden: dict[str, Any] = {}
        self._children: dict[str, dict[str, Node]] = {}
        self._transitions: dict[str, Transition] = {}

    def add(self, node: Node) -> None:
        """Add a resource to its collection."""
        self._children.setdefault(node.collection, {})[node.id] = node

    def remove(self, node: Node) -> None:
        """Remove a resource with everything below it, if it still exists."""
        self._children[node.collection].pop(node.id, None)

    def get(self, collection: str, node_id: str, now: datetime) -> Node | None:
        """One resource of a collection, in its current state."""
        node = self._children.get(collection, {}).get(node_id)
        if node is not None and node._transitions:  # noqa: SLF001 - the same class
            node.settle(now)
            node = self._children[collection].get(node_id)
        return node

    def all(self, collection: str, now: datetime) -> list[Node]:
        """The resources of a collection in the order of creation, in their current states."""
        nodes = self._children.get(collection)
        if not nodes:
            return []
        for node in list(nodes.values()):
            if node._transitions:  # noqa: SLF001 - the same class
                node.settle(now)
        return list(nodes.values())

    def count(self, collection: str) -> int:
        """The number of resources in a collection."""
        return len(self._children.get(collection, ()))

    def clear(self, collection: str) -> None:
        """Remove all resources of a collection."""
        self._children.pop(collection, None)

    def is_scheduled(self, what: str) -> bool:
        """Whether a transition is scheduled."""
        return what in self._transitions

    def schedule(self, what: str, due: datetime, apply: Callable[[Node], None]) -> None:
        """Schedule a change of the resource.

        Args:
            what: What changes. The transition replaces a scheduled one with the same value.
            due: Time of the change.
            apply: Makes the change.
        """
        self._transitions[what] = Transition(due, apply)

    def settle(self, now: datetime) -> None:
        """Apply the changes that are due."""
        due = [what for what, change in self._transitions.items() if change.due <= now]
        for what in due:
            self._transitions.pop(what).apply(self)

    def update(self, **members: Any) -> None:  # noqa: ANN401 - any JSON
        """Replace the record, with new values for some members."""
        self.record = {**self.record, **members}

    def discard(self, *members: str) -> None:
        """Replace the record, without some members."""
        self.record = {key: value for key, value in self.record.items() if key not in members}
