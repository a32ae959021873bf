"""One request to the data plane, with its context."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import attrs

from apigw2.testing._clock import log_time
from apigw2.testing._dataplane._selection import select
from apigw2.testing._http import Request, Response, json_response

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._clock import Clock
    from apigw2.testing._control.stages import DeployedApi
    from apigw2.testing._dataplane._cache import Cache
    from apigw2.testing._dataplane._domains import Domain
    from apigw2.testing._dataplane._throttling import Throttles
    from apigw2.testing._protocol import Record

Function = Callable[[Any, Any], Any]
"""The handler of a Lambda function: takes the event and the context, returns the result."""

# ministackorg/ministack#766, which was verified on the service. A body without a content type is
# base64, too (asottile-archive/api-gateway-v2-to-wsgi, `testing/data/post.json`).
_TEXT_TYPES: Final = re.compile(r"text/.*|application/(json|javascript|xml)", re.IGNORECASE)
_EXPRESSION: Final = re.compile(r"\$\{([^}]+)\}")
_SLASH: Final = re.compile(r"(%2[Ff])")


class Refusal(Exception):  # noqa: N818 - an answer, not an error of the gateway
    """Raised to send a response of the gateway itself instead of the integration's."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.reason)
        self.response = response


def refusal(
    status: int, message: str, reason: str, headers: Mapping[str, str] | None = None
) -> Refusal:
    """Create a refusal with a message in the service's format."""
    return Refusal(json_response(status, {"message": message}, headers, reason=reason))


def internal_error(reason: str) -> Refusal:
    """Create a refusal for a failed integration or authorizer."""
    return refusal(500, "Internal Server Error", reason)


def decode_path(path: str) -> str:
    """Decode a path as the service does: an encoded slash stays encoded.

    aws/aws-lambda-dotnet, `encode-slash-in-resource-path-httpapi-v2.json`.
    """
    return "".join(part if _SLASH.fullmatch(part) else unquote(part) for part in _SLASH.split(path))


@attrs.frozen(kw_only=True)
class Backends:
    """The backends that a test registered.

    Attributes:
        clock: The gateway's clock, which limits how long functions and servers may take.
        functions: Lambda functions, by name or ARN; service integrations, by subtype.
        key_sets: JSON Web Key Sets, by issuer.
        api_keys: The identifiers of API keys, by key.
    """

    clock: Clock
    functions: dict[str, Function] = attrs.field(factory=dict[str, Function])
    key_sets: dict[str, Mapping[str, Any]] = attrs.field(factory=dict[str, Mapping[str, Any]])
    api_keys: dict[str, str] = attrs.field(factory=dict[str, str])


@attrs.define(kw_only=True)
class Exchange:
    """A request to a stage, with its context.

    Attributes:
        request: The request, with a path without the stage and the path of the API mapping.
        snapshot: The deployment that the stage serves.
        stage: The stage's record.
        cache: The stage's cache of authorizer responses.
        throttles: The stage's token buckets.
        backends: The backends of the API.
        account_id: The owner of the API.
        region_name: The region.
        now: The time.
        request_id: The identifier of the request.
        source_ip: The client's address.
        domain: The custom domain name of the request, if it has one.
        route: The record of the route, after it is selected.
        path_parameters: Values of the variables in the route's path.
        authorizer: The authorizer's context for the integration, in format 2.0 and in format 1.0.
        identity: Identity of the signer, on a route with IAM authorization.
        variables: Further context variables, such as those of the authorizer.
    """

    request: Request
    snapshot: DeployedApi
    stage: Record
    cache: Cache
    throttles: Throttles
    backends: Backends
    account_id: str
    region_name: str
    now: datetime
    request_id: str
    source_ip: str
    domain: Domain | None = None
    route: Record = attrs.field(factory=dict[str, Any])
    path_parameters: dict[str, str] = attrs.field(factory=dict[str, str])
    authorizer: tuple[Record, Record | None] | None = None
    identity: dict[str, str] = attrs.field(factory=dict[str, str])
    variables: dict[str, str] = attrs.field(factory=dict[str, str])

    @property
    def stage_name(self) -> str:
        """The name of the stage."""
        name: str = self.stage["StageName"]
        return name

    @property
    def full_path(self) -> str:
        """The decoded path with the stage, unless it is `$default`: `rawPath` of format 2.0.

        On a custom domain name it also has the stage, but not the path of the API mapping
        (CodeGenieApp/serverless-express#465, logandk/serverless-wsgi#191).
        """
        prefix = "" if self.stage_name == "$default" else f"/{self.stage_name}"
        return prefix + decode_path(self.request.path)

    @property
    def sent_path(self) -> str:
        """The path as sent by the client, percent-encoded: `path` of format 1.0.

        On a custom domain name it has the path of the API mapping, but not the stage
        (aws-powertools/powertools-lambda-python#579).
        """
        prefix = self.stage_name if self.domain is None else self.domain.key
        return self.request.path if prefix in {"", "$default"} else f"/{prefix}{self.request.path}"

    @property
    def domain_name(self) -> str:
        """The host that the client called: a custom domain name or the default endpoint."""
        if self.domain is not None:
            return self.domain.name
        return f"{self.snapshot.api['ApiId']}.execute-api.{self.region_name}.amazonaws.com"

    @property
    def stage_variables(self) -> Mapping[str, str]:
        """The stage variables."""
        variables: Mapping[str, str] = self.stage["StageVariables"]
        return variables

    @property
    def query(self) -> dict[str, list[str]]:
        """The decoded query parameters by name, as in events.

        The service converts an encoded plus sign to a space as well (aws/aws-lambda-dotnet,
        `values-get-querystring-httpapi-v2-encoding-request.json`).
        """
        return {
            name: [value.replace("+", " ") for value in values]
            for name, values in sorted(self.request.query.items())
        }

    def route_arn(self) -> str:
        """The ARN of the request, as used in policies."""
        return (
            f"arn:aws:execute-api:{self.region_name}:{self.account_id}:"
            f"{self.snapshot.api['ApiId']}/{self.stage_name}/{self.request.method}"
            f"{decode_path(self.request.path)}"
        )

    def context(self) -> dict[str, str]:
        """The context variables (developer guide, "Customizing HTTP API access logs")."""
        domain = self.domain
        return {
            "accountId": self.account_id,
            "apiId": self.snapshot.api["ApiId"],
            **({"customDomain.basePathMatched": domain.key} if domain is not None else {}),
            "domainName": self.domain_name,
            "domainPrefix": self.domain_name.partition(".")[0],
            "extendedRequestId": self.request_id,
            "httpMethod": self.request.method,
            **{f"identity.{name}": value for name, value in self.identity.items()},
            "identity.sourceIp": self.source_ip,
            "identity.userAgent": self.request.headers.get("user-agent", ""),
            "path": self.full_path,
            "protocol": "HTTP/1.1",
            "requestId": self.request_id,
            "requestTime": log_time(self.now),
            "requestTimeEpoch": str(int(self.now.timestamp() * 1000)),
            "routeKey": self.route.get("RouteKey", ""),
            "stage": self.stage_name,
            **self.variables,
        }

    def evaluate(self, expression: str, response: Response | None = None) -> str | None:
        """Evaluate the value of a parameter mapping (developer guide, "Transform API requests").

        Args:
            expression: A variable such as `$request.header.name`, text with variables such as
                `${request.path.id}` in it, or plain text.
            response: The response of the integration, if the mapping may refer to it.

        Returns:
            The text, or `None` if the variable has no value.
        """
        whole = _EXPRESSION.fullmatch(expression)
        if whole is not None:
            return self._variable(whole[1], response)
        if expression.startswith("$") and not expression.startswith("${"):
            return self._variable(expression[1:], response)
        return _EXPRESSION.sub(lambda found: self._variable(found[1], response) or "", expression)

    def _variable(self, name: str, response: Response | None) -> str | None:
        source, _, rest = name.partition(".")
        if source == "context":
            return self.context().get(rest)
        if source == "stageVariables":
            return self.stage_variables.get(rest)
        message = {"request": self.request, "response": response}.get(source)
        if message is None:
            return None
        kind, separator, key = rest.partition(".")
        if kind.startswith("body") and kind[4:5] in {"", "["}:
            return select(message.body, rest[4:].removeprefix("."))
        if kind == "header" and separator:
            return message.headers.get(key.lower())
        return self._request_variable(kind, key) if message is self.request else None

    def _request_variable(self, kind: str, key: str) -> str | None:
        if kind == "querystring":
            values = self.request.query.get(key)
            return None if values is None else ",".join(values)
        if kind != "path":
            return None
        return self.path_parameters.get(key) if key else decode_path(self.request.path)

    def text_body(self) -> tuple[str, bool]:
        """The body of the request as text, and whether it is base64."""
        content_type = self.request.headers.get("content-type", "").partition(";")[0]
        if _TEXT_TYPES.fullmatch(content_type.strip()):
            try:
                return self.request.body.decode(), False
            except UnicodeDecodeError:
                pass
        return base64.b64encode(self.request.body).decode(), True
