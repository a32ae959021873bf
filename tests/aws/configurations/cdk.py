"""Templates that the integration tests of aws-cdk deploy (their snapshots).

The templates prove that the service accepts the calls. The expected responses follow from defaults
that other sources assert.
"""

from __future__ import annotations

from typing import Final

from tests.aws.cases import NOTHING, PRESENT, Call, Case, Kind, Members, Ref, call, read, step

FILES: Final = "aws/aws-cdk packages/@aws-cdk-testing/framework-integ/test"
CORE: Final = f"{FILES}/aws-apigatewayv2/test"
INTEGRATIONS: Final = f"{FILES}/aws-apigatewayv2-integrations/test"
AUTHORIZERS: Final = f"{FILES}/aws-apigatewayv2-authorizers/test"

ACCOUNT: Final = "us-east-1:123456789012"
FUNCTION: Final = f"arn:aws:lambda:{ACCOUNT}:function:handler"
INVOKE_ARN: Final = (
    f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
)
ROLE: Final = "arn:aws:iam::123456789012:role/invoke"
QUEUE: Final = "https://sqs.us-east-1.amazonaws.com/123456789012/queue"
MACHINE: Final = f"arn:aws:states:{ACCOUNT}:stateMachine:StateMachine2E01A3A5"
LISTENER: Final = f"arn:aws:elasticloadbalancing:{ACCOUNT}:listener/app/lb/0a1b2c3d/4e5f6071"
CLOUD_MAP: Final = f"arn:aws:servicediscovery:{ACCOUNT}:service/srv-0a1b2c3d4e5f6071"
TARGET: Final = Ref("integrations/{IntegrationId}")


def _deployed(kind: Kind, directory: str, name: str, *calls: Call) -> Case:
    source = f"{directory}/{name}.js.snapshot"
    family = directory.rsplit("/", 2)[1].removeprefix("aws-apigatewayv2").lstrip("-") or "core"
    return Case(
        kind=kind,
        source=source,
        name=f"cdk-{family}-{name.replace('/integ.', '-')}",
        steps=(step(*calls),),
    )


def _http(name: str = "HttpApi", **members: object) -> Call:
    sent: Members = {"ProtocolType": "HTTP", **members}
    return call("CreateApi", Name=name, **sent)


def _websocket(name: str = "mywsapi", **members: object) -> Call:
    sent: Members = {"RouteSelectionExpression": "$request.body.action", **members}
    return call("CreateApi", Name=name, ProtocolType="WEBSOCKET", **sent)


def _lambda(version: str = "2.0") -> Call:
    return call(
        "CreateIntegration",
        IntegrationType="AWS_PROXY",
        IntegrationUri=FUNCTION,
        PayloadFormatVersion=version,
    )


def _proxy(**members: object) -> Call:
    sent: Members = {
        "IntegrationMethod": "ANY",
        "IntegrationType": "HTTP_PROXY",
        "IntegrationUri": "https://aws.amazon.com",
        "PayloadFormatVersion": "1.0",
        **members,
    }
    return call("CreateIntegration", **sent)


def _service(subtype: str, **parameters: str) -> Call:
    return call(
        "CreateIntegration",
        ConnectionType="INTERNET",
        CredentialsArn=ROLE,
        IntegrationSubtype=subtype,
        IntegrationType="AWS_PROXY",
        PayloadFormatVersion="1.0",
        RequestParameters=parameters,
    )


def _reads_service(subtype: str, **parameters: str) -> Call:
    return read(
        "GetIntegration",
        ConnectionType="INTERNET",
        CredentialsArn=ROLE,
        IntegrationMethod=NOTHING,
        IntegrationSubtype=subtype,
        IntegrationUri=NOTHING,
        RequestParameters=parameters,
        TimeoutInMillis=30000,
    )


def _route(key: str, **members: object) -> Call:
    sent: Members = {"AuthorizationType": "NONE", "Target": TARGET, **members}
    return call("CreateRoute", RouteKey=key, **sent)


def _private(uri: str) -> tuple[Call, ...]:
    """The calls that create a VPC link and its integration."""
    members: Members = {
        "ConnectionId": Ref("{VpcLinkId}"),
        "ConnectionType": "VPC_LINK",
        "IntegrationUri": uri,
    }
    return (
        _http("HttpProxyPrivateApi"),
        call(
            "CreateVpcLink", Name="VpcLink", SecurityGroupIds=[], SubnetIds=["subnet-1", "subnet-2"]
        ),
        _proxy(**members),
        _route("$default"),
        DEFAULT_STAGE,
        read("GetIntegration", TlsConfig=NOTHING, **members),
    )


DEFAULT_STAGE: Final = call("CreateStage", AutoDeploy=True, StageName="$default")
DEV_STAGE: Final = call("CreateStage", AutoDeploy=True, StageName="dev")
MOCK: Final = call("CreateIntegration", IntegrationType="MOCK")
LAMBDA_WEBSOCKET: Final = call(
    "CreateIntegration", IntegrationType="AWS_PROXY", IntegrationUri=INVOKE_ARN
)
READS_LAMBDA_WEBSOCKET: Final = read(
    "GetIntegration",
    ConnectionType="INTERNET",
    IntegrationMethod="POST",
    IntegrationType="AWS_PROXY",
    IntegrationUri=INVOKE_ARN,
    PassthroughBehavior="WHEN_NO_MATCH",
    PayloadFormatVersion="1.0",
    TimeoutInMillis=29000,
)
THROTTLED: Final = {"ThrottlingBurstLimit": 1000, "ThrottlingRateLimit": 1000}
SIMPLE_AUTHORIZER: Final[Members] = {
    "AuthorizerPayloadFormatVersion": "2.0",
    "AuthorizerResultTtlInSeconds": 300,
    "AuthorizerType": "REQUEST",
    "AuthorizerUri": INVOKE_ARN,
    "EnableSimpleResponses": True,
    "IdentitySource": ["$request.header.X-API-Key"],
    "Name": "my-simple-authorizer",
}
PUT_ITEM: Final[Members] = {
    "CredentialsArn": ROLE,
    "IntegrationMethod": "POST",
    "IntegrationType": "AWS",
    "IntegrationUri": "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem",
    "PassthroughBehavior": "NEVER",
    "RequestTemplates": {
        "$default": (
            '{\n"TableName": "MyTable",\n"Item": {\n"id": { "S": "$context.requestId" },\n'
            '"userData": { "S": $input.json(\'$.data\') }\n}\n}'
        )
    },
    "TemplateSelectionExpression": "\\$default",
    "TimeoutInMillis": 10000,
}
SEND_MESSAGE: Final[Members] = {
    "CredentialsArn": ROLE,
    "IntegrationMethod": "POST",
    "IntegrationType": "AWS",
    "IntegrationUri": ("arn:aws:apigateway:us-east-1:sqs:path/123456789012/MessageSQSQueue.fifo"),
    "PassthroughBehavior": "NEVER",
    "RequestParameters": {
        "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"
    },
    "RequestTemplates": {"$default": "Action=SendMessage&MessageBody=$input.json('$')"},
    "TemplateSelectionExpression": "\\$default",
}
WEBSOCKET_HTTP: Final[Members] = {
    "ContentHandlingStrategy": "CONVERT_TO_TEXT",
    "IntegrationMethod": "GET",
    "IntegrationType": "HTTP_PROXY",
    "IntegrationUri": "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/",
    "TimeoutInMillis": 10000,
}
EVENT: Final = {
    "EventBusName": "eventbridgeintegrationBusCADD79B0",
    "Detail": "$request.body.Detail",
    "DetailType": "$request.body.DetailType",
    "Source": "$request.body.Source",
}

_CORE: Final = (
    _deployed(
        "stage",
        CORE,
        "http/integ.stage",
        _http(),
        call(
            "CreateStage",
            DefaultRouteSettings=THROTTLED,
            Description="My Stage",
            StageName="$default",
        ),
        read(
            "GetStage",
            DefaultRouteSettings={"DetailedMetricsEnabled": False, **THROTTLED},
            Description="My Stage",
        ),
    ),
    _deployed(
        "stage",
        CORE,
        "websocket/integ.stage",
        _websocket("WebSocketApi"),
        call(
            "CreateStage", DefaultRouteSettings=THROTTLED, Description="My Stage", StageName="dev"
        ),
        read(
            "GetStage",
            DefaultRouteSettings={
                "DataTraceEnabled": False,
                "DetailedMetricsEnabled": False,
                "LoggingLevel": "OFF",
                **THROTTLED,
            },
            Description="My Stage",
        ),
    ),
    _deployed(
        "api",
        CORE,
        "http/integ.api-dualstack",
        _http(IpAddressType="dualstack"),
        DEFAULT_STAGE,
        read("GetApi", IpAddressType="dualstack"),
    ),
    _deployed(
        "api",
        CORE,
        "websocket/integ.api-dualstack",
        _websocket("WebSocketApi", IpAddressType="dualstack"),
        read("GetApi", IpAddressType="dualstack"),
    ),
    _deployed(
        "api",
        CORE,
        "integ.websocket-disable-execute-api",
        _websocket("WebSocketApi", DisableExecuteApiEndpoint=True),
        read("GetApi", DisableExecuteApiEndpoint=True),
    ),
    _deployed(
        "domain_name",
        CORE,
        "http/integ.api-domain-name",
        call(
            "CreateDomainName",
            DomainName="*.example.com",
            DomainNameConfigurations=[
                {
                    "CertificateArn": f"arn:aws:acm:{ACCOUNT}:certificate/1",
                    "EndpointType": "REGIONAL",
                    "IpAddressType": "dualstack",
                }
            ],
        ),
        _http(RouteSelectionExpression="${request.method} ${request.path}"),
        DEFAULT_STAGE,
        call("CreateApiMapping", ApiId=Ref("{ApiId}"), Stage="$default"),
        read(
            "GetDomainName",
            DomainNameConfigurations=[
                {
                    "ApiGatewayDomainName": PRESENT,
                    "EndpointType": "REGIONAL",
                    "IpAddressType": "dualstack",
                    "SecurityPolicy": "TLS_1_2",
                }
            ],
        ),
        read("GetApiMapping", ApiMappingKey=NOTHING, Stage="$default"),
    ),
)

_HTTP: Final = (
    _deployed(
        "integration",
        INTEGRATIONS,
        "http/integ.lambda-proxy",
        _http("LambdaProxyApi"),
        _lambda(),
        _route("$default"),
        DEFAULT_STAGE,
        read(
            "GetIntegration",
            IntegrationMethod="POST",
            IntegrationUri=FUNCTION,
            PayloadFormatVersion="2.0",
        ),
        read("GetStage", AutoDeploy=True, DeploymentId=PRESENT),
    ),
    _deployed(
        "integration",
        INTEGRATIONS,
        "http/integ.http-proxy",
        _http("HttpProxyApi"),
        _proxy(),
        _route("$default"),
        DEFAULT_STAGE,
        read("GetIntegration", IntegrationMethod="ANY", TimeoutInMillis=30000),
        read("GetRoute", ApiKeyRequired=False, AuthorizationType="NONE", Target=TARGET),
    ),
    _deployed("integration", INTEGRATIONS, "http/integ.alb", *_private(LISTENER)),
    _deployed("integration", INTEGRATIONS, "http/integ.nlb", *_private(LISTENER)),
    _deployed("integration", INTEGRATIONS, "http/integ.service-discovery", *_private(CLOUD_MAP)),
    _deployed(
        "integration",
        INTEGRATIONS,
        "http/integ.eventbridge",
        _http("Api"),
        DEFAULT_STAGE,
        _service("EventBridge-PutEvents", **EVENT),
        _route("POST /default"),
        _service("EventBridge-PutEvents", **EVENT),
        _route("POST /put-events"),
        _reads_service("EventBridge-PutEvents", **EVENT),
    ),
    _deployed(
        "integration",
        INTEGRATIONS,
        "http/integ.stepfunctions",
        _http("Api"),
        _service("StepFunctions-StartExecution", Input="$request.body", StateMachineArn=MACHINE),
        _route("$default"),
        DEFAULT_STAGE,
        _reads_service(
            "StepFunctions-StartExecution", Input="$request.body", StateMachineArn=MACHINE
        ),
    ),
    _deployed(
        "integration",
        INTEGRATIONS,
        "http/integ.sqs",
        _http("Api"),
        DEFAULT_STAGE,
        _service("SQS-SendMessage", QueueUrl=QUEUE, MessageBody="$request.body.MessageBody"),
        _route("POST /send-message"),
        _service("SQS-ReceiveMessage", QueueUrl=QUEUE),
        _route("POST /receive-message"),
        _service("SQS-DeleteMessage", QueueUrl=QUEUE, ReceiptHandle="$request.body.ReceiptHandle"),
        _route("POST /delete-message"),
        _service("SQS-PurgeQueue", QueueUrl=QUEUE),
        _route("POST /purge-queue"),
        _reads_service("SQS-PurgeQueue", QueueUrl=QUEUE),
    ),
)

_WEBSOCKET: Final = (
    _deployed(
        "integration",
        INTEGRATIONS,
        "websocket/integ.lambda",
        _websocket(),
        LAMBDA_WEBSOCKET,
        _route("$connect"),
        LAMBDA_WEBSOCKET,
        _route("$disconnect"),
        LAMBDA_WEBSOCKET,
        _route("$default"),
        LAMBDA_WEBSOCKET,
        _route("sendmessage"),
        DEV_STAGE,
        READS_LAMBDA_WEBSOCKET,
        read("GetStage", AutoDeploy=True, DeploymentId=PRESENT),
    ),
    _deployed(
        "integration",
        INTEGRATIONS,
        "websocket/integ.aws",
        _websocket(),
        MOCK,
        _route("$default", RouteResponseSelectionExpression="$default"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        call("CreateIntegration", **PUT_ITEM),
        call(
            "CreateIntegrationResponse",
            IntegrationResponseKey="$default",
            ResponseTemplates={"application/json": '{"success":true}'},
        ),
        call(
            "CreateIntegrationResponse",
            IntegrationResponseKey="/4\\d{2}/",
            ResponseTemplates={"application/json": '{"error": "Bad request"}'},
        ),
        _route("putItem", RouteResponseSelectionExpression="$default"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        DEV_STAGE,
        read("GetIntegration", PayloadFormatVersion="1.0", **PUT_ITEM),
        read("GetIntegrationResponse", IntegrationResponseKey="/4\\d{2}/"),
    ),
    _deployed(
        "integration",
        INTEGRATIONS,
        "websocket/integ.mock",
        _websocket(),
        MOCK,
        _route("$default"),
        call(
            "CreateIntegration",
            IntegrationType="MOCK",
            RequestTemplates={"application/json": '{"statusCode":200}'},
            TemplateSelectionExpression="\\$default",
        ),
        _route("sendmessage", RouteResponseSelectionExpression="$default"),
        call("CreateRouteResponse", RouteResponseKey="$default"),
        DEV_STAGE,
        read(
            "GetIntegration",
            PassthroughBehavior="WHEN_NO_MATCH",
            RequestTemplates={"application/json": '{"statusCode":200}'},
        ),
    ),
    _deployed(
        "integration",
        INTEGRATIONS,
        "websocket/integ.sqs",
        _websocket("webSocketApi"),
        call("CreateIntegration", **SEND_MESSAGE),
        _route("$default"),
        call("CreateStage", AutoDeploy=True, DefaultRouteSettings={}, StageName="dev"),
        read("GetIntegration", TimeoutInMillis=29000, **SEND_MESSAGE),
        read(
            "GetStage",
            DefaultRouteSettings={
                "DataTraceEnabled": False,
                "DetailedMetricsEnabled": False,
                "LoggingLevel": "OFF",
            },
        ),
    ),
    _deployed(
        "integration",
        INTEGRATIONS,
        "websocket/integ.http",
        _websocket("WebSocketApi"),
        call("CreateIntegration", **WEBSOCKET_HTTP),
        _route("$default"),
        DEV_STAGE,
        read("GetIntegration", PayloadFormatVersion="1.0", **WEBSOCKET_HTTP),
    ),
)

_AUTHORIZED: Final = (
    _deployed(
        "authorizer",
        AUTHORIZERS,
        "http/integ.lambda",
        _http("MyHttpApi"),
        DEFAULT_STAGE,
        _lambda(),
        call("CreateAuthorizer", **SIMPLE_AUTHORIZER),
        _route("GET /", AuthorizationType="CUSTOM", AuthorizerId=Ref("{AuthorizerId}")),
        _route(
            "ANY /v1/mything/{proxy+}",
            AuthorizationType="CUSTOM",
            AuthorizerId=Ref("{AuthorizerId}"),
        ),
        read("GetAuthorizer", **SIMPLE_AUTHORIZER),
        read("GetRoute", AuthorizationType="CUSTOM", AuthorizerId=Ref("{AuthorizerId}")),
    ),
    _deployed(
        "authorizer",
        AUTHORIZERS,
        "http/integ.iam",
        _http(),
        DEFAULT_STAGE,
        _proxy(),
        _route("ANY /foo", AuthorizationType="AWS_IAM"),
        read("GetRoute", AuthorizationType="AWS_IAM", AuthorizerId=NOTHING),
    ),
    _deployed(
        "authorizer",
        AUTHORIZERS,
        "websocket/integ.iam",
        _websocket("WebSocketApi"),
        LAMBDA_WEBSOCKET,
        _route("$connect", AuthorizationType="AWS_IAM"),
        DEV_STAGE,
        read("GetRoute", AuthorizationType="AWS_IAM", RouteKey="$connect"),
    ),
)

CASES: Final[tuple[Case, ...]] = (*_CORE, *_HTTP, *_WEBSOCKET, *_AUTHORIZED)
