"""Calls through boto3's client, raw calls beside them, and threads."""

from __future__ import annotations

import concurrent.futures
import copy
import logging
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import Stubber

import apigw2
from apigw2._objects.references import connection_of
from apigw2._wire.connection import DETACHED, Connection
from tests.support.answers import good, good_body
from tests.support.local import API, Local, client
from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.server import Request, Server


def test_raw_calls_on_the_same_client_are_unchanged(server: Server) -> None:
    """boto3 returns its usual dicts, without unknown fields."""
    plain, shared = client(server), client(server)
    gw = apigw2.ApiGatewayV2(client=shared)
    server.prepare(then=Answer({**good_body("GetApi"), "newField": {"a": 1}}))
    expected = plain.get_api(ApiId="api_id1")
    assert shared.get_api(ApiId="api_id1") == expected
    ours = gw.get_api("api_id1")
    assert ours.extra == {"NewField": {"a": 1}}
    assert shared.get_api(ApiId="api_id1") == expected
    assert "NewField" not in expected
    # boto3 handles answers that are not JSON objects as it always does.
    for answer in (Answer(b"<html>"), Answer(b"{}"), Answer(b"")):
        server.prepare(then=answer)
        assert shared.get_api(ApiId="api_id1") == plain.get_api(ApiId="api_id1")
    for body in ({"message": "No.", "code": "X"}, {"message": "x-amz-security-token:abc"}):
        server.prepare(then=Answer(body, 400))
        with pytest.raises(plain.exceptions.ClientError) as theirs:
            plain.get_api(ApiId="api_id1")
        with pytest.raises(shared.exceptions.ClientError) as ours_too:
            shared.get_api(ApiId="api_id1")
        assert str(ours_too.value) == str(theirs.value)


def test_a_raw_call_inside_a_call_returns_boto3s_dict(server: Server) -> None:
    """A hook that calls the same client gets boto3's dicts, and the outer call its own response."""
    shared = client(server)
    inner: list[Any] = []

    def pause(_: float) -> None:
        inner.append(shared.get_api(ApiId="a1"))

    gw = apigw2.ApiGatewayV2(client=shared, retries=apigw2.Retries(sleep=pause))
    concurrent = {"message": "concurrent modification"}
    refused = Answer(concurrent, 409, {"x-amzn-ErrorType": "ConflictException"})
    server.prepare([refused, Answer(API), Answer(API)])
    assert gw.get_api("a1").name == "petstore"
    assert inner[0]["Name"] == "petstore"


def test_two_gateways_can_share_one_client(server: Server) -> None:
    """The second gateway registers no handlers, so each response is read once."""
    shared = client(server)
    first, second = apigw2.ApiGatewayV2(client=shared), apigw2.ApiGatewayV2(client=shared)
    server.prepare(then=Answer({**API, "newField": 1}))
    assert first.get_api("a1") == second.get_api("a1")
    assert first.get_api("a1").extra == {"NewField": 1}


def test_a_client_with_a_stubber_works() -> None:
    """botocore's Stubber answers without a response on the wire."""
    shared: Any = apigw2.ApiGatewayV2(region_name="eu-central-1").client
    with Stubber(shared) as stubber:
        stubber.add_response(
            "get_api",
            {"ApiId": "a1", "Name": "x", "ProtocolType": "HTTP", "RouteSelectionExpression": "y"},
            {"ApiId": "a1"},
        )
        stubber.add_client_error("get_api", "NotFoundException", "No.", 404)
        gw = apigw2.ApiGatewayV2(client=shared)
        assert gw.get_api("a1").name == "x"
        with pytest.raises(apigw2.NotFoundError):
            gw.get_api("a1")


def test_a_test_double_without_a_context_works(local: Local) -> None:
    """Responses without a wire are read from boto3's dict."""

    class Double:
        def export_api(self, **_: object) -> dict[str, object]:
            return {"body": "openapi: 3.0.1"}

        def get_tags(self, **_: object) -> dict[str, object]:
            return {"Tags": {"a": "b"}, "ResponseMetadata": {"RequestId": "x"}}

    double: Any = Double()
    gw = apigw2.ApiGatewayV2(client=double)
    assert gw.get_tags("arn:aws:apigateway:eu-central-1::/apis/a1") == {"a": "b"}
    assert gw.api("a1").export(output_type="YAML", specification="OAS30") == "openapi: 3.0.1"
    assert local.server.connections == 0


def test_export_returns_text(local: Local) -> None:
    local.server.prepare([good("ExportApi")])
    text = local.gateway.api("a1").export(output_type="YAML", specification="OAS30")
    assert text == "openapi: 3.0.1"


def test_debug_logging_of_botocore_changes_no_result(local: Local) -> None:
    """With it, botocore parses the body as well."""
    logger = logging.getLogger("botocore.parsers")
    local.server.prepare(then=Answer({**API, "newField": 1}))
    quiet = local.gateway.get_api("a1")
    logger.setLevel(logging.DEBUG)
    try:
        assert local.gateway.get_api("a1") == quiet
        assert local.gateway.get_api("a1").extra == {"NewField": 1}
    finally:
        logger.setLevel(logging.NOTSET)


# --- threads ----------------------------------------------------------------------------------


def test_one_gateway_can_be_used_by_32_threads(local: Local) -> None:
    """Each thread gets the responses to its own calls, and raw calls return boto3's dicts."""

    def answer(request: Request) -> Answer:
        path = request.target.partition("?")[0]
        own = path.rsplit("/", 1)[-1]
        if own == "routes":
            number = path.split("/")[3]
            items = [{"routeId": f"{number}-{n}", "routeKey": f"GET /{n}"} for n in range(3)]
            return Answer({"items": items})
        return Answer({**API, "apiId": own, "name": f"name of {own}"})

    local.server.prepare(then=answer)
    gw = local.gateway
    raw: Any = gw.client

    def work(number: int) -> list[object]:
        own = f"api{number}"
        results: list[object] = []
        for _ in range(5):
            results += [gw.get_api(own).name]
            results += [route.route_id for route in gw.api(own).get_routes()]
            results += [raw.get_api(ApiId=own)["Name"]]
        return results

    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        by_thread = [*pool.map(work, range(32))]
    for number, results in enumerate(by_thread):
        own = f"api{number}"
        once = [f"name of {own}", *(f"{own}-{n}" for n in range(3)), f"name of {own}"]
        assert results == once * 5
    assert len(local.server.requests) == 32 * 15


# --- connections ------------------------------------------------------------------------------


def test_copies_share_the_client_and_pickles_have_none(local: Local) -> None:
    connection = connection_of(local.gateway)
    assert copy.copy(connection) is connection
    assert copy.deepcopy(connection) is connection
    restored = pickle.loads(pickle.dumps(connection))  # noqa: S301  # made here
    assert restored is DETACHED
    with pytest.raises(apigw2.DetachedError, match=r"gateway\.attach\(obj\)"):
        _ = Connection(None).client
    # Signatures show it as a default.
    assert (repr(DETACHED), repr(connection)) == ("DETACHED", "CONNECTED")


def test_references_have_arns_without_a_request(local: Local) -> None:
    gw = local.gateway
    assert gw.api("a1").arn == "arn:aws:apigateway:eu-central-1::/apis/a1"
    assert gw.api("a1").stage("p").arn == "arn:aws:apigateway:eu-central-1::/apis/a1/stages/p"
    assert gw.vpc_link("v1").arn == "arn:aws:apigateway:eu-central-1::/vpclinks/v1"
    assert gw.domain_name("a.b").arn == "arn:aws:apigateway:eu-central-1::/domainnames/a.b"
    assert local.server.connections == 0


def test_tags_take_the_object_or_its_arn(local: Local) -> None:
    api = local.gateway.api("a1")
    local.server.prepare(then=Answer({"tags": {"a": "b"}}))
    assert local.gateway.get_tags(api) == local.gateway.get_tags(api.arn) == {"a": "b"}
    first, second = local.server.lines
    assert first == second
    assert "%2Fapis%2Fa1" in first
