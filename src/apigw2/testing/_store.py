"""What a local gateway remembers: a tree of nodes, one for each resource.

The shape of the tree is that of the URLs: an API is a node in the collection `apis` of the root,
its routes are nodes in its own collection `routes`. The records in the nodes are never changed in
place, only replaced. So a deployment freezes a configuration by holding on to the old records.
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
    """A change that a resource makes by itself once its time has come."""

    due: datetime
    apply: Callable[[Node], None]


class Node:
    """One resource.

    Attributes:
        collection: The segment of the URL that it is found under, such as `routes`.
        id: Its identifier in the URL.
        serial: Its place in the order of creation, never given twice. Pages go by it.
        record: Its members, under the names of the service model. Replaced on change, never
            changed.
        hidden: What the service knows and does not show.
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
        """Put a resource into the collection that it belongs to."""
        self._children.setdefault(node.collection, {})[node.id] = node

    def remove(self, node: Node) -> None:
        """Take a resource out, with everything beneath it. It may have gone by itself already."""
        self._children[node.collection].pop(node.id, None)

    def get(self, collection: str, node_id: str, now: datetime) -> Node | None:
        """One resource of a collection, in the state that it has now."""
        node = self._children.get(collection, {}).get(node_id)
        if node is not None and node._transitions:  # noqa: SLF001  # the same class
            node.settle(now)
            node = self._children[collection].get(node_id)
        return node

    def all(self, collection: str, now: datetime) -> list[Node]:
        """The resources of a collection in the order of their creation, in their states now."""
        nodes = self._children.get(collection)
        if not nodes:
            return []
        for node in list(nodes.values()):
            if node._transitions:  # noqa: SLF001  # the same class
                node.settle(now)
        return list(nodes.values())

    def count(self, collection: str) -> int:
        """How many resources there are in a collection."""
        return len(self._children.get(collection, ()))

    def clear(self, collection: str) -> None:
        """Remove all the resources of a collection."""
        self._children.pop(collection, None)

    def is_scheduled(self, what: str) -> bool:
        """Whether a transition is still to come."""
        return what in self._transitions

    def schedule(self, what: str, due: datetime, apply: Callable[[Node], None]) -> None:
        """Let the resource change by itself at a time.

        Args:
            what: What changes. It replaces a transition of the same thing that is still to come.
            due: When.
            apply: Makes the change.
        """
        self._transitions[what] = Transition(due, apply)

    def settle(self, now: datetime) -> None:
        """Make the changes that are due."""
        due = [what for what, change in self._transitions.items() if change.due <= now]
        for what in due:
            self._transitions.pop(what).apply(self)

    def update(self, **members: Any) -> None:  # noqa: ANN401  # any JSON
        """Replace the record by one with other values for some members."""
        self.record = {**self.record, **members}

    def discard(self, *members: str) -> None:
        """Replace the record by one without some members."""
        self.record = {key: value for key, value in self.record.items() if key not in members}
