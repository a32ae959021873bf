"""How the library calls boto3, and what it leaves alone."""

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
    from tests.support.server import Server


def test_raw_calls_on_the_same_client_are_untouched(server: Server) -> None:
    """boto3 gives what it gives without us: its own dicts, unknown fields dropped."""
    plain, shared = client(server), client(server)
    gw = apigw2.ApiGatewayV2(client=shared)
    server.prepare(then=Answer({**good_body("GetApi"), "newField": {"a": 1}}))
    expected = plain.get_api(ApiId="api_id1")
    assert shared.get_api(ApiId="api_id1") == expected
    ours = gw.get_api("api_id1")
    assert ours.extra == {"NewField": {"a": 1}}
    assert shared.get_api(ApiId="api_id1") == expected
    assert "NewField" not in expected
    # What boto3 makes of answers that are no JSON objects, it makes still.
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


def test_raw_calls_from_inside_a_call_get_boto3s_dicts(server: Server) -> None:
    """A hook that calls the same client sees boto3's dicts, and does not disturb us."""
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
    """The second registers nothing anew: each response is read once."""
    shared = client(server)
    first, second = apigw2.ApiGatewayV2(client=shared), apigw2.ApiGatewayV2(client=shared)
    server.prepare(then=Answer({**API, "newField": 1}))
    assert first.get_api("a1") == second.get_api("a1")
    assert first.get_api("a1").extra == {"NewField": 1}


def test_a_stubbed_client_works() -> None:
    """botocore's Stubber answers before there is a response to parse."""
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
    """Responses that came without the wire are read from boto3's dict."""

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


def test_export_is_a_text(local: Local) -> None:
    local.server.prepare([good("ExportApi")])
    text = local.gateway.api("a1").export(output_type="YAML", specification="OAS30")
    assert text == "openapi: 3.0.1"


def test_botocores_own_debug_log_changes_nothing(local: Local) -> None:
    """It shows what botocore parses, which is left to it then."""
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
    """Each thread gets the answers to its own calls, and raw calls stay raw."""

    def answer(request: Any) -> Answer:  # noqa: ANN401
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
        said: list[object] = []
        for _ in range(5):
            said += [gw.get_api(own).name]
            said += [route.route_id for route in gw.api(own).get_routes()]
            said += [raw.get_api(ApiId=own)["Name"]]
        return said

    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        results = [*pool.map(work, range(32))]
    for number, said in enumerate(results):
        own = f"api{number}"
        once = [f"name of {own}", *(f"{own}-{n}" for n in range(3)), f"name of {own}"]
        assert said == once * 5
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
    # Signatures show it as the default of objects that were made by hand.
    assert (repr(DETACHED), repr(connection)) == ("DETACHED", "CONNECTED")


def test_references_have_arns(local: Local) -> None:
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
