"""One request on its way through the data plane, and what it carries."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import attrs

from apigw2.testing._dataplane._selection import select
from apigw2.testing._http import Request, Response, json_response

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._control.stages import Snapshot
    from apigw2.testing._dataplane._cache import Cache
    from apigw2.testing._dataplane._domains import Domain
    from apigw2.testing._dataplane._throttling import Throttles
    from apigw2.testing._protocol import Record

Function = Callable[[Any, Any], Any]
"""A Lambda function's handler: takes the event and the context, gives the result."""

# ministackorg/ministack#766, which says that it was verified on the service. A body without a
# content type is base64, too (asottile-archive/api-gateway-v2-to-wsgi, `testing/data/post.json`).
_TEXT_TYPES: Final = re.compile(r"text/.*|application/(json|javascript|xml)", re.IGNORECASE)
_EXPRESSION: Final = re.compile(r"\$\{([^}]+)\}")
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
"""The months in English, whatever the locale."""
_SLASH: Final = re.compile(r"(%2[Ff])")


class Refusal(Exception):  # noqa: N818 - an answer, not an error of the gateway
    """The gateway answers by itself, without or in spite of the integration."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.reason)
        self.response = response


def refusal(
    status: int, message: str, reason: str, headers: Mapping[str, str] | None = None
) -> Refusal:
    """Refuse with a message in the service's form."""
    return Refusal(json_response(status, {"message": message}, headers, reason=reason))


def internal_error(reason: str) -> Refusal:
    """Refuse because the integration or the authorizer did not do its part."""
    return refusal(500, "Internal Server Error", reason)


def decode_path(path: str) -> str:
    """Decode a path as the service does: an encoded slash stays encoded.

    aws/aws-lambda-dotnet, `encode-slash-in-resource-path-httpapi-v2.json`.
    """
    return "".join(part if _SLASH.fullmatch(part) else unquote(part) for part in _SLASH.split(path))


@attrs.frozen(kw_only=True)
class Backends:
    """What stands behind APIs, as the test set it up.

    Attributes:
        functions: Lambda functions, by name or ARN; service integrations, by subtype.
        key_sets: JSON Web Key Sets, by issuer.
        api_keys: The identifiers of API keys, by key.
    """

    functions: dict[str, Function] = attrs.field(factory=dict[str, Function])
    key_sets: dict[str, Mapping[str, Any]] = attrs.field(factory=dict[str, Mapping[str, Any]])
    api_keys: dict[str, str] = attrs.field(factory=dict[str, str])


@attrs.define(kw_only=True)
class Exchange:
    """A request to a stage, and what the gateway knows about it.

    Attributes:
        request: The request, its path without the stage or the path of an API mapping.
        snapshot: What the stage serves.
        stage: The stage's record.
        cache: The stage's cache of authorizers' answers.
        throttles: The stage's counters of requests.
        backends: What stands behind the API.
        account_id: The owner of the API.
        region_name: The region.
        now: The time.
        request_id: The identifier of the request.
        source_ip: The client's address.
        domain: The custom domain name that the request came to, if it came to one.
        route: The record of the route, once there is one.
        path_parameters: What the variables in the route's path stand for.
        authorizer: What the authorizer tells the integration: in format 2.0, and in format 1.0.
        identity: Who signed the request, on a route with IAM authorization.
        variables: Further context variables, such as those of the authorizer.
    """

    request: Request
    snapshot: Snapshot
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
        """The stage's name."""
        name: str = self.stage["StageName"]
        return name

    @property
    def full_path(self) -> str:
        """The decoded path with the stage, unless that is `$default`; format 2.0's `rawPath`.

        On a custom domain name it has the stage as well, and not the path of the API mapping
        (CodeGenieApp/serverless-express#465, logandk/serverless-wsgi#191).
        """
        prefix = "" if self.stage_name == "$default" else f"/{self.stage_name}"
        return prefix + decode_path(self.request.path)

    @property
    def sent_path(self) -> str:
        """The path as the client sent it, still percent-encoded; format 1.0's `path`.

        On a custom domain name it has the path of the API mapping, and not the stage
        (aws-powertools/powertools-lambda-python#579).
        """
        prefix = self.stage_name if self.domain is None else self.domain.key
        return self.request.path if prefix in {"", "$default"} else f"/{prefix}{self.request.path}"

    @property
    def domain_name(self) -> str:
        """The host that the client named: a custom domain name or the API's default endpoint."""
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
        """The decoded query parameters as events have them, by name.

        The service turns an encoded plus sign into a space, too (aws/aws-lambda-dotnet,
        `values-get-querystring-httpapi-v2-encoding-request.json`).
        """
        return {
            name: [value.replace("+", " ") for value in values]
            for name, values in sorted(self.request.query.items())
        }

    def route_arn(self) -> str:
        """The ARN of the request, as policies name it."""
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
            "requestTime": self.now.strftime(f"%d/{_MONTHS[self.now.month - 1]}/%Y:%H:%M:%S +0000"),
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
            response: The integration's response, where the mapping may refer to it.

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
        """The request's body as text, and whether that is base64."""
        content_type = self.request.headers.get("content-type", "").partition(";")[0]
        if _TEXT_TYPES.fullmatch(content_type.strip()):
            try:
                return self.request.body.decode(), False
            except UnicodeDecodeError:
                pass
        return base64.b64encode(self.request.body).decode(), True
