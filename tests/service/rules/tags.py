"""Calls that break the rules in `_service/rules/tags.py`, and calls that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.service.rules.case import Case, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

CASES: Final[Mapping[str, Case]] = {
    "Tags: keys that start with aws: are reserved": Case(
        [lambda c: c.gw.tag_resource("arn:aws:x", tags={"aws:cloudformation:stack-id": "1"})],
        [lambda c: c.gw.tag_resource("arn:aws:x", tags={"awsome": "1"})],
    ),
    "Tags: more than 50, the default quota": Case(
        [lambda c: c.new_http(tags=numbered(51))], [lambda c: c.new_http(tags=numbered(50))]
    ),
    "SubnetIds: more than 10, the default quota": Case(
        [lambda c: c.gw.create_vpc_link("link", subnet_ids=[*numbered(11)])],
        [lambda c: c.gw.create_vpc_link("link", subnet_ids=[*numbered(10)])],
    ),
}
