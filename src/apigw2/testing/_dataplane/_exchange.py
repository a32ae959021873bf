"""One request on its way through the data plane, and what it carries."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs

from apigw2.testing._http import Request, Response, json_response
from apigw2.testing._json import is_list

if TYPE_CHECKING:
    from datetime import datetime

    from apigw2.testing._control.stages import Snapshot
    from apigw2.testing._protocol import Record

Function = Callable[[Any, Any], Any]
"""A Lambda function's handler: takes the event and the context, gives the result."""

_TEXT_TYPES = re.compile(
    r"text/.*|application/(json|javascript|xml|.+\+json|.+\+xml)", re.IGNORECASE
)
_INDEX = re.compile(r"\[(\d+)\]")
_EXPRESSION = re.compile(r"\$\{([^}]+)\}")


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


@attrs.frozen(kw_only=True)
class Backends:
    """What stands behind APIs, as the test set it up.

    Attributes:
        functions: Lambda functions, by name or ARN; service integrations, by subtype.
        key_sets: JSON Web Key Sets, by issuer.
    """

    functions: dict[str, Function] = attrs.field(factory=dict[str, Function])
    key_sets: dict[str, Mapping[str, Any]] = attrs.field(factory=dict[str, Mapping[str, Any]])


@attrs.define(kw_only=True)
class Exchange:
    """A request to a stage, and what the gateway knows about it.

    Attributes:
        request: The request, its path without the stage.
        snapshot: What the stage serves.
        stage: The stage's record.
        cache: The stage's cache of authorizers' answers: when they end, and what they were.
        backends: What stands behind the API.
        account_id: The owner of the API.
        region_name: The region.
        now: The time.
        request_id: The identifier of the request.
        source_ip: The client's address.
        route: The record of the route, once there is one.
        path_parameters: What the variables in the route's path stand for.
        authorizer: What the authorizer tells the integration: in format 2.0, and in format 1.0.
        variables: Further context variables, such as those of the authorizer.
    """

    request: Request
    snapshot: Snapshot
    stage: Record
    cache: dict[tuple[str, ...], tuple[datetime, Any]]
    backends: Backends
    account_id: str
    region_name: str
    now: datetime
    request_id: str
    source_ip: str
    route: Record = attrs.field(factory=dict[str, Any])
    path_parameters: dict[str, str] = attrs.field(factory=dict[str, str])
    authorizer: tuple[Record, Record] | None = None
    variables: dict[str, str] = attrs.field(factory=dict[str, str])

    @property
    def stage_name(self) -> str:
        """The stage's name."""
        name: str = self.stage["StageName"]
        return name

    @property
    def full_path(self) -> str:
        """The decoded path as the client sent it: with the stage, unless it is `$default`."""
        prefix = "" if self.stage_name == "$default" else f"/{self.stage_name}"
        return prefix + unquote(self.request.path)

    @property
    def stage_variables(self) -> Mapping[str, str]:
        """The stage variables."""
        variables: Mapping[str, str] = self.stage["StageVariables"]
        return variables

    def route_arn(self) -> str:
        """The ARN of the request, as policies name it."""
        return (
            f"arn:aws:execute-api:{self.region_name}:{self.account_id}:"
            f"{self.snapshot.api['ApiId']}/{self.stage_name}/{self.request.method}"
            f"{unquote(self.request.path)}"
        )

    def context(self) -> dict[str, str]:
        """The context variables (developer guide, "Customizing HTTP API access logs")."""
        api_id = self.snapshot.api["ApiId"]
        return {
            "accountId": self.account_id,
            "apiId": api_id,
            "domainName": f"{api_id}.execute-api.{self.region_name}.amazonaws.com",
            "domainPrefix": api_id,
            "extendedRequestId": self.request_id,
            "httpMethod": self.request.method,
            "identity.sourceIp": self.source_ip,
            "identity.userAgent": self.request.headers.get("user-agent", ""),
            "path": self.full_path,
            "protocol": "HTTP/1.1",
            "requestId": self.request_id,
            "requestTime": self.now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "requestTimeEpoch": str(int(self.now.timestamp() * 1000)),
            "routeKey": self.route.get("RouteKey", ""),
            "stage": self.stage_name,
            **self.variables,
        }

    def evaluate(self, expression: str, response: Response | None = None) -> str | None:
        """Evaluate the value of a parameter mapping.

        Args:
            expression: A variable such as `$request.header.name`, text with variables such as
                `${request.path.id}` in it, or plain text.
            response: The integration's response, where the mapping may refer to it.

        Returns:
            The text, or `None` if the variable has no value.
        """
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
        kind, _, key = rest.partition(".")
        if kind == "header":
            return message.headers.get(key.lower())
        if kind == "body":
            return _select(message.body, key)
        return self._request_variable(kind, key) if message is self.request else None

    def _request_variable(self, kind: str, key: str) -> str | None:
        if kind == "querystring":
            values = self.request.query.get(key)
            return None if values is None else ",".join(values)
        if kind != "path":
            return None
        return self.path_parameters.get(key) if key else unquote(self.request.path)

    def text_body(self) -> tuple[str, bool]:
        """The request's body as text, and whether that is base64."""
        content_type = self.request.headers.get("content-type", "text/plain")
        if _TEXT_TYPES.fullmatch(content_type.partition(";")[0].strip()):
            try:
                return self.request.body.decode(), False
            except UnicodeDecodeError:
                pass
        return base64.b64encode(self.request.body).decode(), True


def _select(body: bytes, path: str) -> str | None:
    """Select from a JSON body by a path such as `pets[0].name`, or take it whole."""
    if not path:
        return body.decode(errors="replace")
    try:
        value: Any = json.loads(body)
        for part in _INDEX.sub(r".\1", path).split("."):
            value = value[int(part)] if is_list(value) else value[part]
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    return value if isinstance(value, str) else json.dumps(value)
