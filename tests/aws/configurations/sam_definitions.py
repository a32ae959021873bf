"""OpenAPI definitions that SAM generates for the templates of its translator tests.

Titles and descriptions are shortened. The expected routes and authorizers follow from the
definition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.aws.cases import Ref, call, named, read
from tests.aws.configurations.definition_calls import (
    SAM_STAGE,
    SIGV4,
    definition,
    jwt_scheme,
    operation,
    reads_routes,
    request_scheme,
    to_function,
)
from tests.aws.configurations.sample_calls import (
    FUNCTION,
    ROLE,
    as_sent,
    imported,
    invocation,
    stage,
)

if TYPE_CHECKING:
    from tests.aws.cases import Case

SAM_OUTPUT: Final = "aws/serverless-application-model tests/translator/output"

CASES: Final[tuple[Case, ...]] = (
    as_sent(
        "api",
        f"{SAM_OUTPUT}/api_http_with_default_iam_authorizer.json",
        "sam-api-http-with-default-iam-authorizer",
        imported(
            definition(
                {
                    "OPTIONS /{proxy+}": operation(
                        parameters=[{"in": "path", "name": "proxy+", "required": True}]
                    ),
                    "ANY /{proxy+}": operation(
                        parameters=[{"in": "path", "name": "proxy+", "required": True}],
                        security=[{"AWS_IAM": []}],
                    ),
                },
                schemes={
                    "AWS_IAM": SIGV4,
                    "MyAuthorizer": jwt_scheme("$request.header.Authorization"),
                },
                info={"title": "example"},
                cors={
                    "allowHeaders": [
                        "Content-Type",
                        "X-CSRF-TOKEN",
                        "X-Amz-Date",
                        "Authorization",
                        "X-Requested-With",
                        "X-Requested-By",
                        "X-Api-Key",
                        "X-Forwarded-For",
                        "X-Amz-Security-Token",
                    ],
                    "allowMethods": ["*"],
                    "allowOrigins": ["*"],
                },
            )
        ),
        reads_routes({"OPTIONS /{proxy+}": "NONE", "ANY /{proxy+}": "AWS_IAM"}),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "MyAuthorizer",
                    "IdentitySource": ["$request.header.Authorization"],
                }
            ],
        ),
        stage("StageName", Tags={"httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "domain_name",
        f"{SAM_OUTPUT}/api_with_basic_custom_domain_http.json",
        "sam-api-with-basic-custom-domain-http",
        call(
            "CreateDomainName",
            DomainName="sam-example.com",
            DomainNameConfigurations=[
                {
                    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
                    "EndpointType": "REGIONAL",
                    "SecurityPolicy": "TLS_1_2",
                }
            ],
            MutualTlsAuthentication={
                "TruststoreUri": "my-api-v2-truststore-uri",
                "TruststoreVersion": "my-api-v2-truststore-version",
            },
            Tags={"httpapi:createdBy": "SAM"},
        ),
        imported(
            definition(
                {"ANY $default": operation(isDefaultRoute=True), "POST /basic": operation()},
                servers=[
                    {
                        "x-amazon-apigateway-endpoint-configuration": {
                            "disableExecuteApiEndpoint": True
                        }
                    }
                ],
            )
        ),
        reads_routes({"$default": "NONE", "POST /basic": "NONE"}),
        named("MyApiProdStage", stage("Prod", Tags={"httpapi:createdBy": "SAM"})),
        call(
            "CreateApiMapping",
            ApiId=Ref("{ApiId}"),
            ApiMappingKey="basic",
            Stage=Ref("{StageName}", "MyApiProdStage"),
        ),
        call(
            "CreateApiMapping",
            ApiId=Ref("{ApiId}"),
            ApiMappingKey="begin-here",
            Stage=Ref("{StageName}", "MyApiProdStage"),
        ),
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/explicit_http_api.json",
        "sam-explicit-http-api",
        imported(
            definition(
                {
                    "ANY /$default": operation(
                        isDefaultRoute=True, security=[{"OAuth2": ["scope4"]}]
                    )
                },
                schemes={"OAuth2": jwt_scheme("$request.querystring.param")},
            ),
            FailOnWarnings=True,
        ),
        reads_routes({"$default": "JWT"}),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "OAuth2",
                    "IdentitySource": ["$request.querystring.param"],
                }
            ],
        ),
        SAM_STAGE,
        imported(
            definition(
                {
                    "ANY $default": operation(
                        {
                            "httpMethod": "ANY",
                            "payloadFormatVersion": "1.0",
                            "type": "http_proxy",
                            "uri": "https://www.alphavantage.co/",
                        },
                        isDefaultRoute=True,
                        security=[{"OAuth2": []}],
                    ),
                    "GET /": operation(security=[{"OAuth2": []}]),
                },
                schemes={"OAuth2": jwt_scheme("$request.querystring.param")},
                info={"title": "example"},
            )
        ),
        reads_routes({"$default": "JWT", "GET /": "JWT"}),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "OAuth2",
                    "IdentitySource": ["$request.querystring.param"],
                }
            ],
        ),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/function_with_events_and_propagate_tags.json",
        "sam-function-with-events-and-propagate-tags",
        imported(
            definition(
                {
                    "GET /path": operation(
                        {
                            "httpMethod": "POST",
                            "payloadFormatVersion": "1.0",
                            "timeoutInMillis": 15000,
                            "type": "aws_proxy",
                            "uri": invocation(f"{FUNCTION}:live"),
                        }
                    )
                },
                tags=[
                    {"name": "Key1", "x-amazon-apigateway-tag-value": "Value1"},
                    {"name": "Key2", "x-amazon-apigateway-tag-value": "Value2"},
                    {"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},
                ],
            )
        ),
        reads_routes({"GET /path": "NONE"}),
        stage(Tags={"Key1": "Value1", "Key2": "Value2", "httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/http_api_custom_iam_auth.json",
        "sam-http-api-custom-iam-auth",
        imported(
            definition(
                {"GET /hello-aws-iam-auth": operation(security=[{"AWS_IAM": []}])},
                schemes={"AWS_IAM": jwt_scheme("$request.header.Authorization")},
                tags=[
                    {"name": "Tag1", "x-amazon-apigateway-tag-value": "value1"},
                    {"name": "Tag2", "x-amazon-apigateway-tag-value": "value2"},
                    {"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},
                ],
            )
        ),
        reads_routes({"GET /hello-aws-iam-auth": "JWT"}),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "AWS_IAM",
                    "IdentitySource": ["$request.header.Authorization"],
                }
            ],
        ),
        stage(Tags={"Tag1": "value1", "Tag2": "value2", "httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/http_api_existing_openapi.json",
        "sam-http-api-existing-openapi",
        imported(
            definition(
                {
                    "ANY $default": operation(
                        {
                            "httpMethod": "POST",
                            "payloadFormatVersion": "1.0",
                            "timeoutInMillis": 15000,
                            "type": "aws_proxy",
                            "uri": invocation(),
                        },
                        isDefaultRoute=True,
                        security=[{"OpenIdAuth": ["scope1", "scope2"]}],
                    ),
                    "POST /basic": operation(
                        {
                            "httpMethod": "POST",
                            "payloadFormatVersion": "1.0",
                            "timeoutInMillis": 10000,
                            "type": "aws_proxy",
                            "uri": invocation(),
                        },
                        security=[{"OpenIdAuth": ["scope3"]}],
                    ),
                    "GET /get/{something}/with/{params}": operation(
                        parameters=[
                            {"in": "path", "name": "something", "required": True},
                            {"in": "path", "name": "params", "required": True},
                        ]
                    ),
                    "POST /integration": operation(
                        to_function("1.0"), security=[{"OpenIdAuth": ["scope1", "scope2"]}]
                    ),
                    "POST /oauth2": operation(
                        to_function("1.0"), security=[{"oauth2Auth": ["scope4"]}]
                    ),
                },
                schemes={
                    "OpenIdAuth": {
                        **jwt_scheme("$request.querystring.param"),
                        "type": "openIdConnect",
                    },
                    "oauth2Auth": jwt_scheme("$request.querystring.param"),
                },
                cors={
                    "allowHeaders": ["x-apigateway-header"],
                    "allowMethods": ["GET"],
                    "allowOrigins": ["https://global.com", "https://local.com"],
                    "maxAge": 6000,
                },
            )
        ),
        reads_routes(
            {
                "$default": "JWT",
                "POST /basic": "JWT",
                "GET /get/{something}/with/{params}": "NONE",
                "POST /integration": "JWT",
                "POST /oauth2": "JWT",
            }
        ),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "OpenIdAuth",
                    "IdentitySource": ["$request.querystring.param"],
                },
                {
                    "AuthorizerType": "JWT",
                    "Name": "oauth2Auth",
                    "IdentitySource": ["$request.querystring.param"],
                },
            ],
        ),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/http_api_global_iam_auth_enabled.json",
        "sam-http-api-global-iam-auth-enabled",
        imported(
            definition(
                {
                    "GET /default-auth": operation(),
                    "GET /iam-auth": operation(security=[{"AWS_IAM": []}]),
                },
                schemes={"AWS_IAM": SIGV4},
            )
        ),
        reads_routes({"GET /default-auth": "NONE", "GET /iam-auth": "AWS_IAM"}),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/http_api_lambda_auth.json",
        "sam-http-api-lambda-auth",
        imported(
            definition(
                {
                    "ANY $default": operation(isDefaultRoute=True, security=[{"LambdaAuth": []}]),
                    "GET /basic": operation(security=[{"LambdaAuth": []}]),
                    "POST /basic": operation(security=[{"LambdaAuth": []}]),
                },
                schemes={"LambdaAuth": request_scheme(authorizerPayloadFormatVersion=1)},
                tags=[
                    {"name": "Tag1", "x-amazon-apigateway-tag-value": "value1"},
                    {"name": "Tag2", "x-amazon-apigateway-tag-value": "value2"},
                    {"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},
                ],
            )
        ),
        reads_routes({"$default": "CUSTOM", "GET /basic": "CUSTOM", "POST /basic": "CUSTOM"}),
        read("GetAuthorizers", Items=[{"AuthorizerType": "REQUEST", "Name": "LambdaAuth"}]),
        stage(Tags={"Tag1": "value1", "Tag2": "value2", "httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/http_api_lambda_auth_full.json",
        "sam-http-api-lambda-auth-full",
        imported(
            definition(
                {
                    "ANY $default": operation(isDefaultRoute=True, security=[{"LambdaAuth": []}]),
                    "GET /basic": operation(security=[{"LambdaAuth": []}]),
                    "POST /basic": operation(security=[{"LambdaAuth": []}]),
                },
                schemes={
                    "LambdaAuth": request_scheme(
                        authorizerCredentials=ROLE,
                        authorizerPayloadFormatVersion=2,
                        authorizerResultTtlInSeconds=60,
                        enableSimpleResponses=True,
                        identitySource=[
                            "$context.contextVar",
                            "$request.header.Authorization",
                            "$request.querystring.petId",
                            "$stageVariables.stageVar",
                        ],
                    )
                },
                tags=[
                    {"name": "Tag1", "x-amazon-apigateway-tag-value": "value1"},
                    {"name": "Tag2", "x-amazon-apigateway-tag-value": "value2"},
                    {"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},
                ],
            )
        ),
        reads_routes({"$default": "CUSTOM", "GET /basic": "CUSTOM", "POST /basic": "CUSTOM"}),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "REQUEST",
                    "Name": "LambdaAuth",
                    "IdentitySource": [
                        "$context.contextVar",
                        "$request.header.Authorization",
                        "$request.querystring.petId",
                        "$stageVariables.stageVar",
                    ],
                }
            ],
        ),
        stage(Tags={"Tag1": "value1", "Tag2": "value2", "httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/http_api_multiple_authorizers.json",
        "sam-http-api-multiple-authorizers",
        imported(
            definition(
                {
                    "ANY $default": operation(isDefaultRoute=True, security=[{"LambdaAuth": []}]),
                    "GET /hello": operation(security=[{"LambdaAuth": []}]),
                    "POST /hello": operation(security=[{"LambdaAuth": []}]),
                    "PUT /hello": operation(security=[{"MyOauth2Authorizer": ["scope"]}]),
                    "GET /hello-aws-iam-auth": operation(security=[{"AWS_IAM": []}]),
                },
                schemes={
                    "AWS_IAM": SIGV4,
                    "LambdaAuth": request_scheme(authorizerPayloadFormatVersion=1),
                    "MyOauth2Authorizer": jwt_scheme("$request.header.Authorization"),
                },
                tags=[
                    {"name": "Tag1", "x-amazon-apigateway-tag-value": "value1"},
                    {"name": "Tag2", "x-amazon-apigateway-tag-value": "value2"},
                    {"name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM"},
                ],
            )
        ),
        reads_routes(
            {
                "$default": "CUSTOM",
                "GET /hello": "CUSTOM",
                "POST /hello": "CUSTOM",
                "PUT /hello": "JWT",
                "GET /hello-aws-iam-auth": "AWS_IAM",
            }
        ),
        read(
            "GetAuthorizers",
            Items=[
                {"AuthorizerType": "REQUEST", "Name": "LambdaAuth"},
                {
                    "AuthorizerType": "JWT",
                    "Name": "MyOauth2Authorizer",
                    "IdentitySource": ["$request.header.Authorization"],
                },
            ],
        ),
        stage(Tags={"Tag1": "value1", "Tag2": "value2", "httpapi:createdBy": "SAM"}),
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/http_api_with_cors.json",
        "sam-http-api-with-cors",
        imported(
            definition(
                {"ANY $default": operation(isDefaultRoute=True)},
                cors={
                    "allowHeaders": ["x-apigateway-header"],
                    "allowMethods": ["GET"],
                    "allowOrigins": ["https://foo.com"],
                    "exposeHeaders": ["x-amzn-header"],
                },
            )
        ),
        reads_routes({"$default": "NONE"}),
        SAM_STAGE,
    ),
    as_sent(
        "domain_name",
        f"{SAM_OUTPUT}/http_api_with_custom_domains_regional.json",
        "sam-http-api-with-custom-domains-regional",
        call(
            "CreateDomainName",
            DomainName="api.example.com",
            DomainNameConfigurations=[
                {
                    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
                    "EndpointType": "REGIONAL",
                    "SecurityPolicy": "TLS_1_2",
                }
            ],
            MutualTlsAuthentication={"TruststoreUri": "${mtlsuri}"},
            Tags={"httpapi:createdBy": "SAM"},
        ),
        imported(definition({"GET /get": operation(), "POST /post": operation()})),
        reads_routes({"GET /get": "NONE", "POST /post": "NONE"}),
        named("MyApiProdStage", stage("Prod", Tags={"httpapi:createdBy": "SAM"})),
        call(
            "CreateApiMapping",
            ApiId=Ref("{ApiId}"),
            ApiMappingKey="get",
            Stage=Ref("{StageName}", "MyApiProdStage"),
        ),
        call(
            "CreateApiMapping",
            ApiId=Ref("{ApiId}"),
            ApiMappingKey="post",
            Stage=Ref("{StageName}", "MyApiProdStage"),
        ),
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/implicit_http_api.json",
        "sam-implicit-http-api",
        imported(
            definition(
                {
                    "ANY $default": operation(isDefaultRoute=True),
                    "POST /basic": operation(),
                    "POST /basic2": operation(),
                    "POST /get/{something}/with/{params}": operation(
                        parameters=[
                            {"in": "path", "name": "something", "required": True},
                            {"in": "path", "name": "params", "required": True},
                        ]
                    ),
                }
            )
        ),
        reads_routes(
            {
                "$default": "NONE",
                "POST /basic": "NONE",
                "POST /basic2": "NONE",
                "POST /get/{something}/with/{params}": "NONE",
            }
        ),
        SAM_STAGE,
    ),
    as_sent(
        "api",
        f"{SAM_OUTPUT}/implicit_http_api_auth_and_simple_case.json",
        "sam-implicit-http-api-auth-and-simple-case",
        imported(
            definition(
                {
                    "ANY $default": operation(
                        isDefaultRoute=True, security=[{"oauth2Auth": ["scope4"]}]
                    ),
                    "POST /defaultauth": operation(security=[{"oauth2Auth": ["scope4"]}]),
                    "POST /noneauth": operation(security=[{"NONE": []}]),
                    "POST /oauth2": operation(security=[{"oauth2Auth": ["scope4"]}]),
                    "POST /scope3": operation(security=[{"oauth2Auth": ["scope3"]}]),
                },
                schemes={"oauth2Auth": jwt_scheme("$request.querystring.param")},
            )
        ),
        reads_routes(
            {
                "$default": "JWT",
                "POST /defaultauth": "JWT",
                "POST /noneauth": "NONE",
                "POST /oauth2": "JWT",
                "POST /scope3": "JWT",
            }
        ),
        read(
            "GetAuthorizers",
            Items=[
                {
                    "AuthorizerType": "JWT",
                    "Name": "oauth2Auth",
                    "IdentitySource": ["$request.querystring.param"],
                }
            ],
        ),
        SAM_STAGE,
    ),
)
