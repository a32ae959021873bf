"""Rules about tags, and about VPC links, which have little more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apigw2._service.rules.rule import GUIDE, Rule, at_most

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apigw2._service.rules.rule import PendingCall

_TAGGED = (
    "CreateApi",
    "CreateDomainName",
    "CreatePortal",
    "CreatePortalProduct",
    "CreateStage",
    "CreateVpcLink",
    "TagResource",
)


def _tags(call: PendingCall) -> Mapping[str, str]:
    tags: Mapping[str, str] = call.request.get("Tags", {})
    return tags


RULES: Final[Sequence[Rule]] = (
    Rule(
        _TAGGED,
        "Tags: keys that start with aws: are reserved",
        GUIDE,
        lambda call: any(key.lower().startswith("aws:") for key in _tags(call)),
    ),
    at_most(_TAGGED, "Tags", 50, _tags),
    at_most(("CreateVpcLink",), "SubnetIds", 10, lambda call: call.request.get("SubnetIds", ())),
)
