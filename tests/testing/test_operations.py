"""Every operation of the service model returns a response in its output shape."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import pytest
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, StringShape, StructureShape
from hypothesis import given, settings
from hypothesis import strategies as st

from apigw2.testing import LocalGateway, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from botocore.model import OperationModel, Shape

    from tests.support.local_gateway import JSON, Client

MODEL = ServiceModel(Loader().load_service_model("apigatewayv2", "service-2"), "apigatewayv2")
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:pets"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"

# Valid values of members that the service restricts more than the service model does.
VALUES: dict[str, Any] = {
    "AcmManaged": {"CertificateArn": CERTIFICATE, "DomainName": "portal.example.com"},
    "ApiMappingKey": "v2",
    "AuthorizationScopes": ["pets:read"],
    "AuthorizerPayloadFormatVersion": "2.0",
    "AuthorizerUri": LAMBDA,
    "AuthorizerType": "REQUEST",
    "Body": json.dumps({"openapi": "3.0.1", "info": {"title": "pets"}, "paths": {}}),
    "CertificateArn": CERTIFICATE,
    "ConnectionType": "INTERNET",
    "CorsConfiguration": {"AllowOrigins": ["https://example.com"], "AllowMethods": ["GET"]},
    "DisplayContent": {"Title": "Pets", "Body": "All about them."},
    "DomainName": "new.example.com",
    "EndpointType": "REGIONAL",
    "Format": "$context.requestId",
    "IdentitySource": ["$request.header.Authorization"],
    "IntegrationMethod": "POST",
    "IntegrationType": "AWS_PROXY",
    "IntegrationUri": LAMBDA,
    "MaxResults": "5",
    "OutputType": "JSON",
    "PayloadFormatVersion": "2.0",
    "PolicyDocument": "{}",
    "ProtocolType": "HTTP",
    "RequestParameters": {"append:header.a": "b"},
    "ResponseParameters": {"200": {"append:header.a": "b"}},
    "Priority": 7,
    "RouteKey": "GET /new",
    "RouteResponseKey": "$new",
    "IntegrationResponseKey": "$new",
    "Schema": "{}",
    "SecurityPolicy": "TLS_1_2",
    "Specification": "OAS30",
    "StageName": "new",
    "StageVariables": {"color": "red"},
    "Target": LAMBDA,
    "TagKeys": ["color"],
}

# Members that belong to the other protocol type, or that exclude each other.
LEFT_OUT: dict[str, set[str]] = {
    "CreateApi": {"DisableSchemaValidation", "RouteSelectionExpression"},
    "UpdateApi": {
        "CredentialsArn",
        "DisableSchemaValidation",
        "RouteKey",
        "RouteSelectionExpression",
        "Target",
    },
    "CreateAuthorizer": {"JwtConfiguration"},
    "UpdateAuthorizer": {"JwtConfiguration"},
    "CreateStage": {"ClientCertificateId", "RouteSettings"},
    "UpdateStage": {"AutoDeploy", "ClientCertificateId", "RouteSettings"},
    "CreateDeployment": {"StageName"},
    "CreateDomainName": {"MutualTlsAuthentication"},
}
WEBSOCKET_ONLY = {
    "ApiKeyRequired", "ContentHandlingStrategy", "DataTraceEnabled", "LoggingLevel",
    "ModelSelectionExpression", "PassthroughBehavior", "RequestModels", "RequestTemplates",
    "RouteResponseSelectionExpression", "TemplateSelectionExpression",
}  # fmt: skip
NESTED_LEFT_OUT = {
    "Authorization": {"None"},
    "EndpointConfigurationRequest": {"None"},
    "EndpointDisplayContent": {"None"},
    "RouteSettings": {"DataTraceEnabled", "LoggingLevel"},
}


class World:
    """One resource of each type, and the parameters that identify them."""

    def __init__(self) -> None:
        self.local = LocalGateway()
        self.client: Client = self.local.client()
        self.names: dict[str, Any] = {}
        self.make()

    def make(self) -> None:
        """Reset the gateway, and create the resources."""
        self.local.reset()
        c: Client = self.client
        api_id = self.remember(c.create_api(Name="pets", ProtocolType="HTTP", Target=LAMBDA))[
            "ApiId"
        ]
        self.names["StageName"] = self.names["Stage"] = "test"
        self.remember(
            c.create_authorizer(
                ApiId=api_id, Name="a", AuthorizerType="REQUEST", AuthorizerUri=LAMBDA,
                AuthorizerPayloadFormatVersion="2.0",
                IdentitySource=["$request.header.Authorization"],
            )
        )  # fmt: skip
        integration = self.remember(
            c.create_integration(
                ApiId=api_id, IntegrationType="AWS_PROXY", IntegrationUri=LAMBDA,
                PayloadFormatVersion="2.0",
            )
        )  # fmt: skip
        self.remember(c.create_route(ApiId=api_id, RouteKey="GET /pets"))
        self.remember(c.create_deployment(ApiId=api_id))
        c.create_stage(
            ApiId=api_id, StageName="test", RouteSettings={"GET /pets": {"ThrottlingBurstLimit": 1}}
        )
        self.remember(c.create_model(ApiId=api_id, Name="m", Schema="{}"))
        route_id = self.names["RouteId"]
        self.remember(
            c.create_route_response(ApiId=api_id, RouteId=route_id, RouteResponseKey="$default")
        )
        self.remember(
            c.create_integration_response(
                ApiId=api_id,
                IntegrationId=integration["IntegrationId"],
                IntegrationResponseKey="$default",
            )
        )
        self.remember(
            c.create_domain_name(
                DomainName="api.example.com",
                DomainNameConfigurations=[{"CertificateArn": CERTIFICATE}],
                RoutingMode="ROUTING_RULE_THEN_API_MAPPING",
                Tags={"color": "red"},
            )
        )
        self.names["ResourceArn"] = self.names["DomainNameArn"]
        c.create_stage(ApiId=api_id, StageName="mapped")
        self.remember(
            c.create_api_mapping(DomainName="api.example.com", ApiId=api_id, Stage="mapped")
        )
        action = {"InvokeApi": {"ApiId": api_id, "Stage": "test"}}
        self.remember(
            c.create_routing_rule(
                DomainName="api.example.com", Priority=1, Conditions=[], Actions=[action]
            )
        )
        self.remember(c.create_vpc_link(Name="v", SubnetIds=["subnet-1"]))
        colors = dict.fromkeys(
            (
                "AccentColor", "BackgroundColor", "ErrorValidationColor", "HeaderColor",
                "NavigationColor", "TextColor",
            ),
            "#000000",
        )  # fmt: skip
        self.remember(
            c.create_portal(
                Authorization={"None": {}},
                EndpointConfiguration={"None": {}},
                PortalContent={"DisplayName": "Pets", "Theme": {"CustomColors": colors}},
            )
        )
        product = self.remember(c.create_portal_product(DisplayName="p"))["PortalProductId"]
        c.put_portal_product_sharing_policy(PortalProductId=product, PolicyDocument="{}")
        self.remember(
            c.create_product_page(
                PortalProductId=product, DisplayContent={"Title": "t", "Body": "b"}
            )
        )
        parts = {"RestApiId": "r", "Stage": "s", "Path": "/", "Method": "GET"}
        self.remember(
            c.create_product_rest_endpoint_page(
                PortalProductId=product, RestEndpointIdentifier={"IdentifierParts": parts}
            )
        )

    def remember(self, answer: dict[str, Any]) -> dict[str, Any]:
        self.names |= {k: v for k, v in answer.items() if k.endswith(("Id", "Arn"))}
        return answer


@pytest.fixture
def world() -> World:
    return World()


def example(shape: Shape, name: str) -> JSON:
    """Make a value with every member of the shape."""
    if name in VALUES:
        return VALUES[name]
    if isinstance(shape, StructureShape):
        members = NESTED_LEFT_OUT.get(shape.name, set())
        return {
            key: example(member, key) for key, member in shape.members.items() if key not in members
        }
    if isinstance(shape, ListShape):
        return [example(shape.member, name.removesuffix("s"))]
    if isinstance(shape, MapShape):
        return {"key": example(shape.value, "")}
    metadata = cast("Any", shape.metadata)
    if isinstance(shape, StringShape):
        return shape.enum[0] if shape.enum else "x" * max(1, metadata.get("min", 1))
    return {
        "boolean": True,
        "integer": max(metadata.get("min", 1), 1),
        "double": 1.5,
        "timestamp": datetime(2026, 1, 1),  # noqa: DTZ001 - boto3 accepts naive dates
    }[shape.type_name]


def parameters(operation: OperationModel, world: World) -> dict[str, Any]:
    """Make parameters with the identifiers of existing resources."""
    shape = cast("StructureShape", operation.input_shape)
    params: dict[str, Any] = {}
    for name, member in shape.members.items():
        in_path = cast("Any", member.serialization).get("location") == "uri"
        if in_path and name in PATHS.get(operation.name, {}):
            params[name] = PATHS[operation.name][name]
        elif in_path and name in world.names:
            params[name] = world.names[name]
        elif in_path and name == "DomainName":
            params[name] = "api.example.com"
        elif name in ("ApiId", "AuthorizerId", "DeploymentId", "Stage") and name in world.names:
            params[name] = world.names[name]
        elif name in ("NextToken", "ConnectionId"):
            continue
        elif name not in LEFT_OUT.get(operation.name, set()) | WEBSOCKET_ONLY:
            params[name] = example(member, name)
    adjust = ADJUST.get(operation.name)
    if adjust:
        adjust(params, world)
    return params


PATHS = {
    "DeleteRouteSettings": {"RouteKey": "GET /pets"},
    "DeleteRouteRequestParameter": {"RequestParameterKey": "route.request.header.a"},
}


def _route(params: dict[str, Any], world: World) -> None:
    params["Target"] = f"integrations/{world.names['IntegrationId']}"
    params["AuthorizationType"] = "CUSTOM"
    params.pop("RequestParameters", None)


def _integration(params: dict[str, Any], _: World) -> None:
    params["IntegrationSubtype"] = "SQS-SendMessage"
    params["PayloadFormatVersion"] = "1.0"
    params["RequestParameters"] = {
        "MessageBody": "$request.body", "QueueUrl": "https://q.example.com",
    }  # fmt: skip


def _rule(params: dict[str, Any], world: World) -> None:
    names = world.names
    action = {"ApiId": names["ApiId"], "Stage": "test", "StripBasePath": True}
    params["Actions"] = [{"InvokeApi": action}]


def _deletable(operation: str) -> Callable[[dict[str, Any], World], None]:
    def adjust(_: dict[str, Any], world: World) -> None:
        """Delete the API mapping, which prevents the deletion."""
        names, c = world.names, world.client
        if operation in ("DeleteApi", "DeleteStage"):
            c.delete_api_mapping(DomainName="api.example.com", ApiMappingId=names["ApiMappingId"])

    return adjust


def _max_results(params: dict[str, Any], _: World) -> None:
    params["MaxResults"] = 5


def _request_parameter(params: dict[str, Any], world: World) -> None:
    c = world.client
    api = c.create_api(
        Name="w", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.a"
    )
    route = c.create_route(
        ApiId=api["ApiId"], RouteKey="$connect",
        RequestParameters={"route.request.header.a": {"Required": True}},
    )  # fmt: skip
    params |= {"ApiId": api["ApiId"], "RouteId": route["RouteId"]}


def _string_parameters(params: dict[str, Any], _: World) -> None:
    params["ResponseParameters"] = {"method.response.header.a": "b"}


def _constraints(params: dict[str, Any], _: World) -> None:
    params["ResponseParameters"] = {"route.response.header.a": {"Required": True}}


def _endpoint_page(params: dict[str, Any], _: World) -> None:
    params["DisplayContent"] = {"Overrides": {"Body": "b", "Endpoint": "e", "OperationName": "o"}}


def _own(params: dict[str, Any], _: World) -> None:
    params["ResourceOwner"] = "SELF"


def _without_deployment(params: dict[str, Any], _: World) -> None:
    del params["DeploymentId"]  # the stage has AutoDeploy


ADJUST: dict[str, Callable[[dict[str, Any], World], None]] = {
    "CreateIntegration": _integration,
    "CreateIntegrationResponse": _string_parameters,
    "CreateProductRestEndpointPage": _endpoint_page,
    "CreateRoute": _route,
    "CreateStage": _without_deployment,
    "CreateRouteResponse": _constraints,
    "CreateRoutingRule": _rule,
    "DeleteApi": _deletable("DeleteApi"),
    "DeleteStage": _deletable("DeleteStage"),
    "DeleteRouteRequestParameter": _request_parameter,
    "ExportApi": lambda params, _: params.update(ExportVersion="1.0", StageName="$default"),
    "ImportApi": lambda params, _: params.update(Basepath="ignore"),
    "ListPortalProducts": _own,
    "ListRoutingRules": _max_results,
    "PutRoutingRule": _rule,
    "ReimportApi": lambda params, _: params.update(Basepath="ignore"),
    "UpdateIntegration": _integration,
    "UpdateIntegrationResponse": _string_parameters,
    "UpdateProductRestEndpointPage": _endpoint_page,
    "UpdateRoute": _route,
    "UpdateRouteResponse": _constraints,
}


def check_all(shape: Shape, values: Iterable[JSON], path: str) -> None:
    for value in values:
        check(shape, value, path)


def check(shape: Shape, value: JSON, path: str) -> None:
    """Check that a value of the response body has its shape."""
    if isinstance(shape, StructureShape):
        names = {cast("Any", m.serialization)["name"]: (n, m) for n, m in shape.members.items()}
        assert isinstance(value, dict), path
        value = cast("dict[str, JSON]", value)
        assert set(value) <= set(names), path
        missing = set(shape.required_members) - {names[key][0] for key in value}
        assert not missing, f"{path}: {missing}"
        for key, item in value.items():
            check(names[key][1], item, f"{path}.{key}")
    elif isinstance(shape, ListShape):
        assert isinstance(value, list), path
        check_all(shape.member, cast("Any", value), path)
    elif isinstance(shape, MapShape):
        assert isinstance(value, dict), path
        check_all(shape.value, cast("Any", value).values(), path)
    else:
        kinds: dict[str, type] = {"boolean": bool, "integer": int, "double": float}
        assert isinstance(value, kinds.get(shape.type_name, str)), path
        if isinstance(shape, StringShape) and shape.enum:
            assert value in shape.enum, path


@pytest.mark.parametrize("name", MODEL.operation_names)
def test_an_operation_responds_in_its_output_shape(name: str, world: World) -> None:
    operation = MODEL.operation_model(name)
    bodies: list[bytes] = []

    def note(*, response_dict: dict[str, bytes], **_: object) -> None:
        bodies.append(response_dict["body"])

    world.client.meta.events.register(f"before-parse.apigatewayv2.{name}", note)
    method = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)

    answer = getattr(world.client, method.lstrip("_"))(**parameters(operation, world))

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == operation.http["responseCode"]
    output = operation.output_shape
    if name == "ExportApi":
        assert json.loads(answer["body"].read())["openapi"] == "3.0.1"
    elif output is None:
        assert bodies == [b""]
    else:
        check(output, json.loads(bodies[0]), name)


def names_in_path(operation: OperationModel) -> list[str]:
    """The path parameters of an operation, without enumerations."""
    return [
        key
        for key, member in cast("StructureShape", operation.input_shape).members.items()
        if cast("Any", member.serialization).get("location") == "uri"
        and not cast("Any", member.metadata).get("enum")
    ]


@pytest.mark.parametrize(
    "name",
    [name for name in MODEL.operation_names if names_in_path(MODEL.operation_model(name))],
)
def test_an_unknown_identifier_is_not_found(name: str) -> None:
    operation = MODEL.operation_model(name)
    in_path = names_in_path(operation)
    world = World()
    params = parameters(operation, world) | dict.fromkeys(in_path, "nothing")
    if "ResourceArn" in params:
        params["ResourceArn"] = "arn:aws:apigateway:us-east-1::/apis/nothing"
    method = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)

    with pytest.raises(world.client.exceptions.NotFoundException):
        getattr(world.client, method.lstrip("_"))(**params)


def anything(shape: Shape) -> st.SearchStrategy[JSON]:
    """Generate values of a shape as in a request body, with any subset of the members."""
    if isinstance(shape, StructureShape):
        members = {
            cast("Any", member.serialization)["name"]: anything(member)
            for member in shape.members.values()
        }
        return st.fixed_dictionaries({}, optional=members)
    if isinstance(shape, ListShape):
        return st.lists(anything(shape.member), max_size=3)
    if isinstance(shape, MapShape):
        return st.dictionaries(TEXTS, anything(shape.value), max_size=3)
    if isinstance(shape, StringShape):
        return st.sampled_from(shape.enum) if shape.enum else TEXTS
    simple = {"boolean": st.booleans(), "timestamp": st.just("2026-01-01T00:00:00Z")}
    return simple.get(shape.type_name, st.integers(-1, 400))


TEXTS = st.sampled_from([
    "", "$default", "1.0", "GET /pets", "GET /{a}", "a", "arn:aws:s3:::bucket", LAMBDA, "http://a/",
    "integrations/a", "{}", "$request.header.A", "append:header.a", "$context.requestId",
    "https://i.example.com", "test", CERTIFICATE,
])  # fmt: skip


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(data=st.data())
def test_random_parameters_never_cause_a_server_error(data: st.DataObject) -> None:
    world = SHARED
    operation = MODEL.operation_model(data.draw(st.sampled_from(MODEL.operation_names)))
    members = cast("StructureShape", operation.input_shape).members
    path = cast("str", operation.http["requestUri"])
    body: dict[str, JSON] = {}
    for name, shape in members.items():
        place = cast("Any", shape.serialization)
        if place.get("location") == "uri":
            named = {
                "DomainName": "api.example.com",
                **world.names,
                **PATHS.get(operation.name, {}),
            }
            value: str = named.get(name, "a")
            path = path.replace(f"{{{place['name']}}}", quote(value, safe=""))
        elif "location" not in place and data.draw(st.booleans()):
            body[place["name"]] = data.draw(anything(shape))
    request = Request(
        method=cast("str", operation.http["method"]), path=path, body=json.dumps(body).encode()
    )

    answer = world.local.handle(request)

    assert answer.status < 500
    if operation.name.startswith("Delete"):
        world.make()  # replaces the deleted resource


SHARED = World()
