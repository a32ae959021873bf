"""Release an HTTP API blue/green: try a deployment on one stage, then switch the other to it.

    python blue_green.py
    python blue_green.py --aws --api-id a1b2c3d4e5 --live live --candidate next \
        --path /health

Both stages exist and do not deploy by themselves. If the candidate does not answer with 200, the
live stage stays as it is, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import urllib.error
import urllib.request
from http import HTTPStatus
from typing import TYPE_CHECKING

import apigw2
from apigw2 import integrations
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


ARN = "arn:aws:lambda:us-east-1:123456789012:function"


def release(
    api: apigw2.ApiRef,
    *,
    live: str,
    candidate: str,
    healthy: Callable[[str], bool],
    description: str | None = None,
) -> apigw2.Stage | None:
    """Deploy to the candidate, and to the live stage if the candidate is healthy.

    Args:
        api: The API.
        live: The stage that clients use.
        candidate: The stage to try it on.
        healthy: Says whether a stage works, by its name.
        description: A text for the deployment.

    Returns:
        The live stage, or nothing if the release was refused.
    """
    stage = api.deploy(candidate, description=description)
    if healthy(candidate):
        return api.stage(live).promote(from_=candidate)
    # Back to what is live, so that the broken deployment can be deleted.
    stage.promote(from_=live)
    if stage.deployment is not None:
        stage.deployment.delete()
    return None


def answers(url: str) -> bool:
    """Whether a URL answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - the API's own URL
            return bool(response.status == HTTPStatus.OK)
    except urllib.error.URLError:
        return False


def demonstrate(gw: apigw2.ApiGatewayV2, local: LocalGateway) -> int:
    """Release twice on the local gateway, the second time something broken."""

    def broken(_event: object, _context: object) -> str:
        raise RuntimeError("out of order")

    local.add_function("v1", lambda _event, _context: "one")
    local.add_function("v2", lambda _event, _context: "two")
    local.add_function("v3", broken)
    api = gw.create_api("petstore", protocol_type="HTTP")
    backend = api.create(integrations.lambda_function(f"{ARN}:v1"))
    api.create_route("GET /health", target=backend)
    live = api.create_stage("live").deploy(description="v1")
    api.create_stage("next", deployment_id=live.deployment)

    def call(stage: str) -> tuple[int, str]:
        answer = local.invoke("GET", "/health", api=api, stage=stage)
        return answer.status, answer.text

    print(f"v1 is live: {call('live')}")
    for version in ("v2", "v3"):
        backend.update(integration_uri=f"{ARN}:{version}")
        done = release(
            api,
            live="live",
            candidate="next",
            healthy=lambda stage: call(stage)[0] == HTTPStatus.OK,
            description=version,
        )
        print(f"{version} is {'live' if done else 'refused'}: {call('live')}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="use the account of boto3's session")
    options.add_argument("--api-id", help="with --aws: the API")
    options.add_argument("--live", default="live", help="the stage that clients use")
    options.add_argument("--candidate", default="next", help="the stage to try a release on")
    options.add_argument("--path", default="/health", help="answers with 200 if all is well")
    given = options.parse_args(arguments)
    local = LocalGateway()
    gw = apigw2.ApiGatewayV2() if given.aws else local.gateway()
    if not given.aws:
        return demonstrate(gw, local)
    if given.api_id is None:
        options.error("--api-id is needed")
    api = gw.get_api(given.api_id)

    def healthy(stage: str) -> bool:
        return answers(f"{api.url(stage)}{given.path}")

    done = release(api, live=given.live, candidate=given.candidate, healthy=healthy)
    print(f"{given.live} serves {done.deployment_id}" if done else "The candidate is not healthy")
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
