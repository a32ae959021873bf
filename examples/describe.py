"""Describe an API in a file, look at what would change, and apply it.

    python describe.py                        # a pet shop, on a local gateway
    python describe.py my-api.yaml --aws      # shows the plan only
    python describe.py my-api.yaml --aws --apply --prune

`python -m apigw2` is the same as a command.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import apigw2
from apigw2 import authorizers, integrations
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Sequence


def petstore() -> apigw2.Blueprint:
    """Describe an API in Python."""
    pets = integrations.lambda_function("arn:aws:lambda:us-east-1:123456789012:function:pets")
    login = authorizers.jwt("login", issuer="https://login.example.com", audience=["pets"])
    return apigw2.Blueprint(
        "petstore",
        protocol_type="HTTP",
        routes=[
            apigw2.RouteSpec("GET /pets", target=pets),
            apigw2.RouteSpec("POST /pets", target=pets, authorizer=login),
        ],
        stages=[apigw2.StageSpec("prod")],
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="use the account of boto3's session")
    options.add_argument("file", nargs="?", type=Path, help="a blueprint, YAML or JSON")
    options.add_argument("--apply", action="store_true", help="carry the plan out")
    options.add_argument("--prune", action="store_true", help="delete what the file does not have")
    chosen = options.parse_args(arguments)
    gw = apigw2.ApiGatewayV2() if chosen.aws else LocalGateway().gateway()
    wanted = petstore() if chosen.file is None else apigw2.Blueprint.load(chosen.file)

    plan = gw.plan(wanted, prune=chosen.prune)
    print(plan)
    if chosen.apply or not chosen.aws:
        api = plan.apply(on_progress=lambda step: print(f"{step.done}/{step.total} {step.change}"))
        print(f"{api.name} is {api.api_id}; a second plan: {gw.plan(wanted, prune=chosen.prune)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
