"""Expectations of HTTP APIs in the tests of MiniStack.

Each expectation has an API, a request and the response, and names the test in
ministackorg/ministack, `tests/test_apigatewayv2.py`. Where the local gateway responds differently,
`ours` is its response and `why` the source.

`tests/testing/control/expectations.py` has the expectations of operations. Tests of MiniStack's own
modules and logs, of CloudFormation and of REST APIs are omitted.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from apigw2.testing import Response

JSON = Any

SAME = "the same"
"""Value of `ours` if the response is the one that MiniStack expects."""


def text(response: Response) -> JSON:
    """The status and the body of a response."""
    return response.status, response.text


def document(response: Response) -> JSON:
    """The body of a response as JSON."""
    return response.json()


def status(response: Response) -> JSON:
    """The status of a response."""
    return response.status


@attrs.frozen(kw_only=True)
class Expectation:
    """An expectation of a test of MiniStack about a request.

    Attributes:
        test: The test, without `test_`.
        answer: The expected response.
        seen: Extracts the compared part of the response.
        result: What the function returns, or a function of the event.
        keys: The keys of the routes, all to the function.
        method: The method of the request.
        path: The path of the request, with the stage.
        headers: The headers of the request.
        body: The body of the request.
        uri: The integration's URI; `FUNCTION` stands for the ARN of the function.
        api: Further members of the API.
        stage: The stage.
        ours: The response of the local gateway, if it differs.
        why: The source that confirms the local gateway.
    """

    test: str
    answer: JSON
    seen: Callable[[Response], JSON] = text
    result: Callable[[JSON], JSON] | JSON = attrs.field(
        factory=lambda: {"statusCode": 200, "body": "ok"}
    )
    keys: tuple[str, ...] = ("GET /hello",)
    method: str = "GET"
    path: str = "/$default/hello"
    headers: dict[str, str] = attrs.field(factory=dict[str, str])
    body: bytes = b""
    uri: str = "FUNCTION"
    api: dict[str, JSON] = attrs.field(factory=dict[str, JSON])
    stage: str = "$default"
    ours: JSON = SAME
    why: str = ""


def _shows(*names: str) -> Callable[[JSON], JSON]:
    """Make a function whose response body is a part of its event."""

    def result(event: JSON) -> JSON:
        for name in names:
            event = event.get(name)
        return {"statusCode": 200, "body": json.dumps(event)}

    return result


def _hash(event: JSON) -> JSON:
    """A function that returns a hash of the body that it receives."""
    body, encoded = event["body"], event["isBase64Encoded"]
    content = base64.b64decode(body) if encoded else body.encode()
    return {"statusCode": 200, "body": json.dumps([encoded, hashlib.sha256(content).hexdigest()])}


def _routed(
    keys: tuple[str, ...], method: str, path: str, key: str, test: str
) -> list[Expectation]:
    """Expectations with the routes in both orders, of which one must be selected."""
    return [
        Expectation(
            test=test,
            keys=order,
            method=method,
            path=f"/$default{path}",
            result=_shows("routeKey"),
            seen=document,
            answer=key,
        )
        for order in (keys, keys[::-1])
    ]


_BYTES = bytes(range(256))
_EXACT, _PROXY, _GREEDY = "POST /api/v1/sql/execute", "ANY /{proxy+}", "GET /a/b/{proxy+}"
_FULL = "GET /{x}/{y}/{z}"
_WRAPPED = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations"
_PREFLIGHT = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "GET"}
_GUIDE = "developer guide, 'Configure CORS for HTTP APIs'"


def _cors(response: Response) -> JSON:
    names = ("origin", "credentials", "methods", "headers")
    found = [response.headers.get(f"access-control-allow-{name}") for name in names]
    return [response.status, *found, response.headers.get("access-control-max-age")]


def _cookies(response: Response) -> JSON:
    return [*response.cookies, response.headers.get("x-app")]


EXPECTATIONS: tuple[Expectation, ...] = (
    # --- route selection
    *_routed(
        (_EXACT, _PROXY), "POST", "/api/v1/sql/execute", _EXACT,
        "apigw_match_route_prefers_specific_over_proxy",
    ),
    *_routed(
        (_EXACT, _PROXY), "GET", "/something/else", _PROXY,
        "apigw_match_route_falls_through_to_proxy",
    ),
    *_routed(
        (_EXACT, "$default"), "GET", "/unmatched/path", "$default",
        "apigw_match_route_default_fallback",
    ),
    *_routed(
        (_FULL, _GREEDY), "GET", "/a/b/c", _FULL,
        "apigw_match_route_full_match_beats_greedy_with_more_literals",
    ),
    Expectation(
        test="apigw_execute_no_route",
        path="/$default/nonexistent",
        answer=404,
        seen=status,
    ),
    Expectation(
        test="apigw_execute_default_route",
        keys=("$default",),
        method="POST",
        path="/$default/any/path/here",
        answer=(200, "ok"),
    ),
    Expectation(
        test="apigwv2_default_stage_serves_from_root",
        keys=("GET /api/hello",),
        path="/api/hello",
        answer=(200, "ok"),
    ),
    Expectation(
        test="apigwv2_named_stage_still_requires_prefix",
        keys=("GET /api/hello",),
        stage="live",
        path="/live/api/hello",
        answer=(200, "ok"),
    ),
    Expectation(
        test="apigwv2_path_based_execute_api_http",
        stage="prod",
        path="/prod/hello",
        result=_shows("routeKey"),
        answer="GET /hello",
        seen=document,
    ),
    # --- events
    Expectation(
        test="apigw_execute_lambda_proxy", result=_shows("rawPath"), answer="/hello", seen=document
    ),
    Expectation(
        test="apigw_path_param_route",
        keys=("GET /items/{id}",),
        path="/$default/items/abc123",
        result=_shows("rawPath"),
        answer="/items/abc123",
        seen=document,
    ),
    Expectation(
        test="apigw_path_parameters_in_event",
        keys=("GET /items/{itemId}",),
        path="/$default/items/my-item-42",
        result=_shows("pathParameters"),
        answer={"itemId": "my-item-42"},
        seen=document,
    ),
    Expectation(
        test="apigw_greedy_path_parameters_in_event",
        keys=("GET /files/{proxy+}",),
        path="/$default/files/a/b/c.txt",
        result=_shows("pathParameters"),
        answer={"proxy": "a/b/c.txt"},
        seen=document,
    ),
    Expectation(
        test="apigw_greedy_path_param",
        keys=("GET /files/{proxy+}",),
        path="/$default/files/a/b/c",
        result=_shows("rawPath"),
        answer="/files/a/b/c",
        seen=document,
    ),
    Expectation(
        test="apigw_multiple_path_parameters",
        keys=("GET /projects/{projectKey}/items/{itemId}",),
        path="/$default/projects/bunya/items/prod-42",
        result=_shows("pathParameters"),
        answer={"projectKey": "bunya", "itemId": "prod-42"},
        seen=document,
    ),
    Expectation(
        test="apigw_no_path_parameters_returns_null",
        result=_shows("pathParameters"),
        answer=None,
        seen=document,
    ),
    Expectation(
        test="apigw_url_encoded_path_parameter",
        keys=("GET /items/{itemId}",),
        path="/$default/items/hello%20world",
        result=_shows("pathParameters", "itemId"),
        answer="hello world",
        seen=document,
    ),
    Expectation(
        test="apigw_query_params_and_headers_in_event",
        path="/$default/hello?q=hello&tag=a&tag=b",
        headers={"X-Custom-Header": "test-value"},
        result=lambda event: {
            "statusCode": 200,
            "body": json.dumps([
                event["queryStringParameters"], event["rawQueryString"],
                event["headers"]["x-custom-header"],
            ]),
        },
        answer=[{"q": "hello", "tag": "a,b"}, "q=hello&tag=a&tag=b", "test-value"],
        seen=document,
    ),
    Expectation(
        test="apigw_v2_event_omits_null_fields_when_absent",
        result=lambda event: {
            "statusCode": 200,
            "body": json.dumps(sorted({"body", "queryStringParameters"} & event.keys())),
        },
        answer=[],
        seen=document,
    ),
    Expectation(
        test="apigw_raw_query_string_percent_encoded",
        path="/$default/hello?scope=openid%20profile",
        result=_shows("rawQueryString"),
        answer="scope=openid%20profile",
        seen=document,
    ),
    Expectation(
        test="apigw_routekey_in_lambda_event",
        result=_shows("routeKey"),
        answer="GET /hello",
        seen=document,
    ),
    *(
        Expectation(
            test="apigw_execute_lambda_proxy_binary_request_body",
            keys=("POST /echo",),
            method="POST",
            path="/$default/echo",
            headers={"Content-Type": content_type},
            body=body,
            result=_hash,
            answer=[encoded, hashlib.sha256(body).hexdigest()],
            seen=document,
        )
        for content_type, body, encoded in (
            ("application/octet-stream", _BYTES, True),
            ("application/json", b'{"x":1}', False),
        )
    ),
    # --- responses
    Expectation(
        test="apigw_execute_lambda_proxy_cookies",
        result={
            "statusCode": 200,
            "headers": {"X-App": "yes"},
            "cookies": ["session=abc123; Path=/; HttpOnly", "flag=on; Path=/; SameSite=Lax"],
            "body": "ok",
        },
        answer=["session=abc123; Path=/; HttpOnly", "flag=on; Path=/; SameSite=Lax", "yes"],
        seen=_cookies,
    ),
    Expectation(
        test="apigw_execute_lambda_proxy_empty_cookies",
        result={"statusCode": 200, "cookies": [], "body": "ok"},
        answer=[None],
        seen=_cookies,
    ),
    Expectation(
        test="apigw_execute_lambda_proxy_cookies_and_header_set_cookie_both_ship",
        result={
            "statusCode": 200,
            "headers": {"set-cookie": "h=1; Path=/"},
            "cookies": ["a=1; Path=/", "b=2; Path=/"],
            "body": "x",
        },
        answer=["a=1; Path=/", "b=2; Path=/", "h=1; Path=/", None],
        seen=_cookies,
    ),
    Expectation(
        test="apigw_execute_lambda_proxy_header_case_override",
        result={"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": "x"},
        answer=("text/plain", ()),
        seen=lambda response: (
            response.headers["content-type"],
            response.repeated.get("content-type", ()),
        ),
    ),
    Expectation(
        test="apigw_execute_lambda_proxy_base64_body",
        result={
            "statusCode": 200,
            "headers": {"Content-Type": "application/octet-stream"},
            "isBase64Encoded": True,
            "body": base64.b64encode(_BYTES).decode(),
        },
        answer=_BYTES,
        seen=lambda response: response.body,
    ),
    # --- function selection
    *(
        Expectation(test=test, uri=uri, answer=(200, "ok"))
        for test, uri in (
            ("apigwv2_integration_uri_with_alias_qualifier_resolves_to_alias_target",
             "FUNCTION:live"),
            ("apigwv2_integration_wrapped_function_arn", _WRAPPED.format("FUNCTION")),
            ("apigwv2_integration_wrapped_alias_arn", _WRAPPED.format("FUNCTION:live")),
            ("apigwv2_extract_lambda_ref_matrix", "FUNCTION:3"),
            ("apigwv2_extract_lambda_ref_matrix", _WRAPPED.format("FUNCTION:$LATEST")),
            ("apigwv2_extract_lambda_ref_matrix",
             _WRAPPED.replace("2015-03-31", "2020-04-16").format("FUNCTION")),
        )
    ),
    # --- CORS
    Expectation(
        test="apigwv2_cors_preflight_echoes_configured_origin",
        api={
            "CorsConfiguration": {
                "AllowOrigins": ["http://localhost:3000"],
                "AllowMethods": ["GET", "POST", "OPTIONS"],
                "AllowHeaders": ["content-type", "cookie"],
                "AllowCredentials": True,
                "MaxAge": 600,
            }
        },
        method="OPTIONS",
        path="/",
        headers=_PREFLIGHT,
        answer=[
            204, "http://localhost:3000", "true", "GET,POST,OPTIONS", "content-type,cookie", "600",
        ],
        seen=_cors,
    ),
    Expectation(
        test="apigwv2_cors_preflight_denies_non_allowlisted_origin",
        api={
            "CorsConfiguration": {
                "AllowOrigins": ["http://localhost:3000"], "AllowMethods": ["GET"],
            }
        },
        method="OPTIONS",
        path="/",
        headers={**_PREFLIGHT, "Origin": "http://evil.example.com"},
        answer=403,
        seen=status,
        ours=204,
        why=f"{_GUIDE}: a preflight request is answered, here without the headers that allow it",
    ),
    Expectation(
        test="apigwv2_cors_preflight_403_when_no_configuration",
        method="OPTIONS",
        path="/",
        headers=_PREFLIGHT,
        answer=403,
        seen=status,
        ours=404,
        why=f"{_GUIDE}: without a CORS configuration OPTIONS is a method as any other",
    ),
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Caching:
    """An expectation of a test of MiniStack about an authorizer and its cache.

    Attributes:
        test: The test, without `test_`.
        says: The result of the authorizer, or a function of its event.
        calls: The path with the stage, the token, and the expected status of each request.
        asked: How often the authorizer is called.
        members: Further members of the authorizer; `None` omits one.
        shown: `requestContext.authorizer` of the expected event.
        ours: The same of the local gateway, if it differs.
        why: The source that confirms the local gateway.
    """

    test: str
    says: Callable[[JSON], JSON] | JSON
    calls: tuple[tuple[str, str, int], ...]
    asked: int
    members: dict[str, JSON] = attrs.field(factory=dict[str, JSON])
    shown: JSON = None
    ours: JSON = None
    why: str = ""


def _policy(event: JSON) -> JSON:
    effect = "Allow" if event["headers"]["authorization"].startswith("allow") else "Deny"
    arn = event["routeArn"]
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": arn}
    return {
        "principalId": "alice",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"user": "alice"},
    }


def _simple(event: JSON) -> JSON:
    token = event["headers"]["authorization"]
    return {
        "isAuthorized": token.startswith("allow"),
        "context": {"user": "alice", "admin": True},
    }


_SIMPLE = {"EnableSimpleResponses": True}
_UNCACHED = {"AuthorizerResultTtlInSeconds": 0}

CACHING = (
    Caching(
        test="apigw_request_authorizer_simple_response_enforced_in_data_plane",
        says=_simple,
        members={**_SIMPLE, **_UNCACHED},
        calls=(("/test/alpha", "deny-me", 403), ("/test/alpha", "allow-me", 200)),
        asked=2,
        shown={"lambda": {"user": "alice", "admin": True}},
    ),
    Caching(
        test="apigw_request_authorizer_iam_policy_response_enforced_in_data_plane",
        says=_policy,
        members=_UNCACHED,
        calls=(("/test/alpha", "deny-me", 403), ("/test/alpha", "allow-me", 200)),
        asked=2,
        shown={"lambda": {"user": "alice", "principalId": "alice"}},
        ours={"lambda": {"user": "alice"}},
        why="developer guide, 'Create AWS Lambda proxy integrations for HTTP APIs': lambda has "
        "the context of the authorizer",
    ),
    Caching(
        test="apigwv2_authorizer_cache_is_scoped_per_route_arn",
        says=_policy,
        calls=(("/test/alpha", "allow-abc", 200), ("/test/beta", "allow-abc", 403)),
        asked=1,
    ),
    Caching(
        test="apigwv2_authorizer_cache_is_scoped_per_stage",
        says=_policy,
        calls=(
            ("/test/alpha", "allow-abc", 200),
            ("/prod/alpha", "allow-abc", 200),
            ("/test/alpha", "allow-abc", 200),
            ("/prod/alpha", "allow-abc", 200),
        ),
        asked=2,
    ),
    Caching(
        test="apigwv2_authorizer_simple_response_cache_covers_routes",
        says=_simple,
        members=_SIMPLE,
        calls=(
            ("/test/alpha", "allow-abc", 200),
            ("/test/beta", "allow-abc", 200),
            ("/test/alpha", "nope", 403),
            ("/test/alpha", "nope", 403),
        ),
        asked=2,
    ),
    Caching(
        test="apigwv2_authorizer_without_policy_document_is_500_and_not_cached",
        says={"principalId": "user"},
        calls=(("/test/alpha", "allow-abc", 500),) * 2,
        asked=2,
    ),
    Caching(
        test="apigwv2_authorizer_simple_response_non_boolean_is_500",
        says={"isAuthorized": "false", "context": {"user": "mallory"}},
        members=_SIMPLE,
        calls=(("/test/alpha", "allow-abc", 500),) * 2,
        asked=2,
    ),
    Caching(
        test="apigwv2_authorizer_without_identity_source_does_not_cache",
        says=_policy,
        members={"IdentitySource": [], "AuthorizerResultTtlInSeconds": None},
        calls=(("/test/alpha", "allow-abc", 200), ("/test/alpha", "deny-me", 403)),
        asked=2,
    ),
)
