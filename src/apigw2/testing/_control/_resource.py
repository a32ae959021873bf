"""Create, read, list, update and delete for every kind of resource.

A `Resource` declares one kind of resource, with hooks for its special behavior. The functions at
the end of this module implement the operations for all kinds.
"""

from __future__ import annotations

import base64
import binascii
import string
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import attrs

from apigw2.testing._errors import ApiError, bad_request, not_found, quota_exceeded, violation
from apigw2.testing._rules import tags
from apigw2.testing._store import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from random import Random

    from apigw2.testing._clock import Clock, Delays
    from apigw2.testing._faults import Faults
    from apigw2.testing._protocol import ModelOperation, Record

ALPHABET: Final = string.ascii_lowercase + string.digits


@attrs.frozen(kw_only=True)
class Account:
    """The settings of an account in a region.

    Attributes:
        region_name: The region.
        account_id: Account id, 12 digits.
        quotas: Maximum numbers, by collection (`routes`) or by name (`stage_variables`).
        page_size: Default number of items in one response of a list operation.
        delays: Durations of asynchronous changes.
    """

    region_name: str
    account_id: str
    quotas: Mapping[str, int]
    page_size: int
    delays: Delays


@attrs.frozen(kw_only=True)
class Control:
    """The state of the control plane, and services for handlers."""

    root: Node
    account: Account
    clock: Clock
    random: Random
    faults: Faults

    def new_id(self, length: int) -> str:
        """Generate an identifier."""
        return "".join(self.random.choices(ALPHABET, k=length))

    def new_serial(self) -> int:
        """The next number in the order of creation."""
        serial: int = self.root.hidden.get("serial", 0) + 1
        self.root.hidden["serial"] = serial
        return serial

    def now(self) -> datetime:
        """The current time."""
        return self.clock.now()

    def arn(self, path: str, *, account: bool = False) -> str:
        """The ARN of a resource; only those of portals and routing rules contain the account id."""
        owner = self.account.account_id if account else ""
        return f"arn:aws:apigateway:{self.account.region_name}:{owner}:/{path}"

    def apis(self) -> list[Node]:
        """Every API."""
        return self.root.all("apis", self.now())

    def add(self, parent: Node, collection: str, node_id: str, record: Record) -> Node:
        """Create a resource."""
        node = Node(collection, node_id, self.new_serial(), record)
        parent.add(node)
        return node

    def limit(self, quota: str, count: int, noun: str) -> None:
        """Check a number against a quota.

        Raises:
            ApiError: The number exceeds the quota.
        """
        if count > self.account.quotas[quota]:
            raise quota_exceeded(noun, self.account.quotas[quota])

    def transition(
        self,
        operation: str,
        node: Node,
        what: str,
        done: Callable[[Node], None],
        failed: Callable[[Node, str], None],
    ) -> None:
        """Schedule the next state of a resource, or a failure if a test has injected one.

        Args:
            operation: The operation that starts the change.
            node: The resource.
            what: What changes.
            done: Applies the change.
            failed: Applies the failure, given the message of the test.
        """
        message = self.faults.take_failed_transition(operation)
        due = self.now() + timedelta(seconds=self.account.delays.transition)
        if message is None:
            node.schedule(what, due, done)
        else:
            node.schedule(what, due, lambda node: failed(node, message))


@attrs.frozen(kw_only=True)
class Call:
    """A request to the control plane.

    Attributes:
        control: The state.
        operation: The operation.
        params: Parameters, validated against the service model.
        lineage: The resources that the path names, outermost first.
    """

    control: Control
    operation: ModelOperation
    params: Record
    lineage: tuple[Node, ...]

    @property
    def parent(self) -> Node:
        """The resource in whose collection the request creates or lists."""
        return self.lineage[-1] if self.lineage else self.control.root

    @property
    def node(self) -> Node:
        """The resource of the request."""
        return self.lineage[-1]

    @property
    def api(self) -> Node:
        """The API of the request: the resource itself or its ancestor."""
        return self.lineage[0]

    @property
    def is_http(self) -> bool:
        """Whether the API is an HTTP API."""
        return bool(self.api.record["ProtocolType"] == "HTTP")

    @property
    def members(self) -> Record:
        """The parameters in the body."""
        return {k: v for k, v in self.params.items() if k in self.operation.body_members}

    def drop_foreign(self, protocol: str, record: Record, names: Iterable[str]) -> None:
        """Drop members that the model supports only for the other protocol.

        The service drops such members silently, as observed for TlsConfig in go-to-k/cdkd#1602.
        """
        if self.api.record["ProtocolType"] != protocol:
            for name in names:
                record.pop(name, None)


def _nothing(*_: object) -> None:
    """The default hook of a resource."""


@attrs.frozen(kw_only=True)
class Resource:
    """One kind of resource.

    Attributes:
        collection: The segment of the URL.
        noun: Name in error messages.
        id_member: Name of the identifier in the service model.
        id_length: Length of a generated identifier.
        id_given: Whether the client chooses the identifier, as for stages.
        missing: Message of a 404 with the placeholder `{id}`, if it differs from the default.
        deploys: Whether a change triggers automatic deployments.
        keyed_maps: Maps that an update merges key by key, and in which `""` clears a key.
        merged: The structures that an update merges member by member.
        sticky: The members that an update with `""` leaves as they were.
        required: The members that cannot be cleared.
        prepare: Completes the record of a new resource.
        check: Validates and completes a record before it is stored. It receives the previous
            resource, or `None` for a new one.
        created: Runs after the creation.
        updated: Runs after an update.
        before_delete: Raises an error if the resource must not be deleted.
        delete: Replaces the default deletion.
    """

    collection: str
    noun: str
    id_member: str
    id_length: int = 6
    id_given: bool = False
    missing: str = ""
    deploys: bool = False
    keyed_maps: frozenset[str] = frozenset()
    merged: frozenset[str] = frozenset()
    sticky: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset({"Name"})
    prepare: Callable[[Call, Record], None] = _nothing
    check: Callable[[Call, Node | None, Record], None] = _nothing
    created: Callable[[Call, Node], None] = _nothing
    updated: Callable[[Call, Node], None] = _nothing
    before_delete: Callable[[Call, Node], None] = _nothing
    delete: Callable[[Call, Node], None] | None = None

    def not_found(self, control: Control, node_id: str) -> ApiError:
        """The error for a resource that does not exist."""
        message = self.missing or "Invalid {noun} identifier specified {account}:{id}"
        return not_found(
            message.format(noun=self.noun, id=node_id, account=control.account.account_id)
        )


def create(resource: Resource, call: Call) -> Record:
    """Create a resource from a request."""
    control, parent = call.control, call.parent
    if resource.collection in control.account.quotas:
        control.limit(resource.collection, parent.count(resource.collection) + 1, resource.noun)
    record = call.members
    resource.prepare(call, record)
    resource.check(call, None, record)
    if not resource.id_given:
        record[resource.id_member] = control.new_id(resource.id_length)
    if "Tags" in record:
        tags.check(record["Tags"])
        control.limit("tags", len(record["Tags"]), "tag")
    call.operation.write(record)  # do not store what cannot be written
    node = control.add(parent, resource.collection, record[resource.id_member], record)
    resource.created(call, node)
    return node.record


def show(_: Resource, call: Call) -> Record:
    """Return the members of a resource."""
    return call.node.record


def show_all(resource: Resource, call: Call) -> Record:
    """Return one page of a collection."""
    control, parent = call.control, call.parent
    nodes = parent.all(resource.collection, control.now())
    place = f"{parent.collection}/{parent.id}/{resource.collection}"
    after = _serial_of(call.params.get("NextToken"), place)
    size = _page_size(call)
    rest = [node for node in nodes if node.serial > after]
    page = rest[:size]
    items = "RoutingRules" if "RoutingRules" in call.operation.output_members else "Items"
    answer: Record = {items: [node.record for node in page]}
    if len(rest) > size:
        answer["NextToken"] = _token_of(page[-1].serial, place)
    return answer


def _page_size(call: Call) -> int:
    asked = call.params.get("MaxResults", call.control.account.page_size)
    try:
        size = int(asked)
    except ValueError:
        raise violation("maxResults", "Member must be a whole number") from None
    if size < 1:
        raise violation("maxResults", "Member must have value greater than or equal to 1")
    return size


def _token_of(serial: int, place: str) -> str:
    return base64.urlsafe_b64encode(f"{serial} {place}".encode()).decode()


def _serial_of(token: str | None, place: str) -> int:
    """The end of the previous page. A token is valid for one collection only."""
    if token is None:
        return 0
    try:
        serial, _, of = base64.urlsafe_b64decode(token).decode().partition(" ")
        if of == place:
            return int(serial)
    except (binascii.Error, ValueError):
        pass
    raise bad_request("Invalid nextToken")


def update(resource: Resource, call: Call) -> Record:
    """Merge a request into a resource."""
    node = call.node
    record = merge(resource, node.record, call.members)
    resource.check(call, node, record)
    call.operation.write(record)  # do not store what cannot be written
    node.record = record
    resource.updated(call, node)
    return node.record


def merge(resource: Resource, old: Record, changes: Record) -> Record:
    """The record after an update.

    Omitted members keep their values. Members are cleared in different ways: `""` for most strings,
    each key separately for maps, an empty `TlsConfig`, and `DELETE` operations for some. Observed
    on the live service in go-to-k/cdkd#1163, #1577 and go-to-k/cdk-real-drift#1031.
    """
    record = dict(old)
    for name, value in changes.items():
        if value == "":
            if name in resource.required:
                raise violation(
                    name[0].lower() + name[1:],
                    "Member must have length greater than or equal to 1",
                )
            if name not in resource.sticky:
                record.pop(name, None)
        elif name in resource.keyed_maps:
            record[name] = _merge_map(old.get(name, {}), value)
        elif name in resource.merged:
            record[name] = {**old.get(name, {}), **value}
        else:
            record[name] = value
    return record


def _merge_map(old: Record, changes: Record) -> Record:
    """Merge a map key by key; an empty value removes the key."""
    return {key: value for key, value in {**old, **changes}.items() if value not in ("", {})}


def delete(resource: Resource, call: Call) -> Record:
    """Delete a resource with everything below it."""
    node = call.node
    resource.before_delete(call, node)
    if resource.delete is None:
        parent = call.lineage[-2] if len(call.lineage) > 1 else call.control.root
        parent.remove(node)
    else:
        resource.delete(call, node)
    return {}
