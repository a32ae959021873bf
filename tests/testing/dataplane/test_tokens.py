"""JWT authorizers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from apigw2.testing._json import MAX_DEPTH
from tests.support.local_gateway import JSON, jwt_authorizer, lambda_integration, route
from tests.testing.backend import echo
from tests.testing.dataplane.support import ask
from tests.testing.dataplane.tokens import ISSUER, NULL, key, key_set, signed, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


@pytest.fixture
def guarded(local: LocalGateway, client: Client, api_id: str) -> str:
    """An API with `GET /pets` for every valid token, and `GET /cats`, which requires a scope."""
    local.add_key_set(ISSUER, key_set())
    authorizer = jwt_authorizer(client, api_id)
    target = f"integrations/{lambda_integration(client, api_id)}"
    given = {"Target": target, "AuthorizationType": "JWT", "AuthorizerId": authorizer}
    route(client, api_id, "GET /pets", **given)
    route(client, api_id, "GET /cats", AuthorizationScopes=["read", "write"], **given)
    return api_id


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("prefix", ["Bearer ", ""])
def test_a_valid_token_is_accepted_and_its_claims_are_in_the_event(
    local: LocalGateway, prefix: str
) -> None:
    """Claims as text: floci-io/floci#2011, measured; null scopes: DefinitelyTyped#75458."""
    given = token(local, groups=["a", "b"], admin=True, age=7, nothing=NULL)

    event = ask(local, "/pets", prefix + given).json()

    shown = event["requestContext"]["authorizer"]["jwt"]
    assert shown["scopes"] is None
    assert shown["claims"]["sub"] == "me"
    assert shown["claims"]["groups"] == "[a b]"
    assert shown["claims"]["admin"] == "true"
    assert shown["claims"]["age"] == "7"
    assert "nothing" not in shown["claims"]


@pytest.mark.usefixtures("guarded")
def test_a_request_without_a_token_is_unauthorized(local: LocalGateway) -> None:
    answer = ask(local, "/pets", None)

    assert (answer.status, answer.json()) == (401, {"message": "Unauthorized"})
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"iss": "https://other.example.com"}, "invalid issuer"),
        ({"aud": "cats"}, "the token does not have a valid audience"),
        ({"aud": None}, "the token does not have a valid audience"),
        ({"aud": "cats", "client_id": "pets"}, "the token does not have a valid audience"),
        ({"exp": 1}, "the token has expired"),
        ({"exp": None}, "the token has expired"),
        ({"nbf": 9_999_999_999}, "the token is not valid yet"),
        ({"iat": 9_999_999_999}, "the token is not valid yet"),
    ],
    ids=["issuer", "audience", "none", "client-id", "expired", "no-expiry", "nbf", "iat"],
)
def test_a_token_with_wrong_claims_is_rejected(
    local: LocalGateway, changes: dict[str, Any], description: str
) -> None:
    answer = ask(local, "/pets", token(local, **changes))

    assert (answer.status, answer.json()) == (401, {"message": "Unauthorized"})
    assert answer.headers["www-authenticate"] == (
        f'Bearer scope="" error="invalid_token" error_description="{description}"'
    )


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    "changes", [{"aud": ["cats", "pets"]}, {"aud": None, "client_id": "pets"}, {"iat": 1, "nbf": 1}]
)
def test_other_valid_claims_are_accepted(local: LocalGateway, changes: dict[str, Any]) -> None:
    assert ask(local, "/pets", token(local, **changes)).status == 200


@pytest.mark.usefixtures("guarded")
def test_tokens_expire_by_the_gateways_clock(local: LocalGateway) -> None:
    given = token(local)

    assert ask(local, "/pets", given).status == 200
    local.clock.advance(61)
    assert ask(local, "/pets", given).status == 401


@pytest.mark.usefixtures("guarded")
def test_a_token_whose_signature_cannot_be_verified_is_rejected(local: LocalGateway) -> None:
    right = token(local)
    other = jwt.encode({"iss": ISSUER}, "s" * 32, algorithm="HS256", headers={"kid": "k"})
    unknown = jwt.encode({"iss": ISSUER}, key("k"), algorithm="RS256", headers={"kid": "z"})

    def description(given: str) -> str:
        answer = ask(local, "/pets", given)
        assert answer.status == 401
        return answer.reason

    assert description("nonsense") == "the token is malformed"
    assert description(other) == "signing method is invalid"
    assert description(unknown) == "no key of the issuer has the token's kid"
    local.add_key_set(ISSUER, key_set("another"))
    assert description(right) == "the token's signature is invalid"
    local.reset()


def test_a_token_of_an_issuer_without_keys_is_rejected(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    authorizer = jwt_authorizer(client, api_id)
    route(client, api_id, "GET /pets", AuthorizationType="JWT", AuthorizerId=authorizer)

    assert "no key set is registered" in ask(local, "/pets", token(local)).reason


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"scope": "read other"}, 200),
        ({"scp": ["write"]}, 200),
        ({"scope": "other"}, 403),
        ({}, 403),
    ],
    ids=["scope", "scp", "other", "none"],
)
def test_a_token_needs_one_of_the_routes_scopes(
    local: LocalGateway, claims: dict[str, Any], status: int
) -> None:
    answer = ask(local, "/cats", token(local, **claims))

    assert answer.status == status
    if status == 403:
        assert answer.json() == {"message": "Forbidden"}
        assert answer.headers["www-authenticate"] == (
            'Bearer scope="read write" error="insufficient_scope"'
        )
    else:
        scopes = answer.json()["requestContext"]["authorizer"]["jwt"]["scopes"]
        assert scopes in (["read", "other"], ["write"])


def test_claims_are_in_events_in_format_1_and_in_parameters(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    local.add_key_set(ISSUER, key_set())
    local.add_function("pets", lambda event, _: {"statusCode": 200, "body": json.dumps(event)})
    target = lambda_integration(
        client, api_id, PayloadFormatVersion="1.0",
        RequestParameters={"append:header.sub": "$context.authorizer.claims.sub"},
    )  # fmt: skip
    route(
        client, api_id, "GET /", Target=f"integrations/{target}", AuthorizationType="JWT",
        AuthorizerId=jwt_authorizer(client, api_id),
    )  # fmt: skip

    event = ask(local, "/", token(local)).json()

    assert event["requestContext"]["authorizer"]["claims"]["sub"] == "me"
    assert event["headers"]["sub"] == "me"


@pytest.mark.parametrize(
    ("configuration", "keys", "status"),
    [
        ({"jwks_uri": "{url}/keys"}, key_set, 200),
        ({"jwks_uri": "{url}/keys"}, dict, 401),
        ({"jwks_uri": "https://keys.example.com"}, key_set, 401),
        ({}, key_set, 401),
    ],
    ids=["valid", "no-keys", "not-loopback", "no-jwks-uri"],
)
def test_keys_are_fetched_from_an_issuer_on_loopback(
    local: LocalGateway,
    client: Client,
    api_id: str,
    *,
    configuration: dict[str, str],
    keys: Callable[[], dict[str, JSON]],
    status: int,
) -> None:
    documents: dict[str, JSON] = {"/keys": keys()}
    with echo(documents) as url:
        documents["/.well-known/openid-configuration"] = {
            name: value.format(url=url) for name, value in configuration.items()
        }
        authorizer = jwt_authorizer(
            client, api_id, JwtConfiguration={"Audience": ["pets"], "Issuer": url}
        )
        target = f"integrations/{lambda_integration(client, api_id)}"
        route(
            client, api_id, "GET /", AuthorizationType="JWT", AuthorizerId=authorizer, Target=target
        )

        assert ask(local, "/", token(local, iss=url)).status == status


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    "changes",
    [
        {"aud": {"pets": True}},
        {"aud": [["pets"], {"pets": 1}]},
        {"aud": 7},
        {"aud": NULL},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"exp": True},
        {"exp": "9999999999"},
        {"nbf": float("nan")},
        {"iat": NULL},
    ],
    ids=[
        "aud-object", "aud-lists", "aud-number", "aud-null", "nan", "infinity", "bool", "text",
        "nbf-nan", "iat-null",
    ],
)  # fmt: skip
def test_claims_of_the_wrong_type_are_rejected(
    local: LocalGateway, changes: dict[str, Any]
) -> None:
    answer = ask(local, "/pets", token(local, **changes))

    assert (answer.status, answer.json()) == (401, {"message": "Unauthorized"})


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    "payload",
    [
        b'{"a":' + b"[" * 3_000 + b"]" * 3_000 + b"}",
        b'{"iss": "https://issuer.example.com", "aud": "pets", "exp": 1e999}',
        b"[]",
        b"nonsense",
        b"\xff",
        b"null",
    ],
    ids=["deep", "overflow", "list", "text", "bytes", "null"],
)
def test_a_signed_payload_that_is_not_a_set_of_claims_is_rejected(
    local: LocalGateway, payload: bytes
) -> None:
    assert ask(local, "/pets", signed(payload)).status == 401


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    "given",
    ["é.é.é", "..", "bnVsbA.e30.x", "W10.e30.x", "A" * 9_000],
    ids=["latin", "dots", "null", "list", "long"],
)
def test_text_that_is_not_a_token_is_rejected(local: LocalGateway, given: str) -> None:
    assert ask(local, "/pets", given).status == 401


@pytest.mark.usefixtures("guarded")
def test_a_key_set_without_usable_keys_rejects_every_token(local: LocalGateway) -> None:
    for given in ({}, {"keys": None}, {"keys": "k"}, {"keys": [{"kid": "k", "kty": "other"}]}):
        local.add_key_set(ISSUER, given)

        assert ask(local, "/pets", token(local)).status == 401


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        ({"scope": NULL}, None),
        ({"scp": "write", "scope": "other"}, ["write"]),
        ({"scp": NULL, "scope": "read"}, ["read"]),
        ({"scope": ["read", 7, {"a": 1}]}, ["read"]),
        ({"scope": {"read": 1}}, None),
    ],
    ids=["null", "both", "scp-null", "mixed", "object"],
)
def test_scopes_are_read_from_scp_before_scope(
    local: LocalGateway, claims: dict[str, Any], scopes: list[str] | None
) -> None:
    """floci-io/floci#2011, measured on the service."""
    answer = ask(local, "/cats", token(local, **claims))

    assert answer.status == (403 if scopes is None else 200)
    if scopes is not None:
        assert answer.json()["requestContext"]["authorizer"]["jwt"]["scopes"] == scopes


@pytest.mark.usefixtures("guarded")
def test_claims_are_rejected_beyond_the_maximum_depth_of_json(local: LocalGateway) -> None:
    expiry = int(local.clock.now().timestamp()) + 60

    def status(depth: int) -> int:
        claims = json.dumps({"iss": ISSUER, "aud": "pets", "exp": expiry})
        deep = f'{claims[:-1]}, "a": {"[" * depth}{"]" * depth}}}'
        return ask(local, "/pets", signed(deep.encode())).status

    assert status(MAX_DEPTH) == 200
    assert {status(MAX_DEPTH + depth) for depth in (1, 100, 3_000)} == {401}


def test_claims_have_two_names_in_parameter_mapping(
    local: LocalGateway, client: Client, api_id: str
) -> None:
    local.add_key_set(ISSUER, key_set())
    local.add_function("pets", lambda event, _: event["headers"])
    target = lambda_integration(
        client, api_id,
        RequestParameters={
            "append:header.one": "$context.authorizer.claims.sub",
            "append:header.two": "$context.authorizer.jwt.claims.sub",
        },
    )  # fmt: skip
    route(
        client, api_id, "GET /", Target=f"integrations/{target}", AuthorizationType="JWT",
        AuthorizerId=jwt_authorizer(client, api_id),
    )  # fmt: skip

    headers = ask(local, "/", token(local)).json()

    assert headers["one"] == headers["two"] == "me"
