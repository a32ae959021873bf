"""Write every route of every HTTP and WebSocket API of many accounts and regions to a CSV file.

    python fleet_audit.py                     # two sample accounts, to the terminal
    python fleet_audit.py --aws --profile shop --profile billing \
        --region eu-central-1 --region us-east-1 --output audit.csv

`open` is `yes` where a route asks for no authorization; `rate` is the limit that applies to the
route on a stage, in requests per second.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import boto3

import apigw2
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Row(NamedTuple):
    """One route on one stage."""

    account: str
    region: str
    api: str
    protocol: str
    route: str
    authorization: str
    open: str
    stage: str
    rate: str


class Account(NamedTuple):
    """An account in a region."""

    name: str
    region: str
    gateway: apigw2.ApiGatewayV2


def rate_of(stage: apigw2.Stage, route: apigw2.Route) -> str:
    """Find the limit of a route: its own settings stand in place of the default ones."""
    settings = stage.route_settings.get(route.route_key, stage.default_route_settings)
    rate = settings.throttling_rate_limit if settings else None
    return "" if rate is None else f"{rate:g}"


def audit(account: Account) -> Iterator[Row]:
    """List an account's routes. It takes one request for the APIs, and two for each."""
    apis = account.gateway.get_apis().all()
    routes = apigw2.gather_map(apigw2.ApiRef.get_routes, apis)
    stages = apigw2.gather_map(apigw2.ApiRef.get_stages, apis)
    for api, of_api, on_stages in zip(apis, routes, stages, strict=True):
        for route in of_api:
            kind = route.authorization_type or "NONE"
            is_open = "yes" if kind == "NONE" else "no"
            for stage in on_stages:
                yield Row(
                    account.name,
                    account.region,
                    api.name,
                    api.protocol_type,
                    route.route_key,
                    kind,
                    is_open,
                    stage.stage_name,
                    rate_of(stage, route),
                )


def samples() -> list[Account]:
    """Make two accounts with an API each."""
    accounts: list[Account] = []
    for name, number in (("shop", "111111111111"), ("billing", "222222222222")):
        gw = LocalGateway(region_name="eu-central-1", account_id=number).gateway()
        api = gw.create_api(f"{name}-api", protocol_type="HTTP")
        api.create_route("GET /status")
        api.create_route("POST /orders", authorization_type="AWS_IAM")
        api.create_stage(
            "prod",
            default_route_settings=apigw2.RouteSettings(throttling_rate_limit=100),
            route_settings={"POST /orders": apigw2.RouteSettings(throttling_rate_limit=5)},
        )
        accounts.append(Account(name, "eu-central-1", gw))
    return accounts


def accounts_of(profiles: Sequence[str], regions: Sequence[str | None]) -> list[Account]:
    """Make a gateway for each profile and region."""
    gateways = (
        (profile, apigw2.ApiGatewayV2(session=boto3.Session(profile_name=profile), region_name=at))
        for profile in profiles
        for at in regions
    )
    return [Account(name, gw.region_name, gw) for name, gw in gateways]


def as_text(value: object) -> object:
    """Keep a spreadsheet from running a name such as `=HYPERLINK(...)` as a formula."""
    is_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if is_formula else value


def write(rows: list[Row], output: Path | None) -> None:
    """Write the rows to a file, or to the terminal."""
    lines = [Row._fields, *([as_text(value) for value in row] for row in rows)]
    if output is None:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows(lines)
        return
    with output.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="ask real accounts")
    options.add_argument("--profile", action="append", help="a profile of boto3; repeatable")
    options.add_argument("--region", action="append", help="an AWS region; repeatable")
    options.add_argument("--output", type=Path, help="the CSV file (default: the terminal)")
    given = options.parse_args(arguments)
    if given.aws:
        accounts = accounts_of(given.profile or ["default"], given.region or [None])
    else:
        accounts = samples()
    # Accounts have quotas of their own, so one after another is only a matter of time.
    rows = [row for account in accounts for row in audit(account)]
    write(rows, given.output)
    print(f"{sum(row.open == 'yes' for row in rows)} of {len(rows)} are open", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
