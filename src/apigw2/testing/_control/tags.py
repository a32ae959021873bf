"""Tags, which are addressed by ARN and stored in the resources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from apigw2.testing._errors import bad_request, not_found
from apigw2.testing._rules import tags as rules

if TYPE_CHECKING:
    from apigw2.testing._control._resource import Call
    from apigw2.testing._protocol import Record
    from apigw2.testing._store import Node

_ARN: Final = re.compile(r"arn:aws[\w-]*:apigateway:[\w-]*:\d*:/(?P<path>.+)")


def _find(call: Call) -> Node:
    """The resource that the ARN in the request names."""
    arn, now = call.params["ResourceArn"], call.control.now()
    found = _ARN.fullmatch(arn)
    if found is None:
        raise bad_request(f"Invalid ARN: {arn}")
    node: Node | None = call.control.root
    # An ARN with an odd number of segments names a collection, which has no tags.
    segments = found["path"].split("/")
    for collection, node_id in zip(segments[::2], [*segments[1::2], ""], strict=False):
        node = node and node.get(collection, node_id, now)
    if node is None or "Tags" not in node.record:
        raise not_found(f"Invalid resource ARN specified: {arn}")
    return node


def get_tags(call: Call) -> Record:
    """GetTags."""
    return {"Tags": _find(call).record["Tags"]}


def tag_resource(call: Call) -> Record:
    """TagResource: adds tags, or gives them new values."""
    node, tags = _find(call), call.params.get("Tags", {})
    rules.check(tags)
    merged = {**node.record["Tags"], **tags}
    call.control.limit("tags", len(merged), "tag")
    node.update(Tags=merged)
    return {}


def untag_resource(call: Call) -> Record:
    """UntagResource."""
    node, keys = _find(call), call.params["TagKeys"]
    node.update(Tags={k: v for k, v in node.record["Tags"].items() if k not in keys})
    return {}
