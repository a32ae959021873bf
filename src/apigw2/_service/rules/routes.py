"""Rules about routes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from apigw2._service.rules.rule import (
    GUIDE,
    HTTP,
    MODEL,
    WEBSOCKET,
    Rule,
    at_most,
    is_managed,
    not_given,
    only,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apigw2._service.rules.rule import PendingCall

_ROUTE = ("CreateRoute", "UpdateRoute")
_HTTP_KEY: Final = re.compile(r"(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) /\S*")


def _bad_http_key(call: PendingCall) -> bool:
    key = call.request.get("RouteKey", "$default")
    return key != "$default" and _HTTP_KEY.fullmatch(key) is None


def _parts(call: PendingCall) -> list[str]:
    """The parts of the path in an HTTP route key."""
    path: str = call.request.get("RouteKey", "").partition(" ")[2]
    return path.split("/")


def _is_variable(part: str) -> bool:
    return re.fullmatch(r"\{[^{}+]+\+?\}", part) is not None


def _bad_variable(call: PendingCall) -> bool:
    return any(re.search(r"[{}]", part) and not _is_variable(part) for part in _parts(call))


def _greedy_variable_before_the_end(call: PendingCall) -> bool:
    return any(_is_variable(part) and part.endswith("+}") for part in _parts(call)[:-1])


def _parameters_without_connect(call: PendingCall) -> bool:
    """Only a WebSocket API has a key that is neither `$default` nor a method and a path."""
    if not call.request.get("RequestParameters"):
        return False
    key = call.value("RouteKey")
    if key is None or key == "$connect":
        return False
    return call.protocol == WEBSOCKET or (key != "$default" and _HTTP_KEY.fullmatch(key) is None)


def _type_without_authorizer(call: PendingCall) -> bool:
    named = call.request.get("AuthorizationType") in ("CUSTOM", "JWT")
    authorizer = call.request.get("AuthorizerId")
    return named and not authorizer and (call.is_create or authorizer == "")


def _authorizer_without_type(call: PendingCall) -> bool:
    named = call.request.get("AuthorizationType") in ("CUSTOM", "JWT")
    return bool(call.request.get("AuthorizerId")) and not named


def _cleared_authorizer_keeps_type(call: PendingCall) -> bool:
    cleared = call.request.get("AuthorizerId") == ""
    known = getattr(call.owner, "authorization_type", None) in ("CUSTOM", "JWT")
    return cleared and known and "AuthorizationType" not in call.request


RULES: Final[Sequence[Rule]] = (
    *only(
        WEBSOCKET,
        _ROUTE,
        "ApiKeyRequired",
        "ModelSelectionExpression",
        "RequestModels",
        "RequestParameters",
        "RouteResponseSelectionExpression",
    ),
    Rule(
        _ROUTE,
        "AuthorizationType JWT is supported for HTTP APIs only",
        MODEL,
        lambda call: call.request.get("AuthorizationType") == "JWT",
        protocol=WEBSOCKET,
    ),
    Rule(
        _ROUTE,
        "RouteKey of an HTTP API is a method and a path, such as GET /pets, or $default",
        GUIDE,
        _bad_http_key,
        protocol=HTTP,
        rejection="The provided route key is not formatted properly for HTTP protocol",
        advice=not_given("RouteKey"),
    ),
    Rule(
        _ROUTE,
        "RouteKey: a variable must be a whole part of the path, such as {id} or {proxy+}",
        "serverless#10423",
        _bad_variable,
        protocol=HTTP,
        rejection="One or more path parts appear to be invalid",
        advice=not_given("RouteKey"),
    ),
    Rule(
        _ROUTE,
        "RouteKey: a greedy variable, such as {proxy+}, must be the last part of the path",
        GUIDE,
        _greedy_variable_before_the_end,
        protocol=HTTP,
        advice=not_given("RouteKey"),
    ),
    Rule(
        _ROUTE,
        "RequestParameters are supported for the route $connect only",
        "go-to-k/cdkd, live",
        _parameters_without_connect,
        rejection="Request parameters are only supported for the $connect route in WEBSOCKET APIs",
    ),
    Rule(
        # The service accepts it, and does not call the function: terraform-provider-aws#40833.
        _ROUTE,
        "AuthorizationType CUSTOM has an effect on the route $connect of a WEBSOCKET API only",
        GUIDE,
        lambda call: (
            call.request.get("AuthorizationType") == "CUSTOM"
            and call.value("RouteKey") not in (None, "$connect")
        ),
        protocol=WEBSOCKET,
    ),
    Rule(
        _ROUTE,
        "AuthorizationType CUSTOM and JWT need an AuthorizerId",
        "terraform-provider-aws#17497, sst#4591",
        _type_without_authorizer,
        rejection="Invalid authorizer ID specified. Setting the authorization type to ... requires",
    ),
    Rule(
        _ROUTE,
        "AuthorizerId has an effect with AuthorizationType CUSTOM or JWT only",
        "terraform-provider-aws#35821",
        _authorizer_without_type,
    ),
    Rule(
        ("UpdateRoute",),
        "AuthorizerId cannot be cleared alone: clear AuthorizationType as well",
        "terraform-provider-aws#17497",
        _cleared_authorizer_keeps_type,
    ),
    Rule(
        ("UpdateRoute",),
        "RouteKey of a route that a quick create made cannot be changed",
        MODEL,
        lambda call: (
            is_managed(call)
            and call.request.get("RouteKey", "") not in ("", getattr(call.owner, "route_key", ""))
        ),
    ),
    Rule(
        _ROUTE,
        "Target names an integration by integrations/ and its id",
        MODEL,
        lambda call: re.fullmatch(r"[A-Za-z0-9]+", call.request.get("Target", "")) is not None,
        advice=lambda call: f"write 'integrations/{call.request['Target']}'",
    ),
    at_most(
        _ROUTE, "AuthorizationScopes", 10, lambda call: call.request.get("AuthorizationScopes", ())
    ),
)
