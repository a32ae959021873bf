"""Terraform tests of APIs, models, exports and data sources."""

from __future__ import annotations

import json
from typing import Final

from tests.aws.cases import (
    NOTHING,
    PRESENT,
    AnyCase,
    Call,
    Case,
    Members,
    Ref,
    answered,
    call,
    read,
    rejected,
    step,
)
from tests.aws.configurations.terraform import (
    NAME,
    OTHER_NAME,
    cases_of,
    http_api,
    http_proxy,
    route,
    stage,
    tag_cases,
    websocket_api,
)

_api = cases_of("api", "api_test.go")
_apis = cases_of("api", "apis_data_source_test.go")
_model = cases_of("model", "model_test.go")
_export = cases_of("export", "export_data_source_test.go")

ARN: Final = Ref("arn:aws:apigateway:us-east-1::/apis/{ApiId}")

HTTP: Final[Members] = {
    "ApiEndpoint": PRESENT,
    "ApiKeySelectionExpression": "$request.header.x-api-key",
    "CorsConfiguration": NOTHING,
    "Description": NOTHING,
    "DisableExecuteApiEndpoint": NOTHING,
    "Name": NAME,
    "ProtocolType": "HTTP",
    "RouteSelectionExpression": "$request.method $request.path",
    "Tags": {},
    "Version": NOTHING,
}
WEBSOCKET: Final[Members] = {
    **HTTP,
    "ProtocolType": "WEBSOCKET",
    "RouteSelectionExpression": "$request.body.action",
}
ALL: Final[Members] = {
    "Description": "test description",
    "DisableExecuteApiEndpoint": True,
    "Version": "v1",
}
NONE: Final[Members] = {
    "Description": "",
    "DisableExecuteApiEndpoint": False,
    "Version": "",
}
WEBSOCKET_ALL: Final[Members] = {
    **ALL,
    "ApiKeySelectionExpression": "$context.authorizer.usageIdentifierKey",
    "RouteSelectionExpression": "$request.body.service",
}
WEBSOCKET_NONE: Final[Members] = {
    **NONE,
    "ApiKeySelectionExpression": "$request.header.x-api-key",
    "RouteSelectionExpression": "$request.body.action",
}


def _reads(protocol: Members, **changed: object) -> Call:
    return read("GetApi", **{**protocol, **changed})


def _json(path: str, operation: Members | None = None, **info: str) -> str:
    """The OpenAPI definition with one route, as in the tests with JSON."""
    integration = {
        "type": "HTTP_PROXY",
        "httpMethod": "GET",
        "payloadFormatVersion": "1.0",
        "uri": "https://www.google.de",
    }
    definition = {
        "openapi": "3.0.1",
        "info": {"title": f"{NAME}_DIFFERENT", "version": "1.0", **info},
        "paths": {
            path: {"get": {"x-amazon-apigateway-integration": integration, **(operation or {})}}
        },
    }
    return json.dumps(definition)


def _yaml(path: str, more: str = "", payload: str = "1.0") -> str:
    """The same in YAML, with numbers as versions."""
    return f"""---
openapi: 3.0.1
info:
  title: {NAME}_DIFFERENT
  version: 2.0
{more}paths:
  "{path}":
    get:
      x-amazon-apigateway-integration:
        type: HTTP_PROXY
        httpMethod: GET
        payloadFormatVersion: {payload}
        uri: https://www.google.de
"""


def _reimport(body: str, **arguments: object) -> tuple[Call, ...]:
    """The calls of the provider, which overwrites the definition with the arguments."""
    sent: Members = {"Description": "", "Name": NAME, "Version": "", **arguments}
    return call("ReimportApi", Body=body), call("UpdateApi", **sent)


def _routes(*keys: str) -> Call:
    return read("GetRoutes", Items=[{"RouteKey": key} for key in keys])


CORS_OF_DEFINITION: Final = """x-amazon-apigateway-cors:
  allow_methods:
    - delete
  allow_origins:
    - https://www.google.de
"""
TAG_OF_DEFINITION: Final = """tags:
  - name: Key1
    x-amazon-apigateway-tag-value: Value3
"""
TAGS_OF_DEFINITION: Final = """tags:
  - name: Key3
    x-amazon-apigateway-tag-value: Value3
  - name: Key4
    x-amazon-apigateway-tag-value: Value3
"""
UNKNOWN_MODEL: Final = _json(
    "/update",
    {
        "responses": {
            "200": {
                "description": "Response description",
                "content": {
                    "application/json": {
                        "schema": {"$ref": "#/components/schemas/ModelThatDoesNotExist"}
                    }
                },
            }
        }
    },
)


def _cors(**members: object) -> Members:
    """`cors_configuration`: the provider sends all members."""
    return {
        "AllowCredentials": False,
        "AllowHeaders": [],
        "AllowMethods": [],
        "AllowOrigins": [],
        "ExposeHeaders": [],
        "MaxAge": 0,
        **members,
    }


_APIS: Final = (
    _api("basicWebSocket", step(websocket_api(), _reads(WEBSOCKET))),
    _api("basicHTTP", step(http_api(), _reads(HTTP))),
    _api("disappears", step(websocket_api(), read("GetApi", Name=NAME), call("DeleteApi"))),
    _api(
        "allAttributesWebSocket",
        step(websocket_api(**WEBSOCKET_ALL), _reads(WEBSOCKET, **WEBSOCKET_ALL)),
        step(call("UpdateApi", **WEBSOCKET_NONE), _reads(WEBSOCKET)),
        step(
            call("UpdateApi", Name=OTHER_NAME, **WEBSOCKET_ALL),
            _reads(WEBSOCKET, Name=OTHER_NAME, **WEBSOCKET_ALL),
        ),
        step(call("UpdateApi", Name=NAME), _reads(WEBSOCKET, **WEBSOCKET_ALL)),
    ),
    _api(
        "allAttributesHTTP",
        step(http_api(**ALL), _reads(HTTP, **ALL)),
        step(call("UpdateApi", **NONE), _reads(HTTP)),
        step(call("UpdateApi", Name=OTHER_NAME, **ALL), _reads(HTTP, Name=OTHER_NAME, **ALL)),
        step(call("UpdateApi", Name=NAME), _reads(HTTP, **ALL)),
    ),
    _api(
        "openAPI",
        step(http_api(), *_reimport(_json("/test")), _reads(HTTP), _routes("GET /test")),
        step(*_reimport(_yaml("/update")), _reads(HTTP), _routes("GET /update")),
    ),
    _api(
        "OpenAPI_withTags",
        step(
            http_api(Tags={"Key1": "Value1", "Key2": "Value2"}),
            *_reimport(_yaml("/test", TAG_OF_DEFINITION, "'1.0'")),
            _reads(HTTP, Tags={"Key1": "Value1", "Key2": "Value2"}),
            _routes("GET /test"),
        ),
        step(
            call("TagResource", ResourceArn=ARN, Tags={"Key1": "Value1U", "Key2": "Value2U"}),
            *_reimport(_yaml("/update", TAGS_OF_DEFINITION)),
            _reads(HTTP, Tags={"Key1": "Value1U", "Key2": "Value2U"}),
            _routes("GET /update"),
        ),
    ),
    _api(
        "OpenAPI_withCors",
        step(
            http_api(
                CorsConfiguration=_cors(
                    AllowMethods=["delete"], AllowOrigins=["https://www.google.de"]
                )
            ),
            *_reimport(
                _yaml("/test", CORS_OF_DEFINITION, "'1.0'"),
                CorsConfiguration=_cors(
                    AllowMethods=["delete"], AllowOrigins=["https://www.google.de"]
                ),
            ),
            _reads(
                HTTP,
                CorsConfiguration={
                    "AllowMethods": AnyCase(("delete",)),
                    "AllowOrigins": ["https://www.google.de"],
                },
            ),
        ),
        step(
            call("DeleteCorsConfiguration"),
            call("ReimportApi", Body=_yaml("/update", CORS_OF_DEFINITION)),
            call("DeleteCorsConfiguration"),
            call("UpdateApi", Description="", Name=NAME, Version=""),
            _reads(HTTP),
            _routes("GET /update"),
        ),
        step(
            call(
                "UpdateApi",
                CorsConfiguration=_cors(
                    AllowMethods=["put", "get"],
                    AllowOrigins=["https://www.google.de", "https://www.example.com"],
                ),
            ),
            _routes("GET /update"),
            _reads(
                HTTP,
                CorsConfiguration={
                    "AllowMethods": AnyCase(("get", "put")),
                    "AllowOrigins": ["https://www.example.com", "https://www.google.de"],
                },
            ),
        ),
    ),
    _api(
        "OpenAPI_withMoreFields",
        step(
            http_api(),
            *_reimport(_yaml("/test", payload="'1.0'")),
            _reads(HTTP),
            _routes("GET /test"),
        ),
        step(
            call("UpdateApi", Description="description test", Version="2017-04-21T04:08:08Z"),
            *_reimport(
                _json("/update", version="2.0", description="description different"),
                Description="description test",
                Version="2017-04-21T04:08:08Z",
            ),
            _reads(HTTP, Description="description test", Version="2017-04-21T04:08:08Z"),
            _routes("GET /update"),
        ),
    ),
    _api(
        "OpenAPI_failOnWarnings_false",
        step(
            http_api(),
            call("ReimportApi", Body=UNKNOWN_MODEL, FailOnWarnings=False),
            call("UpdateApi", Description="", Name=NAME, Version=""),
            _reads(HTTP),
            _routes("GET /update"),
        ),
        step(
            call("ReimportApi", Body=UNKNOWN_MODEL),
            _routes("GET /update"),
        ),
    ),
    _api(
        "OpenAPI_failOnWarnings_true",
        step(
            http_api(),
            rejected(
                "BadRequest",
                "Warnings found during import",
                call(
                    "ReimportApi",
                    Body=UNKNOWN_MODEL,
                    FailOnWarnings=True,
                ),
            ),
        ),
    ),
    _api(
        "tags_WebSocket",
        step(
            websocket_api(Tags={"Key1": "Value1", "Key2": "Value2"}),
            _reads(WEBSOCKET, Tags={"Key1": "Value1", "Key2": "Value2"}),
        ),
        step(
            call("UntagResource", ResourceArn=ARN, TagKeys=["Key1", "Key2"]),
            _reads(WEBSOCKET),
        ),
    ),
    _api(
        "cors",
        step(
            http_api(
                CorsConfiguration=_cors(
                    AllowHeaders=["Authorization"],
                    AllowMethods=["GET", "put"],
                    AllowOrigins=["https://www.example.com"],
                )
            ),
            _reads(
                HTTP,
                CorsConfiguration={
                    "AllowCredentials": NOTHING,
                    "AllowHeaders": AnyCase(("authorization",)),
                    "AllowMethods": AnyCase(("GET", "put")),
                    "AllowOrigins": ["https://www.example.com"],
                    "ExposeHeaders": NOTHING,
                    "MaxAge": NOTHING,
                },
            ),
        ),
        step(
            call(
                "UpdateApi",
                CorsConfiguration=_cors(
                    AllowCredentials=True,
                    AllowMethods=["*"],
                    AllowOrigins=["HTTP://WWW.EXAMPLE.ORG", "https://example.io"],
                    ExposeHeaders=["X-Api-Id"],
                    MaxAge=500,
                ),
            ),
            _reads(
                HTTP,
                CorsConfiguration={
                    "AllowCredentials": True,
                    "AllowHeaders": NOTHING,
                    "AllowMethods": ["*"],
                    "AllowOrigins": AnyCase(("HTTP://WWW.EXAMPLE.ORG", "https://example.io")),
                    "ExposeHeaders": AnyCase(("X-Api-Id",)),
                    "MaxAge": 500,
                },
            ),
        ),
        step(call("DeleteCorsConfiguration"), _reads(HTTP)),
    ),
    _api(
        "quickCreate",
        step(
            http_api(Target="http://www.example.com/", RouteKey="GET /pets"),
            _reads(HTTP),
            read(
                "GetIntegrations",
                Items=[
                    {
                        "ApiGatewayManaged": True,
                        "IntegrationType": "HTTP_PROXY",
                        "IntegrationUri": "http://www.example.com/",
                    }
                ],
            ),
            read("GetRoutes", Items=[{"ApiGatewayManaged": True, "RouteKey": "GET /pets"}]),
            read("GetStages", Items=[{"ApiGatewayManaged": True, "StageName": "$default"}]),
        ),
    ),
)

_TAGGED: Final = (
    *tag_cases(
        cases_of("api", "api_tags_gen_test.go"),
        lambda tags: (http_api(Tags=tags),),
        lambda tags: _reads(HTTP, Tags=tags),
        ARN,
    ),
    _apis(
        "name",
        step(
            http_api(Tags={"Name": NAME}),
            http_api(OTHER_NAME, Tags={"Name": OTHER_NAME}),
            websocket_api(OTHER_NAME, Tags={"Name": OTHER_NAME}),
            read(
                "GetApis",
                Items=[
                    {"Name": NAME, "ProtocolType": "HTTP", "Tags": {"Name": NAME}},
                    {"Name": OTHER_NAME, "ProtocolType": "HTTP"},
                    {"Name": OTHER_NAME, "ProtocolType": "WEBSOCKET"},
                ],
            ),
        ),
    ),
)


def _schema(title: str, properties: Members) -> str:
    return "\n" + json.dumps(
        {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "title": title,
            "type": "object",
            "properties": properties,
        },
        indent=2,
    )


SCHEMA: Final = _schema("ExampleModel", {"id": {"type": "string"}})
SCHEMA_1: Final = _schema("ExampleModel1", {"id": {"type": "string"}})
SCHEMA_2: Final = _schema("ExampleModel", {"ids": {"type": "array", "items": {"type": "integer"}}})
MODEL: Final = "tfacctest1"

_MODELS: Final = (
    _model(
        "basic",
        step(
            websocket_api(),
            call("CreateModel", ContentType="application/json", Name=MODEL, Schema=SCHEMA),
            read(
                "GetModel",
                ContentType="application/json",
                Description=NOTHING,
                Name=MODEL,
                Schema=SCHEMA,
            ),
        ),
    ),
    _model(
        "disappears",
        step(
            websocket_api(),
            call("CreateModel", ContentType="application/json", Name=MODEL, Schema=SCHEMA),
            call("DeleteModel"),
            read("GetModels", Items=[]),
        ),
    ),
    _model(
        "allAttributes",
        step(
            websocket_api(),
            call(
                "CreateModel",
                ContentType="text/x-json",
                Description="test",
                Name=MODEL,
                Schema=SCHEMA_1,
            ),
            read(
                "GetModel",
                ContentType="text/x-json",
                Description="test",
                Name=MODEL,
                Schema=SCHEMA_1,
            ),
        ),
        step(
            call("UpdateModel", ContentType="application/json", Description="", Schema=SCHEMA_2),
            read(
                "GetModel",
                ContentType="application/json",
                Description=NOTHING,
                Name=MODEL,
                Schema=SCHEMA_2,
            ),
        ),
        step(
            call("UpdateModel", ContentType="text/x-json", Description="test", Schema=SCHEMA_1),
            read("GetModel", ContentType="text/x-json", Description="test", Schema=SCHEMA_1),
        ),
    ),
)

_ROUTED: Final = (
    http_api(),
    http_proxy(),
    route("GET /test", Target=Ref("integrations/{IntegrationId}")),
)

_EXPORTS: Final = (
    _export(
        "basic",
        step(
            *_ROUTED,
            answered(call("ExportApi", OutputType="JSON", Specification="OAS30"), body=PRESENT),
        ),
    ),
    _export(
        "stage",
        step(
            *_ROUTED,
            call("CreateDeployment", Description=NAME),
            stage(DeploymentId=Ref("{DeploymentId}")),
            answered(
                call("ExportApi", OutputType="JSON", Specification="OAS30", StageName=NAME),
                body=PRESENT,
            ),
        ),
    ),
)

CASES: Final[tuple[Case, ...]] = (*_APIS, *_TAGGED, *_MODELS, *_EXPORTS)
