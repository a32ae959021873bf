"""Captures of the service: events that functions received, and responses that clients received.

Each row describes one capture: what was sent, the members of the event with their types, and the
values that matter. Account numbers, addresses, tokens and the values of browsers' headers are
omitted. A regular expression stands for every value that matches it. Captures that individuals
published have only a number.

Not described, because they were edited by hand after they were captured (they have the request id
of another file, or values that cannot belong together), or are examples of the documentation:

- aws/aws-lambda-dotnet: `authtest-*`, `cookies-*`, `mtls-*`, `rawtarget-*`, `values-get-binary-*`
- asottile-archive/api-gateway-v2-to-wsgi: `image.json`
- aws/aws-lambda-go: all but `apigw-v2-request-no-authorizer.json`. What they show of authorizers
  is tested in `test_authorization.py`, `test_tokens.py` and `test_lambda_authorizers.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import attrs

from apigw2.testing._json import is_list, is_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.support.local_gateway import JSON

ACCOUNT = re.compile(r"\d{12}")
API = re.compile(r"[a-z0-9]{10}")
DOMAIN = re.compile(r"[a-z0-9]{10}\.execute-api\.[a-z]+-[a-z]+-\d\.amazonaws\.com")
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{15}=")
ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")
TRACE_ID = re.compile(r"Root=1-[0-9a-f]{8}-[0-9a-f]{24}")
TIME = re.compile(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000")
MILLISECONDS = int

DOTNET = "aws/aws-lambda-dotnet"
SERVER = f"{DOTNET}, Amazon.Lambda.AspNetCoreServer.Test"
SNAPSHOTS = f"{DOTNET}, Amazon.Lambda.TestTool.UnitTests/Snapshots"
ASOTTILE = "asottile-archive/api-gateway-v2-to-wsgi, testing/data"


@attrs.frozen(kw_only=True)
class Event:
    """A captured event.

    Attributes:
        source: The repository and the file, or the number of the file's public copy.
        version: The payload format.
        key: The route's key.
        method: The request's method.
        url: The path within the stage and the query, as they were sent.
        sent: The header lines that the client sent, without Host.
        body: The request's body.
        stage: The stage.
        variables: The stage variables.
        context: The context that a Lambda authorizer returned, if the route had one.
        event: The event, with regular expressions and types as placeholders for values.
    """

    source: str
    version: str
    key: str
    method: str = "GET"
    url: str
    sent: tuple[tuple[str, str], ...]
    body: bytes = b""
    stage: str = "$default"
    variables: Mapping[str, str] = attrs.field(factory=dict[str, str])
    context: Mapping[str, str] | None = None
    event: JSON

    def __str__(self) -> str:
        return f"{self.version} {self.source.rpartition('/')[2]}"


@attrs.frozen(kw_only=True)
class Answer:
    """A captured response.

    Attributes:
        source: The repository and the file.
        version: The integration's payload format.
        result: The result of the function.
        status: The response's status.
        text: Its body.
        lines: Its header lines, without those that every response has: Date, Connection,
            Content-Length and Apigw-Requestid.
    """

    source: str
    version: str
    result: JSON
    status: int = 200
    text: str
    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.source.rpartition("/")[2]


def differences(expected: JSON, actual: JSON, where: str = "event") -> Iterator[str]:
    """Find the keys, types and values that differ from the capture."""
    if is_object(expected) and is_object(actual):
        for key in sorted(expected.keys() ^ actual.keys()):
            yield f"{where}.{key}: {'missing' if key in expected else 'not captured'}"
        for key in sorted(expected.keys() & actual.keys()):
            yield from differences(expected[key], actual[key], f"{where}.{key}")
    elif is_list(expected) and is_list(actual) and len(expected) == len(actual):
        for number, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(one, other, f"{where}[{number}]")
    elif not _fits(expected, actual):
        yield f"{where}: {actual!r} instead of {expected!r}"


def _fits(expected: JSON, actual: JSON) -> bool:
    if isinstance(expected, re.Pattern):
        return isinstance(actual, str) and bool(re.fullmatch(cast("Any", expected), actual))
    if isinstance(expected, type):
        return type(actual) is expected
    return type(expected) is type(actual) and bool(expected == actual)


def some(names: Iterable[str]) -> dict[str, str]:
    """Headers with placeholder values, because only their names matter."""
    return {name: f"a value of {name}" for name in names}


CURL = {"user-agent": "curl/7.68.0", "accept": "*/*"}
"""Headers that curl sends over HTTP/2."""
POSTMAN = (
    "accept", "accept-encoding", "cache-control", "postman-token", "user-agent",
)  # fmt: skip
BROWSER = (
    "accept", "accept-encoding", "accept-language", "sec-fetch-dest", "sec-fetch-mode",
    "sec-fetch-site", "upgrade-insecure-requests", "user-agent",
)  # fmt: skip


def event_2(
    key: str,
    path: str,
    headers: Mapping[str, str],
    *,
    method: str = "GET",
    length: int = 0,
    query: str = "",
    stage: str = "$default",
    **members: JSON,
) -> dict[str, Any]:
    """The members of every captured event of format 2.0, and those of this event."""
    return {
        "version": "2.0",
        "routeKey": key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": {
            "content-length": str(length),
            "host": DOMAIN,
            "x-amzn-trace-id": TRACE_ID,
            "x-forwarded-for": ADDRESS,
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
            **headers,
        },
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": API,
            "domainName": DOMAIN,
            "domainPrefix": API,
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": ADDRESS,
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": REQUEST_ID,
            "routeKey": key,
            "stage": stage,
            "time": TIME,
            "timeEpoch": MILLISECONDS,
        },
        "isBase64Encoded": False,
        **members,
    }


def event_1(
    key: str,
    path: str,
    headers: Mapping[str, str],
    *,
    method: str = "GET",
    length: int = 0,
    stage: str = "$default",
    decoded: str | None = None,
    context: Mapping[str, JSON] | None = None,
    **members: JSON,
) -> dict[str, Any]:
    """The members of every captured event of format 1.0, and those of this event."""
    resource = key.partition(" ")[2]
    all_headers = {
        "Content-Length": str(length),
        "Host": DOMAIN,
        "X-Amzn-Trace-Id": TRACE_ID,
        "X-Forwarded-For": ADDRESS,
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        **headers,
    }
    nobody = dict.fromkeys(
        (
            "accessKey", "accountId", "caller", "cognitoAmr", "cognitoAuthenticationProvider",
            "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId",
            "principalOrgId", "user", "userArn",
        )
    )  # fmt: skip
    return {
        "version": "1.0",
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": all_headers,
        "multiValueHeaders": {name: [value] for name, value in all_headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": API,
            "domainName": DOMAIN,
            "domainPrefix": API,
            "extendedRequestId": REQUEST_ID,
            "httpMethod": method,
            "identity": {
                **nobody,
                "sourceIp": ADDRESS,
                "userAgent": headers.get("User-Agent", ""),
            },
            "path": path if decoded is None else decoded,
            "protocol": "HTTP/1.1",
            "requestId": REQUEST_ID,
            "requestTime": TIME,
            "requestTimeEpoch": MILLISECONDS,
            "resourceId": key,
            "resourcePath": resource,
            "stage": stage,
            **(context or {}),
        },
        "pathParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
        **members,
    }


def dotnet(
    file: str, url: str, raw_path: str, proxy: str, names: Iterable[str], **options: JSON
) -> Event:
    """An event of the tests of AWS's server for .NET, whose route is `ANY /{proxy+}`."""
    key, headers = "ANY /{proxy+}", some(names)
    request = {name: options.pop(name) for name in ("stage", "variables") if name in options}
    stage = request.get("stage", "$default")
    return Event(
        source=f"{SERVER}/{file}",
        version="2.0",
        key=key,
        url=url,
        sent=tuple(headers.items()),
        event=event_2(
            key, raw_path, headers, stage=stage, pathParameters={"proxy": proxy}, **options
        ),
        **request,
    )


JSON_BODY = '{"firstName":"Smith","lastName": "Agent"}'

_OTHERS: list[Event] = [
    # --- format 2.0: curl ---------------------------------------------------------------------
    Event(
        source=f"{ASOTTILE}/get.json", version="2.0", key="$default", url="/",
        sent=tuple(CURL.items()), event=event_2("$default", "/", CURL),
    ),
    Event(
        source=f"{ASOTTILE}/cookies.json", version="2.0", key="$default", url="/cookie",
        sent=(*CURL.items(), ("cookie", "a=1;b=2")),
        event=event_2("$default", "/cookie", CURL, cookies=["a=1", "b=2"]),
    ),
    Event(
        source=f"{ASOTTILE}/headers.json", version="2.0", key="$default", url="/",
        sent=(*CURL.items(), ("a", "1"), ("a", "2"), ("b", "3")),
        event=event_2("$default", "/", {**CURL, "a": "1,2", "b": "3"}),
    ),
    Event(
        source=f"{ASOTTILE}/post.json", version="2.0", key="$default", method="POST", url="/",
        sent=tuple(CURL.items()), body=b"hi",
        event=event_2(
            "$default", "/", CURL, method="POST", length=2, body="aGk=", isBase64Encoded=True
        ),
    ),
    Event(
        source=f"{ASOTTILE}/query.json", version="2.0", key="$default", url="/wat?x=1&x=2&y=3",
        sent=tuple(CURL.items()),
        event=event_2(
            "$default", "/wat", CURL, query="x=1&x=2&y=3",
            queryStringParameters={"x": "1,2", "y": "3"},
        ),
    ),
    Event(
        source="aws/aws-lambda-go, events/testdata/apigw-v2-request-no-authorizer.json",
        version="2.0", key="$default", url="/", sent=tuple(CURL.items()),
        event=event_2("$default", "/", CURL),
    ),
    Event(
        source="public capture 31891415145, v2", version="2.0", key="ANY /handler/{proxy+}",
        method="POST", url="/handler/pero", sent=tuple(CURL.items()),
        event=event_2(
            "ANY /handler/{proxy+}", "/handler/pero", CURL, method="POST",
            pathParameters={"proxy": "pero"},
        ),
    ),
    # --- format 2.0: browsers and Postman -----------------------------------------------------
    dotnet("encode-plus-in-resource-path-httpapi-v2.json", "/foo+bar", "/foo+bar", "foo+bar",
           BROWSER),
    dotnet("encode-slash-in-resource-path-httpapi-v2.json", "/api/resourcepath/encoding/a%2Fb",
           "/api/resourcepath/encoding/a%2Fb", "api/resourcepath/encoding/a/b", POSTMAN),
    dotnet("encode-space-in-resource-path-httpapi-v2.json",
           "/api/resourcepath/string/tmh/file%20name.xml",
           "/api/resourcepath/string/tmh/file name.xml",
           "api/resourcepath/string/tmh/file name.xml", POSTMAN),
    dotnet("swagger-get-httpapi-v2-request.json", "/swagger/v1/swagger.json",
           "/swagger/v1/swagger.json", "swagger/v1/swagger.json", POSTMAN),
    dotnet("traceid-get-httpapi-v2-request.json", "/api/tracetests", "/api/tracetests",
           "api/tracetests", POSTMAN),
    dotnet("trailing-slash-in-path-httpapi-v2.json", "/foo/", "/beta/foo/", "foo/", POSTMAN,
           stage="beta"),
    dotnet("values-get-all-httpapi-v2-with-stage.json", "/api/values", "/beta/api/values",
           "api/values", (*BROWSER, "sec-fetch-user"), stage="beta", variables={"foo": "bar"},
           stageVariables={"foo": "bar"}),
    *(
        dotnet(f"values-get-{file}-httpapi-v2-request.json", f"/api/errortests?id={value}",
               "/api/errortests", "api/errortests", POSTMAN, query=f"id={value}",
               queryStringParameters={"id": value})
        for file, value in (
            ("aggregateerror", "aggregate-test"),
            ("error", "error-expected"),
            ("typeloaderror", "typeload-test"),
        )
    ),
    dotnet("values-get-querystring-httpapi-v2-encoding-request.json",
           "/api/rawquerystring/json?url=http://www.google.com&at=16%3A06.5%2B00%3A00",
           "/api/rawquerystring/json", "api/rawquerystring/json", POSTMAN,
           query="url=http://www.google.com&at=16%3A06.5%2B00%3A00",
           queryStringParameters={"at": "16:06.5 00:00", "url": "http://www.google.com"}),
    dotnet("values-get-querystring-httpapi-v2-mv-request.json",
           "/api/querystring?first=a&mv-test=value1&mv-test=value2", "/api/querystring",
           "api/querystring", (*BROWSER, "sec-fetch-user"),
           query="first=a&mv-test=value1&mv-test=value2",
           queryStringParameters={"first": "a", "mv-test": "value1,value2"}),
    Event(
        source=f"{SERVER}/values-put-withbody-httpapi-v2-request.json", version="2.0",
        key="ANY /{proxy+}", method="PUT", url="/api/bodytests", body=JSON_BODY.encode(),
        sent=(*some(POSTMAN).items(), ("Content-Type", "application/json"),
              ("contentlength", "45"), ("Connection", "keep-alive")),
        event=event_2(
            "ANY /{proxy+}", "/api/bodytests",
            {**some(POSTMAN), "content-type": "application/json", "contentlength": "45"},
            method="PUT", length=41, pathParameters={"proxy": "api/bodytests"}, body=JSON_BODY,
        ),
    ),
    # --- format 1.0 ---------------------------------------------------------------------------
    Event(
        source="public capture 29225775484", version="1.0", key="ANY /usage", url="/usage",
        stage="default",
        sent=tuple(some((*BROWSER, "cache-control", "sec-ch-ua", "sec-ch-ua-mobile",
                         "sec-ch-ua-platform", "sec-fetch-user")).items()),
        event=event_1(
            "ANY /usage", "/default/usage",
            {
                **some({*BROWSER, "cache-control", "sec-ch-ua", "sec-ch-ua-mobile",
                        "sec-ch-ua-platform", "sec-fetch-user"} - {"user-agent"}),
                "User-Agent": "a value of user-agent",
            },
            stage="default",
        ),
    ),
    Event(
        source="public capture 8835160202", version="1.0", key="GET /api/core/services",
        url="/api/core/services?name=", stage="dev", context={"traceID": "1"},
        sent=tuple(some(("accept", "accept-encoding", "accept-language",
                         "access-control-allow-origin", "authorization", "origin", "priority",
                         "referer", "user-agent")).items()),
        event=event_1(
            "GET /api/core/services", "/dev/api/core/services",
            {
                **some(("accept", "accept-encoding", "accept-language",
                        "access-control-allow-origin", "authorization", "origin", "priority",
                        "referer")),
                "User-Agent": "a value of user-agent",
            },
            stage="dev",
            context={"authorizer": {"claims": None, "scopes": None, "traceID": "1"}},
            queryStringParameters={"name": ""}, multiValueQueryStringParameters={"name": [""]},
        ),
    ),
    Event(
        source="public capture 31891415145, v1", version="1.0", key="ANY /handler/{proxy+}",
        method="POST", url="/handler/", sent=tuple(CURL.items()),
        event=event_1(
            "ANY /handler/{proxy+}", "/handler/",
            {"accept": "*/*", "User-Agent": CURL["user-agent"]},
            method="POST", pathParameters={"proxy": ""},
        ),
    ),
    Event(
        source="public capture 41545240109", version="1.0", key="POST /users/{userId}/inventories",
        method="POST", url="/users/1/inventories", stage="v1", body=b"{}",
        sent=(("Content-Type", "application/json"), ("User-Agent", "PostmanRuntime/7.28.4"),
              ("Accept", "*/*"), ("Cache-Control", "no-cache"), ("Postman-Token", "1"),
              ("Accept-Encoding", "gzip, deflate, br"), ("Connection", "keep-alive")),
        event=event_1(
            "POST /users/{userId}/inventories", "/v1/users/1/inventories",
            {
                "Content-Type": "application/json", "Postman-Token": "1",
                "User-Agent": "PostmanRuntime/7.28.4", "accept": "*/*",
                "accept-encoding": "gzip, deflate, br", "cache-control": "no-cache",
            },
            method="POST", length=2, stage="v1", pathParameters={"userId": "1"}, body="{}",
        ),
    ),
    Event(
        source="public capture 44593791386", version="1.0", key="ANY /webhook", method="POST",
        url="/webhook", body=b"{}",
        sent=(("Content-Type", "application/json"), ("Request-Id", "1"),
              ("User-Agent", "Webhook/v1"), ("X-Event-Id", "1"), ("Accept-Encoding", "gzip")),
        event=event_1(
            "ANY /webhook", "/webhook",
            {
                "Content-Type": "application/json", "Request-Id": "1", "User-Agent": "Webhook/v1",
                "X-Event-Id": "1", "accept-encoding": "gzip",
            },
            method="POST", length=2, body="{}",
        ),
    ),
]  # fmt: skip


# --- the snapshots of AWS's test tool for .NET, taken in April 2025 ------------------------------

TEXT = "text/plain; charset=utf-8"


def snapshot(
    name: str, key: str, url: str, headers: Mapping[str, str], body: bytes = b"", **members: JSON
) -> Iterator[Event]:
    """The events of one request in both formats: `V1_{name}HttpV1.json` and `V2_{name}.json`."""
    path = url.partition("?")[0]
    decoded = members.pop("decoded", path)
    cookies = members.pop("cookies", None)
    query, values = members.pop("query", None), members.pop("values", None)
    sent = tuple(headers.items())
    common: dict[str, JSON] = {
        "method": "POST",
        "length": len(body),
        **({"body": "AQIDBAU=", "isBase64Encoded": True} if body else {}),
        **members,
    }
    yield Event(
        source=f"{SNAPSHOTS}/V1_{name}HttpV1.json", version="1.0", key=key, method="POST", url=url,
        sent=sent, body=body,
        event=event_1(
            key, path, headers, decoded=decoded,
            queryStringParameters=values and {each: value[-1] for each, value in values.items()},
            multiValueQueryStringParameters=values, **common,
        ),
    )  # fmt: skip
    lower = {each.lower(): value for each, value in headers.items() if each != "Cookie"}
    yield Event(
        source=f"{SNAPSHOTS}/V2_{name}.json", version="2.0", key=key, method="POST", url=url,
        sent=sent, body=body,
        event=event_2(
            key, decoded, lower, query=url.partition("?")[2], **common,
            **({} if query is None else {"queryStringParameters": query}),
            **({} if cookies is None else {"cookies": cookies}),
        ),
    )  # fmt: skip


EVENTS: list[Event] = [
    *_OTHERS,
    *snapshot(
        "SimpleGetRequest", "POST /api/users/{userId}/orders",
        "/api/users/123/orders?status=pending&tag=important&tag=urgent",
        {
            "Content-Type": TEXT, "Cookie": "session=abc123; theme=dark", "User-Agent": "TestAgent",
            "X-Custom-Header": "value1",
        },
        pathParameters={"userId": "123"}, cookies=["session=abc123", "theme=dark"],
        query={"status": "pending", "tag": "important,urgent"},
        values={"status": ["pending"], "tag": ["important", "urgent"]},
    ),
    *snapshot(
        "BinaryContent", "POST /api/users/{userId}/avatar", "/api/users/123/avatar",
        {"Content-Type": "application/octet-stream"}, bytes([1, 2, 3, 4, 5]),
        pathParameters={"userId": "123"},
    ),
    *snapshot(
        "UrlEncodedQueryString", "POST /api/search",
        "/api/search?q=Hello%20World&tag=C%23%20Programming&tag=.NET%20Core",
        {"Content-Type": TEXT},
        query={"q": "Hello World", "tag": "C# Programming,.NET Core"},
        values={"q": ["Hello World"], "tag": ["C# Programming", ".NET Core"]},
    ),
    *snapshot(
        "SpecialCharactersInPath", "POST /api/users/{username}/orders/{orderName}",
        "/api/users/****%20Doe/orders/Summer%20Sale%202023", {"Content-Type": TEXT},
        decoded="/api/users/**** Doe/orders/Summer Sale 2023",
        pathParameters={"orderName": "Summer Sale 2023", "username": "**** Doe"},
    ),
    *snapshot(
        "UnicodeCharactersInPath", "POST /api/products/{productName}/reviews/{reviewTitle}",
        "/api/products/%E2%98%95%20Coffee/reviews/%F0%9F%98%8A%20Happy", {"Content-Type": TEXT},
        decoded="/api/products/\u2615 Coffee/reviews/\U0001f60a Happy",
        pathParameters={"productName": "\u2615 Coffee", "reviewTitle": "\U0001f60a Happy"},
    ),
]  # fmt: skip


def inferred(name: str, result: JSON, text: str) -> Answer:
    """The response to a result without a status: the whole result is the body.

    Two of the captured functions returned text that is not JSON, which a Python function can
    return only as a string.
    """
    return Answer(
        source=f"{SNAPSHOTS}/ToApiGatewayProxyResponse_ValidResponse_MatchesDirectConversion{name}"
        ".json",
        version="2.0",
        result=result,
        text=text,
        lines=(("content-type", "application/json"),),
    )


def given(name: str, version: str, result: Mapping[str, JSON], *lines: tuple[str, str]) -> Answer:
    """The response to a result with a status: it has the result's status, body and headers."""
    return Answer(
        source=f"{SNAPSHOTS}/{name}.json",
        version=version,
        result=result,
        status=result["statusCode"],
        text=result["body"],
        lines=lines or (("content-type", TEXT),),
    )


def failed(name: str, version: str, result: JSON) -> Answer:
    """The response to an invalid result."""
    return Answer(
        source=f"{SNAPSHOTS}/{name}.json",
        version=version,
        result=result,
        status=500,
        text='{"message":"Internal Server Error"}',
        lines=(("content-type", "application/json"),),
    )


IS_JSON = ("content-type", "application/json")
AS_JSON = {"Content-Type": "application/json"}
HELLO = '{"message":"Hello, World!"}'
BASE64 = "eyJtZXNzYWdlIjoiSGVsbG8sIEFQSSBHYXRld2F5IHYyISJ9"

ANSWERS: list[Answer] = [
    inferred("Invalid_JSON_Partial_Object", '{"name": "Rex", "age":', '{"name": "Rex", "age":'),
    inferred("Valid_JSON_Object", {"name": "Rex", "age": 30}, '{"name": "Rex", "age": 30}'),
    inferred("JSON_Array", [1, 2, 3], "[1, 2, 3]"),
    inferred("string", "Hello, World!", "Hello, World!"),
    inferred("number", 42, "42"),
    inferred("boolean", result=True, text="true"),
    inferred("string_unescaped", "test", "test"),
    inferred("string_spaces", "Hello, World!", "Hello, World!"),
    inferred("empty_string", "", ""),
    inferred("json_special", 'Special "quoted" text', 'Special "quoted" text'),
    given("ToApiGatewayHttpApiV2ProxyResponse_ValidResponse_MatchesDirectConversion", "2.0",
          {"statusCode": 200, "body": HELLO, "headers": AS_JSON}, IS_JSON),
    given("ToApiGatewayProxyResponse_ValidResponse_MatchesDirectConversionHttpV1", "1.0",
          {"statusCode": 200, "body": HELLO, "headers": AS_JSON}, IS_JSON),
    failed("ToApiGatewayHttpApiV2ProxyResponse_StatusCodeAsFloat_ReturnsInternalServerError",
           "2.0", {"statusCode": 200.5, "body": "Hello"}),
    failed("ToApiGatewayProxyResponse_InvalidJson_ReturnsErrorResponseHttpV1", "1.0",
           "Not a valid proxy response object"),
    failed("V1_HandlesZeroStatusCodeHttpV1", "1.0", {"statusCode": 0, "body": "{}"}),
    failed("V2_HandlesZeroStatusCode", "2.0", {"statusCode": 0, "body": "{}"}),
    *(
        answer
        for version, prefix, suffix in (("1.0", "V1", "HttpV1"), ("2.0", "V2", ""))
        for answer in (
            given(f"{prefix}_SimpleJsonResponse{suffix}", version,
                  {"statusCode": 200, "body": HELLO, "headers": AS_JSON}, IS_JSON),
            given(f"{prefix}_SetsCorrectStatusCode{suffix}", version,
                  {"statusCode": 201, "body": '{"message":"Created"}'}),
            given(f"{prefix}_SetsHeaders{suffix}", version,
                  {"statusCode": 200, "body": "{}",
                   "headers": {**AS_JSON, "X-Custom-Header": "CustomValue"}},
                  IS_JSON, ("x-custom-header", "CustomValue")),
            given(f"{prefix}_SetsBodyNonBase64{suffix}", version,
                  {"statusCode": 200, "body": HELLO, "isBase64Encoded": False}),
        )
    ),
    given("V1_SetsMultiValueHeadersHttpV1", "1.0",
          {"statusCode": 200, "body": "{}",
           "multiValueHeaders": {"X-Multi-Header": ["Value1", "Value2"]}},
          ("content-type", TEXT), ("x-multi-header", "Value1"), ("x-multi-header", "Value2")),
    given("V1_DefaultsToCorrectContentTYpeHttpV1", "1.0",
          {"statusCode": 200, "body": "Hello, World!"}),
    given("V1_HandlesHeadersCorrectlyHttpV1", "1.0",
          {"statusCode": 200, "body": "{}",
           "headers": {**AS_JSON, "myheader": "test,other", "anotherheader": "secondvalue"},
           "multiValueHeaders": {"headername": ["headervalue", "headervalue2"]}},
          IS_JSON, ("myheader", "test,other"), ("anotherheader", "secondvalue"),
          ("headername", "headervalue"), ("headername", "headervalue2")),
    given("V1_CombinesSingleAndMultiValueHeadersHttpV1", "1.0",
          {"statusCode": 200, "body": "{}",
           "headers": {**AS_JSON, "X-Custom-Header": "single", "Combined-Header": "single"},
           "multiValueHeaders": {"X-Multi-Header": ["multi1", "multi2"],
                                 "Combined-Header": ["multi1", "multi2"]}},
          IS_JSON, ("x-custom-header", "single"), ("combined-header", "single"),
          ("combined-header", "multi1"), ("combined-header", "multi2"),
          ("x-multi-header", "multi1"), ("x-multi-header", "multi2")),
    given("V1_SetsContentLengthHttpV1", "1.0",
          {"statusCode": 200, "body": HELLO, "isBase64Encoded": False}),
    given("V1_UsesProvidedContentTypeHttpV1", "1.0",
          {"statusCode": 200, "body": "Hello, World!", "headers": AS_JSON}, IS_JSON),
    given("V1_APIHeadersHttpV1", "1.0", {"statusCode": 200, "body": "Test body"}),
    attrs.evolve(
        given("V2_SetsBodyBase64", "2.0",
              {"statusCode": 200, "body": BASE64, "isBase64Encoded": True}),
        text='{"message":"Hello, API Gateway v2!"}',
    ),
    given("V2_DefaultsToTextPlainContentType", "2.0", {"statusCode": 200, "body": "Hello, World!"}),
    given("V2_HandlesHeadersCorrectly", "2.0",
          {"statusCode": 200, "body": "{}",
           "headers": {**AS_JSON, "myheader": "test,shouldhavesecondvalue",
                       "anotherheader": "secondvalue"}},
          IS_JSON, ("myheader", "test,shouldhavesecondvalue"), ("anotherheader", "secondvalue")),
    given("V2_DoesNotOverrideExplicitValues", "2.0",
          {"statusCode": 201, "body": '{"key":"value"}',
           "headers": {"Content-Type": "application/xml"}}, ("content-type", "application/xml")),
    given("V2_HttpAPIHeaders", "2.0", {"statusCode": 200, "body": "Test body"}),
]  # fmt: skip
