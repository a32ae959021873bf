"""A fleet of accounts on a Dask cluster of two processes: `python cluster.py ENDPOINT`."""

from __future__ import annotations

import functools
import os
import sys
from typing import Any

import boto3
import distributed
from botocore.config import Config

import apigw2

ACCOUNTS = ("111111111111", "222222222222", "no account", "333333333333")


def names_of_apis(endpoint: str, account_id: str) -> tuple[int, list[str]]:
    """Make the session and gateway on the worker, where a program would assume a role."""
    if not account_id.isdecimal():
        raise PermissionError(account_id)
    session = boto3.Session(account_id, "secret", region_name="us-east-1")
    gw = apigw2.ApiGatewayV2(session=session, endpoint_url=endpoint, config=Config(proxies={}))
    return os.getpid(), [api.name for api in gw.get_apis()]


def main(endpoint: str) -> None:
    """Print the names of the APIs of each account."""
    dask: Any = distributed  # it has no types
    with (
        dask.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        dask.Client(cluster) as client,
    ):
        results = apigw2.gather_map(
            functools.partial(names_of_apis, endpoint),
            ACCOUNTS,
            executor=client.get_executor(),
            errors="return",
        )
        lines: list[str] = []
        listing = apigw2.ApiGatewayV2(endpoint_url=endpoint, region_name="us-east-1").get_apis()
        try:
            apigw2.gather(listing, executor=client.get_executor())
        except TypeError as error:
            lines.append(str(error).splitlines()[0])
    for account_id, result in zip(ACCOUNTS, results, strict=True):
        if isinstance(result, Exception):
            lines.append(f"{account_id} {type(result).__name__}")
        else:
            assert result[0] != os.getpid()
            lines.append(" ".join([account_id, *result[1]]))
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1])
