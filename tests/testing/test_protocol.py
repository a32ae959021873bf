"""Parsing and validation of requests by the service model."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
from botocore.model import ServiceModel

from apigw2.testing import LocalGateway
from apigw2.testing._errors import ApiError
from apigw2.testing._http import Request, Response
from apigw2.testing._protocol import Protocol, load_protocol
from tests.support.local_gateway import CERTIFICATE, JSON, http_api, lambda_integration, refused

if TYPE_CHECKING:
    from apigw2.testing import Response
    from tests.support.local_gateway import Client


def send(local: LocalGateway, method: str, path: str, document: object = None) -> Response:
    """Send a request that boto3 would not send."""
    body = b"" if document is None else json.dumps(document).encode()
    return local.handle(Request.to_url(method, path, {}, body))


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"name": "n"}, "'protocolType' failed to satisfy constraint: Member must not be null"),
        ({"name": None, "protocolType": "HTTP"}, "'name'"),
        ({"name": "", "protocolType": "HTTP"}, "length greater than or equal to 1"),
        ({"name": "n" * 129, "protocolType": "HTTP"}, "length less than or equal to 128"),
        ({"name": 5, "protocolType": "HTTP"}, "Member must be a string"),
        ({"name": "n", "protocolType": "FTP"}, "enum value set: ['HTTP', 'WEBSOCKET']"),
        (
            {"name": "n", "protocolType": "HTTP", "disableExecuteApiEndpoint": 1},
            "Member must be a boolean",
        ),
        ({"name": "n", "protocolType": "HTTP", "tags": []}, "Member must be a map"),
        ({"name": "n", "protocolType": "HTTP", "tags": {"a": "x" * 1601}}, "'tags.a'"),
        ({"name": "n", "protocolType": "HTTP", "corsConfiguration": []}, "be a structure"),
        (
            {"name": "n", "protocolType": "HTTP", "corsConfiguration": {"allowOrigins": "*"}},
            "Member must be a list",
        ),
        (
            {"name": "n", "protocolType": "HTTP", "corsConfiguration": {"allowMethods": [""]}},
            "'corsConfiguration.allowMethods.1.member'",
        ),
        (
            {"name": "n", "protocolType": "HTTP", "corsConfiguration": {"maxAge": 86401}},
            "value less than or equal to 86400",
        ),
        (
            {"name": "n", "protocolType": "HTTP", "corsConfiguration": {"maxAge": -2}},
            "value greater than or equal to -1",
        ),
        (
            {"name": "n", "protocolType": "HTTP", "corsConfiguration": {"maxAge": 1.5}},
            "Member must be a whole number",
        ),
        (
            {"name": "n", "protocolType": "HTTP", "corsConfiguration": {"maxAge": True}},
            "Member must be a whole number",
        ),
    ],
    ids=[
        "no-protocol", "no-name", "short-name", "long-name", "number-for-name", "enum", "boolean",
        "map", "value-in-map", "structure", "list", "member-of-list", "large", "small", "fraction",
        "boolean-for-number",
    ],
)  # fmt: skip
def test_constraints_of_the_model_are_enforced(
    local: LocalGateway, members: dict[str, Any], problem: str
) -> None:
    answer = send(local, "POST", "/v2/apis", members)

    assert answer.status == 400
    assert answer.headers["x-amzn-errortype"] == "BadRequestException"
    assert problem in answer.json()["message"]


def test_bounds_in_the_names_of_shapes_are_enforced(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)

    # boto3 checks only the lower bounds of numbers.
    answer = send(
        local, "POST", f"/v2/apis/{api_id}/integrations",
        {"integrationType": "AWS_PROXY", "timeoutInMillis": 49},
    )  # fmt: skip
    assert "greater than or equal to 50" in answer.json()["message"]
    with refused("BadRequest", "less than or equal to 30000"):
        lambda_integration(client, api_id, TimeoutInMillis=30001)
    with refused("BadRequest", "less than or equal to 32768"):
        client.create_model(ApiId=api_id, Name="m", Schema="x" * 32769)


def test_members_that_the_model_does_not_know_are_ignored(local: LocalGateway) -> None:
    answer = send(local, "POST", "/v2/apis", {"name": "n", "protocolType": "HTTP", "color": "red"})

    assert answer.status == 201
    assert "color" not in answer.json()


def test_a_required_member_within_a_structure_is_enforced(local: LocalGateway) -> None:
    answer = send(local, "POST", "/v2/portals", {"portalContent": {"displayName": "pets"}})

    assert "'portalContent.theme'" in answer.json()["message"]


def test_a_value_that_does_not_match_a_pattern_is_rejected() -> None:
    """In the service model, only members of responses have patterns so far."""
    shapes = {
        "In": {"type": "structure", "members": {"Name": {"shape": "Name", "locationName": "name"}}},
        "Name": {"type": "string", "pattern": "^[a-z]+$"},
    }
    http = {"method": "POST", "requestUri": "/v2/names"}
    operation = {"name": "Do", "http": http, "input": {"shape": "In"}}
    description = {"metadata": {}, "operations": {"Do": operation}, "shapes": shapes}

    protocol = Protocol(ServiceModel(description, "names"))

    assert protocol.operations["Do"].read_body({"name": "rex"}) == {"Name": "rex"}
    with pytest.raises(ApiError, match="regular expression"):
        protocol.operations["Do"].read_body({"name": "Rex"})


def test_timestamps_are_read_and_written(local: LocalGateway, client: Client) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    configuration = {"CertificateArn": CERTIFICATE, "CertificateUploadDate": moment}
    client.create_domain_name(DomainName="a.example.com", DomainNameConfigurations=[configuration])

    (shown,) = client.get_domain_name(DomainName="a.example.com")["DomainNameConfigurations"]

    assert shown["CertificateUploadDate"] == moment
    on_the_wire = send(local, "GET", "/v2/domainnames/a.example.com").json()
    assert (
        on_the_wire["domainNameConfigurations"][0]["certificateUploadDate"]
        == "2026-01-02T03:04:05Z"
    )
    wrong = {"domainNameConfigurations": [{"certificateUploadDate": "yesterday"}]}
    answer = send(local, "PATCH", "/v2/domainnames/a.example.com", wrong)
    assert "Member must be a timestamp" in answer.json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"[]", b"\xff", b'{"name": NaN}', b'{"a": ' + b"[" * 3000 + b"]" * 3000 + b"}",
        b"[" * 100_000, b'{"name": "\\ud800", "protocolType": "HTTP"}', b'{"\\udfff": 1}',
    ],
    ids=["cut", "list", "binary", "nan", "deep", "deeper", "surrogate", "surrogate-key"],
)  # fmt: skip
def test_a_body_that_is_not_a_json_object_is_rejected(local: LocalGateway, body: bytes) -> None:
    answer = local.handle(Request(method="POST", path="/v2/apis", body=body))

    assert answer.status == 400


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/v2/apis/{api}/stages", b'{"stageName": "a", "defaultRouteSettings": %b}', "finite"),
        ("/v2/apis/{api}/stages", b'{"stageName": "a", "routeSettings": {"$default": %b}}', "fin"),
    ],
    ids=["default", "route"],
)
def test_an_infinite_number_is_rejected(
    local: LocalGateway, path: str, body: bytes, problem: str
) -> None:
    api_id = local.client().create_api(Name="n", ProtocolType="HTTP")["ApiId"]
    settings = b'{"throttlingRateLimit": 1e999}'

    request = Request(method="POST", path=path.format(api=api_id), body=body % settings)

    assert problem in local.handle(request).json()["message"]


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 10**100])
def test_an_integer_of_more_than_32_bits_is_rejected(
    local: LocalGateway, client: Client, number: int
) -> None:
    settings = {"stageName": "a", "defaultRouteSettings": {"throttlingBurstLimit": number}}

    answer = send(local, "POST", f"/v2/apis/{http_api(client)}/stages", settings)

    assert "Member must have value" in answer.json()["message"]


@pytest.mark.parametrize("moment", [1e300, -1e300, 10**30, "", [], {}, "\x00", True])
def test_an_invalid_timestamp_is_rejected(local: LocalGateway, moment: object) -> None:
    configuration = {"certificateUploadDate": moment, "certificateArn": CERTIFICATE}
    body = {"domainName": "a.example.com", "domainNameConfigurations": [configuration]}

    answer = send(local, "POST", "/v2/domainnames", body)

    assert answer.status == 400
    assert answer.headers["x-amzn-errortype"] == "BadRequestException"


@pytest.mark.parametrize(
    "request_",
    [
        Request(method="GET", path="/v2/apis/\ud800"),
        Request(method="GET", path="/v2/apis", raw_query="nextToken=\ud800"),
        Request(method="G\ud800", path="/v2/apis"),
    ],
    ids=["path", "query", "method"],
)
def test_a_url_with_a_lone_surrogate_is_rejected(local: LocalGateway, request_: Request) -> None:
    answer = local.handle(request_)

    assert answer.status == 400
    assert answer.headers["x-amzn-errortype"] == "SerializationException"
    assert send(local, "GET", "/v2/apis").status == 200


def test_a_query_parameter_that_is_nested_too_deeply_is_rejected(local: LocalGateway) -> None:
    query = "maxResults=" + "[" * 3000 + "]" * 3000

    answer = send(local, "GET", f"/v2/domainnames/a.example.com/routingrules?{query}")

    assert answer.status == 400


@pytest.mark.parametrize("operation", ["CreateApi", "UpdateApi"])
def test_a_record_that_cannot_be_written_is_not_stored(
    local: LocalGateway, client: Client, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    api_id = http_api(client)

    def write(record: dict[str, Any]) -> Response:
        raise UnicodeEncodeError("utf-8", record["Name"], 0, 1, "no such character")

    monkeypatch.setattr(load_protocol().operations[operation], "write", write)
    path = "/v2/apis" if operation == "CreateApi" else f"/v2/apis/{api_id}"
    body = {"name": "cats", "protocolType": "HTTP"}
    answer = send(local, "POST" if operation == "CreateApi" else "PATCH", path, body)

    assert answer.status == 500
    assert [api["Name"] for api in client.get_apis()["Items"]] == ["pets"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v2/nothing"),
        ("POST", "/v2/apis/a/b/c/d/e/f/g"),
        ("TRACE", "/v2/apis"),
        ("GET", "/v2/apis/a/exports"),
    ],
)
def test_a_request_that_matches_no_operation_is_not_found(
    local: LocalGateway, method: str, path: str
) -> None:
    answer = send(local, method, path)

    assert answer.status == 404
    assert answer.headers["x-amzn-errortype"] == "UnknownOperationException"
    assert local.requests[-1].operation == ""


def test_an_empty_identifier_in_the_path_is_not_found(local: LocalGateway) -> None:
    answer = send(local, "GET", "/v2/apis//routes")

    assert answer.status == 404
    assert answer.headers["x-amzn-errortype"] == "NotFoundException"


def test_query_parameters_of_every_type_are_read(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client, Tags={"a": "1", "b": "2", "c": "3"})
    arn = f"arn:aws:apigateway:us-east-1::/apis/{api_id}"

    client.untag_resource(ResourceArn=arn, TagKeys=["a", "b"])

    assert client.get_tags(ResourceArn=arn)["Tags"] == {"c": "3"}
    answer = send(local, "GET", "/v2/domainnames/d/routingrules?maxResults=many")
    assert "Member must be a integer" in answer.json()["message"]
    answer = send(local, "DELETE", f"/v2/tags/{arn.replace('/', '%2F')}")
    assert "'tagKeys'" in answer.json()["message"]


def test_an_error_has_the_body_and_the_header_of_the_service(client: Client) -> None:
    with pytest.raises(client.exceptions.NotFoundException) as caught:
        client.get_api(ApiId="nothing")

    answer: JSON = caught.value.response
    assert answer["Error"]["Message"] == "Invalid API identifier specified 123456789012:nothing"
    metadata = answer["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 404
    assert metadata["HTTPHeaders"]["x-amzn-errortype"] == "NotFoundException"
    assert len(metadata["RequestId"]) == 36


def test_a_seed_makes_identifiers_repeatable() -> None:
    clients: list[Client] = [LocalGateway(seed=7).client() for _ in range(2)]

    first, second = (each.create_api(Name="n", ProtocolType="HTTP") for each in clients)

    assert first["ApiId"] == second["ApiId"]
    assert len(first["ApiId"]) == 10
