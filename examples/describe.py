"""Describe an API in a file, look at what would change, and apply it.

    python examples/describe.py                        # a pet shop, on a local gateway
    python examples/describe.py my-api.yaml --aws      # shows the plan only
    python examples/describe.py my-api.yaml --aws --apply --prune

`python -m apigw2` is the same as a command.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from where import connect, is_local, parser

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
    options = parser(__doc__)
    options.add_argument("file", nargs="?", type=Path, help="a blueprint, YAML or JSON")
    options.add_argument("--apply", action="store_true", help="carry the plan out")
    options.add_argument("--prune", action="store_true", help="delete what the file does not have")
    chosen = options.parse_args(arguments)
    gw = connect(chosen, LocalGateway())
    wanted = petstore() if chosen.file is None else apigw2.Blueprint.load(chosen.file)

    plan = gw.plan(wanted, prune=chosen.prune)
    print(plan)
    if chosen.apply or is_local(chosen):
        api = plan.apply(on_progress=lambda step: print(f"{step.done}/{step.total} {step.change}"))
        print(f"{api.name} is {api.api_id}; a second plan: {gw.plan(wanted, prune=chosen.prune)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
