"""Parsing OpenAPI documents in JSON or YAML, within limits."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._errors import bad_request
from apigw2.testing._extras import extra
from apigw2.testing._json import MAX_DEPTH, as_object, is_object
from apigw2.testing._json import parse as parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml import Node

Document = dict[str, Any]

_VARIABLE: Final = re.compile(r"\$\{AWS::(\w+)\}")

# PyYAML reads less than one megabyte per second, checks every open bracket for each token, and
# expands the aliases of a short document to gigabytes.
_LONGEST_YAML: Final = 1_000_000  # characters
_FLOW: Final = re.compile(r"[\[\]{},:]")
_MOST_FLOW: Final = 4_000_000  # tokens within brackets, each times the open brackets
_LARGEST_EXPANSION: Final = 4_000_000  # nodes and characters, with aliases expanded
_LONGEST_NUMBER: Final = 100  # characters; `1:1:1:...` is a number in base 60
_NUMBERS: Final = ("tag:yaml.org,2002:float", "tag:yaml.org,2002:int")


def parse(body: str, variables: Mapping[str, str]) -> Document:
    """Parse a document, and replace the AWS variables.

    Args:
        body: The document.
        variables: Values of `${AWS::AccountId}` and others, by the part after the colons.

    Raises:
        ApiError: The document is not OpenAPI 3.0.
    """
    body = _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), body)
    try:
        document = parse_json(body)
    except ValueError:
        document = _parse_yaml(body)
    found = as_object(document)
    if not str(found.get("openapi")).startswith("3.0"):
        raise bad_request("Invalid OpenAPI input: only OpenAPI 3.0 is supported for HTTP APIs")
    if not as_object(found.get("info")).get("title"):
        raise bad_request("Invalid OpenAPI input: info.title is missing")
    if not is_object(found.get("paths")):
        raise bad_request("Invalid OpenAPI input: paths is missing")
    return found


def _parse_yaml(body: str) -> object:
    with extra("OpenAPI in YAML"):
        import yaml  # noqa: PLC0415 - slow to import

    if len(body) > _LONGEST_YAML:
        raise bad_request(
            f"Invalid OpenAPI input: not JSON, and longer than {_LONGEST_YAML} characters of YAML"
        )
    try:
        _check_flow(body)
        # Not the C loader, which a deeply nested document crashes.
        loader = yaml.SafeLoader(body)
        root = loader.get_single_node()
        if root is None:
            return None
        _Expansion().measure(root)
        # types-PyYAML leaves the parameter of this method untyped.
        value: object = loader.construct_document(root)  # pyright: ignore[reportUnknownMemberType] - see above
        # YAML has dates, and numbers for keys; JSON has neither.
        return parse_json(json.dumps(value, default=str))
    except (RecursionError, TypeError, ValueError, yaml.YAMLError):
        raise bad_request("Invalid OpenAPI input: neither JSON nor YAML") from None


def _check_flow(body: str) -> None:
    """Reject a document whose brackets would keep PyYAML busy for minutes.

    It counts brackets in strings as well; real documents have far fewer.

    Raises:
        ValueError: There are too many brackets, or they are nested too deeply.
    """
    depth, cost = 0, 0
    for found in _FLOW.finditer(body):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth = max(depth - 1, 0)
        cost += depth
        if depth > MAX_DEPTH or cost > _MOST_FLOW:
            raise ValueError("too many brackets")


class _Expansion:
    """The size and depth of a YAML document with aliases expanded.

    An alias follows its anchor, so the size of the anchor is already known.
    """

    def __init__(self) -> None:
        self._measured: dict[int, tuple[int, int] | None] = {}

    def measure(self, node: Node) -> tuple[int, int]:
        """The size and the depth of a node.

        Raises:
            ValueError: The node is too large or too deep, or contains itself.
        """
        if id(node) in self._measured:
            known = self._measured[id(node)]
            if known is None:
                raise ValueError("the document contains itself")
            return known
        self._measured[id(node)] = None
        size, depth = 1, 1
        if isinstance(node.value, str):
            size += len(node.value)
            if node.tag in _NUMBERS and size > _LONGEST_NUMBER:
                raise ValueError("a number is too long")
        for child in _children(node):
            inner_size, inner_depth = self.measure(child)
            size, depth = size + inner_size, max(depth, 1 + inner_depth)
        if size > _LARGEST_EXPANSION or depth > MAX_DEPTH:
            raise ValueError("the document is too large or nested too deeply")
        self._measured[id(node)] = size, depth
        return size, depth


def _children(node: Node) -> list[Node]:
    """The items of a sequence, or the keys and values of a mapping."""
    if isinstance(node.value, str):
        return []
    items: list[Node | tuple[Node, Node]] = node.value
    return [child for item in items for child in (item if isinstance(item, tuple) else (item,))]
