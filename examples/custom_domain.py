"""Serve the APIs of an account under one custom domain name, each at a path of its own.

    python custom_domain.py
    python custom_domain.py --aws --domain api.example.com \
        --certificate-arn arn:aws:acm:... --map orders/v1=a1b2c3d4e5 --map =f6g7h8i9j0
    python custom_domain.py --aws --domain api.example.com --delete

The program may run again: what is as it should be stays, and mappings that it is not given are
left alone.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import apigw2
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


STAGE = "$default"


def ensure_domain(
    gw: apigw2.ApiGatewayV2, name: str, certificate_arn: str | None
) -> apigw2.DomainName:
    """Fetch the domain name, or create it."""
    found = gw.domain_name(name).get_or_none()
    return found or gw.create_domain_name(name, certificate_arn=certificate_arn)


def ensure_mappings(domain: apigw2.DomainNameRef, wanted: Mapping[str, str]) -> None:
    """Let the stage `$default` of each API answer under its key."""
    there = {mapping.api_mapping_key or "": mapping for mapping in domain.get_api_mappings()}
    for key, api_id in wanted.items():
        mapping = there.get(key)
        if mapping is None:
            domain.create_api_mapping(api_id=api_id, stage=STAGE, api_mapping_key=key)
        elif (mapping.api_id, mapping.stage) != (api_id, STAGE):
            mapping.update(api_id=api_id, stage=STAGE)


def sample(gw: apigw2.ApiGatewayV2) -> dict[str, str]:
    """Create two APIs, and say where they are to be."""
    orders, shop = (
        gw.create_api(name, protocol_type="HTTP", target=f"https://{name}.example.com")
        for name in ("orders", "shop")
    )
    return {"orders/v1": orders.api_id, "": shop.api_id}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="use the account of boto3's session")
    options.add_argument("--domain", default="api.example.com")
    options.add_argument(
        "--certificate-arn", default="arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d"
    )
    options.add_argument("--map", action="append", default=[], metavar="KEY=API_ID")
    options.add_argument("--delete", action="store_true", help="delete it, mappings first")
    given = options.parse_args(arguments)
    gw = apigw2.ApiGatewayV2() if given.aws else LocalGateway().gateway()
    if given.delete:
        existed = gw.domain_name(given.domain).delete(cascade=True, missing_ok=True)
        print(f"deleted {given.domain}" if existed else f"there is no {given.domain}")
        return 0
    wanted: dict[str, str] = dict(entry.split("=", 1) for entry in given.map)
    if not wanted and not given.aws:
        wanted = sample(gw)
    domain = ensure_domain(gw, given.domain, given.certificate_arn)
    ensure_mappings(domain, wanted)
    for mapping in domain.get_api_mappings():
        print(f"{mapping.url} -> {mapping.api_id}")
    print(f"DNS: {given.domain} is an alias of {domain.dns_target.host_name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
