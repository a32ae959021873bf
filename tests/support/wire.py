"""A service without a server: it records requests and returns the answers of a test.

botocore asks `before-send` handlers for a response before it opens a connection. Everything but
the socket is botocore's own code, at a fraction of a server's cost.
"""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import boto3
from botocore import UNSIGNED
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.config import Config

import apigw2
from tests.support import walk
from tests.support.server import REQUEST_ID, Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from botocore.awsrequest import AWSPreparedRequest


class Request(NamedTuple):
    """A request on the wire. The body is parsed; everything else is compared literally."""

    method: str
    path: str
    query: tuple[str, ...]
    content_type: str | None
    body: object


class _Raw(io.BytesIO):
    """The part of an urllib3 response that botocore reads."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


class Service:
    """A boto3 client and a gateway over it, whose requests are not sent."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._answers: list[Answer] = []
        session: Any = boto3.Session(
            region_name="eu-central-1"
        )  # its methods are looked up by name
        self.client: Any = session.client(
            "apigatewayv2",
            endpoint_url="https://service.test",
            config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
        )
        events: Any = self.client.meta.events  # its stubs have no return value for handlers
        events.register("before-send.apigatewayv2", self._send)
        self.gateway = apigw2.ApiGatewayV2(
            client=self.client, retries=apigw2.Retries(deadline=0), preflight="off"
        )

    def answer(self, *answers: Answer) -> None:
        """Forget earlier requests and answers, and give these answers to the next requests."""
        self.requests.clear()
        self._answers = [*answers]

    def _send(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        url = urlsplit(request.url)
        content_type: Any = request.headers.get("Content-Type")
        if isinstance(content_type, bytes):
            content_type = content_type.decode()
        sent: Any = request.body
        body = json.loads(sent) if sent else None
        query = tuple(sorted(url.query.split("&"))) if url.query else ()
        self.requests.append(Request(request.method, url.path, query, content_type, body))
        assert self._answers, f"one request too many: {request.method} {request.url}"
        answer = self._answers.pop(0)
        headers: Any = HeadersDict({"x-amzn-requestid": REQUEST_ID, **answer.headers})
        raw: Any = _Raw(answer.content)
        return AWSResponse(request.url, answer.status, headers, raw)

    def request_of(self, call: Callable[[], object]) -> Request:
        """The only request that a call sends."""
        self.answer(Answer({}))
        with suppress(apigw2.ResponseShapeError):  # an empty answer is not a resource
            call()
        (request,) = self.requests
        return request

    def reference(
        self, resource: walk.Resource | None, ids: Mapping[str, str] | None = None
    ) -> object:
        """A reference, made as a user makes it; without `ids`, its ids are made up."""
        return reference(self.gateway, resource, ids)


def reference(
    gateway: apigw2.ApiGatewayV2,
    resource: walk.Resource | None,
    ids: Mapping[str, str] | None = None,
) -> object:
    """A reference, made as a user makes it: from the gateway, one parent at a time."""
    at: object = gateway
    for step in walk.above(resource.uri) if resource else ():
        own = step.identity[-1]
        at = getattr(at, walk.snake(step.noun))(ids[own] if ids else f"{own}1")
    return at
