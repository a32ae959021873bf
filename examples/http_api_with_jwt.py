"""An HTTP API whose routes ask for a JSON Web Token, and one of them for a scope.

    python http_api_with_jwt.py

On the local gateway it also signs tokens, and calls the API with them. On an account:

    python http_api_with_jwt.py --aws --issuer https://login.example.com \
        --audience pets --function-arn arn:aws:lambda:eu-central-1:123456789012:function:pets
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

import apigw2
from apigw2 import authorizers, integrations
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


SCOPE = "pets:write"


def create(gw: apigw2.ApiGatewayV2, *, issuer: str, audience: str, function_arn: str) -> apigw2.Api:
    """Create the API, and serve it from its root."""
    api = gw.create_api("pets-with-jwt", protocol_type="HTTP")
    backend = api.create(integrations.lambda_function(function_arn))
    login = api.create(authorizers.jwt("login", issuer=issuer, audience=[audience]))
    api.create_route("GET /health", target=backend)
    api.create_route("GET /pets", target=backend, authorizer_id=login)
    api.create_route(
        "POST /pets", target=backend, authorizer_id=login, authorization_scopes=[SCOPE]
    )
    api.create_stage("$default", auto_deploy=True).wait_until_deployed()
    return api


class Issuer:
    """Signs tokens that the local gateway accepts."""

    def __init__(self, local: LocalGateway, url: str, audience: str) -> None:
        self._local = local
        self._claims = {"iss": url, "aud": audience, "sub": "me"}
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        local.add_key_set(url, {"keys": [{**public, "kid": "1"}]})

    def header(self, scope: str) -> dict[str, str]:
        """Make the header of a request with a token of this scope, valid for a minute."""
        expires = int(self._local.clock.now().timestamp()) + 60
        claims = {**self._claims, "scope": scope, "exp": expires}
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "1"})
        return {"Authorization": f"Bearer {token}"}


def call(local: LocalGateway, api: apigw2.Api, issuer: Issuer) -> None:
    """Call every route with and without a token."""
    reader, writer = issuer.header("pets:read"), issuer.header(SCOPE)
    attempts: list[tuple[str, str, str, Mapping[str, str]]] = [
        ("GET", "/health", "no token", {}),
        ("GET", "/pets", "no token", {}),
        ("GET", "/pets", "a token", reader),
        ("POST", "/pets", "a token without the scope", reader),
        ("POST", "/pets", "a token with the scope", writer),
    ]
    for method, path, credentials, headers in attempts:
        answer = local.invoke(method, path, api=api, headers=headers)
        print(f"{method} {path} with {credentials}: {answer.status}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="use the account of boto3's session")
    options.add_argument("--issuer", default="https://login.example.com")
    options.add_argument("--audience", default="pets")
    options.add_argument(
        "--function-arn", default="arn:aws:lambda:us-east-1:123456789012:function:pets"
    )
    given = options.parse_args(arguments)
    local = LocalGateway()
    local.add_function("pets", lambda _event, _context: {"statusCode": 200, "body": "[]"})
    gw = apigw2.ApiGatewayV2() if given.aws else local.gateway()
    api = create(gw, issuer=given.issuer, audience=given.audience, function_arn=given.function_arn)
    for route in api.get_routes():
        scopes = " ".join(route.authorization_scopes)
        print(f"{route.route_key}: {route.authorization_type} {scopes}".rstrip())
    if not given.aws:
        call(local, api, Issuer(local, given.issuer, given.audience))
    else:
        print(f"Try it: curl -i {api.api_endpoint}/pets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
