"""Methods of resources with tags."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # annotations are evaluated
from typing import TYPE_CHECKING, Final, cast

import apigw2
from apigw2._calls.arguments import checked

if TYPE_CHECKING:
    from apigw2._objects.references import Reference

_RESERVED: Final = "aws:"  # prefix of tags that only AWS can write


class Taggable:
    """A resource with tags and an ARN."""

    __slots__ = ()

    def tag(self, tags: Mapping[str, str]) -> None:
        """Set tags. Tags with other keys stay.

        Args:
            tags: The tags. A resource can have up to 50.

        Raises:
            BadRequestError: A tag is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The resource does not exist.
        """
        gateway, arn = _address(self)
        gateway.tag_resource(arn, tags)

    def untag(self, *tag_keys: str) -> None:
        """Remove tags. Keys that the resource does not have are ignored.

        Args:
            tag_keys: Keys of the tags.

        Raises:
            BadRequestError: A key is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The resource does not exist.
        """
        gateway, arn = _address(self)
        gateway.untag_resource(arn, tag_keys)

    @checked
    def set_tags(self, tags: Mapping[str, str]) -> None:
        """Replace all tags, except those of AWS (`aws:...`).

        Makes one request to fetch the current tags, and up to two more to remove and to set tags.

        Args:
            tags: The tags. Keys that start with `aws:` are ignored, so the tags of another resource
                can be passed unchanged.

        Raises:
            BadRequestError: A tag is invalid.
            ConflictError: Another change is in progress.
            NotFoundError: The resource does not exist.
        """
        gateway, arn = _address(self)
        present = gateway.get_tags(arn)
        wanted = {key: value for key, value in tags.items() if not key.startswith(_RESERVED)}
        surplus = [k for k in present if k not in wanted and not k.startswith(_RESERVED)]
        changed = {key: value for key, value in wanted.items() if present.get(key) != value}
        if surplus:  # first, because a resource can have only 50 tags
            gateway.untag_resource(arn, surplus)
        if changed:
            gateway.tag_resource(arn, changed)


def _address(resource: Taggable) -> tuple[apigw2.ApiGatewayV2, str]:
    arn: str = getattr(resource, "arn")  # noqa: B009  # every subclass has it
    return apigw2.ApiGatewayV2.of(cast("Reference", resource)), arn
