"""Delete preview APIs, by their tag and age. Without --delete it only shows what it would delete.

    python clean_up_previews.py
    python clean_up_previews.py --aws --tag preview=yes --older-than 14
    python clean_up_previews.py --aws --tag preview=yes --older-than 14 --delete

An API with API mappings is kept.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import apigw2
from apigw2.testing import Clock, LocalGateway

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def outdated(
    gw: apigw2.ApiGatewayV2, *, tag: tuple[str, str], before: datetime
) -> Iterator[apigw2.Api]:
    """Find the APIs with a tag that were created before a moment."""
    key, value = tag
    for api in gw.get_apis():
        created = api.created_date
        if api.tags.get(key) == value and created is not None and created < before:
            yield api


def delete(api: apigw2.Api) -> str:
    """Delete an API, and return what happened."""
    try:
        return "deleted" if api.delete(missing_ok=True) else "already deleted"
    except apigw2.ResourceInUseError:
        return "kept: it has API mappings"


def sample() -> LocalGateway:
    """Make an account with an old preview, a new one, one with a domain name, and a real API."""
    clock = Clock(datetime.now(timezone.utc) - timedelta(days=30))
    local = LocalGateway(clock=clock)
    gw = local.gateway()
    gw.create_api("pr-1", protocol_type="HTTP", tags={"preview": "yes"})
    shown = gw.create_api(
        "pr-2", protocol_type="HTTP", tags={"preview": "yes"}, target="https://example.com"
    )
    certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d"
    domain = gw.create_domain_name("preview.example.com", certificate_arn=certificate)
    domain.create_api_mapping(api_id=shown, stage="$default")
    gw.create_api("petstore", protocol_type="HTTP")
    clock.advance(timedelta(days=29))
    gw.create_api("pr-3", protocol_type="HTTP", tags={"preview": "yes"})
    return local


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="use the account of boto3's session")
    options.add_argument(
        "--tag", default="preview=yes", metavar="KEY=VALUE", help="tag of previews (preview=yes)"
    )
    options.add_argument(
        "--older-than", type=float, default=14, metavar="DAYS", help="minimum age (14)"
    )
    options.add_argument("--delete", action="store_true", help="delete them")
    given = options.parse_args(arguments)
    key, _, value = given.tag.partition("=")
    before = datetime.now(timezone.utc) - timedelta(days=given.older_than)
    gw = apigw2.ApiGatewayV2() if given.aws else sample().gateway()
    # Find all of them before the first delete, because deletes change the pages that follow.
    found = list(outdated(gw, tag=(key, value), before=before))
    for api in found:
        what = delete(api) if given.delete else "would be deleted"
        print(f"{api.name} ({api.api_id}), created {api.created_date:%Y-%m-%d}: {what}")
    if found and not given.delete:
        print("Nothing was deleted. Add --delete to delete them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
