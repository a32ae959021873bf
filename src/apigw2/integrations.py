"""Specs of integrations, one function for each kind of backend.

Values that depend on the protocol are added when the integration is created or planned: the payload
format version of an HTTP API, and the form of a Lambda function's ARN in a WebSocket API.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from apigw2._blueprints.specs import IntegrationSpec
from apigw2._calls.arguments import checked
from apigw2._objects.references import as_id
from apigw2._objects.values import ABSENT_MAP
from apigw2.resources.integration import TlsConfig
from apigw2.resources.vpc_link import VpcLinkRef

__all__ = [
    "appconfig_get_configuration",
    "cloud_map",
    "eventbridge_put_events",
    "kinesis_put_record",
    "lambda_function",
    "load_balancer",
    "mock",
    "sqs_send_message",
    "step_functions_start_execution",
    "url",
]


@checked
def lambda_function(
    function_arn: str,
    *,
    payload_format_version: str | None = None,
    timeout_in_millis: int | None = None,
    credentials_arn: str | None = None,
    request_parameters: Mapping[str, str] = ABSENT_MAP,
    description: str | None = None,
) -> IntegrationSpec:
    """An integration that calls a Lambda function (`AWS_PROXY`). HTTP and WebSocket APIs.

    Args:
        function_arn: The function's ARN, with or without a version or an alias.
        payload_format_version: `1.0`, or `2.0` (the default of HTTP APIs). WebSocket APIs support
            only `1.0`.
        timeout_in_millis: Maximum duration of the call, in milliseconds; by default, the
            service's maximum.
        credentials_arn: IAM role with which the function is called. By default, its resource
            policy must allow the call.
        request_parameters: Changes of the request, such as `{"append:header.x": "y"}`.
        description: A text of up to 1,024 characters.

    Example:
        >>> function = "arn:aws:lambda:eu-central-1:123456789012:function:pets"
        >>> apigw2.RouteSpec("GET /pets", target=apigw2.integrations.lambda_function(function))
    """
    return IntegrationSpec(
        "AWS_PROXY",
        integration_uri=function_arn,
        payload_format_version=payload_format_version,
        timeout_in_millis=timeout_in_millis,
        credentials_arn=credentials_arn,
        request_parameters=request_parameters,
        description=description,
    )


@checked
def url(
    uri: str,
    *,
    method: str = "ANY",
    timeout_in_millis: int | None = None,
    request_parameters: Mapping[str, str] = ABSENT_MAP,
    description: str | None = None,
) -> IntegrationSpec:
    """An integration that sends requests to a URL (`HTTP_PROXY`). HTTP and WebSocket APIs.

    Args:
        uri: The URL.
        method: HTTP method of the call; `ANY` stands for the method of the request.
        timeout_in_millis: Maximum duration of the call, in milliseconds; by default, the
            service's maximum.
        request_parameters: Changes of the request, such as `{"append:header.x": "y"}`.
        description: A text of up to 1,024 characters.

    Example:
        >>> apigw2.RouteSpec("GET /pets", target=apigw2.integrations.url("https://example.com"))
    """
    return IntegrationSpec(
        "HTTP_PROXY",
        integration_uri=uri,
        integration_method=method,
        timeout_in_millis=timeout_in_millis,
        request_parameters=request_parameters,
        description=description,
    )


def _private(
    uri: str,
    *,
    vpc_link: VpcLinkRef | str,
    method: str,
    server_name: str | None,
    timeout_in_millis: int | None,
    request_parameters: Mapping[str, str],
) -> IntegrationSpec:
    link = as_id(vpc_link, VpcLinkRef)
    tls = None if server_name is None else TlsConfig(server_name_to_verify=server_name)
    return attrs.evolve(
        url(
            uri,
            method=method,
            timeout_in_millis=timeout_in_millis,
            request_parameters=request_parameters,
        ),
        connection_type="VPC_LINK",
        connection_id=link,
        tls_config=tls,
    )


@checked
def load_balancer(
    listener_arn: str,
    *,
    vpc_link: VpcLinkRef | str,
    method: str = "ANY",
    server_name: str | None = None,
    timeout_in_millis: int | None = None,
    request_parameters: Mapping[str, str] = ABSENT_MAP,
) -> IntegrationSpec:
    """An integration with a private load balancer, through a VPC link. HTTP APIs only.

    Args:
        listener_arn: ARN of a listener of an Application or Network Load Balancer.
        vpc_link: The VPC link, or its id.
        method: HTTP method of the call; `ANY` stands for the method of the request.
        server_name: Name in the backend's certificate; makes the call use HTTPS.
        timeout_in_millis: Maximum duration of the call, in milliseconds.
        request_parameters: Changes of the request.

    Example:
        >>> listener = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/a/b/c"
        >>> apigw2.integrations.load_balancer(listener, vpc_link="y7z8a9")
    """
    return _private(
        listener_arn,
        vpc_link=vpc_link,
        method=method,
        server_name=server_name,
        timeout_in_millis=timeout_in_millis,
        request_parameters=request_parameters,
    )


@checked
def cloud_map(
    service_arn: str,
    *,
    vpc_link: VpcLinkRef | str,
    method: str = "ANY",
    server_name: str | None = None,
    timeout_in_millis: int | None = None,
    request_parameters: Mapping[str, str] = ABSENT_MAP,
) -> IntegrationSpec:
    """An integration with an AWS Cloud Map service, through a VPC link. HTTP APIs only.

    Args:
        service_arn: The service's ARN.
        vpc_link: The VPC link, or its id.
        method: HTTP method of the call; `ANY` stands for the method of the request.
        server_name: Name in the backend's certificate; makes the call use HTTPS.
        timeout_in_millis: Maximum duration of the call, in milliseconds.
        request_parameters: Changes of the request.

    Example:
        >>> service = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-a1b2"
        >>> apigw2.integrations.cloud_map(service, vpc_link="y7z8a9")
    """
    return _private(
        service_arn,
        vpc_link=vpc_link,
        method=method,
        server_name=server_name,
        timeout_in_millis=timeout_in_millis,
        request_parameters=request_parameters,
    )


def _service(
    subtype: str, credentials_arn: str, region: str | None, **parameters: str | None
) -> IntegrationSpec:
    given = {name: value for name, value in {**parameters, "Region": region}.items() if value}
    return IntegrationSpec(
        "AWS_PROXY",
        integration_subtype=subtype,
        credentials_arn=credentials_arn,
        payload_format_version="1.0",
        request_parameters=given,
    )


@checked
def sqs_send_message(
    queue_url: str,
    *,
    credentials_arn: str,
    message_body: str = "$request.body",
    message_group_id: str | None = None,
    message_deduplication_id: str | None = None,
    region: str | None = None,
) -> IntegrationSpec:
    """An integration that sends a message to an Amazon SQS queue. HTTP APIs only.

    Args:
        queue_url: URL of the queue.
        credentials_arn: IAM role that may send it.
        message_body: The message, or an expression.
        message_group_id: Message group id, or an expression. FIFO queues only.
        message_deduplication_id: Deduplication id, or an expression. FIFO queues only.
        region: The queue's region; by default, that of the API.

    Example:
        >>> apigw2.integrations.sqs_send_message(
        ...     "https://sqs.eu-central-1.amazonaws.com/123456789012/orders",
        ...     credentials_arn="arn:aws:iam::123456789012:role/send")
    """
    return _service(
        "SQS-SendMessage",
        credentials_arn,
        region,
        QueueUrl=queue_url,
        MessageBody=message_body,
        MessageGroupId=message_group_id,
        MessageDeduplicationId=message_deduplication_id,
    )


@checked
def eventbridge_put_events(
    *,
    source: str,
    detail_type: str,
    credentials_arn: str,
    detail: str = "$request.body",
    event_bus_name: str | None = None,
    region: str | None = None,
) -> IntegrationSpec:
    """An integration that puts an event on an Amazon EventBridge bus. HTTP APIs only.

    Args:
        source: Source of the event.
        detail_type: Type of the event.
        credentials_arn: IAM role that may put it.
        detail: The event's content, or an expression.
        event_bus_name: Name or ARN of the bus; by default, the account's default bus.
        region: The bus's region; by default, that of the API.

    Example:
        >>> apigw2.integrations.eventbridge_put_events(
        ...     source="shop", detail_type="order",
        ...     credentials_arn="arn:aws:iam::123456789012:role/put")
    """
    return _service(
        "EventBridge-PutEvents",
        credentials_arn,
        region,
        Detail=detail,
        DetailType=detail_type,
        Source=source,
        EventBusName=event_bus_name,
    )


@checked
def step_functions_start_execution(
    state_machine_arn: str,
    *,
    credentials_arn: str,
    input: str = "$request.body",  # noqa: A002  # the service's name
    name: str | None = None,
    region: str | None = None,
) -> IntegrationSpec:
    """An integration that starts an AWS Step Functions state machine. HTTP APIs only.

    Args:
        state_machine_arn: ARN of the state machine.
        credentials_arn: IAM role that may start it.
        input: Input of the execution, or an expression.
        name: Name of the execution, or an expression.
        region: The state machine's region; by default, that of the API.

    Example:
        >>> machine = "arn:aws:states:eu-central-1:123456789012:stateMachine:orders"
        >>> apigw2.integrations.step_functions_start_execution(
        ...     machine, credentials_arn="arn:aws:iam::123456789012:role/start")
    """
    return _service(
        "StepFunctions-StartExecution",
        credentials_arn,
        region,
        StateMachineArn=state_machine_arn,
        Input=input,
        Name=name,
    )


@checked
def kinesis_put_record(
    stream_name: str,
    *,
    partition_key: str,
    credentials_arn: str,
    data: str = "$request.body",
    region: str | None = None,
) -> IntegrationSpec:
    """An integration that puts a record into an Amazon Kinesis data stream. HTTP APIs only.

    Args:
        stream_name: Name of the stream.
        partition_key: Partition key of the record, or an expression.
        credentials_arn: IAM role that may put it.
        data: The record, or an expression.
        region: The stream's region; by default, that of the API.

    Example:
        >>> apigw2.integrations.kinesis_put_record(
        ...     "clicks", partition_key="$context.requestId",
        ...     credentials_arn="arn:aws:iam::123456789012:role/put")
    """
    return _service(
        "Kinesis-PutRecord",
        credentials_arn,
        region,
        StreamName=stream_name,
        Data=data,
        PartitionKey=partition_key,
    )


@checked
def appconfig_get_configuration(
    *,
    application: str,
    environment: str,
    configuration: str,
    client_id: str,
    credentials_arn: str,
    client_configuration_version: str | None = None,
    region: str | None = None,
) -> IntegrationSpec:
    """An integration that returns a configuration of AWS AppConfig. HTTP APIs only.

    Args:
        application: The application, by name or id.
        environment: The environment, by name or id.
        configuration: The configuration profile, by name or id.
        client_id: Id of the caller, or an expression.
        credentials_arn: IAM role that may get it.
        client_configuration_version: Version that the caller already has, or an expression.
        region: AppConfig's region; by default, that of the API.

    Example:
        >>> apigw2.integrations.appconfig_get_configuration(
        ...     application="shop", environment="prod", configuration="flags",
        ...     client_id="$context.requestId",
        ...     credentials_arn="arn:aws:iam::123456789012:role/get")
    """
    return _service(
        "AppConfig-GetConfiguration",
        credentials_arn,
        region,
        Application=application,
        Environment=environment,
        Configuration=configuration,
        ClientId=client_id,
        ClientConfigurationVersion=client_configuration_version,
    )


@checked
def mock(status: int = 200) -> IntegrationSpec:
    """An integration without a backend (`MOCK`). WebSocket APIs only.

    Args:
        status: Status code that selects the integration response.

    Example:
        >>> apigw2.RouteSpec("$connect", target=apigw2.integrations.mock())
    """
    return IntegrationSpec(
        "MOCK",
        request_templates={"200": f'{{"statusCode":{status}}}'},
        template_selection_expression="200",
    )
