"""Authorizers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests

ISSUER = "https://id.example"
FUNCTION = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations"


@pytest.fixture
def login(api: apigw2.Api) -> apigw2.Authorizer:
    return api.create_authorizer(
        "login",
        authorizer_type="JWT",
        identity_source=["$request.header.Authorization"],
        jwt_configuration=apigw2.JWTConfiguration(issuer=ISSUER, audience=["pets"]),
    )


def test_an_authorizer_can_be_created_read_updated_and_deleted(
    api: apigw2.Api, login: apigw2.Authorizer
) -> None:
    assert (login.name, login.authorizer_type) == ("login", "JWT")
    assert login.identity_source == ("$request.header.Authorization",)
    assert login.jwt_configuration == apigw2.JWTConfiguration(issuer=ISSUER, audience=("pets",))
    assert login.get() == api.get_authorizer(login.authorizer_id) == login
    assert list(api.get_authorizers()) == [login]

    changed = login.update(name="sign-in", identity_source=["$request.querystring.token"])
    assert (changed.name, changed.identity_source) == ("sign-in", ("$request.querystring.token",))
    assert changed.jwt_configuration == login.jwt_configuration
    assert login.get() == changed

    login.delete()
    assert list(api.get_authorizers()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        login.get()
    assert login.authorizer_id in str(caught.value)


def test_a_reference_to_an_authorizer_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    assert gw.api("a1b2c3").authorizer("j1k2l3").api == gw.api("a1b2c3")
    assert requests.new() == []


def test_get_authorizer_makes_one_request(login: apigw2.Authorizer, requests: Requests) -> None:
    requests.new()
    assert login.api.get_authorizer(login.authorizer_id) == login
    assert requests.new() == ["GetAuthorizer"]


def test_an_authorizer_of_a_route_is_deleted_only_with_cascade(
    api: apigw2.Api, login: apigw2.Authorizer
) -> None:
    guarded = api.create_route("POST /pets", authorizer_id=login)
    public = api.create_route("GET /pets")
    assert login.referenced_by() == (guarded,)
    with pytest.raises(apigw2.ResourceInUseError, match="POST /pets"):
        login.delete()
    login.delete(cascade=True)
    assert list(api.get_authorizers()) == []
    assert list(api.get_routes()) == [public]


def test_unset_clears_fields_of_an_authorizer(api: apigw2.Api, requests: Requests) -> None:
    function = api.create_authorizer(
        "function",
        authorizer_type="REQUEST",
        authorizer_credentials_arn="arn:aws:iam::123456789012:role/invoke",
        authorizer_payload_format_version="2.0",
        authorizer_result_ttl_in_seconds=300,
        authorizer_uri=FUNCTION,
        identity_source=["$request.header.Authorization"],
    )
    assert function.authorizer_result_ttl_in_seconds == 300
    requests.new()
    cleared = function.unset("authorizer_credentials_arn", "authorizer_result_ttl_in_seconds")
    assert requests.new() == ["UpdateAuthorizer"]
    assert cleared.authorizer_credentials_arn is None
    assert cleared.authorizer_result_ttl_in_seconds == 0


def test_a_missing_authorizer_is_not_found(api: apigw2.Api) -> None:
    gone = api.authorizer("gone")
    for method in (gone.get, gone.update, gone.delete):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
    assert gone.referenced_by() == ()
