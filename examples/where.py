"""Where an example runs: on a local gateway (the default), at an endpoint, or on AWS."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import boto3

import apigw2

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway


def parser(description: str | None) -> argparse.ArgumentParser:
    """Make a parser with the options that every example has."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    where = made.add_mutually_exclusive_group()
    where.add_argument("--aws", action="store_true", help="use a real account")
    where.add_argument("--endpoint-url", help="use an emulator, such as `python -m apigw2.testing`")
    made.add_argument("--region", help="the AWS region (default: the one boto3 is set up for)")
    return made


def connect(options: argparse.Namespace, local: LocalGateway) -> apigw2.ApiGatewayV2:
    """Make a gateway for what the command line says; `local` where it says nothing."""
    if options.aws:
        return apigw2.ApiGatewayV2(region_name=options.region)
    if options.endpoint_url:
        return apigw2.ApiGatewayV2(
            session=boto3.Session(aws_access_key_id="test", aws_secret_access_key="test"),  # noqa: S106 - it takes any
            region_name=options.region or "us-east-1",
            endpoint_url=options.endpoint_url,
        )
    return local.gateway()


def is_local(options: argparse.Namespace) -> bool:
    """Whether the example runs on a local gateway, and so can call what it deploys."""
    return not options.aws and options.endpoint_url is None
