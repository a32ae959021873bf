"""Tokens of an issuer, and its keys."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import JSON


ISSUER = "https://issuer.example.com"


NULL = object()
"""Value of a claim that is null; `token` omits claims whose value is `None`."""


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """Create the key of a name once, because that is slow."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_set(name: str = "k") -> dict[str, Any]:
    public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(key(name).public_key()))
    return {"keys": [{**public, "kid": "k"}]}


def token(local: LocalGateway, **changes: JSON) -> str:
    now = int(local.clock.now().timestamp())
    claims = {"iss": ISSUER, "aud": "pets", "exp": now + 60, "sub": "me", **changes}
    claims = {name: value for name, value in claims.items() if value is not None}
    claims = {name: None if value is NULL else value for name, value in claims.items()}
    return jwt.encode(claims, key("k"), algorithm="RS256", headers={"kid": "k"})


def signed(payload: bytes) -> str:
    """Sign a token whose payload is not necessarily a set of claims."""
    return jwt.PyJWS().encode(payload, key("k"), algorithm="RS256", headers={"kid": "k"})
